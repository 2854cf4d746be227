"""Plans the pictures: one for each entry without an image of its own, and for each dossier with briefings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from pouch.archive.briefing import Briefing
from pouch.archive.records import Record
from pouch.digests import digest
from pouch.pages import addresses
from pouch.pages.groups import Group
from pouch.pages.interface import Interface, iso_day
from pouch.pages.languages import direction
from pouch.pages.models import SocialCard
from pouch.pages.outlines import outlines_of
from pouch.pages.outputs import Output, Stores
from pouch.pages.view import View
from pouch.site import Site
from pouch.theming.filters import day
from pouch.vocabulary.vocabulary import Kind
from pouch_cards.models import HEIGHT, WIDTH, Picture

NAME = "card.png"
PROMINENT = 5
"""How many countries a topic's picture shows: those with most briefings."""


def render_card(model: Picture, stores: Stores) -> bytes:
    """The picture as PNG."""
    # Imported here: only a worker that draws needs Pillow.
    from pouch_cards.picture import picture

    return picture(model, stores.site)


def briefing_card(interface: Interface, record: Record) -> SocialCard | None:
    """The picture of an entry; None where the site has none, or the entry an image of its own."""
    if not interface.has("cards") or record.image:
        return None
    return _card(interface.site, addresses.briefing(record.slug), record.title)


def dossier_card(interface: Interface, kind: Kind, key: str) -> SocialCard | None:
    """The picture of a dossier with briefings; None where the site has no pictures."""
    if not interface.has("cards"):
        return None
    link = interface.term(kind, key)
    base = addresses.term(kind, interface.slug(kind, key))
    # A name that is the same in the site's language has the same picture.
    same = link.label == interface.vocabulary.label(kind, key, interface.site.lang)
    return _card(interface.site, base if same else interface.address(base), link.label)


def plan_briefing_cards(view: View) -> Iterator[Group]:
    """A month's together, in the site's language alone: an entry has one picture, in its own language."""
    if not view.has("cards") or not view.is_main:
        return
    by_month: defaultdict[tuple[int, int], list[Briefing]] = defaultdict(list)
    for briefing in (*view.archive.briefings, *view.archive.unpublished):
        by_month[briefing.sort_key[0].year, briefing.sort_key[0].month].append(briefing)
    for (year, month), members in by_month.items():
        yield Group(
            f"cards {year}-{month:02}",
            partial(_briefing_outputs, view.interface),
            (members, _sources(view.site)),
        )


def plan_dossier_cards(view: View) -> Iterator[Group]:
    """Countries, topics and regions that have briefings."""
    if not view.has("cards"):
        return
    archive, interface = view.archive, view.interface
    rivers: tuple[tuple[Kind, Mapping[str, Sequence[Briefing]]], ...] = (
        ("country", archive.of_country),
        ("topic", archive.of_topic),
        ("region", archive.of_region if view.has("regions") else {}),
    )
    for kind, river in rivers:
        for key, members in sorted(river.items()):
            if members and interface.term(kind, key).href:
                # What the picture shows of the briefings, so that a new one seldom changes it.
                years = members[0].sort_key[0].year, members[-1].sort_key[0].year
                shown = _countries(view, kind, key, members)
                yield Group(
                    f"card {kind} {key} {view.lang}",
                    partial(_dossier_outputs, interface, kind, key),
                    (years, shown, _sources(view.site)),
                )


def _briefing_outputs(
    interface: Interface, members: Sequence[Briefing], sources: tuple[object, ...]
) -> Iterator[Output]:
    for briefing in members:
        for record in briefing.versions.values():
            if briefing_card(interface, record):
                iso = iso_day(briefing.original)
                yield _output(
                    interface,
                    addresses.briefing(record.slug),
                    record.title,
                    record.lang,
                    (day(iso, record.lang), iso),
                    briefing.original.countries,
                    sources,
                    record.path,
                )


def _dossier_outputs(
    interface: Interface,
    kind: Kind,
    key: str,
    years: tuple[int, int],
    countries: Sequence[str],
    sources: tuple[object, ...],
) -> Iterator[Output]:
    link = interface.term(kind, key)
    base = interface.address(addresses.term(kind, interface.slug(kind, key)))
    card = dossier_card(interface, kind, key)
    if card is None or card.url != f"{interface.site.url}{base}{NAME}":
        return
    first, last = years
    span = str(last) if first == last else f"{first}–{last}"
    yield _output(interface, base, link.label, interface.lang, (span,), countries, sources, f"{kind} {key}")


def _output(
    interface: Interface,
    base: str,
    title: str,
    lang: str,
    dates: Sequence[str],
    countries: Sequence[str],
    sources: tuple[object, ...],
    origin: str,
) -> Output:
    """`dates` are ways to write the date, the preferred one first; `sources` is what `_sources` gives."""
    name = interface.site.name
    drawing, *fonts = sources
    assert isinstance(drawing, bytes)
    model = Picture(
        title=title,
        dir=direction(lang),
        lines=(*(f"{name} · {date}" for date in dates), *dates),
        countries=tuple(countries),
        drawing=drawing,
        fonts=tuple(fonts),  # type: ignore[arg-type]  # see _sources
    )
    return Output(path=f"{base}{NAME}".lstrip("/"), render=render_card, model=model, origin=origin)


def _countries(view: View, kind: Kind, key: str, members: Sequence[Briefing]) -> tuple[str, ...]:
    if kind == "country":
        return (key,)
    counts = Counter(code for briefing in members for code in briefing.original.countries)
    if kind == "region":
        return tuple(sorted(code for code in counts if key in view.vocabulary.regions_of(code)))
    return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:PROMINENT])


def _card(site: Site, base: str, title: str) -> SocialCard:
    return SocialCard(url=f"{site.url}{base}{NAME}", alt=title, width=WIDTH, height=HEIGHT)


def _sources(site: Site) -> tuple[object, ...]:
    """The digest of the theme's drawing, then (path, digest) of each font of the settings."""
    fonts = [
        _font(site.root, path, (Path(site.root) / path).stat().st_mtime_ns) for path in site.look.card_fonts
    ]
    return (outlines_of(site.theme).digest, *fonts)


@lru_cache(maxsize=32)
def _font(root: str, path: str, _: int) -> tuple[str, bytes]:
    return path, digest((Path(root) / path).read_bytes())
