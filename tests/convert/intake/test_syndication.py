"""Feeds as sources: each item an article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.convert.sites import ENGLISH, run_json

TITLE, FIRST, SECOND = ENGLISH.strip().split("\n\n")
FULL = f"<p>{FIRST}</p><ul><li>One point</li><li>Another</li></ul><p>{SECOND}</p>"
RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>River News</title><link>https://example.org/</link>
<item><title>{TITLE} &amp;amp; more</title><link>https://example.org/1</link><guid>one</guid>
<pubDate>Wed, 05 Mar 2025 10:22:00 +0100</pubDate><dc:creator>A. Reporter</dc:creator>
<description>In short.</description><content:encoded><![CDATA[{FULL}]]></content:encoded></item>
<item><title>In short</title><link>https://example.org/2</link><description>Only this much.</description></item>
<item><title>Nothing</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>River News</title><id>urn:x</id>
<entry><title type="html">{TITLE} &amp;amp; more</title><id>one</id><link href="https://example.org/1"/>
<published>2025-03-05T10:22:00+01:00</published><updated>2025-03-06T00:00:00Z</updated>
<author><name>A. Reporter</name></author>
<content type="html">{FULL.replace("<", "&lt;")}</content></entry></feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "River News",
    "items": [
        {
            "id": "one",
            "url": "https://example.org/1",
            "title": f"{TITLE} & more",
            "date_published": "2025-03-05T10:22:00+01:00",
            "authors": [{"name": "A. Reporter"}],
            "content_html": FULL,
        }
    ],
}


def converted(site: Path, folder: Path, name: str, text: str) -> list[dict[str, Any]]:
    """What converting that file prints."""
    (folder / name).write_text(text, "utf-8")
    return run_json(site, "--dry-run", folder / name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feed.xml", RSS),
        ("feed.rss", RSS),
        ("feed", RSS),
        ("atom.xml", ATOM),
        ("feed.json", json.dumps(JSON)),
    ],
)
def test_feeds(site: Path, tmp_path: Path, name: str, text: str) -> None:
    """RSS, Atom and JSON Feed give the same article: title, date, author, publisher, address and all of its text."""
    line = converted(site, tmp_path, name, text)[0]
    assert line["input_id"] == "one"
    assert line["entry"]["title"] == f"{TITLE} & more"
    assert line["entry"]["source"] == {
        "name": "River News",
        "url": "https://example.org/1",
        "author": "A. Reporter",
    }
    assert (line["entry"]["date"], line["date_from"]) == ("2025-03-05T10:22:00+01:00", "metadata")
    assert line["body"] == f"{FIRST}\n\n- One point\n- Another\n\n{SECOND}"


def test_summaries_and_empty_items(site: Path, tmp_path: Path) -> None:
    """An item of which the feed has a summary says so, one without a text is refused; the others go on."""
    lines = converted(site, tmp_path, "feed.xml", RSS)
    assert [[problem["code"] for problem in line["problems"]][:1] for line in lines][1:] == [
        ["summary-only"],
        ["no-article"],
    ]
    assert lines[1]["text"] == "Only this much."
    assert lines[1]["problems"][0]["hint"] == "convert its own page: https://example.org/2"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<rss version="2.0"><channel></channel></rss>', "empty-feed"),
        ("<feed>", "empty-feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [1, {}]}', "bad-feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": 3}', "bad-feed"),
        ('{"version": "https://jsonfeed.org/version/1", ', "bad-feed"),
        ('<?xml version="1.0"?><catalogue/>', "not-article"),
        ('{"name": "no article"}', "not-article"),
        (
            '<!DOCTYPE rss [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><rss><channel><title>&b;</title>'
            "</channel></rss>",
            "empty-feed",
        ),
    ],
)
def test_what_is_no_feed(site: Path, tmp_path: Path, text: str, code: str) -> None:
    """A feed without items, or one that cannot be read, is refused with a reason."""
    suffix = "json" if text.startswith("{") else "xml"
    lines = converted(site, tmp_path, f"feed.{suffix}", text)
    assert lines[0]["problems"][0]["code"] == code
