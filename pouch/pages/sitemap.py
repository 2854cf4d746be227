"""sitemap.xml and robots.txt, from the pages that are planned (sitemaps.org protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pouch.pages import addresses
from pouch.pages.models import (
    ArchivePage,
    HomePage,
    IndexPage,
    MapPage,
    Page,
    Robots,
    Sitemap,
    SitemapIndex,
    SitemapUrl,
)
from pouch.pages.outputs import Deferred, Output, path_of
from pouch.site import Site

# sitemaps.org: at most 50,000 addresses and 50 MB a file.
LIMIT = 50_000


# They show what is newest in the whole archive, or count it.
_OF_THE_WHOLE = (HomePage, IndexPage, ArchivePage, MapPage)


def listed_in(outputs: Iterable[Output], newest: str) -> Iterator[SitemapUrl]:
    """What the sitemap says of the pages among these outputs that may be indexed.

    `newest` is the day of the last change to anything in the archive.
    """
    for output in outputs:
        page = output.model
        if isinstance(page, Deferred):
            if page.listed is not None:
                yield page.listed
        elif output.kind == "html" and isinstance(page, Page) and not page.noindex:
            modified = newest if isinstance(page, _OF_THE_WHOLE) else ""
            yield SitemapUrl(url=page.url, modified=modified, alternates=page.alternates)


def plan_sitemap(site: Site, listed: Iterable[SitemapUrl]) -> Iterator[Output]:
    """The sitemap of all pages listed; an index of sitemaps past 50,000; robots.txt."""
    urls = sorted(listed, key=lambda entry: entry.url)
    if len(urls) <= LIMIT:
        yield _sitemap(path_of(addresses.SITEMAP), urls, site.lang)
    else:
        parts = []
        for number, start in enumerate(range(0, len(urls), LIMIT), 1):
            path = f"sitemap-{number}.xml"
            parts.append(f"{site.url}/{path}")
            yield _sitemap(path, urls[start : start + LIMIT], site.lang)
        model = SitemapIndex(sitemaps=tuple(parts))
        yield Output(path_of(addresses.SITEMAP), "html", "sitemap_index.xml", model, site.lang, "sitemap")
    robots = Robots(sitemap=site.url + addresses.SITEMAP)
    yield Output(path_of(addresses.ROBOTS), "html", "robots.txt", robots, site.lang, "robots")


def _sitemap(path: str, urls: list[SitemapUrl], lang: str) -> Output:
    return Output(path, "html", "sitemap.xml", Sitemap(urls=tuple(urls)), lang, "sitemap")
