"""Weight: the largest archive's pages still fit a slow line, and a briefing costs next to nothing."""

from __future__ import annotations

import msgspec
import pytest

from pouch.vocabulary.registry import registry_countries
from tests.theming import models as m
from tests.theming.material import BODIES, CARDS, HOME_LINK, URL, feeds, view
from tests.theming.reading import THEME
from tests.theming.specimens import home_page
from tests.theming.term_specimens import SHADES, term_page

MOST = 300_000
CODES = sorted(registry_countries())


def whole_world() -> m.WorldMap:
    """Every country covered."""
    countries = tuple(
        m.MapCountry(
            term=m.TermLink(
                kind="country", key=code, href=f"/countries/{country.slug}/", label=country.slug.title()
            ),
            count=100,
            shade=3,
            small=False,
        )
        for code, country in sorted(registry_countries().items())
    )
    heading = m.TermLink(kind="region", key="001", href="/regions/world/", label="World")
    return m.WorldMap(
        regions=(m.MapRegion(heading=heading, countries=countries),), shades=SHADES, href="/map/"
    )


def choice(kind: str, key: str) -> m.FeedChoice:
    """A term with feeds in five languages."""
    base = f"/{kind}/a-slug-of-some-length-{key.lower()}/"
    return m.FeedChoice(
        key=key,
        href=base,
        label=f"A name of some length {key}",
        feeds=feeds(base, key),
        languages=tuple(
            m.FeedLink(href=f"{base}feed.{lang}.xml", title=lang, type="application/rss+xml")
            for lang in ("ar", "de", "en", "es", "fr")
        ),
    )


def heaviest() -> dict[str, tuple[str, m.Page]]:
    """The pages that grow with the archive: name → (template, model)."""
    cards = tuple(CARDS[n % len(CARDS)] for n in range(39))
    home = msgspec.structs.replace(
        home_page(),
        months=(m.MonthCards(period="2025-03", cards=cards),),
        places=tuple(m.Place(key=code, shade=5) for code in CODES),
    )
    dossier = msgspec.structs.replace(
        term_page(),
        narrower=tuple(
            m.CountedTerm(
                term=m.TermLink(
                    kind="topic",
                    key=f"a-topic-{n}",
                    href=f"/countries/ukraine/a-topic-of-some-length-{n}/",
                    label=f"A topic of some length {n}",
                ),
                count=n,
            )
            for n in range(800)
        ),
        river=m.River(cards=cards),
        mentioned=cards,
    )
    world_map = m.MapPage(
        href="/map/",
        url=f"{URL}/map/",
        lang="en",
        title="Map",
        description="",
        trail=(HOME_LINK,),
        world=whole_world(),
    )
    subscribe = m.SubscribePage(
        href="/subscribe/",
        url=f"{URL}/subscribe/",
        lang="en",
        title="Subscribe",
        description="",
        trail=(HOME_LINK,),
        whole=choice("site", "all"),
        groups=(
            m.FeedGroup(
                kind="country", label="Countries", choices=tuple(choice("countries", c) for c in CODES)
            ),
            m.FeedGroup(
                kind="topic", label="Topics", choices=tuple(choice("topics", str(n)) for n in range(300))
            ),
        ),
        languages=(),
        opml="/opml.xml",
    )
    return {
        "home": ("home.html", home),
        "map": ("map.html", world_map),
        "dossier": ("country.html", dossier),
        "subscribe": ("subscribe.html", subscribe),
    }


@pytest.mark.parametrize("name", heaviest())
def test_no_page_is_heavy(name: str) -> None:
    """Every country, a full river, eight hundred pairs, five hundred feeds: still below 300 KB."""
    template, model = heaviest()[name]
    assert len(THEME.render(template, model, view(), BODIES).encode()) < MOST
