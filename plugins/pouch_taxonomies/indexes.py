"""The indexes of countries and topics: every term with a page, in the order of the world and of the vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Literal

from pouch.pages import messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface, collation, iso_day
from pouch.pages.outputs import Output, last_change
from pouch.pages.view import View
from pouch.vocabulary.vocabulary import Kind
from pouch_taxonomies.dossiers import index_of
from pouch_taxonomies.models import IndexGroup, IndexPage, Letter


def plan_index(view: View, kind: Literal["country", "topic"]) -> Group:
    """The index of one kind of term."""
    archive = view.archive
    keys = archive.countries if kind == "country" else archive.topics
    covered = archive.of_country if kind == "country" else archive.of_topic
    without = tuple(key for key in keys if key not in covered)
    facts = {
        key: (len(covered[key]), iso_day(covered[key][-1].original)) for key in sorted(keys) if key in covered
    }
    return Group(
        f"{kind} index {view.lang}",
        partial(_index, view.interface, kind),
        (tuple(key for key in keys if key in covered), facts, without, last_change(archive.briefings)),
    )


def _index(
    interface: Interface,
    kind: Literal["country", "topic"],
    keys: Sequence[str],
    facts: dict[str, tuple[int, str]],
    without: tuple[str, ...],
    modified: str,
) -> Iterator[Output]:
    address, message = index_of(kind)
    if kind == "country":
        groups = _countries_by_region(interface, keys)
    else:
        roots = [key for key in keys if not interface.vocabulary.topics[key].parent]
        groups = _topic_groups(interface, roots, set(keys))
    title = interface.translate(message)
    page = IndexPage(
        **interface.head(address, title, interface.translate(messages.BRIEFINGS_ON).format(term=title)),
        kind=kind,
        groups=groups,
        letters=tuple(_letters(interface, kind, keys)),
        facts=facts,
        without=interface.sorted_terms(kind, without),
    )
    yield interface.output(address, "index.html", page, origin=f"{kind} index", modified=modified)


def _letters(interface: Interface, kind: Kind, keys: Sequence[str]) -> Iterator[Letter]:
    """The terms in the alphabet, by first letter, accents aside."""
    for letter, links in groupby(
        interface.sorted_terms(kind, keys), lambda link: collation(link.label)[:1].upper()
    ):
        yield Letter(letter=letter, terms=tuple(links))


def _countries_by_region(interface: Interface, countries: Collection[str]) -> tuple[IndexGroup, ...]:
    """Continents, their regions and these regions' countries: the M49 hierarchy, each level in the alphabet."""
    regions = interface.vocabulary.regions
    by_region: dict[str, list[str]] = defaultdict(list)
    inner: dict[str | None, set[str]] = defaultdict(set)
    for country in countries:
        by_region[interface.vocabulary.countries[country].region].append(country)
        for code in interface.vocabulary.regions_of(country):
            inner[regions[code].parent].add(code)

    def groups(parent: str | None) -> tuple[IndexGroup, ...]:
        headings = sorted(
            (interface.term("region", code) for code in inner[parent]),
            key=lambda link: (collation(link.label), link.key),
        )
        return tuple(
            IndexGroup(
                heading=link,
                terms=interface.sorted_terms("country", by_region[link.key]),
                groups=groups(link.key),
            )
            for link in headings
        )

    return groups(None)


def _topic_groups(
    interface: Interface, keys: Sequence[str], shown: Collection[str]
) -> tuple[IndexGroup, ...]:
    groups = []
    for heading in interface.sorted_terms("topic", keys):
        children = [child for child in interface.vocabulary.children(heading.key) if child in shown]
        branches = [child for child in children if interface.vocabulary.children(child)]
        leaves = [child for child in children if child not in branches]
        groups.append(
            IndexGroup(
                heading=heading,
                terms=interface.sorted_terms("topic", leaves),
                groups=_topic_groups(interface, branches, shown),
            )
        )
    return tuple(groups)
