"""Nothing dangles: whatever a site leaves out, no page, feed or sitemap of it leads to an address that is not there."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from pouch.engine.build import build
from pouch.settings import ALL_FEATURES, PLUGINS
from pouch.site import load_site
from tests.engine.test_golden import NOW, SITE

URL = "https://harbour.example/briefings"
LEFT_OUT = [
    pytest.param("", URL, id="nothing"),
    pytest.param('PLUGINS = ["pouch_archives"]', URL, id="all plugins but the first"),
    *(
        pytest.param(
            f"PLUGINS = [name for name in PLUGINS if name != {plugin!r}]", URL, id=f"the plugin {plugin}"
        )
        for plugin in PLUGINS
    ),
    pytest.param("POUCH_FEATURES = []", URL, id="all features"),
    pytest.param('SITEURL = ""', "", id="the address"),
    pytest.param('SITEURL = "https://harbour.example"', "https://harbour.example", id="the path"),
    pytest.param("POUCH_LANGUAGES = []", URL, id="the second language"),
    *(
        pytest.param(
            f"POUCH_FEATURES = [name for name in ALL_FEATURES if name != {feature!r}]",
            URL,
            id=f"the feature {feature}",
            marks=pytest.mark.slow,
        )
        for feature in ALL_FEATURES
    ),
]


def targets(output: Path, url: str) -> Iterator[tuple[str, str]]:
    """(file, path below the output folder that something in it leads to), for every link within the site."""
    path = re.sub(r"^https?://[^/]+", "", url)
    attribute = re.compile(rf'(?:href|src)="{re.escape(path)}(/[^"#?\\]*)')
    absolute = re.compile(rf'["=>]{re.escape(url)}(/[^"#?<\s\\]*)') if url else None
    files = chain(output.rglob("*.html"), output.rglob("*.xml"), output.rglob("*.json"))
    for file in files:
        text = file.read_text("utf-8")
        found = {*attribute.findall(text), *(absolute.findall(text) if absolute else ())}
        for target in found:
            name = html.unescape(target).lstrip("/")
            yield (
                file.relative_to(output).as_posix(),
                f"{name}index.html" if not name or name[-1] == "/" else name,
            )
        if 'href=""' in text:
            yield file.relative_to(output).as_posix(), "(an empty address)"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose settings each test replaces."""
    return shutil.copytree(SITE, tmp_path_factory.mktemp("links") / "site")


@pytest.mark.parametrize(("lines", "url"), LEFT_OUT)
def test_no_link_dangles(lines: str, url: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feature or a plugin that is switched off takes every link to its pages with it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    settings = (SITE / "pelicanconf.py").read_text("utf-8")
    (root / "pelicanconf.py").write_text(f"{settings}\n{lines}\n", "utf-8")
    build(load_site(root), jobs=1)
    output = root / "output"
    there = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    links = list(targets(output, url))
    assert len(links) > 100
    # What an editor links to in a text stays in the text, and in feeds of it.
    written = "briefings/" if "pouch_archives" in lines and "!=" in lines else "(none)"
    assert sorted({link for link in links if link[1] not in there and not link[1].startswith(written)}) == []
