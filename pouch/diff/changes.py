"""The effects of an edit: the texts that it changes, and the changes in feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pouch.content.dates import shown
from pouch.diff.rewording import TEXT, FieldChange, changed_fields, fields_of
from pouch.diff.sides import Side, Text
from pouch.problems import Problem
from pouch.wording import counted

NEW, CHANGED, GONE = "new", "changed", "gone"
_ANOTHER_STORY = 0.2
"""Two texts that share a smaller part of their words are two stories."""


class TextChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of content/ that came, went, or says something else."""

    change: str  # "new", "changed" or "gone"
    kind: str  # "entry", "dossier" or "page"
    path: str
    title: str
    address: str  # below SITEURL
    id: str = ""  # of an entry
    state: str = ""  # of an entry that readers do not see: "draft", or until when it waits
    fields: list[FieldChange] = []


class Pair(NamedTuple):
    """A text that changed, with both of its sides; None where it came or went."""

    change: TextChange
    old: Text | None
    new: Text | None


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """A briefing as subscribers see it."""

    id: str
    title: str
    address: str
    feeds: int = 0  # in how many feeds


class SubscriberChanges(msgspec.Struct, frozen=True):
    """The changes that feed readers show, each list in order of address."""

    new: list[Item]  # never shown before
    joined: list[Item]  # shown before, and new to the subscribers of some feeds
    changed: list[Item]  # shown again with other words; marked as new by few programs
    gone: list[Item]  # in no feed any more; copies that readers' programs hold stay


def changed_texts(old: Side, new: Side) -> list[Pair]:
    """Every text that differs, entries first, each kind in order of path."""
    pairs = [
        pair
        for before, after in _matched(old.texts, new.texts)
        if (pair := _pair(old, before, new, after)) is not None
    ]
    order = {"entry": 0, "dossier": 1, "page": 2}
    return sorted(pairs, key=lambda pair: (order[pair.change.kind], pair.change.path))


def _matched(old: Mapping[str, Text], new: Mapping[str, Text]) -> Iterator[tuple[Text | None, Text | None]]:
    """Both sides of every text: entries by id, else by path or address; others by path."""
    before = {text.record.id: text for text in old.values() if text.record}
    after = {text.record.id: text for text in new.values() if text.record}
    only_old = [text for entry_id, text in before.items() if entry_id not in after]
    only_new = [text for entry_id, text in after.items() if entry_id not in before]
    by_place = {place: text for text in only_old for place in (text.address, text.path)}
    matched_paths: set[str] = set()
    for text in only_new:
        match = by_place.get(text.path) or by_place.get(text.address)
        if match is not None and match.path not in matched_paths:
            matched_paths.add(match.path)
            yield match, text
        else:
            yield None, text
    yield from ((text, None) for text in only_old if text.path not in matched_paths)
    yield from ((before[entry_id], after[entry_id]) for entry_id in before.keys() & after.keys())
    others = {path for side in (old, new) for path, text in side.items() if text.record is None}
    for path in others:
        sides = [side.get(path) for side in (old, new)]
        yield sides[0], sides[1]


def _pair(old: Side, before: Text | None, new: Side, after: Text | None) -> Pair | None:
    if before and after and (before.path, before.contents) == (after.path, after.contents):
        return None
    side, text = (new, after) if after else (old, before)
    assert text is not None
    change = TextChange(
        NEW if before is None else GONE if after is None else CHANGED,
        text.kind,
        text.path,
        text.title,
        text.address,
        text.record.id if text.record else "",
        _state(side, text),
        _fields(old, before, new, after) if before and after else [],
    )
    # A file that was only saved again, with other line ends or another order of keys, has not changed.
    return None if change.change == CHANGED and not change.fields else Pair(change, before, after)


def _state(side: Side, text: Text) -> str:
    if (record := text.record) is None or record.id in side.versions:
        return ""
    if record.published and record.publish_at:
        return f"waits until {shown(record.publish_at, side.site.zone)}"
    return "draft"


def _fields(old: Side, before: Text, new: Side, after: Text) -> list[FieldChange]:
    fields = list(changed_fields(_read(old, before), _read(new, after)))
    if before.path != after.path:
        fields.insert(0, FieldChange("file", before.path, after.path))
    return fields


