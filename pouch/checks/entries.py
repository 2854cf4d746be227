"""Checks across entries: ids, slugs, translations. `check` and the archive share them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from pouch.content.dates import instant
from pouch.content.entry import Entry, stem_of
from pouch.content.parse import ParsedEntry
from pouch.problems import Problem
from pouch.site import Site


class EntryKey(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The fields of an entry that cross-file checks need."""

    id: str
    path: str  # relative to the site's folder
    slug: str
    formerly: tuple[str, ...] = ()
    lang: str = ""  # the site's where the entry names none
    status: str = "published"
    publish_at: float | None = None  # seconds since 1970; None for a draft without date
    translation_of: str | None = None
    lines: dict[str, int] = {}  # key → its line in the file
    broken: bool = False  # faults of its own are reported already; only its id and slugs are to be trusted

    @property
    def is_draft(self) -> bool:
        """Whether nothing of it is published."""
        return self.status == "draft"


def entry_key(entry: Entry, path: str, site: Site) -> EntryKey:
    """The key of an entry in the file `path`."""
    moment = entry.publish_at or entry.date
    return EntryKey(
        id=entry.id,
        path=path,
        slug=entry.address_slug(path),
        formerly=entry.formerly,
        lang=entry.lang or site.lang,
        status=entry.status,
        publish_at=instant(moment, site.zone).timestamp() if moment else None,
        translation_of=entry.translation_of,
        lines=_places(entry.lines),
    )


def key_of(reading: ParsedEntry, site: Site) -> EntryKey | None:
    """The key of a file that was read, faults and all; None where not even its id can be read."""
    if reading.entry is not None:
        return entry_key(reading.entry, reading.path, site)
    if (identity := reading.values.get("id")) is None:
        return None
    slug = reading.values.get("slug") or stem_of(reading.path)
    return EntryKey(
        identity,
        reading.path,
        slug,
        reading.values.get("formerly", ()),
        translation_of=reading.values.get("translation_of"),
        lines=_places(reading.lines),
        broken=True,
    )


def _places(lines: Mapping[str, int]) -> dict[str, int]:
    return {key: lines[key] for key in ("id", "slug", "formerly", "translation_of", "lang") if key in lines}


def cross_check(items: Iterable[EntryKey], *, last: Collection[str] = ()) -> Iterator[Problem]:
    """Every disagreement, reported at the file whose path comes later; the paths in `last` come after all others."""
    entries = sorted(items, key=lambda item: (item.path in last, item.path))
    yield from _ids(entries)
    yield from _slugs(entries)
    yield from _translations(entries)


def id_hint(name: str, entries: Iterable[EntryKey]) -> str:
    """The cure for a name that is no entry's id: the id of the entry that has this slug, or how to find ids."""
    for entry in entries:
        if name == entry.slug or name in entry.formerly:
            return f"it is the slug of {entry.path}; write its id, {entry.id}"
    return "`pouch list` shows the ids"


def _problem(item: EntryKey, key: str, code: str, message: str, hint: str) -> Problem:
    return Problem(item.path, item.lines.get(key, 1), 0, code, message, hint)


def _ids(entries: list[EntryKey]) -> Iterator[Problem]:
    first: dict[str, EntryKey] = {}
    for item in entries:
        other = first.setdefault(item.id, item)
        if other is not item:
            message = f"id {item.id!r} is that of {other.path} too"
            yield _problem(item, "id", "duplicate-id", message, "the newer of the two needs an id of its own")


class _Claim(NamedTuple):
    item: EntryKey
    former: bool


def _slugs(entries: list[EntryKey]) -> Iterator[Problem]:
    """A slug, live or former, belongs to one entry."""
    first: dict[str, _Claim] = {}
    # Live slugs first: where a live and a former one meet, the former one has to go.
    for item in entries:
        claim = first.setdefault(item.slug, _Claim(item, False))
        if claim.item is not item:
            message = f"the slug {item.slug!r} is that of {claim.item.path} too"
            yield _problem(item, "slug", "slug-taken", message, "give one of them another `slug`")
    for item in entries:
        for slug in item.formerly:
            claim = first.setdefault(slug, _Claim(item, True))
            # An entry's own slug among its former ones is reported by its own reading.
            if claim.item is not item:
                state = "a former slug" if claim.former else "the slug"
                message = f"the former slug {slug!r} is {state} of {claim.item.path}"
                yield _problem(item, "formerly", "slug-taken", message, "only one entry can have the address")


def _original_of(entry: EntryKey, by_id: Mapping[str, EntryKey]) -> str | None:
    """The id at the end of a chain of translations; None where the chain is a circle or leads nowhere."""
    seen = set()
    while entry.translation_of is not None:
        seen.add(entry.id)
        if entry.translation_of in seen or entry.translation_of not in by_id:
            return None
        entry = by_id[entry.translation_of]
    return entry.id


def _translations(entries: list[EntryKey]) -> Iterator[Problem]:
    by_id: dict[str, EntryKey] = {}
    for item in entries:
        by_id.setdefault(item.id, item)
    versions: dict[tuple[str, str], EntryKey] = {}
    for item in entries:
        if item.translation_of is None or item.broken:
            continue
        original = by_id.get(item.translation_of)
        key = "translation_of"
        if original is None:
            message = f"no entry has the id {item.translation_of!r}"
            yield _problem(item, key, "unknown-translation", message, id_hint(item.translation_of, entries))
            continue
        if original.id == item.id:
            yield _problem(
                item,
                key,
                "translation-of-itself",
                "the entry names itself as its original",
                "remove the line",
            )
            continue
        if original.broken:
            continue
        if original.translation_of is not None:
            message = f"{item.translation_of!r} is itself a translation"
            first = _original_of(original, by_id)
            hint = (
                f"name the original: translation_of: {first}"
                if first
                else "one of them was written first: remove the line there"
            )
            yield _problem(item, key, "translation-chain", message, hint)
            continue
        other = (
            original if original.lang == item.lang else versions.setdefault((original.id, item.lang), item)
        )
        if other is not item:
            message = f"{other.path} is the version in {item.lang!r} already"
            yield _problem(item, key, "translation-language", message, "is `lang` right?")
        if item.is_draft:
            continue
        if original.is_draft:
            message = f"the original, {original.path}, is a draft"
            yield _problem(item, key, "translation-early", message, "publish the original first")
        elif (
            item.publish_at is not None
            and original.publish_at is not None
            and item.publish_at < original.publish_at
        ):
            message = f"published before its original, {original.path}"
            yield _problem(
                item, key, "translation-early", message, "set `publish_at` no earlier than the original's"
            )
