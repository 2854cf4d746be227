"""One entry in each of the three formats, as a reader's client sees it."""

from __future__ import annotations

import json
import uuid
from typing import Any

import msgspec
import pytest

from pouch.errors import ContentError
from pouch_feeds.fragments import build_fragment
from pouch_feeds.models import ItemModel
from tests.archives import a_record, a_site, an_archive
from tests.plugins.pouch_feeds.documents import documents, feed_outputs, link, read

RECORD = a_record(
    "k7f3q9",
    "2025-03-05T09:30:00+00:00",
    slug="grain-corridor",
    title="Grain & guns",
    key_points=("Ships sail", "Prices fall"),
    summary="What it means.",
    countries=("UA", "GB"),
    topics=("ceasefire", "trade"),
    source_name="The Harbour Post",
    source_url="https://post.example/grain",
    source_author="Staff writer",
)
# RFC 9562, section 5.5, by the standard library: the name is the id, the namespace the site's.
GUID = uuid.uuid5(uuid.UUID(a_site().site_id), "k7f3q9").urn


def entry_of(document: bytes) -> Any:
    return read(document).entries[0]


@pytest.fixture(scope="module")
def published() -> dict[str, bytes]:
    return documents(an_archive(RECORD))


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml"])
def test_xml_feeds_tell_a_client_everything_about_an_entry(published: dict[str, bytes], path: str) -> None:
    """Whatever the reader's program, it finds id, address, title, date, words, author, source and terms."""
    entry = entry_of(published[path])
    assert entry.id == GUID
    assert entry.link == "https://example.org/briefings/grain-corridor/"
    assert entry.title == "Grain & guns"
    assert entry.published_parsed[:6] == (2025, 3, 5, 9, 30, 0)
    assert entry.summary == "<p>What it means.</p>"
    content = entry.content[0].value
    assert content.startswith("<ul><li>Ships sail</li><li>Prices fall</li></ul>\n<p>What happened, and ")
    assert 'href="https://example.org/briefings/other/"' in content
    assert entry.author == "Test archive"
    assert [(tag.scheme, tag.label or tag.term) for tag in entry.tags] == [
        ("https://example.org/countries/", "Ukraine"),
        ("https://example.org/countries/", "United Kingdom"),
        ("https://example.org/topics/", "Ceasefire"),
        ("https://example.org/topics/", "Trade"),
    ]


def test_an_rss_guid_is_no_address_and_the_source_is_named(published: dict[str, bytes]) -> None:
    """A client neither takes the id for a link nor loses where the article came from."""
    entry = entry_of(published["feed.xml"])
    assert entry.guidislink is False
    assert (entry.source.title, entry.source.href) == ("The Harbour Post", "https://post.example/grain")
    assert b'<guid isPermaLink="false">' in published["feed.xml"]


def test_atom_keeps_apart_what_a_link_is_for(published: dict[str, bytes]) -> None:
    """The source's address is `via`, not a second address of the briefing."""
    entry = entry_of(published["atom.xml"])
    links = {(each.rel, each.href, each.get("hreflang", "")) for each in entry.links}
    assert links == {
        ("alternate", "https://example.org/briefings/grain-corridor/", "en"),
        ("via", "https://post.example/grain", ""),
    }
    assert b'<entry xml:lang="en">' in published["atom.xml"]
    assert b'term="UA"' in published["atom.xml"]


def test_json_feed_says_the_same(published: dict[str, bytes]) -> None:
    """A client of JSON Feed 1.1 has the same id, words, dates and terms."""
    item = json.loads(published["feed.json"])["items"][0]
    content = item.pop("content_html")
    assert content == entry_of(published["atom.xml"]).content[0].value
    assert item == {
        "id": GUID,
        "url": "https://example.org/briefings/grain-corridor/",
        "title": "Grain & guns",
        "summary": "What it means.",
        "date_published": "2025-03-05T09:30:00+00:00",
        "authors": [{"name": "Test archive"}],
        "language": "en",
        "external_url": "https://post.example/grain",
        "tags": ["Ukraine", "United Kingdom", "Ceasefire", "Trade"],
        "_pouch": {
            "categories": [
                {"scheme": "https://example.org/countries/", "term": "UA", "label": "Ukraine"},
                {"scheme": "https://example.org/countries/", "term": "GB", "label": "United Kingdom"},
                {"scheme": "https://example.org/topics/", "term": "ceasefire", "label": "Ceasefire"},
                {"scheme": "https://example.org/topics/", "term": "trade", "label": "Trade"},
            ],
            "source": {"name": "The Harbour Post", "url": "https://post.example/grain"},
        },
    }


