"""The models of feeds: plain values, made by `pouch_feeds.planner` and rendered by `fragments` and `render`.

A fragment is one entry's element in one format; its key follows from everything that decides its bytes, so that it is
built once however many feeds hold it. A feed is a head and the keys of its fragments.

Conventions: dates are ISO texts with an offset; addresses are absolute where SITEURL is set; `body` is the key of
stored HTML.
"""

from __future__ import annotations

import msgspec

from pouch.pages.models import Model


class Category(Model, frozen=True, kw_only=True):
    """A term that an entry is filed under."""

    scheme: str  # the address of the taxonomy's index: countries and topics stay apart (RFC 4287, section 4.2.2.2)
    term: str  # code or key
    label: str  # in the entry's language


class FeedSource(Model, frozen=True, kw_only=True):
    """A source of an entry."""

    name: str
    title: str
    url: str


class Picture(Model, frozen=True, kw_only=True):
    """The image of an entry."""

    url: str
    alt: str
    caption: str  # with its credit


class ItemModel(Model, frozen=True, kw_only=True):
    """An entry in a feed."""

    path: str  # of its file, for messages
    id: str  # urn:uuid:…, for ever
    url: str
    title: str
    lang: str
    dir: str  # "ltr" | "rtl"
    key_points: tuple[str, ...]
    summary: str
    body: str  # empty where the feed gives summaries only
    authors: tuple[str, ...]  # never empty
    sources: tuple[FeedSource, ...]  # the main one first
    categories: tuple[Category, ...]
    published: str  # publish_at
    updated: str  # never before `published`
    corrections: tuple[tuple[str, str], ...]  # (ISO date, note)
    correction_label: str  # "Correction", in the entry's language
    source_label: str  # "Source", likewise
    image: Picture | None = None

    @property
    def source_url(self) -> str:
        """The address of the main source; empty where it has none."""
        return self.sources[0].url if self.sources else ""


class FeedModel(Model, frozen=True, kw_only=True):
    """One feed document."""

    title: str
    description: str
    note: str  # for a person who opens the document in a browser
    author: str
    lang: str
    id: str  # urn:uuid:…; one for all documents of one feed
    updated: str  # that of its most recently changed item; empty where it has none
    self_url: str
    page_url: str
    about_url: str  # the page that says what a feed is
    icon: str  # a square picture of at least 512 pixels
    hub: str  # empty where the site names none
    current: str = ""  # in an archive document: the feed that it belongs to (RFC 5005, section 4)
    previous: str = ""  # the archive document with the items before these
    complete: bool = False  # it holds every item that the feed ever had (RFC 5005, section 2)
    items: tuple[str, ...]  # fragment keys, newest first

    def at_former_folder(self, folder: str) -> FeedModel:
        """The feed at a former address: links to itself and to its documents stay in `folder`."""
        own = ("self_url", "current", "previous")
        links = {name: folder + url.rpartition("/")[2] for name in own if (url := getattr(self, name))}
        return msgspec.structs.replace(self, **links)


class OpmlFeed(Model, frozen=True, kw_only=True):
    """A feed in a list of feeds."""

    title: str
    feed_url: str
    page_url: str
    lang: str


class OpmlGroup(Model, frozen=True, kw_only=True):
    """Feeds under a heading."""

    title: str
    feeds: tuple[OpmlFeed, ...]


class OpmlModel(Model, frozen=True, kw_only=True):
    """/opml.xml (OPML 2.0)."""

    title: str
    owner: str
    updated: str  # empty where there is no entry yet
    feeds: tuple[OpmlFeed, ...]  # the site's own
    groups: tuple[OpmlGroup, ...]
