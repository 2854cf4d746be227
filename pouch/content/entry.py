"""The Entry: one curated Markdown file, typed.

The comments on the fields are the reference that editors read; `pouch schema` and
docs/front-matter.md are generated from this module (see `pouch.content.schema`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
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

    date: Moment  # when it was made
    note: str  # what was wrong, and what is right; one line of plain text


@dataclass(frozen=True, slots=True)
class Entry:
    """One briefing as its editor keeps it. Countries are ISO 3166-1 alpha-2 codes, topics are keys."""

    id: str  # 4 to 32 characters of a-z, 0-9 and hyphens; feeds know the entry by it; never edited
    title: str  # one line of plain text
    date: Moment | None = None  # what the briefing is dated; orders pages
    publish_at: Moment | None = None  # when it entered the archive, or shall; default: date; orders feeds
    updated: Moment | None = None  # when its substance last changed
    lang: str | None = None  # BCP 47, such as fr or pt-BR; default: the site's
    summary: str | None = None  # plain text, 1 to 3 sentences; default: key points, then first paragraph
    key_points: tuple[str, ...] = ()  # plain text; shown first on the page, in cards and in feeds
    countries: tuple[
        str, ...
    ] = ()  # those it is about, most central first; code, or name in any supported language
    mentions: tuple[str, ...] = ()  # those it names that are not its subject; likewise
    topics: tuple[str, ...] = ()  # keys of content/vocabulary/topics.toml, or labels in any language
    source: Source | None = None  # where the article came from
    status: Status = "published"  # draft or published (the default); a draft is on no page and in no feed
    slug: str | None = None  # what its address ends with; default: the file's name without .md
    formerly: tuple[str, ...] = ()  # slugs that it had; their addresses redirect here
    translation_of: str | None = None  # the id of the original, which is not itself a translation
    corrections: tuple[Correction, ...] = ()  # shown with the briefing
    extra: dict[str, Any] = field(
        default_factory=dict
    )  # a site's own keys; values by the core schema of YAML 1.2
    body: str = ""  # Markdown, without empty lines at its ends
    # Where keys stand in the file, counted from 1, for messages; "body" is the body's first line.
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def address_slug(self, path: str) -> str:
        """The slug in its address; `path` is its file, whose stem is the default."""
        return self.slug or stem_of(path)


def stem_of(path: str) -> str:
    """The name of a file without folders and ending; pathlib takes fifty times as long, ten thousand times over."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name
