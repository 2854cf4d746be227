"""tests/sites/right_to_left: briefings in Arabic, Hebrew and Persian, built and read back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from pouch.engine.build import build
from pouch.site import load_site

SITE = Path(__file__).parents[1] / "sites" / "right_to_left"
BRIEFINGS = {"gaza-truce": "ar", "lebanon-ceasefire": "he", "iran-saudi-arabia": "fa"}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    root = tmp_path_factory.mktemp("right-to-left") / "site"
    shutil.copytree(SITE, root)
    site = load_site(root)
    build(site, jobs=1)
    return Path(site.output)


def page(output: Path, path: str) -> Any:
    """A built page, parsed."""
    return lxml.html.fromstring((output / path / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", BRIEFINGS)
def test_a_briefing_is_marked_in_whatever_shows_its_words(output: Path, slug: str) -> None:
    """Title, summary, key points, text, citation and corrections have their language and direction; what is around
    them keeps the interface's.
    """
    root = page(output, f"briefings/{slug}")
    marked = {
        (element.get("lang"), element.get("dir"))
        for name in ("briefing__title", "briefing__summary", "key-points__list", "prose")
        for element in root.find_class(name)
    }
    marked |= {(cite.get("lang"), cite.get("dir")) for cite in root.iter("cite")}
    marked |= {
        (note.get("lang"), note.get("dir")) for note in root.xpath("//ul[@class='corrections__list']//span")
    }
    language = BRIEFINGS[slug]
    # An Arabic briefing has the Arabic interface around it, which is as a whole written from right to left.
    assert marked == {(None, None) if language == "ar" else (language, "rtl")}
    assert (root.get("lang"), root.get("dir")) == (("ar", "rtl") if language == "ar" else ("en", None))


def test_a_list_marks_each_title(output: Path) -> None:
    """Among English words an Arabic, a Hebrew and a Persian title are each read aloud and set as they should be."""
    titles = page(output, "").cssselect(".card__link")
    assert {(title.get("lang"), title.get("dir")) for title in titles} == {
        ("ar", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
    }
    mirrored = page(output, "ar").cssselect(".card__link")
    assert {(title.get("lang"), title.get("dir")) for title in mirrored} == {
        (None, None),
        ("he", None),
        ("fa", None),
    }


def test_the_mirrored_interface_is_whole(output: Path) -> None:
    """Names of countries and months come from CLDR in the interface's language, topics from the vocabulary."""
    root = page(output, "ar/countries/israel")
    assert root.findtext(".//h1") == "إسرائيل"
    assert "وقف إطلاق النار" in root.text_content()
    assert "نوفمبر" in page(output, "ar/archive/2024/11").findtext(".//h1")
