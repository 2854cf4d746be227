"""The home page in each interface language."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from tests.engine.sites import SETTINGS, WorkSite


@pytest.mark.parametrize(
    ("languages", "page", "announced"),
    [
        (("en", "fr"), "index.html", ["/feed.xml", "/atom.xml", "/feed.json"]),
        (("en", "fr"), "fr/index.html", ["/feed.fr.xml", "/feed.xml", "/atom.xml", "/feed.json"]),
        (("en", "fr"), "fr/about/index.html", ["/feed.xml", "/atom.xml", "/feed.json"]),
        (("en", "en"), "fr/index.html", ["/feed.xml", "/atom.xml", "/feed.json"]),
        (("fr", "fr"), "fr/index.html", ["/feed.xml", "/atom.xml", "/feed.json"]),
    ],
)
def test_the_home_page_offers_the_feed_of_its_language_first(
    tmp_path: Path, languages: tuple[str, str], page: str, announced: list[str]
) -> None:
    """Where briefings in that language are others than those of the plain feed."""
    site = WorkSite(tmp_path / "site", settings=f"{SETTINGS}POUCH_LANGUAGES = ['en', 'fr']\n")
    for number, lang in enumerate(languages):
        site.entry(f"entry-{number}", lang=lang)
    site.write("content/pages/about.fr.md", "---\ntitle: À propos\n---\n\nComment.\n")
    site.build()
    root = lxml.html.parse(site.output / page)
    assert root.xpath("//link[@rel='alternate'][@type]/@href") == announced
    titles = root.xpath("//link[@rel='alternate'][@type]/@title")
    assert all(title.startswith("Test archive (") for title in titles)
