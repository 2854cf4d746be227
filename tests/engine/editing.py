"""What people, programs and the clock may do to a site, in any order: the rules of a Hypothesis state machine.

The rules are kept apart from the test that runs them (`test_incremental`), whose promise is `incremental_is_clean`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pouch.engine.state import folder_of
from pouch.errors import ContentError
from pouch.settings import ALL_FEATURES, FURTHER_FEATURES, THEME
from tests.engine.sites import SETTINGS, TOPICS, WorkSite, tree

NAMES = ("alpha", "bravo", "charlie", "delta", "echo")
FOREIGN = ("CNAME", "briefings/alpha/notes.txt", "countries/ukraine/map.pdf")
# Templates of the theme with a mark in each: a page's own, a part that several include, a file that is no page.
TEMPLATES = ("not_found.html", "parts/card.html", "robots.txt")

names = st.sampled_from(NAMES)
countries = st.lists(st.sampled_from(("UA", "GB", "FR", "Frankreich")), unique=True, max_size=3).map(
    ", ".join
)
topics = st.lists(st.sampled_from(("war", "ceasefire", "trade", "Handel")), unique=True, max_size=2).map(
    ", ".join
)
dates = st.sampled_from(("2024-12-31", "2025-01-01", "2025-03-05", "2025-03-05T23:30:00-05:00", "2025-06-01"))
bodies = st.sampled_from(
    ("One.", "Two.\n\n## Head\n\n- a\n- b", "![A picture](images/a.png)", "[x](/about/)", "[y](alpha.md)")
)
# Every further field of front matter, or none of them: what a page shows of them must never be stale.
OPTIONAL_KEYS = {
    "mentions": st.sampled_from(("[FR]", "[GB, FR]", "[KE]")),
    "summary": st.sampled_from(("One sentence.", "Another sentence.")),
    "key_points": st.sampled_from(("[First]", "[First, Second]")),
    "updated": st.sampled_from(("2025-06-03", "2025-06-04")),
    "source": st.sampled_from(
        (
            "{name: Post, author: A}",
            "{name: Herald, url: https://herald.example/a, title: A report}",
            "[{name: Post}, {name: Herald, archived: {url: https://archive.example/a, date: 2025-06-01}}]",
        )
    ),
    "authors": st.sampled_from(("[A. Writer]", "[A. Writer, B. Writer]")),
    "image": st.sampled_from(("{file: images/a.png, alt: A picture}", "{file: images/b.png, alt: Another}")),
    "corrections": st.sampled_from(("[{date: 2025-06-05, note: It was two.}]",)),
    "extra": st.sampled_from(("{desk: Europe}", "{desk: Asia}")),
    "lang": st.sampled_from(("fr", "de")),
}
more_fields = st.fixed_dictionaries({}, optional=OPTIONAL_KEYS)
DRAWN_KEYS = OPTIONAL_KEYS.keys() | {
    *("id", "title", "date", "countries", "topics", "status"),  # of every entry
    *("publish_at", "slug", "formerly", "translation_of"),  # by rules of their own
}
"""Keys of front matter that the rules draw. A test holds that these are all."""
TOPIC_KEYS = {
    "slug": st.sampled_from(("trade-and-more", "trade")),
    "formerly": st.sampled_from(((), ("trade-once",))),
    "labels": st.fixed_dictionaries(
        {"en": st.sampled_from(("Trade", "Commerce", "Handel"))}, optional={"fr": st.just("Commerce")}
    ),
    "aliases": st.fixed_dictionaries({}, optional={"de": st.just(("Handel",))}),
    "parent": st.sampled_from((None, "war", "ceasefire")),
    "iptc": st.sampled_from((None, "medtop:20000385")),
    "description": st.fixed_dictionaries(
        {}, optional={"en": st.sampled_from(("Goods.", "Goods and services."))}
    ),
}
"""Values of each key of a topic. A test holds that these are all."""
DOSSIER_KEYS = {
    "title": st.sampled_from(("An introduction", "Another")),
    "pinned": st.sampled_from(([], ["alpha"], ["bravo", "alpha"])),
    "links": st.sampled_from(([], [{"title": "Office", "url": "https://office.example/"}])),
}
"""Likewise of a dossier."""
seldom = st.sampled_from((False,) * 9 + (True,))


def _toml(table: Mapping[str, Any]) -> str:
    """Lines of a TOML table; a key without a value is left out."""

    def value(of: object) -> str:
        if isinstance(of, Mapping):
            return "{ " + ", ".join(f"{key} = {value(inner)}" for key, inner in of.items()) + " }"
        return json.dumps(list(of) if isinstance(of, tuple) else of, ensure_ascii=False)

    return "".join(f"{key} = {value(of)}\n" for key, of in table.items() if of not in (None, {}))


class Edits(RuleBasedStateMachine):
    """One site with two output folders."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.epoch = 1_750_000_000
        self.settings: dict[str, Any] = {
            "POUCH_LANGUAGES": ["en", "fr"],
            "THEME_TEMPLATES_OVERRIDES": [str(self.folder / "overrides")],
            # So that a handful of entries makes numbered pages.
            "POUCH_PER_PAGE": 1,
        }
        self.foreign: dict[str, str] = {}

    @initialize()
    def begin(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("SOURCE_DATE_EPOCH", str(self.epoch))
        # However small the site, its files are looked at in a process of their own where there may be two.
        self.patch.setattr("pouch.engine.build.SMALL_SITE", 0)
        self.work = WorkSite(self.folder / "site")
        self._set()
        self.work.entry("alpha")
        self.work.entry("bravo", date="2025-01-01", countries="UA, GB", mentions="[FR]")

    def _set(self, **changes: object) -> None:
        self.settings |= changes
        lines = "".join(f"{name} = {value!r}\n" for name, value in self.settings.items())
        self.work.write("pelicanconf.py", SETTINGS + lines)

    @property
    def outputs(self) -> tuple[Path, Path]:
        """Where the site is built to, by turns."""
        return self.work.output, self.folder / "second"

    # The editor

    @rule(
        name=names,
        date=dates,
        countries=countries,
        topics=topics,
        body=bodies,
        draft=seldom,
        more=more_fields,
    )
    def write(
        self, name: str, date: str, countries: str, topics: str, body: str, draft: bool, more: dict[str, str]
    ) -> None:
        status = {"status": "draft"} if draft else {}
        self.work.entry(name, date=date, countries=countries, topics=topics, body=body, **more, **status)

    @rule(name=names, more=more_fields)
    def fill_a_river(self, name: str, more: dict[str, str]) -> None:
        """Several entries on one country and topic, so that their rivers go on over numbered pages."""
        for number, other in enumerate(NAMES[:4]):
            fields = more if other == name else {}
            self.work.entry(other, date=f"2025-02-0{number + 1}", topics="war", **fields)

    @rule(name=names, when=st.sampled_from(("2025-05-01", "2025-12-01", "2027-01-01")))
    def embargo(self, name: str, when: str) -> None:
        self.work.entry(name, publish_at=when)

    @rule(name=names, slug=st.sampled_from(("one", "two", "three")))
    def rename(self, name: str, slug: str) -> None:
        self.work.entry(name, slug=slug, formerly=f"[{name}]")

    @rule(name=names)
    def move(self, name: str) -> None:
        """To another folder: the same entry under the same address."""
        here = self.work.root / f"content/entries/{name}.md"
        if here.exists():
            (here.parent / "2025").mkdir(exist_ok=True)
            here.replace(here.parent / "2025" / here.name)

    @rule(name=st.sampled_from(NAMES[1:]))
    def translate(self, name: str) -> None:
        self.work.entry(name, date="2025-06-02", lang="fr", translation_of='"alpha"')

    @rule(name=names)
    def delete(self, name: str) -> None:
        for file in (self.work.root / "content/entries").rglob(f"{name}.md"):
            file.unlink()

    @rule(
        keys=st.fixed_dictionaries({}, optional=DOSSIER_KEYS),
        text=st.sampled_from(("Prose.", "Other prose.", "")),
    )
    def introduce(self, keys: dict[str, Any], text: str) -> None:
        # JSON is YAML.
        front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items())
        for path in ("content/dossiers/countries/UA.md", "content/dossiers/topics/trade.md"):
            if text:
                self.work.write(path, f"---\n{front}---\n\n{text}\n")
            else:
                (self.work.root / path).unlink(missing_ok=True)

    @rule(lang=st.sampled_from(("en", "fr")), text=st.sampled_from(("How.", "Who.", "")))
    def page(self, lang: str, text: str) -> None:
        path = f"content/pages/contact.{lang}.md"
        if text:
            self.work.write(path, f"---\ntitle: Contact {text}\nslug: contact\nlang: {lang}\n---\n\n{text}\n")
        else:
            (self.work.root / path).unlink(missing_ok=True)

    @rule(width=st.sampled_from((0, 10, 20)))
    def picture(self, width: int) -> None:
        file = self.work.root / "content/images/a.png"
        if width == 0:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(exist_ok=True)
        head = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + b"IHDR"
        file.write_bytes(head + width.to_bytes(4, "big") + (5).to_bytes(4, "big") + b"\x08\x06\0\0\0")

    @rule(topic=st.fixed_dictionaries(TOPIC_KEYS), more=st.booleans())
    def vocabulary(self, topic: dict[str, Any], more: bool) -> None:
        head = TOPICS.partition("[trade]")[0]
        extra = '\n[flood]\nlabels = { en = "Flood" }\nparent = "war"\n' if more else ""
        self.work.write("content/vocabulary/topics.toml", f"{head}[trade]\n{_toml(topic)}{extra}")

    @rule(name=st.sampled_from(("", "The Ukraine", "Oukraïne")))
    def house_name(self, name: str) -> None:
        text = f'[UA]\nlabels = {{ en = "{name}" }}\n' if name else ""
        self.work.write("content/vocabulary/countries.toml", text)

    # The designer

    @rule(name=st.sampled_from(TEMPLATES), mark=st.sampled_from(("", "a", "b")))
    def template(self, name: str, mark: str) -> None:
        file = self.folder / "overrides" / name
        if mark:
            file.parent.mkdir(parents=True, exist_ok=True)
            original = (Path(THEME) / "templates" / name).read_text("utf-8")
            file.write_text(f"{original}\n{mark}\n", "utf-8")
        else:
            file.unlink(missing_ok=True)

    @precondition(lambda self: "THEME" not in self.settings)
    @rule()
    def own_theme(self) -> None:
        shutil.copytree(THEME, self.folder / "theme")
        self._set(THEME=str(self.folder / "theme"))

    @precondition(lambda self: "THEME" in self.settings)
    @rule(number=st.integers(0, 9))
    def stylesheet(self, number: int) -> None:
        with (self.folder / "theme/static/css/tokens.css").open("a", encoding="utf-8") as file:
            file.write(f"\np {{ margin: {number}px }}\n")

    @precondition(lambda self: "THEME" in self.settings)
    @rule(word=st.sampled_from(("Accueil", "Maison")))
    def catalogue(self, word: str) -> None:
        file = self.folder / "theme/translations/fr/LC_MESSAGES/pouch.po"
        lines = file.read_text("utf-8").split("\n")
        lines[lines.index('msgid "Home"') + 1] = f'msgstr "{word}"'
        file.write_text("\n".join(lines), "utf-8")

    # The administrator

    @rule(
        per_page=st.sampled_from((1, 2, 3)),
        minimum=st.sampled_from((1, 2)),
        share=st.sampled_from((0, 2, 3)),
        items=st.sampled_from((1, 3)),
    )
    def sizes(self, per_page: int, minimum: int, share: int, items: int) -> None:
        self._set(
            POUCH_PER_PAGE=per_page,
            POUCH_SLICE_MINIMUM=minimum,
            POUCH_PAIR_SHARE=share,
            POUCH_FEED_ITEMS=items,
        )

    @rule(url=st.sampled_from(("https://example.org", "https://example.net/sub")), timezone=st.booleans())
    def place(self, url: str, timezone: bool) -> None:
        self._set(SITEURL=url, TIMEZONE="Pacific/Auckland" if timezone else "America/Lima")

    @rule(languages=st.sampled_from((["en"], ["en", "fr"], ["en", "de", "fr"])))
    def languages(self, languages: list[str]) -> None:
        self._set(POUCH_LANGUAGES=languages)

    @rule(without=st.sets(st.sampled_from(ALL_FEATURES), max_size=3), further=st.booleans())
    def features(self, without: set[str], further: bool) -> None:
        features = (*ALL_FEATURES, *FURTHER_FEATURES) if further else ALL_FEATURES
        self._set(POUCH_FEATURES=[feature for feature in features if feature not in without])

    @rule(seconds=st.sampled_from((-20_000_000, 86_400, 20_000_000)))
    def wait(self, seconds: int) -> None:
        self.epoch += seconds
        self.patch.setenv("SOURCE_DATE_EPOCH", str(self.epoch))

    # What befalls the folders

    @rule(second=st.booleans(), number=st.integers(0, 400), deleted=st.booleans())
    def vandalise(self, second: bool, number: int, deleted: bool) -> None:
        """Home, and any one file of ours, are altered or gone."""
        output = self.outputs[second]
        ours = sorted(tree(output).keys() - self.foreign.keys()) if output.exists() else []
        for name in {"index.html", ours[number % len(ours)]} if ours else ():
            if deleted:
                (output / name).unlink(missing_ok=True)
            elif (output / name).exists():
                (output / name).write_text("vandalised", "utf-8")

    @rule(name=st.sampled_from(FOREIGN))
    def foreign_file(self, name: str) -> None:
        file = self.work.output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("not ours", "utf-8")
        self.foreign[name] = tree(self.work.output)[name]

    @rule(kept=st.floats(0, 1), garbage=st.booleans())
    def damage(self, kept: float, garbage: bool) -> None:
        """The state loses its end, or its middle is overwritten; the manifest stays."""
        file = folder_of(self.work.site()) / "state.sqlite"
        if file.exists():
            data = file.read_bytes()
            at = int(len(data) * kept)
            file.write_bytes(data[:at] + (b"\xff" * 64 + data[at + 64 :] if garbage else b""))

    # Builds

    @rule(second=st.booleans(), jobs=st.sampled_from((1, 2)))
    def build(self, second: bool, jobs: int) -> None:
        """The editor looks at the site between two edits; faults are told, and change nothing."""
        output = self.outputs[second]
        before = tree(output) if output.exists() else {}
        try:
            self.work.build(output=output, jobs=jobs)
        except ContentError:
            assert (tree(output) if output.exists() else {}) == before

    @rule(now=seldom)
    def build_by_pelican(self, now: bool) -> None:
        """Plain `pelican` over what `pouch build` left, and the other way round."""
        if now:
            command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "output"]
            done = subprocess.run(command, cwd=self.work.root, capture_output=True, text=True, check=False)
            assert done.returncode in (0, 1), done.stderr
            assert "Traceback" not in done.stderr

    def incremental_is_clean(self) -> None:
        """The next build gives what a clean one gives, or finds the same faults; what is not ours is untouched."""
        clean = self.folder / "clean"
        try:
            self.work.build(clean=True, output=clean)
        except ContentError as error:
            faults = error.problems
        else:
            faults = []
        for output in self.outputs:
            foreign = self.foreign if output == self.work.output else {}
            if faults:
                with pytest.raises(ContentError) as again:
                    self.work.build(output=output)
                assert again.value.problems == faults
            else:
                self.work.build(output=output)
                assert tree(output) == tree(clean) | foreign
                assert self.work.build(output=output).made == 0

    def teardown(self) -> None:
        try:
            if hasattr(self, "work"):
                self.incremental_is_clean()
        finally:
            if hasattr(self, "patch"):
                self.patch.undo()
            shutil.rmtree(self.folder, ignore_errors=True)
