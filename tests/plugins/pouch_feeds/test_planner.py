"""Which feeds a site has, where they lie, and what is in which."""

from __future__ import annotations

import json

import imagesize
import msgspec
import pytest

from pouch.problems import Severity
from pouch.settings import ALL_FEATURES
from pouch_feeds.planner import check_address
from tests.archives import a_record, a_site, an_archive
from tests.plans import view_of
from tests.plugins.pouch_feeds.documents import TRANSLATIONS, documents, feed_outputs, ids, link, read
from tests.plugins.pouch_feeds.walker import SITE, read_quickly

NO_MONTHS = tuple(feature for feature in ALL_FEATURES if feature != "feed_archives")


def titles(document: bytes) -> list[str]:
    return [entry.title.removeprefix("Title of ") for entry in read(document).entries]


def test_every_slice_has_the_feeds_that_the_design_gives_it() -> None:
    """Site, countries and topics have all formats, and RSS in each language; pairs, regions and mentions a short one;
    what has no briefing yet has RSS alone.
    """
    records = [
        a_record("aaaa", countries=("UA",), mentions=("US",)),
        a_record("bbbb", countries=("UA",), lang="fr"),
        a_record("cccc", countries=("UA",), topics=("war",), lang="fr"),
    ]
    found = set(documents(an_archive(*records, site=a_site(features=NO_MONTHS))))
    full = {"feed.xml", "atom.xml", "feed.json", "feed.en.xml", "feed.fr.xml"}
    assert found == {
        "opml.xml",
        *full,
        *(f"countries/ukraine/{name}" for name in full),
        "countries/united-states/feed.xml",
        "countries/united-states/mentions.xml",
        *(f"topics/{slug}/{name}" for slug in ("war", "ceasefire") for name in full),
        "topics/trade/feed.xml",
        "countries/ukraine/war/feed.xml",
        "regions/europe/feed.xml",
        "regions/eastern-europe/feed.xml",
    }


@pytest.mark.parametrize(
    ("feature", "gone"),
    [
        ("atom", "atom.xml"),
        ("json", "feed.json"),
        ("feed_languages", "feed.fr.xml"),
        ("feed_archives", "feed-1.xml"),
        ("opml", "opml.xml"),
        ("mentions", "countries/united-states/mentions.xml"),
        ("regions", "regions/europe/feed.xml"),
        ("pairs", "countries/ukraine/war/feed.xml"),
    ],
)
def test_each_feature_can_be_left_out(feature: str, gone: str) -> None:
    """A site that does not list a feature has none of its feeds, and all the others."""
    records = [a_record("aaaa", mentions=("US",)), a_record("bbbb"), a_record("cccc", lang="fr")]
    rest = tuple(other for other in ALL_FEATURES if other != feature)
    everything = documents(an_archive(*records, site=a_site(feed_items=1)))
    found = documents(an_archive(*records, site=a_site(feed_items=1, features=rest)))
    assert gone in everything
    assert gone not in found
    assert "feed.xml" in found
    assert set(found) < set(everything)


@pytest.mark.parametrize(
    ("feature", "new"),
    [
        ("atom", {"atom.xml"}),
        ("json", {"feed.json"}),
        ("feed_languages", {"feed.en.xml", "feed.fr.xml"}),
        ("feed_archives", {"feed-1.xml"}),
        ("opml", {"opml.xml"}),
        ("search", set()),
    ],
)
def test_each_feature_works_without_the_others(feature: str, new: set[str]) -> None:
    """A site may want Atom and nothing else: that is what it gets, and every link in it leads somewhere."""
    records = [a_record("aaaa", "2025-03-05"), a_record("bbbb", "2025-04-05", lang="fr")]
    found = documents(an_archive(*records, site=a_site(feed_items=1, features=(feature,))))
    assert {path for path in found if "/" not in path} == {"feed.xml", *new}
    for path, document in found.items():
        if path != "opml.xml":
            links = read_quickly(path, document)[1]
            for rel in ("self", "current", "prev-archive"):
                assert links.get(rel, "").removeprefix(SITE) in {"", *found}, (path, rel)


