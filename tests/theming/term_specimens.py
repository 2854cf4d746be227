"""Specimens of terms: their pages and rivers, the indexes and the map."""

from __future__ import annotations

from tests.theming import models as m
from tests.theming.material import (
    CARDS,
    CEASEFIRE,
    CLIMATE,
    COUNTRIES_LINK,
    DEFENCE,
    EAST,
    EUROPE,
    FR,
    GB,
    GRAIN,
    HOME_LINK,
    IL,
    PEACE,
    SA,
    TR,
    UA,
    URL,
    US,
    WAR,
    feeds,
)

TOPICS = tuple(
    m.TermLink(kind="topic", key=f"topic-{n}", href=f"/topics/topic-{n}/", label=f"Topic {n}")
    for n in range(7)
)
"""More topics than a row has room for."""


def term_page() -> m.TermPage:
    """A country's dossier with everything that it can have."""
    return m.TermPage(
        href="/countries/ukraine/",
        url=f"{URL}/countries/ukraine/",
        lang="en",
        title="Ukraine",
        description="Briefings on Ukraine",
        section="/countries/",
        trail=(HOME_LINK, COUNTRIES_LINK),
        feeds=feeds("/countries/ukraine/", "Ukraine"),
        term=UA,
        dossier=m.Dossier(
            body="ukraine",
            lang="en",
            dir="ltr",
            pinned=(CARDS[0], CARDS[2]),
            links=(m.Link(href="https://www.unhcr.org/", label="UNHCR: the situation of refugees"),),
        ),
        river=m.River(cards=CARDS[:4], older="/countries/ukraine/page/1/"),
        mentioned=CARDS[3:],
        more_mentions="/countries/ukraine/mentions/",
        facts=m.Facts(
            count=14,
            since="2024-10",
            last="2025-03-05",
            mentions=3,
            languages=(
                m.Link(href="/countries/ukraine/en/", label="English", lang="en"),
                m.Link(href="", label="français", lang="fr"),
            ),
        ),
        narrower=tuple(
            m.CountedTerm(
                term=m.TermLink(kind="topic", key=t.key, href=f"/countries/ukraine/{t.key}/", label=t.label),
                count=9 - n,
            )
            for n, t in enumerate((CEASEFIRE, DEFENCE, GRAIN, *TOPICS))
        ),
        parents=(EUROPE, EAST),
        months=tuple(
            m.MonthCount(
                period=f"{2024 + n // 12}-{n % 12 + 1:02}",
                count=n % 5,
                href=f"/countries/ukraine/{2024 + n // 12}/" if n % 5 else "",
            )
            for n in range(9, 22)
        ),
        together=(m.CountedTerm(term=GB, count=2), m.CountedTerm(term=US, count=1)),
        continent="150",
        years=tuple(m.Link(href=f"/countries/ukraine/{y}/", label=str(y)) for y in (2025, 2024, 2023)),
    )


def topic_page() -> m.TermPage:
    """A topic without a dossier and without briefings of its own."""
    return m.TermPage(
        href="/topics/conflict-war-and-peace/",
        url=f"{URL}/topics/conflict-war-and-peace/",
        lang="en",
        title=WAR.label,
        description="Briefings on conflict, war and peace",
        section="/topics/",
        trail=(HOME_LINK, m.Link(href="/topics/", label="Topics")),
        feeds=feeds("/topics/conflict-war-and-peace/", WAR.label),
        term=WAR,
        dossier=None,
        river=m.River(cards=()),
        children=(m.CountedTerm(term=CEASEFIRE, count=0), m.CountedTerm(term=PEACE, count=0)),
        places=(m.Place(key="UA", shade=5), m.Place(key="IL", shade=1)),
    )


def river_page(kind: str) -> m.RiverPage:
    """A river of each kind."""
    years = tuple(m.Link(href=f"/archive/{y}/", label=str(y)) for y in (2025, 2024))
    months = tuple(m.Link(href=f"/archive/2025/{n:02}/", label=f"2025-{n:02}") for n in (1, 2, 3))
    titles = {
        "numbered": ("/page/2/", "The Reading Room, page 2"),
        "year": ("/archive/2025/", "Archive of 2025"),
        "pair": ("/countries/ukraine/ceasefire/", "Ukraine: Ceasefire"),
        "mentions": ("/countries/ukraine/mentions/", "Mentions: Ukraine"),
        "month": ("/archive/2025/03/", "Archive of 2025-03"),
    }
    href, title = titles[kind]
    return m.RiverPage(
        href=href,
        url=URL + href,
        lang="en",
        title=title,
        description=title,
        kind=kind,
        trail=(HOME_LINK, COUNTRIES_LINK),
        feeds=feeds(href, title)[:1] if kind == "pair" else (),
        section="/countries/",
        terms=(UA, CEASEFIRE) if kind == "pair" else (UA,) if kind == "mentions" else (),
        river=m.River(cards=CARDS, newer="/", older="/page/1/"),
        number=2 if kind == "numbered" else 0,
        period={"year": "2025", "month": "2025-03"}.get(kind, ""),
        months=months if kind == "year" else (),
        siblings=years if kind == "year" else months if kind == "month" else (),
        chart=term_page().months if kind == "pair" else (),
    )


SHADES = (
    m.Shade(number=1, least=1, most=1),
    m.Shade(number=3, least=2, most=4),
    m.Shade(number=5, least=5, most=0),
)


def world_map() -> m.WorldMap:
    """Countries of two continents, a small one among them; one continent without a page."""
    on_map = [(FR, 2, 3, False), (GB, 3, 3, False), (UA, 7, 5, False)]
    asia = m.TermLink(kind="region", key="142", href="", label="Asia")
    return m.WorldMap(
        regions=(
            m.MapRegion(heading=asia, countries=(m.MapCountry(term=IL, count=1, shade=1, small=True),)),
            m.MapRegion(
                heading=EUROPE,
                countries=tuple(
                    m.MapCountry(term=term, count=count, shade=shade, small=small)
                    for term, count, shade, small in on_map
                ),
            ),
        ),
        shades=SHADES,
        href="/map/",
    )


def indexes() -> tuple[m.IndexPage, m.IndexPage]:
    """Countries by region; topics as a tree."""

    def index(kind: str, title: str, groups: tuple[m.IndexGroup, ...]) -> m.IndexPage:
        href = "/countries/" if kind == "country" else "/topics/"
        return m.IndexPage(
            href=href,
            url=URL + href,
            lang="en",
            title=title,
            description=title,
            section=href,
            trail=(HOME_LINK,),
            kind=kind,
            groups=groups,
            letters=(m.Letter(letter="U", terms=(UA,)),) if kind == "country" else (),
            facts={"UA": (7, "2025-03-05")} if kind == "country" else {"ceasefire": (3, "2025-03-05")},
            without=(GRAIN,) if kind == "topic" else (),
        )

    unlinked = m.TermLink(kind="region", key="145", href="", label="Western Asia")
    return (
        index(
            "country",
            "Countries",
            (
                m.IndexGroup(heading=EAST, terms=(UA,)),
                m.IndexGroup(heading=EUROPE, terms=(FR, GB)),
                m.IndexGroup(heading=unlinked, terms=(IL, SA, TR)),
            ),
        ),
        index(
            "topic",
            "Topics",
            (
                m.IndexGroup(
                    heading=WAR,
                    terms=(DEFENCE,),
                    groups=(m.IndexGroup(heading=PEACE, terms=(CEASEFIRE,)),),
                ),
                m.IndexGroup(heading=CLIMATE, terms=()),
            ),
        ),
    )
