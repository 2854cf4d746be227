"""Incremental = clean, byte for byte and file for file, after any sequence of edits."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pouch.errors import ContentError
from tests.build.sites import SETTINGS, TOPICS, WorkSite, tree

NAMES = ("alpha", "bravo", "charlie", "delta", "echo")

names = st.sampled_from(NAMES)
countries = st.lists(st.sampled_from(("UA", "GB", "FR", "Frankreich")), unique=True, max_size=3).map(
    ", ".join
)
topics = st.lists(st.sampled_from(("war", "ceasefire", "trade", "Handel")), unique=True, max_size=2).map(
    ", ".join
)
dates = st.sampled_from(("2024-12-31", "2025-01-01", "2025-03-05", "2025-03-05T23:30:00-05:00", "2025-06-01"))
bodies = st.sampled_from(
    ("One.", "Two.\n\n## Head\n\n- a\n- b", "![A picture](images/a.png)", "[x](/about/)")
)


class Edits(RuleBasedStateMachine):
    """An editor, a designer and the clock, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.epoch = 1_750_000_000
        self.per_page = 2

    @initialize()
    def begin(self) -> None:
        os.environ["SOURCE_DATE_EPOCH"] = str(self.epoch)
        self.work = WorkSite(self.folder / "site", settings=self._settings())
        self.work.entry("alpha")
        self.work.entry("bravo", date="2025-01-01", countries="UA, GB", mentions="[FR]")

    def _settings(self) -> str:
        overrides = f"THEME_TEMPLATES_OVERRIDES = [{str(self.folder / 'overrides')!r}]\n"
        return f"{SETTINGS}POUCH_LANGUAGES = ['en', 'fr']\nPOUCH_PER_PAGE = {self.per_page}\n{overrides}"

    @rule(name=names, date=dates, countries=countries, topics=topics, body=bodies, draft=st.booleans())
    def write(self, name: str, date: str, countries: str, topics: str, body: str, draft: bool) -> None:
        more = {"status": "draft"} if draft else {}
        self.work.entry(name, date=date, countries=countries, topics=topics, body=body, **more)

    @rule(name=names, when=st.sampled_from(("2025-05-01", "2025-12-01", "2027-01-01")))
    def embargo(self, name: str, when: str) -> None:
        self.work.entry(name, publish_at=when)

    @rule(name=names, slug=st.sampled_from(("one", "two", "three")))
    def rename(self, name: str, slug: str) -> None:
        self.work.entry(name, slug=slug, formerly=f"[{name}]")

    @rule(name=st.sampled_from(NAMES[1:]))
    def translate(self, name: str) -> None:
        self.work.entry(name, date="2025-06-02", lang="fr", translation_of='"alpha"')

    @rule(name=names)
    def delete(self, name: str) -> None:
        (self.work.root / f"content/entries/{name}.md").unlink(missing_ok=True)

    @rule(label=st.sampled_from(("Trade", "Commerce", "Handel")), former=st.booleans())
    def vocabulary(self, label: str, former: bool) -> None:
        slug = 'slug = "trade-and-more"\nformerly = ["trade"]\n' if former else ""
        changed = TOPICS.replace('en = "Trade"', f'en = "{label}"').replace("[trade]\n", f"[trade]\n{slug}")
        self.work.write("content/vocabulary/topics.toml", changed)

    @rule(text=st.sampled_from(("<p>{{ page.title }}</p>\n", "<p>{{ site.name }}: {{ page.title }}</p>\n")))
    def template(self, text: str) -> None:
        file = self.folder / "overrides" / "not_found.html"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")

    @rule(per_page=st.sampled_from((1, 2, 3)))
    def setting(self, per_page: int) -> None:
        self.per_page = per_page
        self.work.write("pelicanconf.py", self._settings())

    @rule(seconds=st.sampled_from((86_400, 20_000_000)))
    def wait(self, seconds: int) -> None:
        self.epoch += seconds
        os.environ["SOURCE_DATE_EPOCH"] = str(self.epoch)

    @rule(pinned=st.sampled_from(("", '"alpha"')), text=st.sampled_from(("Prose.", "Other prose.")))
    def introduce(self, pinned: str, text: str) -> None:
        self.work.write("content/dossiers/countries/UA.md", f"---\npinned: [{pinned}]\n---\n\n{text}\n")

    @rule(width=st.sampled_from((0, 10, 20)))
    def picture(self, width: int) -> None:
        file = self.work.root / "content/images/a.png"
        if width == 0:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(exist_ok=True)
        head = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + b"IHDR"
        file.write_bytes(head + width.to_bytes(4, "big") + (5).to_bytes(4, "big") + b"\x08\x06\0\0\0")

    @rule()
    def vandalise(self) -> None:
        for name in ("index.html", "feed.xml"):
            file = self.work.output / name
            if file.exists():
                file.write_text("vandalised", "utf-8")

    @rule()
    def build(self) -> None:
        """The editor looks at the site between two edits; faults are told, and change nothing."""
        before = tree(self.work.output) if self.work.output.exists() else {}
        try:
            self.work.build()
        except ContentError:
            after = tree(self.work.output) if self.work.output.exists() else {}
            assert after == before

    def incremental_is_clean(self) -> None:
        """The next build gives what a clean one gives, or finds the same faults."""
        clean = self.folder / "clean"
        try:
            self.work.build(clean=True, output=clean)
        except ContentError as error:
            faults = error.problems
        else:
            faults = []
        if faults:
            with pytest.raises(ContentError) as again:
                self.work.build()
            assert again.value.problems == faults
            return
        self.work.build()
        assert tree(self.work.output) == tree(clean)

    def teardown(self) -> None:
        try:
            if hasattr(self, "work"):
                self.incremental_is_clean()
        finally:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
            shutil.rmtree(self.folder, ignore_errors=True)


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=2000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 24,
    stateful_step_count=12,
    deadline=None,
)
