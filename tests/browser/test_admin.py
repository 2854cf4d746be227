"""Sveltia CMS at /admin/, set up as docs/commands/schema.md says: from our own host, asking no other."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pouch.serve.server import Server
from tests.browser.conftest import open_tab, serving
from tests.commands.sites import run
from tests.engine.sites import SETTINGS, WorkSite
from tests.sample import ROOT

MODULES = ROOT / "audit/node_modules"
PROGRAM = MODULES / "@sveltia/cms/dist/sveltia-cms.js"
FONT = (
    MODULES
    / "@fontsource-variable/material-symbols-outlined/files/material-symbols-outlined-latin-wght-normal.woff2"
)
# What any program might do, in place of the real one: ask for its configuration, and in every way for another host.
CURIOUS = """
const elsewhere = "https://elsewhere.example/";
const results = {};
const note = (name, promise) => promise.then(() => { results[name] = "loaded"; }, () => { results[name] = "refused"; });
const element = (tag, fields) => new Promise((resolve, reject) => {
  const made = Object.assign(document.createElement(tag), fields, { onload: resolve, onerror: reject });
  document.head.append(made);
});
Promise.all([
  fetch("config.yml").then((answer) => answer.text()).then((text) => { results.config = text.split("\\n")[0]; }),
  note("fetch", fetch(elsewhere)),
  note("script", element("script", { src: elsewhere })),
  note("style", element("link", { rel: "stylesheet", href: elsewhere })),
  note("image", element("img", { src: elsewhere })),
  note("font", new FontFace("Other", `url(${elsewhere})`).load()),
]).then(() => {
  document.body.append(Object.assign(document.createElement("pre"), { textContent: JSON.stringify(results) }));
});
"""


@pytest.fixture
def admin(tmp_path: Path) -> WorkSite:
    """A site with the files of the documentation under content/extra/admin/, but for the program."""
    page = (ROOT / "docs/commands/schema.md").read_text("utf-8")
    work = WorkSite(tmp_path, SETTINGS + 'POUCH_REPOSITORY = "https://github.com/harbour/briefings"\n')
    files = dict(re.findall(r"(?ms)^```\w+ ([\w.]+)\n(.*?)^```$", page))
    assert sorted(files) == ["fonts.css", "index.html"]
    config = run(work.root, "schema", "--sveltia")
    for name, text in (files | {"config.yml": config.stdout}).items():
        work.write(f"content/extra/admin/{name}", text)
    work.entry("alpha")
    return work


def answer_for_others(page: Page) -> list[str]:
    """The addresses of other hosts that the page asks from now on; each is answered, whether it is there or not."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="", headers={"Access-Control-Allow-Origin": "*"})

    page.route(re.compile("^https:"), answer)
    return asked


def test_its_page_lets_a_program_ask_its_own_host_alone(browser: Browser, admin: WorkSite) -> None:
    """The program of the site runs and reads its configuration; fonts, scripts, pictures from elsewhere are refused."""
    admin.write("content/extra/admin/sveltia-cms.js", CURIOUS)
    admin.build()
    with serving(Server("127.0.0.1", 0, admin.output, "")) as server, open_tab(browser) as page:
        asked_elsewhere = answer_for_others(page)
        page.goto(f"{server.address}/admin/")
        expect(page.locator("pre")).to_be_visible()
        assert json.loads(page.locator("pre").inner_text()) == {
            "config": "backend:",
            **dict.fromkeys(("fetch", "script", "style", "image", "font"), "refused"),
        }
        assert asked_elsewhere == []


@pytest.mark.skipif(
    not PROGRAM.is_file(), reason="`make audit JUDGES=workflows` installs Sveltia CMS, 11 MB, from npm"
)
def test_sveltia_opens_from_our_own_host(browser: Browser, admin: WorkSite) -> None:
    """It shows how to sign in, in the site's name, without a fault in its configuration or a request elsewhere."""
    folder = admin.root / "content/extra/admin"
    shutil.copy(PROGRAM, folder)
    shutil.copy(FONT, folder)
    admin.build()
    with serving(Server("127.0.0.1", 0, admin.output, "", live=False)) as server, open_tab(browser) as page:
        asked_elsewhere = answer_for_others(page)
        messages: list[str] = []
        page.on("console", lambda message: messages.append(message.text))
        page.goto(f"{server.address}/admin/")
        expect(page.get_by_role("button", name=re.compile("Local Repository"))).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("GitHub")).first).to_be_visible()
        assert "briefings" in page.inner_text("body")
        assert asked_elsewhere == []
        # What it says of a key that it does not know, or that is not as it should be.
        assert [message for message in messages if "collection, " in message] == []
