"""Plan: the archive becomes outputs. PLUGINS says which planners take part, under `pouch build` and `pelican` alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from pouch.archive.archive import Archive
from pouch.build.sources import STATIC, THEME, Scan
from pouch.feeds.models import ItemModel
from pouch.plan import addresses, messages
from pouch.plan.briefings import plan_briefings
from pouch.plan.calendar import plan_calendar
from pouch.plan.entries import plan_home, plan_not_found, plan_pages
from pouch.plan.formerly import plan_former
from pouch.plan.languages import direction
from pouch.plan.maps import plan_map
from pouch.plan.messages import Translate
from pouch.plan.models import Link, Model, SiteView
from pouch.plan.outputs import Output, refuse_collisions
from pouch.plan.sitemap import plan_sitemap
from pouch.plan.subscribe import plan_subscribe
from pouch.plan.taxonomies import plan_countries, plan_pairs, plan_regions, plan_topics
from pouch.plan.views import Views
from pouch.problems import Problem, Severity
from pouch.search.page import plan_search_page
from pouch.search.planner import plan_index
from pouch.search.program import find
from pouch.site import SETTINGS_FILE, Site


class FileModel(Model, frozen=True, kw_only=True):
    """A file that is published as it is, or the stylesheet: known by the digest of its bytes."""

    file: str  # relative to the site for content, or below the theme: for messages only
    digest: bytes


class Plan(msgspec.Struct, frozen=True):
    """Everything that a site is to hold."""

    outputs: list[Output]
    views: dict[str, SiteView]  # by interface language: what every page shows
    items: Mapping[str, ItemModel]  # feed items by fragment key
    problems: list[Problem]  # warnings: what a plan cannot do as well as it should


def plan_site(
    archive: Archive, translate: Callable[[str], Translate], scan: Scan, statics: Iterable[tuple[str, Path]]
) -> Plan:
    """All outputs of a site. `translate` gives the interface texts of a language; `statics` are the theme's files.

    Raises ContentError where two outputs want one address.
    """
    site = archive.site
    all_views = {lang: Views(archive, lang, translate(lang)) for lang in site.languages}
    outputs: list[Output] = []
    items: Mapping[str, ItemModel] = {}
    problems: list[Problem] = []
    first = all_views[site.lang]
    if "pouch_entries" in site.plugins:
        for views in all_views.values():
            outputs += plan_home(views)
            outputs += plan_calendar(views)
            outputs += plan_map(views)
        outputs += plan_briefings(all_views)
        outputs += plan_pages(all_views)
        outputs += plan_not_found(first)
    if "pouch_taxonomies" in site.plugins:
        for views in all_views.values():
            outputs += plan_countries(views)
            outputs += plan_topics(views)
            outputs += plan_regions(views)
            outputs += plan_pairs(views)
    if "pouch_feeds" in site.plugins:
        from pouch.feeds.planner import plan_feeds

        feeds = plan_feeds(all_views, translate)
        outputs += feeds.outputs
        items = feeds.items
        problems = feeds.problems
        for views in all_views.values():
            outputs += plan_subscribe(views)
    searchable = site.has("search") and "pouch_entries" in site.plugins
    if searchable and find() is None:
        problems.append(_no_program())
        searchable = False
    if searchable:
        for views in all_views.values():
            outputs += plan_search_page(views)
        outputs += plan_index(archive)
    outputs += plan_former(outputs, archive)
    outputs += plan_sitemap(archive, outputs)
    for path, file, model in _copies(site, scan, statics):
        outputs.append(Output(path, "copy", file, model, "", model.file))
    outputs.append(
        Output(
            addresses.STYLESHEET.lstrip("/"),
            "bundle",
            "stylesheet",
            FileModel(file="theme", digest=scan.digest((THEME,), ".css")),
            "",
            "theme",
        )
    )
    return Plan(
        outputs=refuse_collisions(outputs),
        views={lang: _site_view(views, searchable) for lang, views in all_views.items()},
        items=items,
        problems=problems,
    )


def _no_program() -> Problem:
    return Problem(
        path=SETTINGS_FILE,
        line=0,
        column=0,
        code="no-search-program",
        message="Pagefind's program is not installed here, so the site is built without its search",
        hint='pip install pagefind-bin; where there is none for this platform, leave "search" out of POUCH_FEATURES',
        severity=Severity.WARNING,
    )


def _copies(
    site: Site, scan: Scan, statics: Iterable[tuple[str, Path]]
) -> Iterator[tuple[str, str, FileModel]]:
    """Files published as they are: content/images/ and the like at the same path, content/extra/ at the root."""
    for source in scan.of(STATIC):
        below = Path(source.file).relative_to(site.content).as_posix()
        target = site.static_addresses.get(below) or below.removeprefix("extra/")
        yield target, source.file, FileModel(file=source.path, digest=scan.stamps[source.path].digest)
    by_file = {source.file: scan.stamps[path].digest for path, source in scan.sources.items()}
    for target, file in statics:
        # What a scan passes over (hidden files, editors' leavings) is no part of a theme either.
        if digest := by_file.get(str(file)):
            yield target, str(file), FileModel(file=target, digest=digest)


def _site_view(views: Views, searchable: bool) -> SiteView:
    site, say = views.site, views.translate
    nav = []
    if "pouch_taxonomies" in site.plugins:
        nav += [(addresses.COUNTRIES, messages.COUNTRIES), (addresses.TOPICS, messages.TOPICS)]
    if site.has("map"):
        nav.append((addresses.MAP, messages.MAP))
    if site.has("months"):
        nav.append((addresses.ARCHIVE, messages.ARCHIVE))
    if "pouch_feeds" in site.plugins:
        nav.append((addresses.SUBSCRIBE, messages.SUBSCRIBE))
    footer = []
    own = {page.slug for page in views.archive.pages if page.lang == views.lang}
    for page in views.archive.pages:
        if page.lang == views.lang or (page.lang == site.lang and page.slug not in own):
            address = addresses.page(page.slug)
            footer.append(
                Link(
                    href=views.href(address) if page.slug in own else views.root_href(address),
                    label=page.title,
                    lang="" if page.lang == views.lang else page.lang,
                )
            )
    return SiteView(
        name=site.name,
        url=site.url,
        path=site.path,
        lang=views.lang,
        dir=direction(views.lang),
        home=views.href(addresses.HOME),
        nav=tuple(Link(href=views.href(address), label=say(message)) for address, message in nav),
        footer=tuple(footer),
        feeds=views.site_feeds,
        stylesheet=views.root_href(addresses.STYLESHEET),
        features=site.features,
        search=views.href(addresses.SEARCH) if searchable else "",
    )
