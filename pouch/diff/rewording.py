"""The changes within a text: fields of front matter as they are written, and words of the body."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import yaml

from pouch.content.frontmatter import FrontMatterError, decode, split

TEXT = "text"
"""The name under which the body is listed among the fields."""
_CONTEXT = 3
"""Words that are shown on each side of a change."""
_HUNKS = 4
_LIMIT = 2_000_000
"""Pairs of words past which two texts are not aligned: that would take seconds."""
# A word, or one sign of a script that puts no blanks between words.
_SIGN = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff"
_WORD = re.compile(rf"[{_SIGN}]|[^\s{_SIGN}]+")
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class FieldChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One field of a text that is written otherwise."""

    field: str
    before: Any = None  # as it was written: text, a list or a table; None where there was none
    after: Any = None
    words_added: int = 0  # of a text
    words_removed: int = 0
    excerpt: str = ""  # of a text: the changes with the words around them, [-gone-] and {+new+}


def fields_of(data: bytes) -> dict[str, Any]:
    """Front matter as it is written, every value as text, and the body as TEXT. Unreadable front matter is body."""
    try:
        text = decode(data)
    except FrontMatterError:
        return {TEXT: data.decode("utf-8", "replace")}
    try:
        parts = split(text)
        table = yaml.load(parts.block, Loader=_Loader)  # noqa: S506  # every value is text
    except (FrontMatterError, yaml.YAMLError):
        return {TEXT: text}
    return {**(table if isinstance(table, dict) else {}), TEXT: parts.body}


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Every field that differs, in the order of the file, the body last."""
    names = [*dict.fromkeys([*after, *before])]
    for name in sorted(names, key=lambda name: name == TEXT):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if isinstance(old, dict) or isinstance(new, dict):
            inside = changed_fields(
                old if isinstance(old, dict) else {}, new if isinstance(new, dict) else {}
            )
            yield from (msgspec.structs.replace(change, field=f"{name}.{change.field}") for change in inside)
        elif name == TEXT or (isinstance(old, str) and isinstance(new, str)):
            added, removed, excerpt = changed_words(old or "", new or "")
            if name == TEXT:
                yield FieldChange(name, words_added=added, words_removed=removed, excerpt=excerpt)
            else:
                yield FieldChange(name, old, new, added, removed, excerpt)
        else:
            yield FieldChange(name, old, new)


def changed_words(before: str, after: str) -> tuple[int, int, str]:
    """The numbers of words that came and went, and the changes with the words around them."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    steps: Sequence[tuple[str, int, int, int, int]] = [("replace", 0, len(left), 0, len(right))]
    if len(left) * len(right) <= _LIMIT:
        steps = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    changes = [(a + start, b + start, c + start, d + start) for tag, a, b, c, d in steps if tag != "equal"]
    removed = sum(_is_word(word) for a, b, _, _ in changes for word in old[a:b])
    added = sum(_is_word(word) for _, _, c, d in changes for word in new[c:d])
    return added, removed, _excerpt(old, new, changes)


def _is_word(word: str) -> bool:
    """Whether it counts: marks of Markdown, dashes and the like do not."""
    return any(map(str.isalnum, word))


def _excerpt(old: list[str], new: list[str], changes: list[tuple[int, int, int, int]]) -> str:
    pieces: list[str] = []
    shown_to = 0  # in the new text
    for gone_from, gone_to, come_from, come_to in changes[:_HUNKS]:
        start = max(shown_to, come_from - _CONTEXT)
        if start > shown_to:
            pieces.append("…")
        pieces += new[start:come_from]
        if gone_to > gone_from:
            pieces.append(f"[-{_cut(old[gone_from:gone_to])}-]")
        if come_to > come_from:
            pieces.append(f"{{+{_cut(new[come_from:come_to])}+}}")
        following = next((change[2] for change in changes if change[2] > come_to), len(new))
        shown_to = min(come_to + _CONTEXT, following)
        pieces += new[come_to:shown_to]
    if shown_to < len(new) or len(changes) > _HUNKS:
        pieces.append("…")
    return " ".join(pieces)


def _cut(words: list[str]) -> str:
    """At most twelve words, the first and the last of them."""
    return " ".join(words if len(words) <= 12 else [*words[:6], "…", *words[-5:]])
