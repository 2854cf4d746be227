"""The indexes of countries and topics: every term with a page, in the order of the world and of the vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal

from pouch.pages import addresses, messages
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.models import IndexGroup, IndexPage, Link
from pouch.pages.outputs import Output, path_of
from pouch.pages.views import Views, collation

INDEXES = {
    "country": (addresses.COUNTRIES, messages.COUNTRIES),
    "topic": (addresses.TOPICS, messages.TOPICS),
}
"""Address and heading of each."""


def plan_index(views: Views, kind: Literal["country", "topic"]) -> Chapter:
    """The index of one kind of term."""
    key = f"{kind} index {views.lang}"
    return Chapter(key, mark_of(views.archive.briefings), partial(_index, views, kind))


def _index(views: Views, kind: str) -> Iterator[Output]:
    archive = views.archive
    address, message = INDEXES[kind]
    if kind == "country":
        keys, covered, groups = archive.countries, archive.of_country, _countries_by_region(views)
    else:
        topics = views.vocabulary.topics
        roots = [key for key, topic in topics.items() if not topic.parent]
        keys, covered, groups = archive.topics, archive.of_topic, _topic_groups(views, roots)
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
    yield Output(path_of(views.address(address)), "html", "index.html", page, views.lang, f"{kind} index")


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
