"""Countries, topics, regions and pairs: which pages there are of them, and in which groups they are planned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any

from pouch.archive.archive import Archive, Briefing
from pouch.pages import addresses, messages
from pouch.pages.coverage import months
from pouch.pages.groups import Group
from pouch.pages.interface import Interface
from pouch.pages.models import FeedLink
from pouch.pages.outputs import Output
from pouch.pages.pagination import landing
from pouch.pages.rivers import Numbering, listed, listed_below, numbered_groups, river_outputs
from pouch.pages.view import View
from pouch.vocabulary.terms import above
from pouch.vocabulary.vocabulary import Kind, Vocabulary
from pouch_taxonomies.combinations import counted, search_href
from pouch_taxonomies.dossiers import Introduction, index_of, numbering_of, section_of, term_outputs, trail_to
from pouch_taxonomies.indexes import plan_index


def term_pages(archive: Archive, features: Collection[str]) -> Iterator[tuple[str, str]]:
    """The terms that have a page."""
    yield from (("country", code) for code in archive.countries)
    yield from (("topic", key) for key in archive.topics)
    if "regions" in features:
        yield from (("region", code) for code in archive.regions)


def index_links(_: Interface) -> tuple[tuple[str, str], ...]:
    """Address and label of the index of countries and of that of topics."""
    return index_of("country"), index_of("topic")


def plan_countries(view: View) -> Iterator[Group]:
    """Each country that an entry names or a dossier introduces, and the index of them."""
    archive, interface = view.archive, view.interface
    yield plan_index(view, "country")
    topics_of = _partners(view, country_first=True)
    for code in archive.countries:
        mentioning = archive.mentioning.get(code, ()) if view.has("mentions") else ()
        yield from _term_groups(
            view,
            "country",
            code,
            archive.of_country.get(code, ()),
            _country,
            mentioning[-2 * view.site.per_page :],
            len(mentioning),
            topics_of[code],
            more_feeds=_mentions_feed(interface, code) if mentioning else (),
        )
        if len(mentioning) > view.site.per_page:
            yield Group(
                f"country {code} mentions {view.lang}", partial(_mentions, interface, code), (mentioning,)
            )


def plan_topics(view: View) -> Iterator[Group]:
    """Every topic of the vocabulary, and the tree of them. Those with nothing to show yet have a page in the site's
    language alone.
    """
    archive = view.archive
    yield plan_index(view, "topic")
    countries_of = _partners(view, country_first=False)
    for key in archive.topics:
        if key in archive.empty_topics and not view.is_main:
            continue
        members = archive.of_topic.get(key, ())
        yield from _term_groups(view, "topic", key, members, _topic, countries_of[key])


def plan_regions(view: View) -> Iterator[Group]:
    """Each region with coverage: a roll-up of its countries (UN M49)."""
    archive = view.archive
    if not view.has("regions"):
        return
    for code in archive.regions:
        inner = [other for other in archive.regions if view.vocabulary.regions[other].parent == code]
        within = countries_in(view.vocabulary, code)
        countries = [country for country in archive.countries if country in within]
        yield from _term_groups(view, "region", code, archive.of_region[code], _region, inner, countries)


def plan_pairs(view: View) -> Iterator[Group]:
    """Each country and topic that have enough briefings together: a country's pairs are a group."""
    archive = view.archive
    for country, topics in sorted(_partners(view, country_first=True).items()):
        members = [archive.of_pair[country, topic] for topic in topics]
        yield Group(
            f"pairs {country} {view.lang}",
            partial(_pairs, view.interface, country),
            (topics, *members),
        )


def _partners(view: View, *, country_first: bool) -> dict[str, list[str]]:
    """By country the topics that it has pages with, or by topic the countries."""
    partners: dict[str, list[str]] = defaultdict(list)
    if view.has("pairs"):
        for country, topic in sorted(view.archive.of_pair):
            key, partner = (country, topic) if country_first else (topic, country)
            partners[key].append(partner)
    return partners


def _term_groups(
    view: View,
    kind: Kind,
    key: str,
    members: Sequence[Briefing],
    outputs: Callable[..., Iterator[Output]],
    *inputs: Any,
    more_feeds: tuple[FeedLink, ...] = (),
) -> Iterator[Group]:
    """A term's page with its years and its languages, planned by `outputs`, and its numbered pages."""
    numbering = numbering_of(view.interface, kind, key, members, more_feeds)
    record, pinned = view.dossier(kind, key) if kind != "region" else (None, ())
    name = f"{kind} {key} {view.lang}"
    if kind == "region":
        numbering = listed_below(view.interface, members, numbering)
    yield Group(name, partial(outputs, view.interface, key), (members, numbering, record, pinned, *inputs))
    yield from numbered_groups(view.interface, members, name, numbering)