@pytest.mark.parametrize(
    ("changes", "author"),
    [
        ({"authors": ("B. Editor",), "source_author": "A. Writer", "source_name": "Post"}, "B. Editor"),
        ({"source_author": "A. Writer", "source_name": "Post"}, "Test archive"),
        ({}, "Test archive"),
    ],
)
def test_an_author_is_always_told(changes: dict[str, Any], author: str) -> None:
    """Who wrote the briefing, else the archive; the author of its source wrote something else. RSS drops an author
    without an e-mail address; ours is there in every format.
    """
    found = documents(an_archive(a_record("aaaa", **changes)))
    assert entry_of(found["feed.xml"]).author == author
    assert entry_of(found["atom.xml"]).author == author
    assert json.loads(found["feed.json"])["items"][0]["authors"] == [{"name": author}]


def test_a_correction_changes_the_item_in_place_and_says_what_was_wrong() -> None:
    """Who has read the briefing sees the same item, updated, with the note in it."""
    before = documents(an_archive(RECORD))
    corrected = a_record(
        "k7f3q9", slug="grain-corridor", title="Grain", corrections=(("2025-04-01", "It was <wheat>"),)
    )
    after = documents(an_archive(corrected))
    for path in ("feed.xml", "atom.xml"):
        entry = entry_of(after[path])
        assert entry.id == entry_of(before[path]).id
        assert entry.updated_parsed[:3] == (2025, 4, 1)
        assert "2025-04-01:</strong> It was &lt;wheat&gt;" in entry.content[0].value
    assert json.loads(after["feed.json"])["items"][0]["date_modified"] == "2025-04-01T00:00:00+00:00"
    assert read(after["feed.xml"]).feed.updated_parsed[:3] == (2025, 4, 1)


def test_atom_gives_no_two_entries_the_same_update() -> None:
    """Briefings of one day share its midnight: clients that sort by the update still agree on an order."""
    found = documents(an_archive(*[a_record(f"e{n:03}") for n in range(50)]))["atom.xml"]
    updates = {entry.updated for entry in read(found).entries}
    assert len(updates) == 50
    assert {update[:19] for update in updates} == {"2025-03-05T00:00:00"}
    assert {entry.published for entry in read(found).entries} == {"2025-03-05T00:00:00+00:00"}


def test_beside_its_full_text_an_entry_is_summed_up_once() -> None:
    """The text opens with all key points, so one of them is enough where there is no summary; a short feed has all."""
    record = a_record("aaaa", summary="", key_points=("Ships sail", "Prices fall"))
    found = documents(an_archive(record, site=a_site(slice_minimum=1)))
    full, short = entry_of(found["feed.xml"]), entry_of(found["countries/ukraine/ceasefire/feed.xml"])
    assert full.summary == "<ul><li>Ships sail</li></ul>"
    assert full.content[0].value.startswith("<ul><li>Ships sail</li><li>Prices fall</li></ul>")
    assert short.summary == "<ul><li>Ships sail</li><li>Prices fall</li></ul>"


def test_an_entry_without_summary_or_key_points_has_a_description() -> None:
    """A client that shows descriptions only never shows an empty line."""
    found = documents(an_archive(a_record("aaaa", summary="", title="Only <this>")))
    assert entry_of(found["feed.xml"]).summary == "<p>Only ‹this›</p>"
    assert json.loads(found["feed.json"])["items"][0]["summary"] == "Only ‹this›"


def test_right_to_left_text_brings_its_direction() -> None:
    """Feed readers take no direction from a feed: Arabic would run the wrong way."""
    found = documents(an_archive(a_record("aaaa", lang="ar", title="خبر")))
    assert entry_of(found["feed.xml"]).content[0].value.startswith('<div lang="ar" dir="rtl">')


