"""An interface: the links, labels and cards of one interface language, each made once however many pages show it.

It knows the settings, the vocabulary, which terms have pages, and what the plugins link to. It does not know the
archive: briefings come to it as arguments, so a group's function can use it and still depend on its inputs alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from pouch.archive.archive import Briefing
from pouch.archive.records import DossierRecord, Record
from pouch.digests import digest, encode
from pouch.pages import addresses, messages
from pouch.pages.languages import direction, own_name
from pouch.pages.messages import Translate
from pouch.pages.models import Alternate, Card, Dossier, FeedLink, Link, Page, TermLink
from pouch.pages.outputs import Output, path_of
from pouch.site import Site
from pouch.vocabulary.vocabulary import Kind, Vocabulary


class Interface:
    """The site as readers of one interface language see it."""

    def __init__(
        self,
        site: Site,
        vocabulary: Vocabulary,
        lang: str,
        translate: Translate = str,
        *,
        features: Collection[str] | None = None,
        links: Mapping[str, Callable[..., Any]] | None = None,
        terms_with_pages: Collection[tuple[str, str]] = (),
        empty_topics: Collection[str] = (),
    ) -> None:
        """`features`: those of POUCH_FEATURES that a plugin brings, all where None; `links`: what plugins provide for
        each other's pages; `terms_with_pages`: their (kind, key); `empty_topics`: keys of those among them that have
        nothing to show yet, and a page in the site's language alone.
        """
        self.site = site
        self.vocabulary = vocabulary
        self.lang = lang
        self.translate = translate
        self.features = frozenset(site.features if features is None else features)
        self._providers = links or {}
        self.terms_with_pages = terms_with_pages
        self.empty_topics = empty_topics
        self._links: dict[tuple[str, str], TermLink] = {}
        self._cards: dict[str, Card] = {}
        self._lines: dict[str, Card] = {}

    def has(self, feature: str) -> bool:
        """Whether POUCH_FEATURES lists it and a plugin of the site brings it."""
        return feature in self.features

    def link(self, name: str, *arguments: Any, default: Any = "") -> Any:
        """The value that a plugin's LINKS give under `name` for these arguments; `default` where no plugin has it."""
        provider = self._providers.get(name)
        return provider(self, *arguments) if provider else default

    # Addresses

    def address(self, address: str) -> str:
        """An address of this interface language, without the site's path."""
        return addresses.in_language(address, self.lang, self.site.lang)

    def href(self, address: str) -> str:
        """A link to an address that exists in this interface language."""
        return self.site.path + self.address(address)

    def root_href(self, address: str) -> str:
        """A link to an address that exists once, in no language's tree: an entry, a feed, a file."""
        return self.site.path + address

    def url(self, address: str) -> str:
        """The absolute form of `href`."""
        return self.site.url + self.address(address)

    def link_to(self, address: str, label: str) -> Link:
        """A link to a page of this interface language, such as /archive/."""
        return Link(href=self.href(address), label=label)

    def alternates(self, address: str) -> tuple[Alternate, ...]:
        """The address in every interface language; empty where there is only one."""
        languages = self.site.languages
        if len(languages) == 1:
            return ()
        alternates = []
        for lang in languages:
            there = addresses.in_language(address, lang, self.site.lang)
            alternates.append(
                Alternate(
                    lang=lang, url=self.site.url + there, href=self.site.path + there, label=own_name(lang)
                )
            )
        return tuple(alternates)

    def head(self, address: str, title: str, description: str = "", **fields: Any) -> dict[str, Any]:
        """The fields that each page of this language has, as arguments of a model: its address, title and trail.

        `fields` replace or complete them.
        """
        return {
            "href": self.href(address),
            "url": self.url(address),
            "lang": self.lang,
            "title": title,
            "description": description or title,
            "section": self.href(address),
            "trail": self.home_trail,
            "alternates": self.alternates(address),
            **fields,
        }

    def output(
        self, address: str, template: str, page: Page, *, origin: str = "", modified: str = ""
    ) -> Output:
        """The output of a page at `address`, such as /glossary/, without the site's path.

        `modified` is an ISO date for the sitemap. Raises ValueError for an address that does not begin with a slash.
        """
        if not address.startswith("/"):
            raise ValueError(f"an address begins with a slash, as /glossary/, unlike {address!r}")
        return Output(
            path=path_of(self.address(address)),
            template=template,
            model=page,
            lang=self.lang,
            origin=origin or address,
            modified=modified,
        )

    @cached_property
    def home_trail(self) -> tuple[Link, ...]:
        """The beginning of every trail: the home page, where the site has one."""
        home = self.link("home")
        return (Link(href=home, label=self.translate(messages.HOME)),) if home else ()

    # Terms

    def slug(self, kind: str, key: str) -> str:
        """A term's slug."""
        if kind == "country":
            return self.vocabulary.countries[key].slug
        if kind == "topic":
            return self.vocabulary.topics[key].slug
        return self.vocabulary.regions[key].slug

    def term(self, kind: Kind, key: str) -> TermLink:
        """A term with its label, and the link to its page where it has one."""
        link = self._links.get((kind, key))
        if link is None:
            href = self.root_href if kind == "topic" and key in self.empty_topics else self.href
            has_page = (kind, key) in self.terms_with_pages
            link = self._links[kind, key] = TermLink(
                kind=kind,
                key=key,
                href=href(addresses.term(kind, self.slug(kind, key))) if has_page else "",
                label=self.vocabulary.label(kind, key, self.lang),
            )
        return link

    def terms(self, kind: Kind, keys: Iterable[str]) -> tuple[TermLink, ...]:
        """Terms in the order of `keys`."""
        return tuple([self.term(kind, key) for key in keys])

    def sorted_terms(self, kind: Kind, keys: Iterable[str]) -> tuple[TermLink, ...]:
        """Terms in the alphabet of the interface, accents aside."""
        return tuple(sorted(self.terms(kind, keys), key=lambda link: (collation(link.label), link.key)))

    # Briefings

    def card(self, briefing: Briefing, shown: str = "") -> Card:
        """A briefing in a list, in the language `shown`, else in this interface's where a version has it."""
        record = briefing.version(shown or self.lang)
        card = self._cards.get(record.id)
        if card is None:
            card = self._cards[record.id] = self._card(
                record,
                briefing.original,
                summary=record.summary,
                key_points=record.key_points,
                source=record.source.name,
            )
        return card

    def line(self, briefing: Briefing, shown: str = "") -> Card:
        """A card without what a line does not show."""
        record = briefing.version(shown or self.lang)
        line = self._lines.get(record.id)
        if line is None:
            line = self._lines[record.id] = self._card(
                record, briefing.original, summary="", key_points=(), source=""
            )
        return line

    def _card(
        self, record: Record, original: Record, *, summary: str, key_points: tuple[str, ...], source: str
    ) -> Card:
        day = iso_day(original)
        card = Card(
            href=self.link("briefing", record.slug),
            title=record.title,
            lang=record.lang,
            dir=direction(record.lang),
            date=day,
            entered=_entry_day(original, day),
            countries=self.terms("country", original.countries),
            topics=self.terms("topic", original.topics),
            summary=summary,
            key_points=key_points,
            source=source,
        )
        return msgspec.structs.replace(card, digest=digest(encode(card)).hex())

    def cards(self, briefings: Iterable[Briefing], shown: str = "") -> tuple[Card, ...]:
        """Cards in the order given."""
        return tuple([self.card(briefing, shown) for briefing in briefings])

    def versions(self, briefing: Briefing) -> tuple[Alternate, ...]:
        """The language versions of a briefing, the original first; empty where there is only one."""
        if len(briefing.versions) == 1:
            return ()
        versions = []
        for version in sorted(briefing.versions.values(), key=lambda v: (v is not briefing.original, v.lang)):
            address = addresses.briefing(version.slug)
            versions.append(
                Alternate(
                    lang=version.lang,
                    url=self.site.url + address,
                    href=self.root_href(address),
                    label=own_name(version.lang),
                )
            )
        return tuple(versions)

    def dossier(self, record: DossierRecord | None, pinned: Sequence[Briefing]) -> Dossier | None:
        """A term's introduction, with its pinned briefings; None where the term has none."""
        if record is None:
            return None
        return Dossier(
            title=record.title,
            body=record.body,
            lang=record.lang,
            dir=direction(record.lang),
            links=tuple(Link(href=address, label=title) for title, address in record.links),
            pinned=self.cards(pinned),
        )

    # What other plugins provide

    def feeds(self, base: str, title: str, languages: Sequence[str] = ()) -> tuple[FeedLink, ...]:
        """The feeds beside a page of a slice that has all formats (site, country, topic). `languages` have feeds of
        their own; that in the interface's language comes first.
        """
        feeds: tuple[FeedLink, ...] = self.link("feeds", base, title, languages, default=())
        return feeds

    def language_feed(self, base: str, title: str, lang: str) -> tuple[FeedLink, ...]:
        """The feed of such a slice's briefings in one language, where the site has feeds by language."""
        feeds: tuple[FeedLink, ...] = self.link("language feed", base, title, lang, default=())
        return feeds

    def short_feed(self, base: str, title: str, name: str = "feed.xml") -> tuple[FeedLink, ...]:
        """The one feed of a pair, of a region, or of a country's mentions."""
        feeds: tuple[FeedLink, ...] = self.link("short feed", base, title, name, default=())
        return feeds

    @cached_property
    def site_feeds(self) -> tuple[FeedLink, ...]:
        """The site's own feeds."""
        return self.feeds(addresses.HOME, self.site.name)


def iso_day(record: Record) -> str:
    """The day that a briefing is dated, in the site's time zone."""
    assert record.date is not None  # only published entries are shown
    return record.date.date().isoformat()


def _entry_day(record: Record, day: str) -> str:
    """The day that a briefing entered the archive, where that is after `day`, which it is dated; else empty."""
    entered = record.publish_at.date().isoformat() if record.publish_at else ""
    return entered if entered > day else ""


def collation(label: str) -> str:
    """A sort key that files "Égypte" under E in every locale, without asking the machine's."""
    folded = unicodedata.normalize("NFKD", label.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))
