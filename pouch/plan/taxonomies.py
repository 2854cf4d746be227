"""A page for each country, topic and region, for each pair, and for each year of a term; and their indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from functools import partial

import msgspec

from pouch.archive.archive import Briefing
from pouch.plan import addresses, messages
from pouch.plan.coverage import frequent, months
from pouch.plan.maps import places
from pouch.plan.models import Card, FeedLink, IndexGroup, IndexPage, Link, TermLink, TermPage
from pouch.plan.narrowing import by_language, by_year, part_outputs
from pouch.plan.numbered import numbered_outputs, river_outputs, with_cards
from pouch.plan.outputs import Output, deferred, path_of
from pouch.plan.pagination import landing
from pouch.plan.views import RSS, Views, collation

_INDEXES = {
    "country": (addresses.COUNTRIES, messages.COUNTRIES),
    "topic": (addresses.TOPICS, messages.TOPICS),
}


def plan_countries(views: Views) -> Iterator[Output]:
    """Each country that an entry names or a dossier introduces, and the index of them."""
    archive, site = views.archive, views.site
    yield _index(views, "country", _countries_by_region(views))
    topics_of: dict[str, list[str]] = defaultdict(list)
    for country, topic in archive.of_pair:
        topics_of[country].append(topic)
    for code in archive.countries:
        link = views.term("country", code)
        slug = views.slug("country", code)
        base = addresses.term("country", slug)
        mentioning = archive.mentioning.get(code, ()) if site.has("mentions") else ()
        more = addresses.mentions(slug) if len(mentioning) > site.per_page else ""
        heading = views.translate(messages.MENTIONS_OF).format(term=link.label)
        mentions_feed = _plain_feed(views, base, heading, "mentions.xml") if mentioning else ()
        pairs = [
            views.pair(code, topic.key, topic.label)
            for topic in views.sorted_terms("topic", topics_of.get(code, ()))
        ]
        line = tuple(_region_line(views, views.vocabulary.countries[code].region))
        yield from _term(
            views,
            link,
            base,
            archive.of_country.get(code, ()),
            mentions=views.cards(landing(mentioning[-site.per_page :], site.per_page)),
            more_mentions=views.href(more) if more else "",
            pairs=tuple(pairs),
            parents=line,
            continent=line[0].key if line and site.has("map") else "",
            more_feeds=mentions_feed,
        )
        if more:
            yield from river_outputs(
                views,
                mentioning,
                more,
                kind="mentions",
                title=heading,
                description=heading,
                terms=(link,),
                trail=_trail(views, "country", link),
                section=views.href(addresses.COUNTRIES),
                feeds=mentions_feed,
            )


def plan_topics(views: Views) -> Iterator[Output]:
    """Every topic of the vocabulary, and the tree of them."""
    archive, vocabulary = views.archive, views.vocabulary
    yield _index(
        views, "topic", _topic_groups(views, [key for key, t in vocabulary.topics.items() if not t.parent])
    )
    countries_of: dict[str, list[str]] = defaultdict(list)
    for country, topic in archive.of_pair:
        countries_of[topic].append(country)
    for key in archive.topics:
        link = views.term("topic", key)
        pairs = [
            views.pair(country.key, key, country.label)
            for country in views.sorted_terms("country", countries_of.get(key, ()))
        ]
        yield from _term(
            views,
            link,
            addresses.term("topic", views.slug("topic", key)),
            archive.of_topic.get(key, ()),
            pairs=tuple(pairs),
            parents=views.terms("topic", reversed(vocabulary.ancestors(key))),
            on_map=vocabulary.countries,
            children=views.sorted_terms("topic", vocabulary.children(key)),
        )


def plan_regions(views: Views) -> Iterator[Output]:
    """Each region with coverage: a roll-up of its countries (UN M49)."""
    archive, vocabulary = views.archive, views.vocabulary
    for code in archive.regions:
        inner = [other for other in archive.regions if vocabulary.regions[other].parent == code]
        countries = [c for c in archive.countries if vocabulary.countries[c].region == code]
        parent = vocabulary.regions[code].parent
        yield from _term(
            views,
            views.term("region", code),
            addresses.term("region", views.slug("region", code)),
            archive.of_region[code],
            parents=tuple(_region_line(views, parent)) if parent else (),
            on_map=_countries_in(views, code),
            children=(*views.sorted_terms("region", inner), *views.sorted_terms("country", countries)),
        )


def _countries_in(views: Views, region: str) -> set[str]:
    """Codes of the countries of a region and of its regions; only for looking up."""
    regions = views.vocabulary.regions
    within = {region}
    while more := {code for code, r in regions.items() if r.parent in within} - within:
        within |= more
    return {code for code, country in views.vocabulary.countries.items() if country.region in within}


def plan_pairs(views: Views) -> Iterator[Output]:
    """Each country and topic that have enough briefings together."""
    for (country, topic), members in sorted(views.archive.of_pair.items()):
        first, second = views.term("country", country), views.term("topic", topic)
        base = addresses.pair(views.slug("country", country), views.slug("topic", topic))
        title = views.translate(messages.PAIR).format(country=first.label, topic=second.label)
        yield from river_outputs(
            views,
            members,
            base,
            kind="pair",
            title=title,
            description=views.translate(messages.BRIEFINGS_ON).format(term=title),
            terms=(first, second),
            trail=_trail(views, "country", first),
            section=views.href(addresses.COUNTRIES),
            feeds=_plain_feed(views, base, title),
        )


def _plain_feed(views: Views, base: str, title: str, name: str = "feed.xml") -> tuple[FeedLink, ...]:
    """The one feed of a pair, of a region, or of a country's mentions."""
    if "pouch_feeds" not in views.site.plugins:
        return ()
    return (FeedLink(href=views.root_href(f"{base}{name}"), title=title, type=RSS),)