def _read(side: Side, text: Text) -> dict[str, object]:
    return fields_of((Path(side.site.root) / text.path).read_bytes())


def subscriber_changes(old: Side, new: Side) -> SubscriberChanges:
    """The changes in the feeds that both sides have."""
    joined: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    came: Counter[str] = Counter()
    for path, after in new.items.items():
        before = old.items.get(path, {})
        came.update(entry_id for entry_id in after if entry_id not in old.versions)
        for entry_id in after.keys() & before.keys():
            changed[entry_id] += after[entry_id] != before[entry_id]
        joined.update(_joined(old, new, path))
    went = Counter(
        entry_id for items in old.items.values() for entry_id in items if entry_id not in new.versions
    )
    return SubscriberChanges(_items(came, new), _items(joined, new), _items(+changed, new), _items(went, old))


def _joined(old: Side, new: Side, path: str) -> Iterator[str]:
    """Ids of old entries that a feed shows for the first time."""
    before, after = old.items.get(path), new.items[path]
    if before is None:
        return
    moments = {text.record.id: text.record.publish_at for text in new.texts.values() if text.record}
    shown_moments = [moment for entry_id in before if (moment := moments.get(entry_id))]
    # An item that comes back at the old end, since another went, was in the feed when it was new.
    oldest = min(shown_moments, default=None) if len(before) >= new.site.feed_items else None
    for entry_id in after.keys() - before.keys():
        moment = moments.get(entry_id)
        if entry_id in old.versions and (oldest is None or moment is None or moment >= oldest):
            yield entry_id


def _items(counted: Mapping[str, int], side: Side) -> list[Item]:
    by_id = {text.record.id: text for text in side.texts.values() if text.record}
    items = [Item(key, by_id[key].title, by_id[key].address, feeds) for key, feeds in counted.items()]
    return sorted(items, key=lambda item: item.address)


def identity_problems(old: Side, new: Side, texts: Sequence[Pair], revision: str) -> Iterator[Problem]:
    """Errors for briefings that subscribers would mistake for others, although each side alone is valid."""
    for change, before, after in texts:
        if before is None or after is None or before.record is None or after.record is None:
            continue
        was, now = before.record.id, after.record.id
        if was not in old.versions:
            continue  # no reader has seen it
        if was != now:
            message = f"the id was {was!r} at {revision}, and subscribers would see the briefing as new"
            yield _problem(after, "id", "changed-id", message, f"write id: {was}")
        elif _is_another_story(change, before, after):
            message = f"the id {was!r} was that of {before.title!r} at {revision}, another briefing"
            hint = "`pouch new` makes a new id; an id is never used twice"
            yield _problem(after, "id", "reused-id", message, hint)
    by_id = {text.record.id: text for text in new.texts.values() if text.record}
    replaced: dict[str, tuple[str, int]] = {}
    for path, items in new.items.items():
        for entry_id in _joined(old, new, path):
            others = new.versions[entry_id] | old.versions.get(entry_id, frozenset())
            replaced_ids = sorted((old.items[path].keys() - items.keys()) & others)
            if replaced_ids:
                replaced[entry_id] = replaced_ids[0], replaced.get(entry_id, ("", 0))[1] + 1
    for entry_id, (other, feeds) in sorted(replaced.items()):
        text = by_id[entry_id]
        message = (
            f"subscribers of {counted(feeds, 'feed')} would see this briefing as new: it takes the place of"
            f" its version {other!r}, which was the original at {revision}"
        )
        yield _problem(text, "translation_of", "new-to-subscribers", message, "keep the original as it was")


def _is_another_story(change: TextChange, before: Text, after: Text) -> bool:
    assert before.record is not None
    assert after.record is not None
    if before.title == after.title or before.record.slug in (after.record.slug, *after.record.formerly):
        return False
    body = next((field for field in change.fields if field.field == TEXT), None)
    return body is not None and body.words_removed >= (1 - _ANOTHER_STORY) * max(before.record.words, 1)


def _problem(text: Text, field: str, code: str, message: str, hint: str) -> Problem:
    line = text.key.lines.get(field, 1) if text.key else 1
    return Problem(text.path, line, 0, code, message, hint)