def test_without_taxonomies_only_the_site_has_feeds() -> None:
    """A site that does without country pages announces no feed whose page does not exist."""
    site = a_site(plugins=("pouch_archives", "pouch_feeds"), features=("atom",))
    assert set(documents(an_archive(a_record("aaaa"), site=site))) == {"feed.xml", "atom.xml"}


def test_feeds_are_ordered_by_when_a_briefing_entered_the_archive() -> None:
    """An old article curated today arrives on top, though its page stands among the old ones."""
    old = a_record("aaaa", "2019-01-01")
    old = msgspec.structs.replace(old, publish_at=a_record("x", "2025-06-01").publish_at)
    found = documents(an_archive(old, a_record("bbbb", "2025-03-05"), a_record("cccc", "2025-03-05")))
    assert titles(found["feed.xml"]) == ["aaaa", "cccc", "bbbb"]
    assert read(found["feed.xml"]).entries[0].published_parsed[:3] == (2025, 6, 1)


def test_times_of_the_night_when_clocks_go_back_stay_in_order() -> None:
    """Half past two comes twice in that night: the second is the newer."""
    first = a_record("bbbb", "2025-10-26T02:30:00+02:00")
    second = a_record("aaaa", "2025-10-26T02:15:00+01:00")
    found = documents(an_archive(first, second, site=a_site(timezone="Europe/Brussels")))
    assert titles(found["feed.xml"]) == ["aaaa", "bbbb"]


@pytest.mark.parametrize(
    ("lang", "title", "description", "topic", "correction"),
    [
        ("de", "Vereinigtes Königreich (Deutsch)", "Briefings: Vereinigtes Königreich", "Ceasefire", "Korrektur"),
        ("fr", "Royaume-Uni (français)", "Synthèses : Royaume-Uni", "Cessez-le-feu", "Correction"),
        # The theme speaks no Portuguese: a sentence in the site's own language, not a mixture of two.
        ("pt", "Reino Unido (português)", "Briefings on United Kingdom", "Ceasefire", "Correction"),
    ],
)  # fmt: skip
def test_a_language_s_feed_speaks_it_where_the_interface_does_not(
    lang: str, title: str, description: str, topic: str, correction: str
) -> None:
    """Who follows the German feed of an English site reads German around the briefings too."""
    record = a_record("aaaa", lang=lang, countries=("GB",), corrections=(("2025-04-01", "Note"),))
    found = documents(an_archive(record, a_record("bbbb", countries=("GB",))))
    feed = read(found[f"countries/united-kingdom/feed.{lang}.xml"])
    assert feed.feed.title == f"{title} – Test archive"
    assert feed.feed.subtitle == description
    assert feed.feed.link == "https://example.org/countries/united-kingdom/"
    entry = feed.entries[0]
    assert [tag.term for tag in entry.tags] == [title.partition(" (")[0], topic]
    assert f"<strong>{correction}, 2025-04-01:</strong>" in entry.content[0].value
    # An item is the same in every feed that holds it.
    assert entry in read(found["feed.xml"]).entries


def test_a_feed_holds_the_newest_items_and_no_more() -> None:
    """POUCH_FEED_ITEMS for full feeds, twenty for short ones."""
    records = [a_record(f"e{n:03}", f"2025-03-{n + 1:02}") for n in range(25)]
    found = documents(an_archive(*records, site=a_site(feed_items=3, features=NO_MONTHS)))
    assert titles(found["feed.xml"]) == ["e024", "e023", "e022"]
    assert len(json.loads(found["countries/ukraine/feed.json"])["items"]) == 3
    short = read(found["countries/ukraine/war/feed.xml"])
    assert len(short.entries) == 20
    assert "content" not in short.entries[0]
    assert short.entries[0].summary == "<p>A summary.</p>"


