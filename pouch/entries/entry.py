"""The Entry: one curated Markdown file, typed.

The comments on the fields are the reference that editors read; `pouch schema` and
docs/front-matter.md are generated from this module (see `pouch.entries.schema`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any, Literal

Status = Literal["draft", "published"]
Moment = date | datetime
"""A bare date (00:00 in TIMEZONE) or a date-time with its offset."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the article came from."""

    name: str | None = None  # the organisation that published it
    url: str | None = None  # its address, http or https
    author: str | None = None  # as the article names them
    published: Moment | None = None  # when the source published it


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction shown with the briefing."""

    date: Moment
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One briefing as its editor keeps it. Countries are ISO 3166-1 alpha-2 codes, topics are keys."""

    id: str  # 4 to 32 of [a-z0-9-]; GUIDs come from it; never edited
    title: str
    date: Moment | None = None  # what the briefing is dated; required unless draft
    publish_at: Moment | None = None  # when it entered the archive, or shall; default: date
    updated: Moment | None = None
    lang: str | None = None  # BCP 47; default: the site's
    summary: str | None = None  # plain text, one to three sentences
    key_points: tuple[str, ...] = ()  # shown first on the page, in cards and in feeds
    countries: tuple[str, ...] = ()  # primary, most central first
    mentions: tuple[str, ...] = ()  # named, not subjects
    topics: tuple[str, ...] = ()
    source: Source | None = None
    status: Status = "published"
    slug: str | None = None  # default: the file's stem
    formerly: tuple[str, ...] = ()  # slugs that redirect here
    translation_of: str | None = None  # the id of the original
    corrections: tuple[Correction, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)  # a site's own keys
    body: str = ""  # Markdown, without empty lines at its ends
    # Where keys stand in the file, counted from 1, for messages; "body" is the body's first line.
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def address_slug(self, path: str) -> str:
        """The slug in its address; `path` is its file, whose stem is the default."""
        return self.slug or PurePosixPath(path).stem
