"""/sources/: organisations with the numbers of their briefings; from POUCH_SLICE_MINIMUM on, each has a river."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from pouch.archive.briefing import Briefing
from pouch.pages import addresses, messages
from pouch.pages.groups import Group
from pouch.pages.interface import Interface, collation
from pouch.pages.models import Link, Page
from pouch.pages.outputs import Output
from pouch.pages.rivers import Numbering, river_outputs
from pouch.pages.view import View
from pouch.vocabulary.slugs import slugify_title


class SourcesPage(Page, frozen=True, kw_only=True):
    """/sources/."""

    sources: tuple[tuple[Link, int], ...]  # in the alphabet; the href is empty where there are few briefings


def plan_sources(view: View) -> Iterator[Group]:
    """The list, and the river of each organisation with enough briefings."""
    if not view.has("sources"):
        return
    least = view.site.slice_minimum
    rows = []
    for slug, (name, members) in by_organisation(view.archive.briefings).items():
        has_page = len(members) >= least
        rows.append((name, slug if has_page else "", len(members)))
        if has_page:
            yield Group(f"source {slug} {view.lang}", partial(_river, view.interface, slug, name), (members,))
    yield Group(f"sources {view.lang}", partial(_list, view.interface), (rows,))


def by_organisation(briefings: Iterable[Briefing]) -> dict[str, tuple[str, list[Briefing]]]:
    """Slug → the organisation's name and its briefings, oldest first.

    Names that differ in case, accents or punctuation are one; it is called as most briefings call it.
    """
    members: defaultdict[str, list[Briefing]] = defaultdict(list)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for briefing in briefings:
        names = {
            slugify_title(source.name): source.name for source in briefing.original.sources if source.name
        }
        for slug, name in names.items():
            if slug:
                members[slug].append(briefing)
                spellings[slug][name] += 1
    return {
        slug: (min(spellings[slug], key=lambda name: (-spellings[slug][name], name)), members[slug])
        for slug in sorted(members)
    }


def _river(interface: Interface, slug: str, name: str, members: Sequence[Briefing]) -> Iterator[Output]:
    index = interface.link_to(addresses.SOURCES, interface.translate(messages.SOURCES))
    numbering = Numbering(
        base=addresses.source(slug),
        title=name,
        trail=(*interface.home_trail, index),
        section=index.href,
    )
    return river_outputs(interface, members, numbering, "source")


def _list(interface: Interface, rows: Sequence[tuple[str, str, int]]) -> Iterator[Output]:
    page = SourcesPage(
        **interface.head(
            addresses.SOURCES,
            interface.translate(messages.SOURCES),
            interface.translate(messages.SOURCES_OF).format(site=interface.site.name),
        ),
        sources=tuple(
            (Link(href=interface.href(addresses.source(slug)) if slug else "", label=name), count)
            for name, slug, count in sorted(rows, key=lambda row: (collation(row[0]), row[0]))
        ),
    )
    yield interface.output(addresses.SOURCES, "sources.html", page, origin="sources")
