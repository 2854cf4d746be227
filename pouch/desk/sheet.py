"""A sheet: one entry on the desk, as the browser edits it, and the text of the file that it stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import msgspec

from pouch.content.dates import MomentError, parse_moment, write_moment
from pouch.content.entry import Correction, Entry, Moment, Source
from pouch.convert.drafts.proposals import without_proposals
from pouch.convert.text.dates import find_date
from pouch.desk.passages import Passage, body_of
from pouch.digests import digest
from pouch.editing.edit import set_body, set_keys

BODY = "body"


class Corrected(msgspec.Struct, frozen=True):
    """A correction, as typed."""

    date: str = ""
    note: str = ""


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of an entry that the desk edits, as typed."""

    title: str = ""
    summary: str = ""
    key_points: tuple[str, ...] = ()
    date: str = ""
    lang: str = ""
    countries: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    source_name: str = ""
    source_title: str = ""
    source_url: str = ""
    source_author: str = ""
    source_published: str = ""
    image_alt: str = ""
    updated: str = ""
    corrections: tuple[Corrected, ...] = ()


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet that the browser sends back."""

    id: str
    base: str = ""  # the digest of the file as it was opened; empty where there is none yet
    changed: tuple[str, ...] = ()  # names of the fields that were edited, and "body"
    fields: Fields = Fields()
    passages: tuple[Passage, ...] = ()
    rejected: tuple[str, ...] = ()  # candidate key points


class FieldError(ValueError):
    """A field that cannot be written as it was typed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def digest_of(data: bytes) -> str:
    """The digest by which the desk sees whether a file was changed since."""
    return digest(data).hex()


def fields_of(entry: Entry) -> Fields:
    """The fields of an entry."""
    source = entry.source or Source()
    return Fields(
        title=entry.title,
        summary=entry.summary or "",
        key_points=entry.key_points,
        date=_written(entry.date),
        lang=entry.lang or "",
        countries=entry.countries,
        mentions=entry.mentions,
        topics=entry.topics,
        source_name=source.name or "",
        source_title=source.title or "",
        source_url=source.url or "",
        source_author=source.author or "",
        source_published=_written(source.published),
        image_alt=entry.image.alt if entry.image else "",
        updated=_written(entry.updated),
        corrections=tuple(Corrected(_written(one.date), one.note) for one in entry.corrections),
    )


def edited(entry: Entry, sheet: Sheet) -> Entry:
    """The entry with every field of a sheet. Raises FieldError."""
    values = _values(sheet.fields, entry)
    further = entry.further_sources if values["source"] else ()
    return replace(entry, **values, further_sources=further, body=body_of(sheet.passages))


def edited_text(text: str, entry: Entry, sheet: Sheet) -> str:
    """The text of a file with those fields set that were edited; everything else stays, byte for byte.

    `entry` is what the text holds. Raises FieldError, FrontMatterError.
    """
    names = {name if name in ("key_points", BODY) else name.partition("_")[0] for name in sheet.changed} - {
        BODY
    }
    values = {name: value for name, value in _values(sheet.fields, entry).items() if name in names}
    if values.get("source") is not None and entry.further_sources:
        values["source"] = [values["source"], *entry.further_sources]
    text = set_keys(text, {name: value if value != () else None for name, value in values.items()})
    if "key_points" in names:
        text = without_proposals(text)
    return set_body(text, body_of(sheet.passages)) if BODY in sheet.changed else text


def typed_moment(text: str) -> Moment | None:
    """The moment that a field holds; None where it is empty or holds none."""
    try:
        return _moment("", text)
    except FieldError:
        return None


def changed_fields(before: Fields, after: Fields) -> Collection[str]:
    """The names of the fields that differ."""
    return [name for name in Fields.__struct_fields__ if getattr(before, name) != getattr(after, name)]


def _values(fields: Fields, entry: Entry) -> dict[str, Any]:
    """The values of the entry's own fields. Raises FieldError."""
    title = " ".join(fields.title.split())
    if not title:
        raise FieldError("title", "An entry needs a title.")
    before = entry.source or Source()
    source = Source(
        name=_one_line(fields.source_name),
        title=_one_line(fields.source_title),
        url=_one_line(fields.source_url),
        author=_one_line(fields.source_author),
        published=_moment("source_published", fields.source_published),
        archived=before.archived,
    )
    return {
        "title": title,
        "summary": _one_line(fields.summary),
        "key_points": tuple(filter(None, (" ".join(point.split()) for point in fields.key_points))),
        "date": _moment("date", fields.date),
        "lang": _one_line(fields.lang),
        "countries": fields.countries,
        "mentions": fields.mentions,
        "topics": fields.topics,
        "source": source if source != Source() else None,
        "image": replace(entry.image, alt=_one_line(fields.image_alt) or "") if entry.image else None,
        "updated": _moment("updated", fields.updated),
        "corrections": tuple(_corrections(fields)),
    }


def _one_line(text: str) -> str | None:
    return " ".join(text.split()) or None


def _corrections(fields: Fields) -> Iterator[Correction]:
    for one in fields.corrections:
        note = _one_line(one.note)
        if note is None:
            continue  # one that is still being written
        moment = _moment("updated", one.date)
        if moment is None:
            raise FieldError("updated", "A correction needs its date.")
        yield Correction(moment, note)


def _moment(field: str, text: str) -> Moment | None:
    """The moment that is typed, in the form of front matter or as people write a date: "5 March 2025"."""
    text = text.strip()
    try:
        return parse_moment(text) if text else None
    except MomentError as error:
        spelt = find_date(text)
        if spelt is not None and text[: spelt[1]] + text[spelt[2] :] == "":
            return spelt[0]
        raise FieldError(field, "This is not a date: write it as 2025-03-05.") from error


def _written(moment: Moment | None) -> str:
    return write_moment(moment) if moment is not None else ""
