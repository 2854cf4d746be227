"""The models of the home page, of briefings and of the archive."""

from __future__ import annotations

from typing import Any

import msgspec

from pouch.archive.records import Record
from pouch.pages.models import (
    Alternate,
    Card,
    Dossier,
    Link,
    Model,
    MonthCards,
    Page,
    Place,
    Shade,
    TermLink,
    Thumbnail,
)


class Strip(Model, frozen=True, kw_only=True):
    """The newest headlines of a continent."""

    heading: TermLink
    cards: tuple[Card, ...]


class HomePage(Page, frozen=True, kw_only=True):
    """/: what matters first, the news by region and by month, and the ways in. No briefing stands here twice."""

    lead: Card | None
    cards: tuple[Card, ...]  # beside the lead
    thumbnails: tuple[Thumbnail | None, ...] = ()  # of the lead, then of the cards
    strips: tuple[Strip, ...]
    months: tuple[MonthCards, ...]  # what is left of the newest, in the interface's language; newest first
    others: tuple[Card, ...]  # likewise, in other languages
    older: str = ""  # href of the page with what is older
    until: str = ""  # ISO date of the oldest briefing here
    countries: tuple[TermLink, ...]  # those most covered of late
    topics: tuple[TermLink, ...]
    places: tuple[Place, ...] = ()  # on the map of the last twelve months
    map: str = ""  # href of the large map; empty where the site has none
    dossier: Dossier | None = None  # of content/dossiers/home.md, without what it pins
    own_language: Link | None = None  # all briefings in the interface's language


class ImageView(Model, frozen=True, kw_only=True):
    """The picture of a briefing."""

    src: str
    url: str  # absolute
    alt: str
    caption: str
    credit: str
    width: int  # in pixels; 0 where its size cannot be told
    height: int


class CorrectionView(Model, frozen=True, kw_only=True):
    """A dated correction."""

    date: str
    note: str
    lang: str  # of the note
    dir: str


class Corrected(Model, frozen=True, kw_only=True):
    """A correction, and the version of a briefing that it was made in."""

    correction: CorrectionView
    briefing: Link
    dir: str  # of its title


class CorrectionsPage(Page, frozen=True, kw_only=True):
    """/corrections/, and its years where there are many."""

    corrections: tuple[Corrected, ...]  # newest first
    years: tuple[Link, ...] = ()


class Elsewhere(Model, frozen=True, kw_only=True):
    """The dossiers of a briefing's countries in another interface language."""

    lang: str
    label: str  # the language's own name
    dossiers: tuple[Link, ...]


class Thread(Model, frozen=True, kw_only=True):
    """The briefings before and after one in the coverage of a country."""

    term: TermLink
    earlier: Link | None
    later: Link | None


class Related(Model, frozen=True, kw_only=True):
    """An older briefing on the same country and topic, and what it shares."""

    link: Link
    dir: str
    date: str  # ISO date
    shared: tuple[TermLink, ...]  # countries, then topics


class EntryPage(Page, frozen=True, kw_only=True):
    """/briefings/<slug>/."""

    id: str  # the GUID, urn:uuid:…
    record: Record  # the entry itself, for what is shown as it was written
    content_lang: str
    content_dir: str
    date: str  # ISO date or date-time
    published: str  # ISO date-time, publish_at
    updated: str  # ISO date or date-time, or empty
    minutes: int  # reading time
    summary: str  # the editor's own; empty where cards show the opening of the text instead
    body: str
    countries: tuple[TermLink, ...]
    mentions: tuple[TermLink, ...]
    topics: tuple[TermLink, ...]
    pairs: tuple[Link, ...]  # its countries and topics together, where that page exists
    image: ImageView | None = None
    corrections: tuple[CorrectionView, ...]
    versions: tuple[Alternate, ...]  # the same briefing in every language it has, this one included
    threads: tuple[Thread, ...] = ()  # one for each primary country that has other briefings
    related: tuple[Related, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()  # one for each other interface language
    markdown: str = ""  # href of the text as Markdown
    extra: dict[str, Any] = msgspec.field(default_factory=dict)  # a site's own keys of front matter


class CalendarMonth(Model, frozen=True, kw_only=True):
    """A field of the archive's calendar."""

    period: str  # "2025-03"
    count: int
    shade: int  # 1 is the palest, 0 a month without briefings
    href: str  # empty for a month without briefings


class CalendarYear(Model, frozen=True, kw_only=True):
    """A year of the archive, all twelve months."""

    year: Link
    months: tuple[CalendarMonth, ...]


class ArchivePage(Page, frozen=True, kw_only=True):
    """/archive/: a calendar, shaded by how many briefings a month has."""

    years: tuple[CalendarYear, ...]
    shades: tuple[Shade, ...]
    own_language: Link | None = None  # all briefings in the interface's language


class TextPage(Page, frozen=True, kw_only=True):
    """/about/ and other pages of content/pages/."""

    body: str
    content_lang: str
    content_dir: str


class NotFound(Model, frozen=True, kw_only=True):
    """In one interface language that an address is not there, and the way to its home page."""

    lang: str
    dir: str
    title: str
    home: Link


class NotFoundPage(Page, frozen=True, kw_only=True):
    """/404.html, which a host shows whatever language the reader reads."""

    elsewhere: tuple[NotFound, ...]  # in the other interface languages
