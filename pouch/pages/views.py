"""Views: the archive's values made ready for one interface language, each made once however many pages show it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cached_property

from pouch.archive.archive import Archive, Briefing
from pouch.archive.records import Record
from pouch.digests import digest, encode
from pouch.pages import addresses
from pouch.pages.languages import direction, own_name
from pouch.pages.messages import Translate
from pouch.pages.models import Alternate, Card, Dossier, FeedLink, Link, River, TermLink
from pouch.pages.pagination import numbered_pages
from pouch.vocabulary.vocabulary import Kind

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


class Views:
    """The archive as an interface in `lang` shows it."""

    def __init__(self, archive: Archive, lang: str, translate: Translate = str) -> None:
        self.archive = archive
        self.translate = translate
        self.site = archive.site
        self.vocabulary = archive.vocabulary
        self.lang = lang
        self._links: dict[tuple[str, str], TermLink] = {}
        self._card_marks: dict[str, bytes] = {}
        self._coverage_marks: dict[str, bytes] = {}
        self._terms_marks: dict[tuple[str, tuple[str, ...]], bytes] = {}
        self._cards: dict[str, Card] = {}

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

    def slug(self, kind: str, key: str) -> str:
        """A term's slug."""
        if kind == "country":
            return self.vocabulary.countries[key].slug
        if kind == "topic":
            return self.vocabulary.topics[key].slug
        return self.vocabulary.regions[key].slug

    def term(self, kind: Kind, key: str) -> TermLink:
        """The link to a term's page."""
        link = self._links.get((kind, key))
        if link is None:
            link = self._links[kind, key] = TermLink(
                kind=kind,
                key=key,
                # A site that leaves the plugin out has no pages of terms, so nothing leads to one.
                href=self.href(addresses.term(kind, self.slug(kind, key)))
                if "pouch_taxonomies" in self.site.plugins
                else "",
                label=self.vocabulary.label(kind, key, self.lang),
            )
        return link

    def terms_mark(self, kind: Kind, keys: tuple[str, ...]) -> bytes:
        """Bytes that change when the link to one of these terms' pages does, or their order."""
        mark = self._terms_marks.get((kind, keys))
        if mark is None:
            mark = self._terms_marks[kind, keys] = digest(encode(self.terms(kind, keys)))
        return mark

    def region(self, code: str) -> TermLink:
        """A region; without a link where it has no page."""
        if code in self.archive.regions:
            return self.term("region", code)
        label = self.vocabulary.label("region", code, self.lang)
        return TermLink(kind="region", key=code, href="", label=label)

    def terms(self, kind: Kind, keys: Iterable[str]) -> tuple[TermLink, ...]:
        """Links in the order of `keys`."""
        return tuple([self.term(kind, key) for key in keys])

    def sorted_terms(self, kind: Kind, keys: Iterable[str]) -> tuple[TermLink, ...]:
        """Links in the alphabet of the interface, accents aside."""
        return tuple(sorted(self.terms(kind, keys), key=lambda link: (collation(link.label), link.key)))

    def pair(self, country: str, topic: str, label: str) -> Link:
        """The link to a pair's page."""
        return Link(
            href=self.href(addresses.pair(self.slug("country", country), self.slug("topic", topic))),
            label=label,
        )

    def card(self, briefing: Briefing, shown: str = "") -> Card:
        """A briefing in a list, in the language `shown`, else in this interface's where a version has it."""
        record, original = briefing.version(shown or self.lang), briefing.original
        card = self._cards.get(record.id)
        if card is None:
            card = self._cards[record.id] = Card(
                href=self.root_href(addresses.briefing(record.slug)),
                title=record.title,
                lang=record.lang,
                dir=direction(record.lang),
                date=iso_day(original),
                summary=record.summary,
                key_points=record.key_points,
                countries=self.terms("country", original.countries),
                topics=self.terms("topic", original.topics),
                source=record.source_name,
            )
        return card

    def card_marks(self, briefings: Iterable[Briefing], shown: str = "") -> bytes:
        """Bytes that change when any of these cards does, or their order."""
        marks = self._card_marks
        found = []
        for briefing in briefings:
            record = briefing.version(shown or self.lang)
            mark = marks.get(record.id)
            if mark is None:
                mark = marks[record.id] = self._card_mark(record, briefing.original)
            found.append(mark)
        return b"".join(found)

    def _card_mark(self, record: Record, original: Record) -> bytes:
        """Everything that `card` takes its facts from: a card itself costs more, and most are never shown anew."""
        facts = (
            record.slug,
            record.title,
            record.lang,
            iso_day(original),
            record.summary,
            record.key_points,
            record.source_name,
        )
        terms = self.terms_mark("country", original.countries) + self.terms_mark("topic", original.topics)
        return digest(encode(facts) + terms)

    def coverage_marks(self, briefings: Iterable[Briefing]) -> bytes:
        """Bytes that change when the day of one of these briefings does, or its terms: what charts are made of."""
        marks = self._coverage_marks
        found = []
        for briefing in briefings:
            original = briefing.original
            mark = marks.get(original.id)
            if mark is None:
                terms = self.terms_mark("country", original.countries) + self.terms_mark(
                    "topic", original.topics
                )
                mark = marks[original.id] = digest(iso_day(original).encode() + terms)
            found.append(mark)
        return b"".join(found)

    def cards(self, briefings: Iterable[Briefing], shown: str = "") -> tuple[Card, ...]:
        """Cards in the order given."""
        return tuple([self.card(briefing, shown) for briefing in briefings])

    def landing_river(self, count: int, base: str) -> River:
        """The river of a landing page `base` over `count` briefings; its cards come later."""
        last = numbered_pages(count, self.site.per_page)
        return River(cards=(), older=self.href(addresses.numbered(base, last)) if last else "")

    def numbered_river(self, base: str, number: int, count: int) -> River:
        """Page `number` of a river of `count` briefings; its cards come later."""
        last = numbered_pages(count, self.site.per_page)
        return River(
            cards=(),
            # The newest numbered page points to the landing page: the one change that a full page sees, once.
            newer=self.href(addresses.numbered(base, number + 1) if number < last else base),
            older=self.href(addresses.numbered(base, number - 1)) if number > 1 else "",
        )

    def dossier(self, kind: str, key: str) -> Dossier | None:
        """A term's introduction, with its pinned briefings."""
        found = self.archive.dossier(kind, key, self.lang)
        if found is None:
            return None
        return Dossier(
            body=found.body,
            lang=found.lang,
            dir=direction(found.lang),
            links=tuple(Link(href=address, label=title) for title, address in found.links),
            pinned=self.cards(self.pinned(kind, key)),
        )

    def pinned(self, kind: str, key: str) -> list[Briefing]:
        """The briefings that a term's introduction shows first."""
        found = self.archive.dossier(kind, key, self.lang)
        briefing_of = self.archive.briefing_of
        return [briefing_of[entry] for entry in found.pinned if entry in briefing_of] if found else []

    def alternates(self, address: str) -> tuple[Alternate, ...]:
        """The same address in every interface language; empty where there is only one."""
        languages = self.site.languages
        if len(languages) == 1:
            return ()
        found = []
        for lang in languages:
            there = addresses.in_language(address, lang, self.site.lang)
            found.append(
                Alternate(
                    lang=lang, url=self.site.url + there, href=self.site.path + there, label=own_name(lang)
                )
            )
        return tuple(found)

    def versions(self, record: Record) -> tuple[Alternate, ...]:
        """The language versions of a briefing, the page's own included; empty where there is only one."""
        briefing = self.archive.briefing_of[record.id]
        if len(briefing.versions) == 1:
            return ()
        found = []
        for version in sorted(briefing.versions.values(), key=lambda v: (v is not briefing.original, v.lang)):
            address = addresses.briefing(version.slug)
            found.append(
                Alternate(
                    lang=version.lang,
                    url=self.site.url + address,
                    href=self.root_href(address),
                    label=own_name(version.lang),
                )
            )
        return tuple(found)

    def feeds(self, base: str, title: str, lang: str = "") -> tuple[FeedLink, ...]:
        """The feeds beside a page of a slice that has all formats (site, country, topic); those of `lang` alone."""
        if "pouch_feeds" not in self.site.plugins or (lang and not self.site.has("feed_languages")):
            return ()
        only = f".{lang}" if lang else ""
        found = [FeedLink(href=self.root_href(f"{base}feed{only}.xml"), title=title, type=RSS)]
        if self.site.has("atom"):
            found.append(FeedLink(href=self.root_href(f"{base}atom{only}.xml"), title=title, type=ATOM))
        if self.site.has("json"):
            found.append(FeedLink(href=self.root_href(f"{base}feed{only}.json"), title=title, type=JSON_FEED))
        return tuple(found)

    @cached_property
    def site_feeds(self) -> tuple[FeedLink, ...]:
        """The site's own feeds."""
        return self.feeds(addresses.HOME, self.site.name)


def iso_day(record: Record) -> str:
    """The day that a briefing is dated, in the site's time zone."""
    assert record.date is not None  # only published entries are shown
    return record.date.date().isoformat()


def collation(label: str) -> str:
    """A sort key that files "Égypte" under E in every locale, without asking the machine's."""
    folded = unicodedata.normalize("NFKD", label.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))
