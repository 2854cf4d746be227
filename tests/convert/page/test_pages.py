"""Web pages of many makes and languages: what each gives is beside it, in pages/NAME.md.

`python -m tests.convert.page.test_pages` writes what comes out now; whoever runs it reads the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.convert.page.htmlpage import structure
from pouch.convert.text.markdown import render

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def told(page: Path) -> str:
    """What conversion makes of a page: facts, key points, body, and what was dropped by which rule."""
    parts = structure(page.read_text("utf-8"), url=f"https://pages.example/{page.stem}/")
    head = {
        "title": parts.title,
        "summary": parts.summary,
        "author": parts.author,
        "date": parts.date,
        "date_from": parts.date_from,
    }
    lines = [f"{name}: {value}" for name, value in head.items() if value is not None]
    lines += [f"key point: {block.text}" for block in parts.blocks if block.role == "key point"]
    dropped = "\n".join(f"{one.rule}: {one.text}" for one in parts.report.dropped)
    return "\n".join(lines) + f"\n\n{render(parts.body())}\n--- dropped ---\n{dropped}\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page(page: Path) -> None:
    """Every item, subhead, quotation, table and image is in the draft; what is no part of it is in the report."""
    assert told(page) == page.with_suffix(".md").read_text("utf-8")


def test_there_are_pages() -> None:
    """The set has pages of at least thirty makes, and languages from right to left and without spaces."""
    names = {page.stem for page in PAGES}
    assert len(names) >= 30
    assert {"arabic_rtl", "shimbun_ja", "xinwen_zh"} <= names


if __name__ == "__main__":
    for one in PAGES:
        one.with_suffix(".md").write_text(told(one), "utf-8")