def _term(
    views: Views,
    link: TermLink,
    base: str,
    members: Sequence[Briefing],
    *,
    mentions: tuple[Card, ...] = (),
    more_mentions: str = "",
    pairs: tuple[Link, ...] = (),
    parents: tuple[TermLink, ...] = (),
    children: tuple[TermLink, ...] = (),
    on_map: Container[str] = (),
    continent: str = "",
    more_feeds: tuple[FeedLink, ...] = (),
) -> Iterator[Output]:
    """A term's page, its numbered pages, its years and its languages."""
    kind = link.kind
    feeds = _plain_feed(views, base, link.label) if kind == "region" else views.feeds(base, link.label)
    feeds += more_feeds
    years = by_year(views, link, base, members) if kind != "region" else []
    languages = by_language(views, link, base, members) if kind != "region" else []
    section = views.href(addresses.TOPICS if kind == "topic" else addresses.COUNTRIES)
    trail = _trail(views, kind)
    page = TermPage(
        href=views.href(base),
        url=views.url(base),
        lang=views.lang,
        title=link.label,
        description=views.translate(messages.BRIEFINGS_ON).format(term=link.label),
        section=section,
        trail=trail,
        feeds=feeds,
        alternates=views.alternates(base),
        term=link,
        dossier=views.dossier(kind, link.key),
        river=views.landing_river(len(members), base),
        mentions=mentions,
        more_mentions=more_mentions,
        pairs=pairs,
        parents=parents,
        children=children,
        years=tuple(part.link for part in years),
        languages=tuple(part.link for part in languages),
        continent=continent,
    )
    newest = landing(members, views.site.per_page)
    model = deferred(
        page,
        partial(_with_coverage, page, views, members, base, on_map),
        views.card_marks(newest),
        views.coverage_marks(members),
        shows=newest,
    )
    yield Output(path_of(views.address(base)), "html", f"{kind}.html", model, views.lang, base)
    yield from numbered_outputs(
        views, members, base, title=link.label, feeds=feeds, terms=(link,), trail=trail, section=section
    )
    for parts in (years, languages):
        yield from part_outputs(
            views,
            link,
            base,
            parts,
            feeds=feeds,
            trail=_trail(views, kind, link),
            section=section,
        )


