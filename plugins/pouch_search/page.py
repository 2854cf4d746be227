"""/search/: the page on which the index is searched, in each interface language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pouch.archive.archive import Archive
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface, iso_day
from pouch.pages.models import Link
from pouch.pages.outputs import Output
from pouch.pages.view import View
from pouch.vocabulary.vocabulary import Kind
from pouch_search.page_models import Entrance, SearchPage

ENTRANCES = 8
"""Dossiers in each list of the empty page."""

Term = tuple[Kind, str, int, str]
"""A kind and key, how many briefings it has, and the ISO date of the newest."""


def is_searchable(interface: Interface) -> bool:
    """Whether the site has a search: a feature of the site, with pages to find."""
    return interface.has("search") and interface.link("briefing", "") != ""


def search_link(interface: Interface) -> str:
    """The address of the search page; empty where the site has none."""
    return interface.href(addresses.SEARCH) if is_searchable(interface) else ""


def plan_search_page(view: View) -> Iterator[Group]:
    """The page in one interface language."""
    if not is_searchable(view.interface):
        return
    archive = view.archive
    months = (
        [iso_day(archive.briefings[place].original)[:7] for place in (0, -1)] if archive.briefings else []
    )
    languages = sorted({lang for briefing in archive.briefings for lang in briefing.versions})
    countries, topics = sorted(archive.of_country), sorted(archive.of_topic)
    yield Group(
        f"search page {view.lang}",
        partial(_search_page, view.interface),
        (months, languages, countries, topics, newest_terms(archive), busiest_terms(archive)),
    )


def newest_terms(archive: Archive) -> list[Term]:
    """The countries and topics that the newest briefings are about first of all, the newest first."""
    terms: dict[tuple[Kind, str], Term] = {}
    for briefing in reversed(archive.briefings):
        original = briefing.original
        first: list[tuple[Kind, str]] = [("country", code) for code in original.countries[:1]]
        first += [("topic", key) for key in original.topics[:1]]
        for kind, key in first:
            if len(terms) < ENTRANCES:
                terms.setdefault((kind, key), _term(archive, kind, key))
        if len(terms) == ENTRANCES:
            break
    return list(terms.values())


def busiest_terms(archive: Archive) -> list[Term]:
    """The countries and topics with most briefings, as many of either; of topics those that editors name."""
    named = sorted({key for briefing in archive.briefings for key in briefing.original.topics})
    kinds: tuple[tuple[Kind, Sequence[str]], ...] = (
        ("country", sorted(archive.of_country)),
        ("topic", named),
    )
    busiest = []
    for kind, keys in kinds:
        terms = [_term(archive, kind, key) for key in keys]
        busiest += sorted(terms, key=lambda term: -term[2])[: ENTRANCES // 2]
    return sorted(busiest, key=lambda term: (-term[2], term[:2]))


def _term(archive: Archive, kind: Kind, key: str) -> Term:
    members = (archive.of_country if kind == "country" else archive.of_topic)[key]
    return kind, key, len(members), iso_day(members[-1].original)


def _search_page(
    interface: Interface,
    months: Sequence[str],
    languages: Sequence[str],
    countries: Sequence[str],
    topics: Sequence[str],
    newest: Sequence[Term],
    busiest: Sequence[Term],
) -> Iterator[Output]:
    say = interface.translate
    ways = [interface.link_to(address, say(label)) for address, label in interface.link("indexes")]
    if archive := interface.link("months"):
        ways.append(Link(href=archive, label=say(messages.ARCHIVE)))

    def entrances(terms: Sequence[Term]) -> tuple[Entrance, ...]:
        links = [(interface.term(kind, key), count, day) for kind, key, count, day in terms]
        # Without the plugin of dossiers a term has no page.
        return tuple(Entrance(term=link, count=count, day=day) for link, count, day in links if link.href)

    page = SearchPage(
        **interface.head(
            addresses.SEARCH, say(messages.SEARCH), say(messages.SEARCH_IN).format(site=interface.site.name)
        ),
        index=interface.root_href(addresses.SEARCH_INDEX) if months else "",
        countries=interface.sorted_terms("country", countries),
        topics=interface.sorted_terms("topic", topics),
        months=tuple(months),
        languages=tuple(languages),
        interfaces=tuple(interface.site.languages),
        newest=entrances(newest),
        busiest=entrances(busiest),
        ways=tuple(ways),
        engine=interface.root_href(addresses.SEARCH_ENGINE),
    )
    yield interface.output(addresses.SEARCH, "search.html", page, origin="search")
