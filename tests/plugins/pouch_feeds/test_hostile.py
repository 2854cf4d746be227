"""What articles bring along, through whole builds: every feed stays well-formed, or the entry names itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest

from pouch.errors import ContentError
from tests.engine.sites import SETTINGS, WorkSite
from tests.plugins.pouch_feeds.documents import addresses_in

TEXTS = {
    "cdata": "]]> ]]&gt; <![CDATA[x]]>",
    "emoji": "👩‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️",
    "bidi": "\u202eمرحبا שלום\u202c",
    "html": '<script>alert("1")</script><b onclick=x>&amp;&nbsp;&#0;&#11;&bogus;',
    "bomb": '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
    "comment": "-- --> <!-- ",
    "braces": "%s {0} {url} {{ x }} {% raw %}",
    "private": "\ue000title\ue000 \ue000id\ue000",
    "long": "x" * 3000,
}
LINKS = """\
[to](https://other.example/?a=1&b=2) [proto](//cdn.example/a) [root](/about/) [here](#h) ![img](//cdn.example/p.png)

## h

<a href="?a=1&b=2">q</a> <a href="//p.example/">p</a> <a href="javascript:alert(1)">j</a>
<img src="//i.example/x.png" srcset="/a.png 1x, b.png 2x" onerror=x> <a href="http://[bad">bad</a>
<iframe src="//y.example"></iframe> <p style="color:red">s</p> <a href="data:text/html,x">d</a> <svg onload=1></svg>
"""
ACTIVE = re.compile(r"<script|<iframe|<svg|\son\w+\s*=|style=|javascript:|data:", re.IGNORECASE)


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    settings = SETTINGS.replace("FEED_ITEMS = 3", "FEED_ITEMS = 50").replace(
        '"Test archive"', '"A & B <i>]]></i>"'
    )
    return WorkSite(tmp_path, settings)


def written(value: Any) -> str:
    """As JSON, which is YAML too."""
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.slow
def test_no_entry_spoils_a_feed_for_the_others(work: WorkSite) -> None:
    """Titles, summaries, key points, names, notes, bodies: each feed reads well, each item is there."""
    for name, text in TEXTS.items():
        work.entry(
            f"{name}00",
            title=written(f"T {text}"),
            summary=written(f"S {text}"),
            key_points=written([f"K {text}"]),
            source=written({"name": f"N {text}", "author": f"A {text}", "url": "https://e.example/é?a&b"}),
            corrections=written([{"date": "2025-04-01", "note": f"C {text}"}]),
            body=f"Body {text}\n\n<div>{text}</div>\n\n[a](https://e.example/) **{text}**",
        )
    work.entry("links", body=LINKS)
    work.entry("megabyte", countries="KE", topics="trade", body="\n\n".join(["word " * 200] * 1050))
    work.entry("arabic", lang="ar", title="خبر عاجل", body="نص")
    work.build()
    count = len(TEXTS) + 3
    for path in work.output.rglob("*.xml"):
        if path.name in ("feed.xml", "atom.xml"):
            parsed = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
            assert not parsed.bozo, (path, parsed.bozo_exception)
            for entry in parsed.entries:
                assert not re.search(r"</?[a-z]", entry.title), entry.title
                # What a reader's program writes into its page.
                html = " ".join([entry.summary, *(content.value for content in entry.get("content", ()))])
                tags = " ".join(re.findall(r"<[^>]*>", html))
                assert not ACTIVE.search(tags), tags
                assert all(re.match(r"https?:|mailto:", address) for address in addresses_in(html))
                assert "\ufffd" not in html
    for name, there in (("feed.xml", count), ("countries/ukraine/atom.xml", count - 1)):
        assert len(feedparser.parse((work.output / name).read_bytes()).entries) == there, name
    items = json.loads((work.output / "feed.json").read_bytes())["items"]
    assert len(items) == count
    assert max(len(item["content_html"]) for item in items) > 1_000_000


FIELDS = ("title", "summary", "key_points", "source", "corrections")
WAYS = {
    "source": '{{name: "{}"}}',
    "corrections": '[{{date: 2025-04-01, note: "{}"}}]',
    "key_points": '["{}"]',
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "places"),
    [
        (r"half \ud83d", FIELDS),
        (r"noncharacter \ufffe", FIELDS),
        (r"bell \u0007", FIELDS),
        (r"nothing \u0000", FIELDS),
        ("bell \x07", (*FIELDS, "body")),
        ("noncharacter \ufffe", (*FIELDS, "body")),
    ],
)
def test_what_no_feed_can_hold_is_named_with_its_file(
    work: WorkSite, text: str, places: tuple[str, ...]
) -> None:
    """The build ends with the entry's path and line; what was published stays as it was."""
    work.entry("fine")
    work.build()
    before = {path: path.read_bytes() for path in work.output.rglob("*.*")}
    for place in places:
        value = text if place == "body" else WAYS.get(place, '"{}"').format(text)
        work.entry("hostile", **{place: value})
        with pytest.raises(ContentError) as caught:
            work.build()
        problem = caught.value.problems[0]
        assert problem.path == "content/entries/hostile.md", place
        assert problem.line > 1, place
    assert {path: path.read_bytes() for path in work.output.rglob("*.*")} == before
