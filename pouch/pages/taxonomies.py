"""Countries, topics, regions and pairs: which pages there are of them, and in which chapters they are planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain

from pouch.archive.archive import Briefing
from pouch.pages import addresses, messages
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.dossiers import feeds_beside, one_feed, section_of, term_outputs, trail_to
from pouch.pages.indexes import plan_index
from pouch.pages.models import FeedLink, TermLink
from pouch.pages.numbered import numbered_chapters, river_outputs
from pouch.pages.outputs import Output
from pouch.pages.pagination import landing
from pouch.pages.views import Views
from pouch.vocabulary.vocabulary import Kind


def plan_countries(views: Views) -> Iterator[Chapter]:
    """Each country that an entry names or a dossier introduces, and the index of them."""
    archive, site = views.archive, views.site
    yield plan_index(views, "country")
    topics_of: dict[str, list[str]] = defaultdict(list)
    for country, topic in archive.of_pair:
        topics_of[country].append(topic)
    for code in archive.countries:
        mentioning = archive.mentioning.get(code, ()) if site.has("mentions") else ()
        topics = topics_of.get(code, ())
        yield from _term_chapters(
            views,
            "country",
            code,
            archive.of_country.get(code, ()),
            partial(_country, views, code, mentioning, topics),
            mentioning,
            more_feeds=_mentions_feed(views, code) if mentioning else (),
        )
        if len(mentioning) > site.per_page:
            key = f"country {code} mentions {views.lang}"
            yield Chapter(key, mark_of(mentioning), partial(_mentions, views, code, mentioning))


def plan_topics(views: Views) -> Iterator[Chapter]:
    """Every topic of the vocabulary, and the tree of them."""
    archive = views.archive
    yield plan_index(views, "topic")
    countries_of: dict[str, list[str]] = defaultdict(list)
    for country, topic in archive.of_pair:
        countries_of[topic].append(country)
    for key in archive.topics:
        outputs = partial(_topic, views, key, countries_of.get(key, ()))
        yield from _term_chapters(views, "topic", key, archive.of_topic.get(key, ()), outputs)


def plan_regions(views: Views) -> Iterator[Chapter]:
    """Each region with coverage: a roll-up of its countries (UN M49)."""
    for code, members in ((code, views.archive.of_region[code]) for code in views.archive.regions):
        yield from _term_chapters(views, "region", code, members, partial(_region, views, code))


def plan_pairs(views: Views) -> Iterator[Chapter]:
    """Each country and topic that have enough briefings together: a country's pairs are a chapter."""
    archive = views.archive
    topics_of: dict[str, list[str]] = defaultdict(list)
    for country, topic in sorted(archive.of_pair):
        topics_of[country].append(topic)
    for country, topics in topics_of.items():
        yield Chapter(
            f"pairs {country} {views.lang}",
            mark_of(archive.of_country[country]),
            partial(_pairs, views, country, topics),
        )


def _term_chapters(
    views: Views,
    kind: Kind,
    key: str,
    members: Sequence[Briefing],
    outputs: Callable[[], Iterator[Output]],
    beside: Sequence[Briefing] = (),
    *,
    more_feeds: tuple[FeedLink, ...] = (),
) -> Iterator[Chapter]:
    """A term's page with its years and its languages, which `outputs` plans, and its numbered pages.

    What its page looks at: its members, those `beside` them, and the pinned ones. Which of its pairs have a page
    follows from its members.
    """
    link = views.term(kind, key)
    base = addresses.term(kind, views.slug(kind, key))
    name = f"{kind} {key} {views.lang}"
    shown = chain(members, beside, views.pinned(kind, key))
    yield Chapter(name, mark_of(shown, len(members), len(beside)), outputs)
    yield from numbered_chapters(
        views,
        members,
        base,
        name,
        title=link.label,
        feeds=feeds_beside(views, kind, base, link.label) + more_feeds,
        terms=(link,),
        trail=trail_to(views, kind),
        section=section_of(views, kind),
    )