def _country(
    interface: Interface,
    code: str,
    members: Sequence[Briefing],
    numbering: Numbering,
    record: Any,
    pinned: Sequence[Briefing],
    mentioning: Sequence[Briefing],
    mentions: int,
    topics: Sequence[str],
) -> Iterator[Output]:
    """`mentioning` are the newest briefings that mention it, `mentions` is the number of all."""
    per_page = interface.site.per_page
    # Links where regions have pages; terms alone where they have none.
    regions = interface.terms("region", reversed(interface.vocabulary.regions_of(code)))
    more = interface.href(addresses.mentions(interface.slug("country", code)))
    return term_outputs(
        interface,
        "country",
        code,
        members,
        numbering,
        (record, pinned),
        with_page=topics,
        mentions=mentions,
        mentioned=interface.cards(landing(mentioning[-per_page:], per_page)),
        more_mentions=more if mentions > per_page else "",
        parents=regions,
        continent=regions[0].key if regions and interface.link("map") else "",
    )


def _mentions(interface: Interface, code: str, mentioning: Sequence[Briefing]) -> Iterator[Output]:
    """The pages of all briefings that mention a country, where its own page cannot show them."""
    link = interface.term("country", code)
    numbering = Numbering(
        base=addresses.mentions(interface.slug("country", code)),
        title=_mentions_heading(interface, code),
        feeds=_mentions_feed(interface, code),
        terms=(link,),
        trail=trail_to(interface, "country", link),
        section=section_of(interface, "country"),
    )
    return river_outputs(interface, mentioning, listed(interface, mentioning, numbering), "mentions")


def _mentions_heading(interface: Interface, code: str) -> str:
    return interface.translate(messages.MENTIONS_OF).format(term=interface.term("country", code).label)


def _mentions_feed(interface: Interface, code: str) -> tuple[FeedLink, ...]:
    base = addresses.term("country", interface.slug("country", code))
    return interface.short_feed(base, _mentions_heading(interface, code), "mentions.xml")


def _topic(
    interface: Interface,
    key: str,
    members: Sequence[Briefing],
    numbering: Numbering,
    record: Any,
    pinned: Sequence[Briefing],
    countries: Sequence[str],
) -> Iterator[Output]:
    vocabulary = interface.vocabulary
    introduction: Introduction = (record, pinned)
    children = [child for child in vocabulary.children(key) if child not in interface.empty_topics]
    return term_outputs(
        interface,
        "topic",
        key,
        members,
        numbering,
        introduction,
        with_page=countries,
        parents=interface.terms("topic", reversed(vocabulary.ancestors(key))),
        on_map=vocabulary.countries,
        children=counted(interface.sorted_terms("topic", children), _topic_counts(members)),
    )


def _region(
    interface: Interface,
    code: str,
    members: Sequence[Briefing],
    numbering: Numbering,
    record: Any,
    pinned: Sequence[Briefing],
    inner: Sequence[str],
    countries: Sequence[str],
) -> Iterator[Output]:
    """`inner` are the regions within it that have a page, `countries` all countries within that have one."""
    counts = Counter(code for briefing in members for code in briefing.original.countries)
    regions = interface.vocabulary.regions
    return term_outputs(
        interface,
        "region",
        code,
        members,
        numbering,
        (record, pinned),
        parents=interface.terms("region", reversed(above(code, regions))),
        on_map=countries_in(interface.vocabulary, code),
        regions=interface.sorted_terms("region", inner),
        children=counted(interface.sorted_terms("country", countries), counts),
    )


def _pairs(
    interface: Interface, country: str, topics: Sequence[str], *rivers: Sequence[Briefing]
) -> Iterator[Output]:
    """`rivers` are the briefings of each pair, in the order of `topics`."""
    first = interface.term("country", country)
    for topic, members in zip(topics, rivers, strict=True):
        second = interface.term("topic", topic)
        base = addresses.pair(interface.slug("country", country), interface.slug("topic", topic))
        title = interface.translate(messages.PAIR).format(country=first.label, topic=second.label)
        numbering = Numbering(
            base=base,
            title=title,
            feeds=interface.short_feed(base, title),
            terms=(first, second),
            trail=trail_to(interface, "country", first),
            section=section_of(interface, "country"),
        )
        years = {briefing.sort_key[0].year for briefing in members}
        hrefs = {
            year: search_href(interface, ("country", country), ("topic", topic), ("year", str(year)))
            for year in years
        }
        yield from river_outputs(
            interface,
            members,
            listed_below(interface, members, numbering),
            "pair",
            description=interface.translate(messages.BRIEFINGS_ON).format(term=title),
            chart=months(members, hrefs),
        )


def countries_in(vocabulary: Vocabulary, region: str) -> set[str]:
    """Codes of the countries of a region and of its regions."""
    return {code for code in vocabulary.countries if region in vocabulary.regions_of(code)}


def _topic_counts(members: Sequence[Briefing]) -> Counter[str]:
    """Numbers of briefings by topic; a topic's are also those of its narrower ones."""
    return Counter(key for briefing in members for key in briefing.topics)