def _with_coverage(
    page: TermPage, views: Views, members: Sequence[Briefing], base: str, on_map: Container[str]
) -> TermPage:
    """The page with its newest cards, its chart, its company, and the map of its countries in `on_map`."""
    kind, key = page.term.kind, page.term.key
    page = with_cards(page, views, landing(members, views.site.per_page))
    return msgspec.structs.replace(
        page,
        places=places(views, members, on_map),
        months=months(views, members, base if kind != "region" else ""),
        frequent_topics=frequent(
            views, "topic", (b.original.topics for b in members), (key,) if kind == "topic" else ()
        ),
        frequent_countries=frequent(
            views, "country", (b.original.countries for b in members), (key,) if kind == "country" else ()
        ),
    )


def _trail(views: Views, kind: str, *inner: TermLink) -> tuple[Link, ...]:
    """Home, the index, and the terms on the way."""
    address, label = _INDEXES["topic" if kind == "topic" else "country"]
    return (
        Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME)),
        Link(href=views.href(address), label=views.translate(label)),
        *(Link(href=term.href, label=term.label) for term in inner),
    )


def _index(views: Views, kind: str, groups: tuple[IndexGroup, ...]) -> Output:
    archive = views.archive
    address, message = _INDEXES[kind]
    keys, covered = (
        (archive.countries, archive.of_country) if kind == "country" else (archive.topics, archive.of_topic)
    )
    title = views.translate(message)
    page = IndexPage(
        href=views.href(address),
        url=views.url(address),
        lang=views.lang,
        title=title,
        description=views.translate(messages.BRIEFINGS_ON).format(term=title),
        section=views.href(address),
        trail=(Link(href=views.href(addresses.HOME), label=views.translate(messages.HOME)),),
        alternates=views.alternates(address),
        kind=kind,
        groups=groups,
        empty=tuple(key for key in sorted(keys) if key not in covered),
    )
    return Output(path_of(views.address(address)), "html", "index.html", page, views.lang, f"{kind} index")


def _region_line(views: Views, region: str) -> Iterator[TermLink]:
    """A region's line from the widest down; without links where regions have no pages."""
    line = []
    code: str | None = region
    while code is not None and code in views.vocabulary.regions:
        line.append(views.region(code))
        code = views.vocabulary.regions[code].parent
    return reversed(line)


def _countries_by_region(views: Views) -> tuple[IndexGroup, ...]:
    """Continents, their regions and these regions' countries: the M49 hierarchy, each level in the alphabet."""
    regions = views.vocabulary.regions
    by_region: dict[str, list[str]] = defaultdict(list)
    inner: dict[str | None, set[str]] = defaultdict(set)
    for country in views.archive.countries:
        code: str | None = views.vocabulary.countries[country].region
        by_region[code or ""].append(country)
        while code is not None and code in regions:
            inner[regions[code].parent].add(code)
            code = regions[code].parent

    def groups(parent: str | None) -> tuple[IndexGroup, ...]:
        headings = sorted(
            (views.region(code) for code in inner[parent]),
            key=lambda link: (collation(link.label), link.key),
        )
        return tuple(
            IndexGroup(
                heading=link,
                terms=views.sorted_terms("country", by_region[link.key]),
                groups=groups(link.key),
            )
            for link in headings
        )

    return groups(None)


def _topic_groups(views: Views, keys: Sequence[str]) -> tuple[IndexGroup, ...]:
    groups = []
    for heading in views.sorted_terms("topic", keys):
        children = views.vocabulary.children(heading.key)
        branches = [child for child in children if views.vocabulary.children(child)]
        leaves = [child for child in children if child not in branches]
        groups.append(
            IndexGroup(
                heading=heading,
                terms=views.sorted_terms("topic", leaves),
                groups=_topic_groups(views, branches),
            )
        )
    return tuple(groups)
