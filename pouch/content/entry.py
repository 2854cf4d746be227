"""The Entry: one curated Markdown file, typed.

The comments on the fields are the reference that editors read; `pouch schema` and
docs/front-matter.md are generated from this module (see `pouch.content.schema`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal

Moment = date | datetime
"""A bare date (00:00 in TIMEZONE) or a date-time with its offset."""

# A field is one of front matter if it has a kind: `pouch.content.schema` describes each to people and to JSON Schema.
Identity = Annotated[str, "identity"]
Text = Annotated[str, "text"]
Texts = Annotated[tuple[str, ...], "texts"]
Day = Annotated[Moment, "moment"]
Url = Annotated[str, "address"]
Countries = Annotated[tuple[str, ...], "countries"]
Topics = Annotated[tuple[str, ...], "topics"]
Language = Annotated[str, "language"]
Digest = Annotated[str, "digest"]
Slug = Annotated[str, "slug"]
Status = Annotated[Literal["draft", "published"], "status"]
Extra = Annotated[dict[str, Any], "free"]


@dataclass(frozen=True, slots=True)
class Archived:
    """The copy of a source that was kept, for the day when its address is dead."""

    url: Url | None = None  # where the copy is, such as on web.archive.org
    date: Day | None = None  # when it was made
    sha256: Digest | None = None  # of the copy's bytes: 64 hexadecimal digits, in lower case


@dataclass(frozen=True, slots=True)
class Source:
    """The document that the article came from, or one of several that it rests on."""

    name: Text | None = None  # the organisation that published it
    title: Text | None = None  # of the document itself
    url: Url | None = None  # the document's own address, http or https; a home page needs `title` beside it
    author: Text | None = None  # as the document names them
    published: Day | None = None  # when the source published it
    archived: Annotated[Archived, "archived"] | None = None  # the copy that was kept


MainSource = Annotated[Source, "source"]


@dataclass(frozen=True, slots=True)
class Image:
    """The picture of a briefing: on its page, in feeds, and where its address is shared."""

    file: Annotated[str, "image file"]  # under content/, such as images/harbour.jpg
    alt: Text  # what the picture shows, for those who do not see it
    caption: Text | None = None  # one line of plain text below it
    credit: Text | None = None  # who made it, or owns it


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction shown with the briefing."""

    date: Day  # when it was made
    note: Text  # what was wrong, and what is right; one line of plain text


@dataclass(frozen=True, slots=True)
class Entry:
    """One briefing as its editor keeps it. Countries are ISO 3166-1 alpha-2 codes, topics are keys."""

    id: Identity  # 4 to 32 characters of a-z, 0-9 and hyphens; feeds know the entry by it; never edited
    title: Text  # one line of plain text
    date: Day | None = None  # what the briefing is dated; orders pages
    publish_at: Day | None = None  # when it entered the archive, or shall; default: date; orders feeds
    updated: Day | None = None  # when its substance last changed
    lang: Language | None = None  # BCP 47, such as fr or pt-BR; default: the site's
    summary: Text | None = None  # plain text, 1 to 3 sentences; default: key points, else the text's opening
    key_points: Texts = ()  # plain text; shown first on the page, in cards and in feeds
    countries: Countries = ()  # its subjects, most central first; code, or name in any supported language
    mentions: Countries = ()  # those it names that are not its subject; likewise
    topics: Topics = ()  # keys of content/vocabulary/topics.toml, or labels in any language
    source: MainSource | None = None  # where the article came from: one table, or a list, the main one first
    further_sources: tuple[Source, ...] = ()  # those after the first; front matter has them in `source`
    authors: Texts = ()  # who wrote the briefing; default: AUTHOR of the settings
    image: Annotated[Image, "image"] | None = None  # its picture
    status: Status = "published"  # draft or published (the default); must be said in entries/drafts/
    slug: Slug | None = None  # what its address ends with; default: the file's name without .md
    formerly: Annotated[tuple[str, ...], "slugs"] = ()  # slugs that it had; their addresses redirect here
    translation_of: Identity | None = None  # the id of the original, which is not itself a translation
    corrections: Annotated[tuple[Correction, ...], "corrections"] = ()  # shown with the briefing
    extra: Extra = field(default_factory=dict)  # a site's own keys; values as YAML 1.2 reads them
    body: str = ""  # Markdown, without empty lines at its ends
    # Where keys stand in the file, counted from 1, for messages; "body" is the body's first line.
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources, the main one first."""
        return (self.source, *self.further_sources) if self.source is not None else ()

    def address_slug(self, path: str) -> str:
        """The slug in its address; `path` is its file, whose stem is the default."""
        return self.slug or stem_of(path)


def stem_of(path: str) -> str:
    """The name of a file without folders and ending; pathlib takes fifty times as long, ten thousand times over."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name
