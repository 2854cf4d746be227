"""A difference in the forms that reviewers and programs read: text, Markdown for a comment, JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from pouch.diff.changes import CHANGED, GONE, NEW, Item, TextChange
from pouch.diff.difference import KINDS, Changes, Difference
from pouch.diff.rewording import TEXT, FieldChange

LISTED = 40
"""Lines of one kind that are listed where `--all` is not given."""
_LONG = 90
"""Characters of a value that is shown whole."""
_SIGNS = {NEW: "+", CHANGED: "~", GONE: "-"}
_GROUPS = {"entry": "briefings", "dossier": "dossiers", "page": "pages of content/pages"}
_MARKUP = re.compile(r"([\\`*_\[\]<>~|#])")


def as_json(difference: Difference, *, every: bool) -> str:  # noqa: ARG001  # a program gets everything
    """One JSON object."""
    return msgspec.json.encode(difference).decode() + "\n"


def as_text(difference: Difference, *, every: bool) -> str:
    """For a terminal. With `every`, every page and feed is listed."""
    return "".join(f"{line}\n" for line in _text(difference, every))


def _text(difference: Difference, every: bool) -> Iterator[str]:
    limit = None if every else LISTED
    for kind, name in _GROUPS.items():
        texts = [text for text in difference.texts if text.kind == kind]
        if texts:
            yield f"{name}: {_counted((change, _of(texts, change)) for change in _SIGNS)}"
        for text in texts[:limit]:
            yield from _text_change(text)
        yield from _rest(texts, limit)
    if difference.settings:
        yield f"settings: {', '.join(difference.settings)}"
    if _count(difference.terms):
        yield from _changes("terms", difference.terms, limit)
    groups = _subscriber_groups(difference)
    if groups:
        yield f"subscribers see {', '.join(f'{len(items)} {word}' for _, word, items in groups)}"
    for sign, _, items in groups:
        yield from (f"  {sign} {item.address}  {_quoted(item.title)}" for item in items[:limit])
        yield from _rest(items, limit)
    counts = [kind for kind in KINDS[1:] if _count(getattr(difference, kind))]
    for kind in counts:
        changes = getattr(difference, kind)
        if every:
            yield from _changes(kind, changes, None)
        else:
            yield f"{kind}: {_counted_changes(changes)}"
    if counts and not every:
        yield "`--all` lists them"


def _text_change(text: TextChange) -> Iterator[str]:
    state = f"  ({text.state})" if text.state else ""
    yield f"  {_SIGNS[text.change]} {text.address}  {_quoted(text.title)}  {text.path}{state}"
    for field in text.fields:
        yield f"      {field.field}: {_field(field, '[-{}-]', '{{+{}+}}')}"


def _changes(kind: str, changes: Changes, limit: int | None) -> Iterator[str]:
    yield f"{kind}: {_counted_changes(changes)}"
    for sign, listed in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
        for change in listed[:limit]:
            yield f"  {sign} {change.address}{f'  ({change.what})' if change.what else ''}"
        yield from _rest(listed, limit)


def _rest(listed: Sequence[object], limit: int | None) -> Iterator[str]:
    if limit is not None and len(listed) > limit:
        yield f"  … and {len(listed) - limit} more; `--all` lists them"


def as_markdown(difference: Difference, *, every: bool) -> str:
    """For a comment on a pull request."""
    return "".join(f"{line}\n" for line in _markdown(difference, every))


def _markdown(difference: Difference, every: bool) -> Iterator[str]:
    limit = None if every else LISTED
    if difference.problems:
        yield from ("### Errors", "")
        for problem in difference.problems:
            hint = f"; {_plain(problem.hint)}" if problem.hint else ""
            yield f"- `{problem.path}:{problem.line}` {_plain(problem.message)}{hint}"
        yield ""
    for kind, name in _GROUPS.items():
        texts = [text for text in difference.texts if text.kind == kind]
        if not texts:
            continue
        yield from (f"### {name[:1].upper()}{name[1:]}", "")
        for text in texts[:limit]:
            state = f" ({text.state})" if text.state else ""
            yield f"- **{_plain(text.title)}** {text.change}{state} `{text.path}`"
            yield from (
                f"  - {_plain(field.field)}: {_field(field, '~~{}~~', '**{}**', plain=True)}"
                for field in text.fields
            )
        yield from _rest(texts, limit)
        yield ""
    if difference.settings:
        yield from ("### Settings", "", *(f"- {name}" for name in difference.settings), "")
    groups = _subscriber_groups(difference)
    if groups:
        yield from ("### Subscribers see", "")
        for _, word, items in groups:
            titles = ", ".join(_plain(item.title) for item in items[:limit])
            more = f" and {len(items) - limit} more" if limit is not None and len(items) > limit else ""
            yield f"- {len(items)} {word}: {titles}{more}"
        yield ""
    kinds = [kind for kind in KINDS if _count(getattr(difference, kind))]
    if kinds:
        yield from ("### Published", "")
    for kind in kinds:
        yield f"- {kind}: {_counted_changes(getattr(difference, kind))}"
    if every:
        for kind in kinds:
            yield from ("", f"<details><summary>{kind}</summary>", "", "```diff")
            yield from list(_changes(kind, getattr(difference, kind), None))[1:]
            yield from ("```", "</details>")
    if not kinds and not difference.texts:
        yield "Readers see no difference."


def _subscriber_groups(difference: Difference) -> list[tuple[str, str, list[Item]]]:
    changes = difference.subscribers
    groups = [
        ("+", "new", changes.new),
        ("+", "new in some feeds", changes.joined),
        ("~", "changed", changes.changed),
        ("-", "gone", changes.gone),
    ]
    return [group for group in groups if group[2]]


def _field(field: FieldChange, removed_mark: str, added_mark: str, *, plain: bool = False) -> str:
    """One change of a field. `removed_mark` and `added_mark` format the removed and the added words of an excerpt."""
    escape = _plain if plain else str
    before, after = field.before, field.after
    if isinstance(before, list) or isinstance(after, list):
        return _list(before, after, escape)
    short = max(len(str(before)), len(str(after))) <= _LONG
    if field.field != TEXT and (short or not field.excerpt):
        return f"{escape(_value(before))} → {escape(_value(after))}"
    if not field.excerpt:
        return "other blanks or line breaks"
    marked = re.split(r"(\[-.*?-\]|\{\+.*?\+\})", field.excerpt, flags=re.DOTALL)
    words = "".join(
        removed_mark.format(escape(piece[2:-2]))
        if piece.startswith("[-")
        else added_mark.format(escape(piece[2:-2]))
        if piece.startswith("{+")
        else escape(piece)
        for piece in marked
    )
    return f"+{field.words_added} -{field.words_removed} words: {words}"


def _list(before: Any, after: Any, escape: Any) -> str:
    old, new = ([value] if isinstance(value, str) else value or [] for value in (before, after))
    came = [item for item in new if item not in old]
    went = [item for item in old if item not in new]
    if not came and not went:
        return f"in another order: {escape(_value(new))}"
    return " ".join(
        [*(f"+{escape(_item(item))}" for item in came), *(f"-{escape(_item(item))}" for item in went)]
    )


def _item(item: Any) -> str:
    return item if isinstance(item, str) and re.fullmatch(r"[\w-]+", item) else _value(item)


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return _quoted(value if len(value) <= _LONG else f"{value[:_LONG]}…")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_item(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(_item(item) for item in value) + "]"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, and that calls nobody by name."""
    return _MARKUP.sub(r"\\\1", text.replace("&", "&amp;")).replace("@", "&#64;").replace("\n", " ")


def _of(texts: Iterable[TextChange], change: str) -> int:
    return sum(text.change == change for text in texts)


def _count(changes: Changes) -> int:
    return len(changes.added) + len(changes.changed) + len(changes.removed)


def _counted_changes(changes: Changes) -> str:
    return _counted((word, len(getattr(changes, word))) for word in ("added", "changed", "removed"))


def _counted(numbers: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{number} {word}" for word, number in numbers if number)


FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