@pytest.mark.parametrize(
    ("zone", "date", "expected"),
    [
        ("Europe/Brussels", "2025-07-01T10:00:00+02:00", "2025-07-01T10:00:00+02:00"),
        ("Asia/Kathmandu", "2025-07-01T10:00:00+05:45", "2025-07-01T04:15:00+00:00"),
        ("Europe/Brussels", "1850-07-01T10:00:00+00:00", "1850-07-01T10:00:00+00:00"),
        ("America/St_Johns", "2025-07-01T10:00:00-02:30", "2025-07-01T10:00:00-02:30"),
    ],
)
def test_dates_have_offsets_that_every_client_reads(zone: str, date: str, expected: str) -> None:
    """In the site's own time where its offset is plain, in UTC where it is not."""
    found = documents(an_archive(a_record("aaaa", date), site=a_site(timezone=zone)))
    assert json.loads(found["feed.json"])["items"][0]["date_published"] == expected


HOSTILE = {
    "control characters": "a\x00b\x0bc\x1bd\x7f\x85",
    "end of CDATA": "]]> ]]&gt; <![CDATA[x]]>",
    "half a character": "\ud83d and \udc4d",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "emoji": "👩‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️",
    "right to left": "\u202eمرحبا שלום\u202c",
    "HTML": '<script>alert("1")</script><b onclick=x>&amp;&nbsp;&#0;&bogus;',
    "an entity bomb": '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
    "a comment": "-- --> <!-- ",
    "percent and braces": "%s {0} {url} {{ x }}",
    "carriage returns": "a\r\nb\rc",
    "nothing to see": "\u200b\u2060",
}


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_no_text_makes_a_feed_ill_formed(text: str) -> None:
    """Whatever an article brought along, every feed of the archive can be read, and the entry beside it too."""
    hostile = a_record(
        "aaaa",
        title=f"T {text}",
        summary=f"S {text}",
        key_points=(f"K {text}",),
        source_name=f"N {text}",
        source_author=f"A {text}",
        corrections=(("2025-04-01", text),),
        body="b" * 32,
    )
    site = a_site(name=f"Site {text}" if text.isprintable() else "Site")
    if "\ud83d" in text:
        # Half a character cannot be told to a worker process: refused, by name, before any feed is written.
        with pytest.raises(ContentError) as caught:
            an_archive(hostile, site=site)
        told = [(problem.path, problem.code) for problem in caught.value.problems]
        assert told == [(hostile.path, "half-a-character")]
        return
    archive = an_archive(hostile, a_record("bbbb", "2025-03-06"), site=site)
    found = documents(archive, {"b" * 32: f"<p>{text.replace('<', '&lt;')}</p>"})
    for path in ("feed.xml", "atom.xml", "countries/ukraine/feed.xml"):
        document = read(found[path])
        assert len(document.entries) == 2, path
        assert document.entries[1].title.startswith("T")
        assert not set("\x00\x0b\x1b\ufffe\uffff") & set(found[path].decode())
        assert link(document, "self") == f"https://example.org/{path}"
    assert len(json.loads(found["feed.json"])["items"]) == 2
    assert b"<outline" in found["opml.xml"]


def test_a_body_of_a_megabyte_arrives_whole() -> None:
    """Length is no reason to cut or to fail."""
    body = "<p>" + "word " * 210_000 + "</p>"
    found = documents(an_archive(a_record("aaaa", body="b" * 32)), {"b" * 32: body})
    assert entry_of(found["feed.xml"]).content[0].value == body
    assert json.loads(found["feed.json"])["items"][0]["content_html"] == body


def test_an_entry_that_cannot_be_published_names_itself() -> None:
    """The editor reads which file it is, never a traceback."""
    fragments = [fragment for output in feed_outputs(an_archive(RECORD)) for _, fragment in output.fragments]
    item = next(f.model for f in fragments if isinstance(f.model, ItemModel) and f.model.body)
    for feed_format in ("rss", "atom"):
        broken = msgspec.structs.replace(item, published="no date")
        with pytest.raises(ContentError) as caught:
            build_fragment(feed_format, broken, "<p>x</p>")
        problem = caught.value.problems[0]
        assert (problem.path, problem.code) == (RECORD.path, "not-for-feeds")
