"""A site's own keys of front matter reach its templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.sites import SETTINGS, WorkSite

OVERRIDE = """\
<p id="desk">{{ page.extra.desk }}{% for step in page.extra.get("steps", []) %}, {{ step }}{% endfor %}</p>
"""


def test_extra_is_in_the_page_and_makes_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts, numbers and lists are there as they were written, and an edit of one is seen in the next build."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    work = WorkSite(tmp_path / "site", f"{SETTINGS}THEME_TEMPLATES_OVERRIDES = ['overrides']\n")
    work.write("overrides/entry.html", OVERRIDE)
    work.entry("alpha", extra="{desk: Europe, steps: [1, two]}")
    work.entry("bravo", extra="{desk: Asia}")
    work.build()
    page = work.output / "briefings/alpha/index.html"
    assert page.read_text("utf-8") == '<p id="desk">Europe, 1, two</p>\n'
    work.entry("alpha", extra="{desk: Africa, steps: [1, two]}")
    report = work.build()
    assert page.read_text("utf-8") == '<p id="desk">Africa, 1, two</p>\n'
    assert "briefings/bravo/index.html" not in report.reasons
