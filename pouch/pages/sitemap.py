"""sitemap.xml and robots.txt, from the pages that are planned (sitemaps.org protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pouch.pages import addresses
from pouch.pages.models import Model, Robots, Sitemap, SitemapIndex, SitemapUrl
from pouch.pages.outputs import Output, path_of
from pouch.site import Site

# sitemaps.org: at most 50,000 addresses and 50 MB a file.
LIMIT = 50_000


def plan_sitemap(site: Site, listed: Iterable[SitemapUrl]) -> Iterator[Output]:
    """The sitemap of all pages in `listed`; an index of sitemaps past 50,000; robots.txt."""
    urls = sorted(listed, key=lambda entry: entry.url)
    if len(urls) <= LIMIT:
        yield _output(addresses.SITEMAP, "sitemap.xml", Sitemap(urls=tuple(urls)), site)
    else:
        parts = []
        for number, start in enumerate(range(0, len(urls), LIMIT), 1):
            path = f"sitemap-{number}.xml"
            parts.append(f"{site.url}/{path}")
            part = Sitemap(urls=tuple(urls[start : start + LIMIT]))
            yield _output(f"/{path}", "sitemap.xml", part, site)
        yield _output(addresses.SITEMAP, "sitemap_index.xml", SitemapIndex(sitemaps=tuple(parts)), site)
    yield _output(addresses.ROBOTS, "robots.txt", Robots(sitemap=site.url + addresses.SITEMAP), site)


def _output(address: str, template: str, model: Model, site: Site) -> Output:
    return Output(path=path_of(address), template=template, model=model, lang=site.lang, origin="sitemap")
