"""Specimens: a small, many-tongued site as model instances, for tests and for looking at.

`python -m tests.theming.specimens FOLDER` writes its pages, so that a designer or a validator can see every kind of
page without an archive.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pouch.archive.records import SourceRecord
from pouch.theming import Theme
from pouch.theming.assets import asset_bytes
from tests.archives import a_record
from tests.theming import models as m
from tests.theming.material import (
    BODIES,
    BOTH,
    CARDS,
    CEASEFIRE,
    CI,
    CLIMATE,
    DEFENCE,
    EAST,
    EUROPE,
    FR,
    GB,
    GRAIN,
    HOME_LINK,
    IL,
    KE,
    PEACE,
    PLUGINS,
    SA,
    SD,
    TR,
    UA,
    URL,
    US,
    feeds,
    site,
    view,
)
from tests.theming.term_specimens import SHADES, indexes, river_page, term_page, topic_page, world_map


def link(card: m.Card) -> m.Link:
    """A link to a briefing, marked where it is not in English."""
    return m.Link(href=card.href, label=card.title, lang="" if card.lang == "en" else card.lang)


def entry(**changes: object) -> m.EntryPage:
    """A briefing with everything that a briefing can have."""
    card = CARDS[0]
    facts: dict[str, object] = {
        "href": card.href,
        "url": URL + card.href,
        "lang": "en",
        "title": card.title,
        "description": "Two capitals gather partners to back a truce, whoever signs it.",
        "trail": (HOME_LINK,),
        "id": "urn:uuid:0b2c7a4e-5f0e-5d0c-8f57-b1a7d1c0a001",
        "content_lang": "en",
        "content_dir": "ltr",
        "date": "2025-03-05",
        "published": "2025-03-05T07:30:00+01:00",
        "updated": "2025-03-06T18:05:00+01:00",
        "minutes": 4,
        "summary": "",
        "body": "coalition",
        "countries": card.countries,
        "mentions": (US, FR, TR),
        "topics": card.topics,
        "pairs": (
            m.Link(href="/countries/united-kingdom/defence/", label="United Kingdom: Defence"),
            m.Link(href="/countries/ukraine/ceasefire/", label="Ukraine: Ceasefire"),
        ),
        "corrections": (
            m.CorrectionView(
                date="2025-03-06",
                note="An earlier version gave the contract’s value in euros.",
                lang="en",
                dir="ltr",
            ),
        ),
        "versions": (
            m.Alternate(lang="en", url=URL + card.href, href=card.href, label="English"),
            m.Alternate(
                lang="fr",
                url=f"{URL}/briefings/coalition-fr/",
                href="/briefings/coalition-fr/",
                label="français",
            ),
        ),
        "threads": (
            m.Thread(term=GB, earlier=link(CARDS[5]), later=None),
            m.Thread(term=UA, earlier=link(CARDS[2]), later=link(CARDS[1])),
        ),
        "related": (
            m.Related(link=link(CARDS[2]), dir="rtl", date=CARDS[2].date, shared=(UA, PEACE)),
            m.Related(link=link(CARDS[5]), dir="ltr", date=CARDS[5].date, shared=(CEASEFIRE,)),
        ),
    }
    source = SourceRecord(
        name="BBC News", url="https://www.bbc.co.uk/news/", author="BBC newsroom", published="2025-03-04"
    )
    written: dict[str, object] = {"key_points": card.key_points, "sources": (source,)}
    written |= {name: changes.pop(name) for name in ("key_points", "sources", "authors") if name in changes}
    record = a_record("coalition", path="content/entries/2025/03/coalition.md", **written)  # type: ignore[arg-type]  # likewise
    facts.update(changes)
    facts.setdefault("alternates", facts["versions"])
    return m.EntryPage(record=record, **facts)  # type: ignore[arg-type]  # a table of fields, checked by the tests that render it


def arabic_entry() -> m.EntryPage:
    """A briefing written from right to left, in an interface that is not."""
    card = CARDS[2]
    return entry(
        href=card.href,
        url=URL + card.href,
        title=card.title,
        content_lang="ar",
        content_dir="rtl",
        body="arabic",
        summary=card.summary,
        description=card.summary,
        key_points=("هدنة لمدة ثلاثين يوما.", "تبادل الأسرى على مراحل."),
        countries=card.countries,
        mentions=(),
        topics=card.topics,
        pairs=(),
        updated="",
        corrections=(),
        versions=(),
        alternates=(),
        sources=(SourceRecord(name=card.source, url="", author="", published=""),),
    )


def home_page(lang: str = "en") -> m.HomePage:
    """The home page of an interface language."""
    prefix = "" if lang == "en" else f"/{lang}"
    return m.HomePage(
        href=f"{prefix}/",
        url=f"{URL}{prefix}/",
        lang=lang,
        title="The Reading Room",
        description="Latest briefings from The Reading Room",
        feeds=feeds("/", "The Reading Room"),
        alternates=BOTH,
        lead=CARDS[0],
        cards=CARDS[1:4],
        strips=(
            m.Strip(heading=EUROPE, cards=CARDS[4:5]),
            m.Strip(heading=m.TermLink(kind="region", key="002", href="", label="Africa"), cards=CARDS[5:]),
        ),
        months=(
            m.MonthCards(period="2025-03", cards=CARDS[:2]),
            m.MonthCards(period="2025-02", cards=CARDS[3:4]),
        ),
        others=CARDS[2:3],
        older="/page/3/",
        until="2025-02-24",
        countries=(UA, GB, TR, US, KE, SD, SA, CI, FR, IL),
        topics=(CEASEFIRE, PEACE, DEFENCE, GRAIN, CLIMATE),
        places=(m.Place(key="UA", shade=5), m.Place(key="IL", shade=1)),
        map="/map/" if lang == "en" else "",
    )


def specimens() -> dict[str, tuple[str, m.Model, m.SiteView]]:
    """Every kind of page: path below the output folder → (template, model, SiteView)."""
    en = view()
    countries, topics = indexes()
    years = (
        m.CalendarYear(
            year=m.Link(href="/archive/2025/", label="2025"),
            months=tuple(
                m.CalendarMonth(
                    period=f"2025-{n:02}",
                    count=n if n < 6 else 0,
                    shade=n if n < 6 else 0,
                    href=f"/archive/2025/{n:02}/" if n < 6 else "",
                )
                for n in range(1, 13)
            ),
        ),
    )
    found: dict[str, tuple[str, m.Model, m.SiteView]] = {
        "index.html": ("home.html", home_page(), en),
        "fr/index.html": ("home.html", home_page("fr"), view("fr")),
        "ar/index.html": ("home.html", home_page("ar"), view("ar")),
        "briefings/coalition/index.html": ("entry.html", entry(), en),
        "briefings/jeddah/index.html": ("entry.html", arabic_entry(), en),
        "countries/ukraine/index.html": ("country.html", term_page(), en),
        "topics/conflict-war-and-peace/index.html": ("topic.html", topic_page(), en),
        "regions/europe/index.html": (
            "region.html",
            m.TermPage(
                href="/regions/europe/",
                url=f"{URL}/regions/europe/",
                lang="en",
                title="Europe",
                trail=(HOME_LINK,),
                description="Briefings on Europe",
                term=EUROPE,
                dossier=None,
                river=m.River(cards=CARDS[:2]),
                regions=(EAST,),
                children=tuple(m.CountedTerm(term=t, count=n) for n, t in enumerate((UA, FR, GB))),
                places=(m.Place(key="FR", shade=5),),
            ),
            en,
        ),
        "countries/index.html": ("index.html", countries, en),
        "topics/index.html": ("index.html", topics, en),
        "archive/index.html": (
            "archive.html",
            m.ArchivePage(
                href="/archive/",
                url=f"{URL}/archive/",
                title="Archive",
                description="Archive",
                years=years,
                shades=SHADES,
                lang="en",
                trail=(HOME_LINK,),
            ),
            en,
        ),
        "map/index.html": (
            "map.html",
            m.MapPage(
                href="/map/",
                url=f"{URL}/map/",
                title="Map",
                description="Map",
                world=world_map(),
                lang="en",
                trail=(HOME_LINK,),
            ),
            en,
        ),
        "about/index.html": (
            "text.html",
            m.TextPage(
                href="/about/",
                url=f"{URL}/about/",
                title="About",
                description="What this is",
                body="about",
                content_lang="en",
                content_dir="ltr",
                alternates=(m.Alternate(lang="en", url=f"{URL}/about/", href="/about/", label="English"),),
                lang="en",
                trail=(HOME_LINK,),
            ),
            en,
        ),
        "404.html": (
            "not_found.html",
            m.NotFoundPage(
                href="/404.html",
                url=f"{URL}/404.html",
                lang="en",
                title="Page not found",
                description="",
                noindex=True,
                elsewhere=(
                    m.NotFound(
                        lang="fr",
                        dir="ltr",
                        title="Page introuvable",
                        home=m.Link(href="/fr/", label="Accueil"),
                    ),
                ),
            ),
            en,
        ),
        "old/index.html": (
            "redirect.html",
            m.RedirectPage(
                href="/old/",
                url=f"{URL}/old/",
                lang="en",
                title="This page has moved",
                description="",
                noindex=True,
                target="/briefings/coalition/",
            ),
            en,
        ),
        "sitemap.xml": (
            "sitemap.xml",
            m.Sitemap(urls=(m.SitemapUrl(url=f"{URL}/?a=1&b=2", modified="2025-03-05"),)),
            en,
        ),
        "sitemap-index.xml": ("sitemap_index.xml", m.SitemapIndex(sitemaps=(f"{URL}/sitemap-1.xml",)), en),
        "robots.txt": ("robots.txt", m.Robots(sitemap=f"{URL}/sitemap.xml"), en),
    }
    for kind in ("numbered", "year", "pair", "mentions", "month"):
        page = river_page(kind)
        found[f"{page.href.strip('/')}/index.html"] = ("river.html", page, en)
    return found


def write(folder: Path) -> None:
    """Every specimen with the stylesheet and the static files, as a build would publish them."""
    theme = Theme(site(), PLUGINS)
    for path, (template, model, of_site) in specimens().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(theme.render(template, model, of_site, BODIES), encoding="utf-8")
    for path, source in theme.static_files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(asset_bytes(source))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