def test_a_topic_s_feed_holds_what_is_below_it_once() -> None:
    """Who follows war gets ceasefires too, and a briefing filed under both only once."""
    found = documents(
        an_archive(a_record("aaaa", topics=("ceasefire", "war")), a_record("bbbb", topics=("war",)))
    )
    assert titles(found["topics/war/feed.xml"]) == ["bbbb", "aaaa"]
    assert titles(found["topics/ceasefire/feed.xml"]) == ["aaaa"]


def test_mentions_are_a_feed_of_their_own() -> None:
    """Who follows a country reads what is about it; what only names it is apart."""
    found = documents(an_archive(a_record("aaaa", mentions=("US",)), a_record("bbbb", countries=("US",))))
    assert titles(found["countries/united-states/feed.xml"]) == ["bbbb"]
    assert titles(found["countries/united-states/mentions.xml"]) == ["aaaa"]


def test_a_language_s_feed_shows_the_version_under_its_own_id_and_date() -> None:
    """The plain feed has the original, the French one the French version, and nobody gets both."""
    original = a_record("aaaa", "2025-03-05")
    version = a_record(
        "bbbb", "2025-03-20", lang="fr-CH", translation_of="aaaa", countries=("KE",), title="Titre"
    )
    found = documents(an_archive(original, version, site=a_site(languages=("en", "fr"))))
    assert titles(found["feed.xml"]) == ["aaaa"]
    # The English ones are just those of the plain feed.
    assert "feed.en.xml" not in found
    french = read(found["feed.fr.xml"])
    assert [entry.title for entry in french.entries] == ["Titre"]
    assert french.entries[0].published_parsed[:3] == (2025, 3, 20)
    assert ids(french) != ids(read(found["feed.xml"]))
    assert french.feed.language == "fr"
    assert french.feed.title == "Test archive (français)"
    assert french.feed.link == "https://example.org/fr/"
    # Its countries and topics are the original's, named in French.
    assert read(found["countries/ukraine/feed.fr.xml"]).entries
    assert "countries/kenya/feed.xml" not in found
    assert [tag.term for tag in french.entries[0].tags] == ["Ukraine", "Cessez-le-feu"]
    assert "atom.fr.xml" not in found


def test_an_empty_topic_has_a_valid_feed_whose_bytes_never_change() -> None:
    """A reader may follow a topic before the first briefing on it."""
    found = documents(an_archive(a_record("aaaa")))
    feed = read(found["topics/trade/feed.xml"])
    assert (feed.feed.title, feed.entries) == ("Trade – Test archive", [])
    assert b"lastBuildDate" not in found["topics/trade/feed.xml"]
    assert not {"topics/trade/atom.xml", "topics/trade/feed.json"} & found.keys()
    other = documents(an_archive(a_record("bbbb", "2025-09-09")))
    assert other["topics/trade/feed.xml"] == found["topics/trade/feed.xml"]
    assert read(documents(an_archive())["atom.xml"]).feed.updated == "2000-01-01T00:00:00+00:00"


def test_a_head_names_its_page_itself_and_its_hub() -> None:
    """A client knows where the feed lives, which page it follows, what language it is in, and whom to ask for news."""
    site = a_site(url="https://example.org/archive", path="/archive", hub="https://hub.example/?a=1&b=2")
    found = documents(an_archive(a_record("aaaa"), site=site))
    for path in ("countries/ukraine/feed.xml", "countries/ukraine/atom.xml"):
        feed = read(found[path])
        assert link(feed, "self") == f"https://example.org/archive/{path}"
        assert link(feed, "hub") == "https://hub.example/?a=1&b=2"
        assert link(feed, "related") == "https://example.org/archive/subscribe/"
        assert feed.feed.link == "https://example.org/archive/countries/ukraine/"
        assert feed.feed.title == "Ukraine – Test archive"
        assert feed.feed.subtitle == "Briefings on Ukraine"
        assert feed.feed.language == "en"
        assert b"https://example.org/archive/subscribe/ -->" in found[path]
    head = json.loads(found["countries/ukraine/feed.json"])
    assert head["hubs"] == [{"type": "WebSub", "url": "https://hub.example/?a=1&b=2"}]
    assert head["home_page_url"] == "https://example.org/archive/countries/ukraine/"
    assert head["feed_url"] == "https://example.org/archive/countries/ukraine/feed.json"
    assert head["version"] == "https://jsonfeed.org/version/1.1"
    icon = "https://example.org/archive/theme/icon.png"
    assert head["icon"] == read(found["countries/ukraine/atom.xml"]).feed.icon == icon
    # JSON Feed 1.1: a square of at least 512 pixels.
    width, height = imagesize.get(TRANSLATIONS.parent / "static" / "icon.png")
    assert width == height >= 512


