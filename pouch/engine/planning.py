"""Plan: the archive becomes outputs. PLUGINS says which planners take part, under `pouch build` and `pelican` alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pouch.archive.archive import Archive
from pouch.digests import digest, encode
from pouch.engine.sources import STATIC, THEME, VOCABULARY, Scan
from pouch.feeds.models import ItemModel
from pouch.pages import addresses, messages
from pouch.pages.briefings import plan_briefings
from pouch.pages.calendar import plan_calendar
from pouch.pages.chapters import Chapter, mark_of
from pouch.pages.connections import Connections
from pouch.pages.entries import plan_home, plan_not_found, plan_pages
from pouch.pages.formerly import Former, Move, moves_in, plan_redirects
from pouch.pages.languages import direction
from pouch.pages.maps import plan_map
from pouch.pages.messages import Translate
from pouch.pages.models import Link, Model, SitemapUrl, SiteView
from pouch.pages.outputs import Output, last_change, refuse_collisions
from pouch.pages.sitemap import listed_in, plan_sitemap
from pouch.pages.subscribe import plan_subscribe
from pouch.pages.taxonomies import plan_countries, plan_pairs, plan_regions, plan_topics
from pouch.pages.views import Views
from pouch.problems import Problem, Severity
from pouch.search.page import plan_search_page
from pouch.search.planner import plan_index
from pouch.search.program import find
from pouch.site import SETTINGS_FILE, Site

if TYPE_CHECKING:
    from pouch.feeds.planner import FeedPlan


class FileModel(Model, frozen=True, kw_only=True):
    """A file that is published as it is, or the stylesheet: known by the digest of its bytes."""

    file: str  # relative to the site for content, or below the theme: for messages only
    digest: bytes


class Plan:
    """Everything that a site is to hold, in chapters, each planned when it is asked for."""

    def __init__(
        self,
        archive: Archive,
        translate: Callable[[str], Translate],
        scan: Scan,
        statics: Iterable[tuple[str, Path]],
        leads: bytes = b"",
    ) -> None:
        """`translate` gives the interface texts of a language; `statics` are the theme's files; `leads` is what an
        earlier plan had, of an archive of the same shape.
        """
        self.site = archive.site
        self.problems: list[Problem] = []  # warnings: what a plan cannot do as well as it should
        self._archive = archive
        self._former = Former(archive)
        self._newest = last_change(archive.briefings)
        searchable = self._searchable()
        all_views = {lang: Views(archive, lang, translate(lang)) for lang in self.site.languages}
        self.views = {lang: _site_view(views, searchable) for lang, views in all_views.items()}
        """By interface language: what every page shows."""
        self._connections = Connections(archive, leads) if "pouch_entries" in self.site.plugins else None
        self._feeds: FeedPlan | None = None
        if "pouch_feeds" in self.site.plugins:
            from pouch.feeds.planner import plan_feeds

            self._feeds = plan_feeds(all_views, translate)
            self.problems += self._feeds.problems
        self.feeds = self._feeds.chapters if self._feeds else []
        """The chapters of feeds; what these hold takes making, which can begin before the others are looked at."""
        files = tuple(_files(self.site, scan, statics))
        copies = Chapter("files", mark_of((), files), lambda: map(_file_output, files))
        self.others = [*self._chapters(all_views, searchable), copies]
        self.surroundings = self._surroundings_of(scan, searchable)
        """A digest of everything that a chapter may look at beside what its mark is of."""

    @property
    def chapters(self) -> list[Chapter]:
        """All chapters but the closing ones."""
        return [*self.feeds, *self.others]

    @property
    def leads(self) -> bytes:
        """What leads where, for the next plan."""
        return self._connections.kept if self._connections else b""

    @property
    def items(self) -> Mapping[str, ItemModel]:
        """The items of the feeds planned so far, by fragment key."""
        return self._feeds.items if self._feeds else {}

    def live(self, entry_id: str) -> bool:
        """Whether the archive has an entry with this id."""
        return entry_id in self._archive.by_id

    def outputs(self, chapter: Chapter) -> list[Output]:
        """A chapter planned: its outputs, and those at their former addresses. Raises ContentError."""
        outputs = list(chapter.outputs())
        outputs += list(self._former.outputs(outputs))
        return outputs

    def listed_in(self, outputs: Iterable[Output]) -> tuple[SitemapUrl, ...]:
        """What the sitemap says of these outputs."""
        return tuple(listed_in(outputs, self._newest))

    def closing(
        self, mark: bytes, listed: Callable[[], Iterable[SitemapUrl]], moves: Sequence[Move]
    ) -> Iterator[Chapter]:
        """The chapters that tell of all others. `mark` changes with what the sitemap says, which is `listed`."""
        yield Chapter("sitemap", mark, lambda: plan_sitemap(self.site, listed()))
        yield Chapter("redirects", mark_of((), sorted(moves)), lambda: plan_redirects(self.site, moves))

    def everything(self) -> list[Output]:
        """All outputs. Raises ContentError where two want one address."""
        outputs = [output for chapter in self.chapters for output in self.outputs(chapter)]
        listed, moves = self.listed_in(outputs), list(moves_in(outputs))
        for chapter in self.closing(b"", lambda: listed, moves):
            outputs += chapter.outputs()
        return refuse_collisions(outputs)

    def _searchable(self) -> bool:
        if not self.site.has("search") or "pouch_entries" not in self.site.plugins:
            return False
        if find() is None:
            self.problems.append(_no_program())
            return False
        return True

    def _chapters(self, all_views: dict[str, Views], searchable: bool) -> Iterator[Chapter]:
        plugins = self.site.plugins
        everyone = self._archive.briefings
        whole = mark_of(everyone)
        if "pouch_entries" in plugins:
            for lang, views in all_views.items():
                yield from plan_home(views)
                yield from plan_calendar(views)
                yield Chapter(f"map {lang}", whole, partial(plan_map, views))
            yield from plan_briefings(all_views, self._connections)
            yield Chapter("pages", b"", partial(plan_pages, all_views))
            yield Chapter("not found", b"", partial(plan_not_found, all_views[self.site.lang]))
        if "pouch_taxonomies" in plugins:
            for views in all_views.values():
                yield from plan_countries(views)
                yield from plan_topics(views)
                yield from plan_regions(views)
                yield from plan_pairs(views)
        if self._feeds:
            for lang, views in all_views.items():
                yield Chapter(f"subscribe {lang}", whole, partial(plan_subscribe, views))
        if searchable:
            for lang, views in all_views.items():
                yield Chapter(f"search page {lang}", whole, partial(plan_search_page, views))
            yield from plan_index(self._archive)

    def _surroundings_of(self, scan: Scan, searchable: bool) -> bytes:
        archive = self._archive
        facts = (
            self.site,
            # Registries and code are the engine's, of which the state has a digest of its own.
            scan.digest((VOCABULARY, THEME)),
            sorted(archive.dossiers.items()),
            archive.pages,
            # Where there are pages to lead to.
            (archive.countries, archive.regions, sorted(archive.of_country), sorted(archive.of_topic)),
            self.views,
            searchable,
        )
        return digest(encode(facts))


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


def _files(
    site: Site, scan: Scan, statics: Iterable[tuple[str, Path]]
) -> Iterator[tuple[str, str, FileModel]]:
    """What is no page: (path below the output folder, file to copy, model). The stylesheet is made of several files."""
    yield from _copies(site, scan, statics)
    stylesheet = FileModel(file="theme", digest=scan.digest((THEME,), ".css"))
    yield addresses.STYLESHEET.lstrip("/"), "", stylesheet


def _file_output(found: tuple[str, str, FileModel]) -> Output:
    path, file, model = found
    if not file:
        return Output(path, "bundle", "stylesheet", model, "", model.file)
    return Output(path, "copy", file, model, "", model.file)


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