def _country(
    views: Views, code: str, mentioning: Sequence[Briefing], topics: Sequence[str]
) -> Iterator[Output]:
    slug, per_page = views.slug("country", code), views.site.per_page
    line = tuple(_region_line(views, views.vocabulary.countries[code].region))
    return term_outputs(
        views,
        "country",
        code,
        views.archive.of_country.get(code, ()),
        mentions=views.cards(landing(mentioning[-per_page:], per_page)),
        more_mentions=views.href(addresses.mentions(slug)) if len(mentioning) > per_page else "",
        pairs=tuple(
            views.pair(code, topic.key, topic.label) for topic in views.sorted_terms("topic", topics)
        ),
        parents=line,
        continent=line[0].key if line and views.site.has("map") else "",
        more_feeds=_mentions_feed(views, code) if mentioning else (),
    )


def _mentions(views: Views, code: str, mentioning: Sequence[Briefing]) -> Iterator[Output]:
    """All that mentions a country, where its page cannot show it."""
    link = views.term("country", code)
    heading = _mentions_heading(views, code)
    return river_outputs(
        views,
        mentioning,
        addresses.mentions(views.slug("country", code)),
        kind="mentions",
        title=heading,
        description=heading,
        terms=(link,),
        trail=trail_to(views, "country", link),
        section=section_of(views, "country"),
        feeds=_mentions_feed(views, code),
    )


def _mentions_heading(views: Views, code: str) -> str:
    return views.translate(messages.MENTIONS_OF).format(term=views.term("country", code).label)


def _mentions_feed(views: Views, code: str) -> tuple[FeedLink, ...]:
    base = addresses.term("country", views.slug("country", code))
    return one_feed(views, base, _mentions_heading(views, code), "mentions.xml")


def _topic(views: Views, key: str, countries: Sequence[str]) -> Iterator[Output]:
    vocabulary = views.vocabulary
    return term_outputs(
        views,
        "topic",
        key,
        views.archive.of_topic.get(key, ()),
        pairs=tuple(
            views.pair(country.key, key, country.label)
            for country in views.sorted_terms("country", countries)
        ),
        parents=views.terms("topic", reversed(vocabulary.ancestors(key))),
        on_map=vocabulary.countries,
        children=views.sorted_terms("topic", vocabulary.children(key)),
    )


def _region(views: Views, code: str) -> Iterator[Output]:
    archive, vocabulary = views.archive, views.vocabulary
    inner = [other for other in archive.regions if vocabulary.regions[other].parent == code]
    countries = [c for c in archive.countries if vocabulary.countries[c].region == code]
    parent = vocabulary.regions[code].parent
    return term_outputs(
        views,
        "region",
        code,
        archive.of_region[code],
        parents=tuple(_region_line(views, parent)) if parent else (),
        on_map=_countries_in(views, code),
        children=(*views.sorted_terms("region", inner), *views.sorted_terms("country", countries)),
    )


def _pairs(views: Views, country: str, topics: Sequence[str]) -> Iterator[Output]:
    first = views.term("country", country)
    for topic in topics:
        second = views.term("topic", topic)
        base = addresses.pair(views.slug("country", country), views.slug("topic", topic))
        title = views.translate(messages.PAIR).format(country=first.label, topic=second.label)
        yield from river_outputs(
            views,
            views.archive.of_pair[country, topic],
            base,
            kind="pair",
            title=title,
            description=views.translate(messages.BRIEFINGS_ON).format(term=title),
            terms=(first, second),
            trail=trail_to(views, "country", first),
            section=section_of(views, "country"),
            feeds=one_feed(views, base, title),
        )


def _countries_in(views: Views, region: str) -> set[str]:
    """Codes of the countries of a region and of its regions; only for looking up."""
    regions = views.vocabulary.regions
    within = {region}
    while more := {code for code, r in regions.items() if r.parent in within} - within:
        within |= more
    return {code for code, country in views.vocabulary.countries.items() if country.region in within}


def _region_line(views: Views, region: str) -> Iterator[TermLink]:
    """A region's line from the widest down; without links where regions have no pages."""
    line = []
    code: str | None = region
    while code is not None and code in views.vocabulary.regions:
        line.append(views.region(code))
        code = views.vocabulary.regions[code].parent
    return reversed(line)
