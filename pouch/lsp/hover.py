"""Hover texts: a term or a key under the cursor, explained as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pouch.content.entry import Entry
from pouch.content.schema import ENTRY_FIELDS, comments
from pouch.lsp.completion import ID_KEYS, TERM_KEYS, KnownEntry
from pouch.lsp.cursor import Cursor
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.wording import counted


def hover_text(
    cursor: Cursor, vocabulary: Vocabulary, entries: Iterable[KnownEntry], languages: Sequence[str]
) -> str:
    """The label of a term, its parents and its number of entries; the meaning of a key; the title of an id; or ""."""
    entries = list(entries)
    if not cursor.key:
        return f"`{cursor.term}`: {comments(Entry)[cursor.term]}" if cursor.term in ENTRY_FIELDS else ""
    if cursor.key in ID_KEYS:
        return next((f"**{each.title}**\n\n{each.path}" for each in entries if each.id == cursor.term), "")
    kind = TERM_KEYS.get(cursor.key)
    if kind is None or not cursor.term:
        return ""
    lang = languages[0]
    if kind == "country":
        key = vocabulary.find_country(cursor.term)
        parents: tuple[str, ...] = ()
        count = sum(key in each.countries for each in entries)
    else:
        key = vocabulary.find_topic(cursor.term)
        parents = vocabulary.ancestors(key) if key else ()
        family = {key, *vocabulary.descendants(key)} if key else set()
        count = sum(not family.isdisjoint(each.topics) for each in entries)
    if key is None:
        return ""
    lines = [f"**{vocabulary.label(kind, key, lang)}** (`{key}`)"]
    if parents:
        lines.append("in " + ", ".join(vocabulary.label(kind, parent, lang) for parent in parents))
    lines.append(counted(count, "entry", "entries"))
    return "\n\n".join(lines)
