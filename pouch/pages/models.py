"""Models: one plain value for each kind of page, which its template shows.

A page is a pure function of its template and its model, so a model holds everything that the template may show,
ready to print: names in the interface language, links with the site's path in front. No template reaches back into
the archive, and the encoded model is the page's fingerprint (`pouch.engine.fingerprint`).

Conventions: `href` starts with the path of SITEURL; `url` is absolute; dates are ISO texts in the site's time zone
(filters format them); a `body` is the key of stored HTML, which the renderer hands to the template as `bodies[key]`.
"""

from __future__ import annotations

import msgspec


class Model(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A plain, immutable value. Without the names of its fields it is encoded in half of the bytes."""


class Link(Model, frozen=True, kw_only=True):
    """A link with its text."""

    href: str
    label: str
    lang: str = ""  # of the label and its target, where it is not the page's


class TermLink(Model, frozen=True, kw_only=True):
    """A link to a term's page, in the page's interface language."""

    kind: str  # "country" | "topic" | "region"
    key: str  # code or key: what stylesheets and data attributes may use
    href: str  # empty where the term has no page
    label: str


class CountedTerm(Model, frozen=True, kw_only=True):
    """A term, how many of the briefings here have it, and where these are."""

    term: TermLink  # its href may lead elsewhere than to the term's page: to what is said where the model is used
    count: int


class FeedLink(Model, frozen=True, kw_only=True):
    """A feed that a page announces."""

    href: str
    title: str
    type: str  # "application/rss+xml" | "application/atom+xml" | "application/feed+json"
    lang: str = ""  # of a feed of one language only


class Alternate(Model, frozen=True, kw_only=True):
    """A page in another interface language, or a briefing in another language."""

    lang: str
    url: str
    href: str
    label: str  # the language's own name


class Icon(Model, frozen=True, kw_only=True):
    """The site's mark in a browser's tab."""

    href: str
    type: str  # its media type


class SiteView(Model, frozen=True, kw_only=True):
    """The model of what every page of one interface language shows around its content."""

    name: str
    url: str  # SITEURL, no trailing slash
    path: str  # its path: "" or "/archive"
    lang: str
    dir: str  # "ltr" | "rtl"
    home: str  # href of this language's home; empty where the site has none
    nav: tuple[Link, ...]  # countries, topics, archive, …: only what exists
    footer: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]  # the site's own
    features: tuple[str, ...]
    icons: tuple[Icon, ...] = ()  # the site's own, else the theme's
    search: str = ""  # href of the search page; empty where the site has none
    subscribe: str = ""  # href of the page for subscribers, likewise
    languages: tuple[Alternate, ...] = ()  # the home page in each interface language, if there are several
    tagline: str = ""
    logo: str = ""  # href of an image that stands in for the mark
    note: str = ""  # sanitised HTML for the foot of pages, in place of ours
    trackers: bool = False  # scripts of other hosts may run
    stylesheets: tuple[str, ...] = ()  # hrefs of the site's own
    policy: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (directive, sources) added to every page's policy
    contact: str = ""  # a mail address or a web address
    corrections: str = ""  # href of the page of all corrections; empty where the site has none
    data: str = ""  # href of the page of data, likewise
    corrections_policy: str = ""  # absolute address of the page on that, likewise
    principles: str = ""  # absolute address of the page on how the archive works, else of corrections_policy
    repository: str = ""  # the address of a file's history, with {path}
    newsletter: str = ""  # the address of a service that sends e-mail, perhaps with {feed}


class SocialCard(Model, frozen=True, kw_only=True):
    """A picture of a page, shown where its address is shared."""

    url: str  # absolute
    alt: str
    width: int  # in pixels
    height: int


class Page(Model, frozen=True, kw_only=True):
    """The fields of all HTML pages."""

    href: str
    url: str  # canonical
    lang: str  # of the interface
    title: str  # plain text, without the site's name
    description: str  # plain text, for the meta element
    section: str = ""  # the href of the nav entry that this page belongs to
    trail: tuple[Link, ...] = ()  # from the home page to the parent of this page
    feeds: tuple[FeedLink, ...] = ()  # the page's own; the first of the site comes after them
    alternates: tuple[Alternate, ...] = ()  # hreflang, its own language included; empty where it stands alone
    noindex: bool = False
    social_card: SocialCard | None = None  # its own; the theme's stands for a page without


class Card(Model, frozen=True, kw_only=True):
    """A briefing in a list."""

    href: str  # empty where briefings have no pages
    title: str
    lang: str
    dir: str
    date: str  # ISO date
    entered: str = ""  # ISO date of the day when it entered the archive, where that is a later one
    summary: str  # plain text; empty where key points say it
    key_points: tuple[str, ...]
    countries: tuple[TermLink, ...]  # primary
    topics: tuple[TermLink, ...]
    source: str  # the organisation's name, or empty
    digest: str = ""  # of the other fields, from `Interface.card`: the key of what was printed for it


class MonthCards(Model, frozen=True, kw_only=True):
    """A month of a list whose briefings are lines, newest first."""

    period: str  # "2025-03"
    cards: tuple[Card, ...]


class River(Model, frozen=True, kw_only=True):
    """Briefings, newest first, and the pages on either side: some as cards, what is older as lines below months."""

    cards: tuple[Card, ...]
    months: tuple[MonthCards, ...] = ()
    newer: str = ""  # href; empty at the newest end
    older: str = ""


class Place(Model, frozen=True, kw_only=True):
    """A country on a small map."""

    key: str  # its code
    shade: int  # 1 is the palest


class Thumbnail(Model, frozen=True, kw_only=True):
    """The small picture of a briefing in a list: its image, else its countries on the map."""

    src: str = ""  # href of the image
    width: int = 0  # of the image, in pixels; 0 where its size cannot be told
    height: int = 0
    view_box: str = ""  # the part of static/world.svg around the countries
    countries: tuple[str, ...] = ()  # their codes
    rings: tuple[str, ...] = ()  # those that would be lost without a ring around them


class MapCountry(Model, frozen=True, kw_only=True):
    """A country on the world map."""

    term: TermLink
    count: int  # of briefings about it
    shade: int  # 1 is the palest
    small: bool  # stands on top of its neighbours
    recent: int = 0  # of briefings of the last twelve months
    recent_shade: int = 0  # 0 without any


class MapRegion(Model, frozen=True, kw_only=True):
    """A continent's countries, in the alphabet."""

    heading: TermLink
    countries: tuple[MapCountry, ...]


class Shade(Model, frozen=True, kw_only=True):
    """A step of the map's scale."""

    number: int  # 1 is the palest
    least: int
    most: int  # 0 at the upper end


class WorldMap(Model, frozen=True, kw_only=True):
    """The numbers of briefings on each country, as a map."""

    regions: tuple[MapRegion, ...]
    shades: tuple[Shade, ...]
    href: str  # of the page with the large map
    recent_shades: tuple[Shade, ...] = ()  # of the last twelve months


class Dossier(Model, frozen=True, kw_only=True):
    """A term's introduction."""

    title: str = ""  # its heading; empty where it has none
    body: str
    lang: str
    dir: str
    links: tuple[Link, ...]
    pinned: tuple[Card, ...]


class MonthCount(Model, frozen=True, kw_only=True):
    """A bar of a dossier's chart."""

    period: str  # "2025-03"
    count: int
    href: str  # empty for a month without briefings


class RiverPage(Page, frozen=True, kw_only=True):
    """A numbered page, a term's year or language, a pair, a country's mentions, a month: a heading and its river."""

    kind: str  # "numbered" | "year" | "language" | "pair" | "mentions" | "month" | "source"
    terms: tuple[TermLink, ...]
    river: River
    number: int = 0  # of a numbered page
    period: str = ""  # "2025" or "2025-03"
    months: tuple[Link, ...] = ()  # of an archive year; labels are "2025-03", for the `month` filter
    siblings: tuple[Link, ...] = ()  # other years or languages of the term, other months of the year
    chart: tuple[MonthCount, ...] = ()  # of a pair with enough briefings, as a dossier has it


class RedirectPage(Page, frozen=True, kw_only=True):
    """An address that moved: a noindex page that leads on."""

    target: str  # href


class Redirects(Model, frozen=True, kw_only=True):
    """The moves of all pages, for web servers that redirect by themselves."""

    moves: tuple[tuple[str, str], ...]  # (former href, href), in order
    status: str = "301"  # as the host writes it
    left_out: int = 0  # moves for which the host has no room


class HeaderRules(Model, frozen=True, kw_only=True):
    """The headers that a host sends, beside its own."""

    rules: tuple[tuple[str, str], ...]  # (pattern of addresses, header), in order


class SitemapUrl(Model, frozen=True, kw_only=True):
    """One address of the sitemap."""

    url: str
    modified: str  # ISO date, or empty


class Sitemap(Model, frozen=True, kw_only=True):
    """/sitemap.xml, or one part of it."""

    urls: tuple[SitemapUrl, ...]


class SitemapIndex(Model, frozen=True, kw_only=True):
    """/sitemap.xml past 50,000 addresses."""

    sitemaps: tuple[str, ...]


class Robots(Model, frozen=True, kw_only=True):
    """/robots.txt."""

    sitemap: str