def test_ids_of_feeds_differ_between_slices_and_languages_and_agree_within_one() -> None:
    """An aggregator that merges feeds by id never mixes two of ours up."""
    records = [a_record("aaaa", "2025-03-05"), a_record("bbbb", "2025-04-05")]
    found = documents(an_archive(*records, site=a_site(feed_items=1)))
    atoms = {path: read(found[path]).feed.id for path in found if "atom" in path}
    assert all(each.startswith("urn:uuid:") for each in atoms.values())
    assert atoms["atom.xml"] == atoms["atom-1.xml"]
    current = [each for path, each in atoms.items() if "atom-" not in path]
    assert len(set(current)) == len(current)


def test_without_an_address_of_the_site_the_editor_is_told() -> None:
    """Feeds need absolute addresses: a warning says which setting is missing."""
    archive = an_archive(a_record("aaaa"), site=a_site(url=""))
    assert [(p.code, p.severity) for p in check_address(view_of(archive))] == [
        ("no-siteurl", Severity.WARNING)
    ]
    assert read(documents(archive)["feed.xml"]).entries[0].link == "/briefings/aaaa/"
    assert list(check_address(view_of(an_archive(a_record("aaaa"))))) == []


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("http://localhost:8000", ["local-siteurl"]),
        ("http://127.0.0.1/briefings", ["local-siteurl"]),
        ("http://[::1]:8000", ["local-siteurl"]),
        ("http://0.0.0.0:8000", ["local-siteurl"]),
        ("https://briefings.localhost", ["local-siteurl"]),
        ("https://localhost.example", []),
        ("https://192.0.2.7", []),
    ],
)
def test_an_address_of_this_machine_is_warned_of(url: str, codes: list[str]) -> None:
    """Subscribers would keep it. A preview, which has such an address, says nothing."""
    archive = an_archive(a_record("aaaa"), site=a_site(url=url))
    assert [problem.code for problem in check_address(view_of(archive))] == codes
    preview = an_archive(a_record("aaaa"), site=a_site(url=url, preview=True))
    assert list(check_address(view_of(preview))) == []


def test_an_entry_s_element_is_built_once_however_many_feeds_hold_it() -> None:
    """The cost of a feed is its head: items are shared between all feeds of a format."""
    records = [a_record(f"e{n:03}", f"2025-03-{n + 1:02}", countries=("UA", "GB", "FR")) for n in range(10)]
    archive = an_archive(*records, site=a_site(features=("atom", "json", "feed_archives", "feed_languages")))
    held = [key for output in feed_outputs(archive) for key, _ in output.fragments]
    assert len(set(held)) == 3 * len(records)
    assert len(held) >= 6 * len(set(held))


def test_opml_lists_site_countries_topics_and_regions() -> None:
    """One file takes a reader's program to every feed that has items."""
    from lxml import etree

    root = etree.fromstring(
        documents(an_archive(a_record("aaaa", countries=("CI", "UA"), mentions=("US",))))["opml.xml"]
    )
    assert [
        (group.get("text"), [feed.get("text") for feed in group]) for group in root.iterfind("body/outline")
    ] == [
        ("Test archive", []),
        ("Countries", ["Côte d’Ivoire", "Ukraine"]),
        ("Topics", ["Ceasefire", "War"]),
        ("Regions", ["Africa", "Eastern Europe", "Europe", "Sub-Saharan Africa", "Western Africa"]),
    ]
    assert all(
        feed.get("xmlUrl", "").startswith("https://example.org/") and feed.get("type") == "rss"
        for feed in root.iterfind("body/outline/outline")
    )
