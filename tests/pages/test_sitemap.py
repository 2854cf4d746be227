"""The sitemap says of each page when a reader could last see a difference."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pouch.archive.archive import Archive
from pouch.pages import sitemap as sitemaps
from pouch.pages.models import Sitemap, SitemapIndex
from pouch.pages.sitemap import plan_sitemap
from pouch_archives.briefings import plan_briefings
from pouch_archives.home import plan_home
from pouch_archives.pages import plan_not_found
from pouch_taxonomies.taxonomies import plan_countries
from tests.archives import a_record, a_site, an_archive
from tests.plans import outputs_of, view_of

SITE = a_site(url="https://example.org", per_page=2)


def sitemap(archive: Archive) -> dict[str, str]:
    """The day of the last change by address, for home, briefings and countries."""
    views = view_of(archive)
    pages = [
        *outputs_of(plan_home(views)),
        *outputs_of(plan_briefings(views)),
        *outputs_of(plan_countries(views)),
        *plan_not_found(views),
    ]
    listed = [url for page in pages if (url := page.listed)]
    model = next(output.model for output in plan_sitemap(SITE, listed) if isinstance(output.model, Sitemap))
    return {entry.url.removeprefix(SITE.url): entry.modified for entry in model.urls}


def test_a_page_is_as_new_as_what_it_shows() -> None:
    """A programme that asks what to read again is sent to the pages that changed, and not to the others."""
    updated = datetime(2025, 6, 1, tzinfo=UTC)
    records = [
        a_record("one", "2025-01-01", countries=("FR",), updated=updated),
        a_record("two", "2025-02-01"),
        a_record("three", "2025-03-01"),
        a_record("four", "2025-04-01"),
        a_record("five", "2025-05-01"),
    ]
    days = sitemap(an_archive(*records, site=SITE))
    assert days == {
        "/": "2025-06-01",
        "/briefings/one/": "2025-06-01",
        "/briefings/two/": "2025-02-01",
        "/briefings/three/": "2025-03-01",
        "/briefings/four/": "2025-04-01",
        "/briefings/five/": "2025-05-01",
        "/page/1/": "2025-06-01",
        "/countries/": "2025-06-01",
        "/countries/france/": "2025-06-01",
        "/countries/ukraine/": "2025-05-01",
        "/countries/ukraine/page/1/": "2025-03-01",
        "/countries/ukraine/2025/": "2025-05-01",
    }


def test_a_version_added_later_is_a_change() -> None:
    """A briefing's page leads to its new French version: it is to be read again."""
    records = [
        a_record("one", "2025-01-01"),
        a_record("un", "2025-03-01", lang="fr", translation_of="one"),
    ]
    assert sitemap(an_archive(*records, site=SITE))["/briefings/one/"] == "2025-03-01"


def test_past_its_limit_a_sitemap_is_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of more than fifty thousand addresses is still found whole."""
    assert sitemaps.LIMIT == 50_000
    monkeypatch.setattr(sitemaps, "LIMIT", 3)
    archive = an_archive(*(a_record(f"entry-{number}") for number in range(4)), site=SITE)
    views = view_of(archive)
    pages = outputs_of(plan_briefings(views))
    outputs = list(plan_sitemap(SITE, [url for page in pages if (url := page.listed)]))
    (index,) = [output.model for output in outputs if isinstance(output.model, SitemapIndex)]
    parts = [output.model for output in outputs if isinstance(output.model, Sitemap)]
    assert index.sitemaps == (f"{SITE.url}/sitemap-1.xml", f"{SITE.url}/sitemap-2.xml")
    assert [len(part.urls) for part in parts] == [3, 1]
