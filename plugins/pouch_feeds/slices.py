"""Slices: the parts of the archive that have feeds, and their names in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.identity import guid
from pouch.pages.interface import Interface
from pouch.pages.languages import own_name
from pouch.pages.view import View
from pouch.vocabulary.vocabulary import Kind
from pouch_feeds.texts import LanguageTexts

# The kinds of a slice's terms.
_KINDS: dict[str, tuple[Kind, ...]] = {
    "country": ("country",),
    "topic": ("topic",),
    "region": ("region",),
    "mentions": ("country",),
    "pair": ("country", "topic"),
}


class Slice(NamedTuple):
    """Some of the briefings, at one address."""

    kind: str  # "site" | "country" | "topic" | "region" | "pair" | "mentions"
    keys: tuple[str, ...]  # codes and keys of its terms
    base: str  # address of the page that its feeds follow, without the site's path
    stem: str  # "feed", or "mentions" for the second feed of a country's page
    members: Sequence[Briefing]

    def alone(self) -> Slice:
        """The slice without its briefings, as an input of a group that has only some of them."""
        return self._replace(members=())


Terms = tuple[tuple[Kind, tuple[str, ...]], ...]
"""The keys of the terms that have feeds, by kind."""


def slice_terms(view: View) -> Terms:
    """The terms that have feeds of their own."""
    archive = view.archive
    if not view.interface.link("indexes"):
        return ()
    regions = archive.regions if view.has("regions") else ()
    return ("country", archive.countries), ("topic", archive.topics), ("region", regions)


def terms_with_items(view: View) -> Terms:
    """The terms whose feeds have items."""
    archive = view.archive
    covered = {"country": archive.of_country, "topic": archive.of_topic, "region": archive.of_region}
    return tuple(
        (kind, tuple(key for key in keys if key in covered[kind])) for kind, keys in slice_terms(view)
    )


def page_of(interface: Interface, base: str) -> str:
    """The address of the page that a slice's feed follows; for that of a site without home, the subscribe page."""
    return base if base != addresses.HOME or interface.link("home") else addresses.SUBSCRIBE


def full_slices(view: View) -> Iterator[Slice]:
    """The slices whose feeds have full texts: the site, its countries, its topics."""
    archive, interface = view.archive, view.interface
    yield Slice("site", (), addresses.HOME, "feed", archive.briefings)
    if not interface.link("indexes"):
        return
    for code in archive.countries:
        base = addresses.term("country", interface.slug("country", code))
        yield Slice("country", (code,), base, "feed", archive.of_country.get(code, ()))
    for key in archive.topics:
        base = addresses.term("topic", interface.slug("topic", key))
        yield Slice("topic", (key,), base, "feed", archive.of_topic.get(key, ()))


def summary_slices(view: View) -> Iterator[Slice]:
    """The slices with one short feed of summaries: mentions of a country, regions, pairs."""
    archive, interface = view.archive, view.interface
    if not interface.link("indexes"):
        return
    if view.has("mentions"):
        for code in archive.countries:
            if code in archive.mentioning:
                base = addresses.term("country", interface.slug("country", code))
                yield Slice("mentions", (code,), base, "mentions", archive.mentioning[code])
    for code in archive.regions if view.has("regions") else ():
        base = addresses.term("region", interface.slug("region", code))
        yield Slice("region", (code,), base, "feed", archive.of_region[code])
    for country, topic in sorted(archive.of_pair) if view.has("pairs") else ():
        base = addresses.pair(interface.slug("country", country), interface.slug("topic", topic))
        yield Slice("pair", (country, topic), base, "feed", archive.of_pair[country, topic])


def name(part: Slice, interface: Interface, texts: LanguageTexts, lang: str) -> str:
    """The name of a slice in `lang`, without the site's name: "Ukraine", "Mentions of Ukraine"."""
    if part.kind == "site":
        return interface.site.name
    kinds = _KINDS[part.kind]
    labels = [interface.vocabulary.label(kind, key, lang) for kind, key in zip(kinds, part.keys, strict=True)]
    if part.kind == "mentions":
        return texts.say(messages.MENTIONS_OF).format(term=labels[0])
    if part.kind == "pair":
        return texts.say(messages.PAIR).format(country=labels[0], topic=labels[1])
    return labels[0]


def title(part: Slice, interface: Interface, texts: LanguageTexts, lang: str = "") -> str:
    """The title of its feed: a reader's list has feeds of many sites, and two languages of one. `lang` is given
    for the feed of one language only.
    """
    title = name(part, interface, texts, lang or interface.site.lang)
    if lang:
        title += f" ({own_name(lang)})"
    return title if part.kind == "site" else f"{title} – {interface.site.name}"


def description(part: Slice, interface: Interface, texts: LanguageTexts) -> str:
    """The description of its feed, in a sentence."""
    called = name(part, interface, texts, texts.lang)
    if part.kind == "site":
        return texts.say(messages.LATEST).format(site=called)
    if part.kind == "mentions":
        return called
    return texts.say(messages.BRIEFINGS_ON).format(term=called)


def feed_id(part: Slice, site_id: str, lang: str = "") -> str:
    """`urn:uuid:` for a slice and a language: of its terms, so that no slug, title or domain moves it.

    An entry's id has no slash, so that no feed can ever share one.
    """
    return guid(site_id, "/".join(("feed", part.kind, *part.keys, *((lang,) if lang else ()))))
