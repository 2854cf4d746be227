"""A briefing's references, as the browser makes them, are those that Python writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Page, expect

from pouch.citing.formats import FORMATS
from pouch.citing.references import Reference
from pouch.site import Site
from pouch_archives.structured_data import person
from tests.citing.test_formats import HOSTILE, PLAIN

BRIEFING = "thailand-cambodia-ceasefire"
# The page as it was, with other facts.
AGAIN = """facts => {
  document.querySelector('script[type="application/ld+json"]').textContent = JSON.stringify(facts);
}"""


def facts_of(reference: Reference) -> dict[str, Any]:
    """The JSON-LD of a briefing with that reference, as far as it says it."""
    return {
        "url": reference.url,
        "headline": reference.title,
        "description": reference.abstract or reference.title,
        "author": [person(name) for name in reference.authors]
        or {"@type": "Organization", "name": reference.publisher},
        "publisher": {"@type": "Organization", "name": reference.publisher},
        "datePublished": f"{reference.date}T10:00:00+01:00",
        "inLanguage": reference.lang,
    }


def downloaded(page: Page) -> dict[str, str]:
    """The name of each file → its text."""
    files = {}
    for each in FORMATS:
        with page.expect_download() as waiting:
            page.locator(f'[data-cite="{each.ending}"]').click()
        files[waiting.value.suggested_filename] = Path(waiting.value.path()).read_bytes().decode()
    return files


def test_the_page_makes_the_files_that_python_writes(page: Page, site: Site) -> None:
    """Under the page's own policy, for a real briefing and for texts that would break a file."""
    page.goto(f"{site.url}/briefings/{BRIEFING}/")
    expect(page.locator('[data-cite="bib"]')).to_be_visible()
    files = downloaded(page)
    assert sorted(files) == [f"{BRIEFING}.{ending}" for ending in ("bib", "json", "ris")]
    item = json.loads(files[f"{BRIEFING}.json"])[0]
    assert item["title"] == page.get_by_role("heading", level=1).inner_text()
    assert (item["publisher"], item["URL"]) == (site.name, page.url)
    suffixed = msgspec.structs.replace(PLAIN, authors=("Dr. Al Ray, Jr.", "Dr. Oz", "习 近平"))
    for reference in (PLAIN, HOSTILE, suffixed):
        # A browser takes ten files of one page and no more.
        page.reload()
        page.evaluate(AGAIN, facts_of(reference))
        key = reference.url.split("/")[-2]
        copied = Reference(
            **{name: getattr(reference, name) for name in reference.__struct_fields__} | {"key": key}
        )
        assert downloaded(page) == {f"{key}.{each.ending}": each.write([copied]) for each in FORMATS}
