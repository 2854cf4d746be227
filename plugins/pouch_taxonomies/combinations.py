"""The terms that a term goes together with: how often, and the address of both together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import urlencode

import msgspec

from pouch.archive.briefing import Briefing
from pouch.pages import addresses, messages
from pouch.pages.coverage import FREQUENT
from pouch.pages.interface import Interface
from pouch.pages.models import CountedTerm, Link, TermLink
from pouch.vocabulary.vocabulary import Kind


def search_href(interface: Interface, *filters: tuple[str, str]) -> str:
    """The search narrowed by these fields and values; empty where the site has no search."""
    search = interface.link("search")
    return f"{search}?{urlencode(filters)}" if search else ""


def pair_link(interface: Interface, country: str, topic: str, label: str = "") -> Link | None:
    """The link to the page of a pair that has enough briefings; None where the site has no pages of pairs."""
    if not interface.has("pairs"):
        return None
    if not label:
        label = interface.translate(messages.PAIR).format(
            country=interface.term("country", country).label, topic=interface.term("topic", topic).label
        )
    address = addresses.pair(interface.slug("country", country), interface.slug("topic", topic))
    return interface.link_to(address, label)


def narrower(
    interface: Interface, term: TermLink, members: Sequence[Briefing], with_page: Collection[str]
) -> tuple[CountedTerm, ...]:
    """The topics of a country, or the countries of a topic, each with the way to both together: the page of the pair
    for those in `with_page`, else the search with both filters. Of a region, the topics, which lead to their own pages.

    A topic counts with its narrower ones, as its page does. Those that an editor chose come first, the most frequent at
    the head. What every briefing has narrows nothing, and comes last.
    """
    kind: Kind = "country" if term.kind == "topic" else "topic"
    chosen = {key for briefing in members for key in _own(briefing, kind)}
    counts = Counter(key for briefing in members for key in _all(briefing, kind))

    def place(key: str) -> tuple[bool, bool, int, str]:
        return len(members) > 1 and counts[key] == len(members), key not in chosen, -counts[key], key

    counted = []
    for key in sorted({*chosen, *(key for key in with_page if key in counts)}, key=place):
        link = interface.term(kind, key)
        if term.kind != "region":
            country, topic = (term.key, key) if kind == "topic" else (key, term.key)
            pair = pair_link(interface, country, topic) if key in with_page else None
            href = pair.href if pair else search_href(interface, ("country", country), ("topic", topic))
            link = msgspec.structs.replace(link, href=href)
        counted.append(CountedTerm(term=link, count=counts[key]))
    return tuple(counted)


def together(interface: Interface, term: TermLink, members: Sequence[Briefing]) -> tuple[CountedTerm, ...]:
    """The terms of the same kind that most of these briefings have too, each with the search for both; without a
    search, with its own page. A topic's wider and narrower ones are no company of it.
    """
    kind: Kind = "country" if term.kind == "country" else "topic"
    counts = Counter(key for briefing in members for key in _own(briefing, kind))
    line = set()
    if kind == "topic":
        ancestors = interface.vocabulary.ancestors
        line = {*ancestors(term.key), *(key for key in counts if term.key in ancestors(key))}
    keys = [
        key for key in sorted(counts, key=lambda key: (-counts[key], key)) if key not in {term.key, *line}
    ]
    counted = []
    for key in keys[:FREQUENT]:
        link = interface.term(kind, key)
        href = search_href(interface, (kind, term.key), (kind, key)) or link.href
        counted.append(CountedTerm(term=msgspec.structs.replace(link, href=href), count=counts[key]))
    return tuple(counted)


def counted(links: Iterable[TermLink], counts: Mapping[str, int]) -> tuple[CountedTerm, ...]:
    """Terms in their order, each with its number of briefings."""
    return tuple(CountedTerm(term=link, count=counts.get(link.key, 0)) for link in links)


def _own(briefing: Briefing, kind: Kind) -> Iterable[str]:
    """The terms that an editor chose."""
    return briefing.original.countries if kind == "country" else briefing.original.topics


def _all(briefing: Briefing, kind: Kind) -> Iterable[str]:
    """The terms that a briefing is in the river of."""
    return briefing.original.countries if kind == "country" else briefing.topics
