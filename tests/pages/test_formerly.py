"""A renamed term or entry goes on answering at every address that it ever had."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest

from pouch.archive.archive import Archive
from pouch.pages.formerly import Former, moves_in
from pouch.pages.host_files import plan_host_files
from pouch.pages.models import RedirectPage
from pouch.pages.outputs import Output, path_of, refuse_collisions
from pouch.site import Site
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.vocabulary import Vocabulary
from tests.archives import NOW, TOPICS, a_record, a_site
from tests.plans import plan_of
from tests.plugins.pouch_feeds.documents import feed_outputs, read, rendered
from tests.plugins.pouch_feeds.walker import everything

SITE = a_site(languages=("en", "fr"), per_page=2, feed_items=3, url="https://example.org/x", path="/x")
RECORDS = [a_record(f"e{n:03}", f"202{n % 3 + 3}-03-{n + 1:02}") for n in range(9)]

Moves = Mapping[str, Mapping[str, tuple[str, ...]]]


def an_archive_with_moves(changes: Moves, site: Site = SITE) -> Archive:
    """`changes` are "countries", "topics" and "entries": key → (slug, former slugs…)."""
    countries = dict(registry_countries())
    topics = dict(TOPICS)
    for code, (slug, *former) in changes.get("countries", {}).items():
        countries[code] = msgspec.structs.replace(countries[code], slug=slug, formerly=tuple(former))
    for key, (slug, *former) in changes.get("topics", {}).items():
        topics[key] = msgspec.structs.replace(topics[key], slug=slug, formerly=tuple(former))
    moved = changes.get("entries", {})
    records = [
        msgspec.structs.replace(r, slug=moved[r.id][0], formerly=moved[r.id][1:]) if r.id in moved else r
        for r in RECORDS
    ]
    vocabulary = Vocabulary(countries, topics, registry_regions(), lang="en", languages=("en", "fr"))
    return Archive(site, vocabulary, records, now=NOW)


def planned(archive: Archive) -> list[Output]:
    """Every page and feed at its live address."""
    plan = plan_of(archive)
    return [output for group in plan.groups for output in group.outputs()]


def moved(archive: Archive, live: list[Output]) -> list[Output]:
    """What there is at former addresses, and the rules for web servers."""
    former = list(Former(archive).outputs(live))
    return [*former, *plan_host_files(archive.site, moves_in(former), (), ())]


def paths(outputs: list[Output]) -> set[str]:
    return {output.path for output in outputs}


MOVES: Moves = {
    "countries": {"UA": ("ukraine-new", "ukraine", "ukraina")},
    "topics": {"ceasefire": ("truce", "ceasefire")},
    "entries": {"e004": ("new-name", "e004", "older-name")},
}


def test_every_address_that_ever_was_is_there() -> None:
    """Numbered pages, years, pairs, both interface languages, all feeds and their archives: nothing is a 404."""
    before = planned(an_archive_with_moves({}))
    archive = an_archive_with_moves(MOVES)
    live = planned(archive)
    after = refuse_collisions([*live, *moved(archive, live)])
    assert paths(before) - paths(after) == set()
    former = paths(after) - paths(live) - {"_redirects", "redirects.map"}
    for path in (
        "countries/ukraina/page/1/index.html",
        "fr/countries/ukraina/2024/index.html",
        "fr/countries/ukraina/ceasefire/index.html",
        "countries/ukraina/truce/feed.xml",
        "countries/ukraine-new/ceasefire/index.html",
        "countries/ukraine/atom-1.xml",
        "topics/ceasefire/feed.json",
        "briefings/older-name/index.html",
    ):
        assert path in former
    assert not [
        path for path in former if path.startswith(("fr/briefings", "page/", "topics/war", "topics/trade"))
    ]


def test_a_page_s_old_address_leads_to_the_same_page() -> None:
    """Page 3 of the old country leads to page 3 of the new one, and no search engine lists it twice."""
    archive = an_archive_with_moves(MOVES)
    live = planned(archive)
    targets = {output.model.href for output in live if output.template}
    found = {o.path: o for o in moved(archive, live) if isinstance(o.model, RedirectPage)}
    for output in found.values():
        assert output.template == "redirect.html"
        assert output.model.noindex
        assert output.model.target in targets
        assert output.path == path_of(output.model.href.removeprefix("/x"))
    one = found["fr/countries/ukraina/page/1/index.html"]
    assert one.model.target == "/x/fr/countries/ukraine-new/page/1/"
    assert one.model.url == "https://example.org/x/fr/countries/ukraine-new/page/1/"
    assert one.lang == "fr"
    assert one.model.feeds[0].href == "/x/countries/ukraine-new/feed.xml"
    assert (
        found["fr/countries/ukraina/ceasefire/index.html"].model.target
        == "/x/fr/countries/ukraine-new/truce/"
    )
    assert found["briefings/e004/index.html"].model.target == "/x/briefings/new-name/"


def test_a_feed_s_old_address_goes_on_with_the_same_items() -> None:
    """A subscriber of ten years notices nothing: same items, same ids, and the feed still calls itself as before."""
    site = a_site(features=("atom", "json", "feed_archives"), feed_items=2)
    archive = an_archive_with_moves(MOVES, site)
    live = feed_outputs(archive)
    outputs = [*live, *[output for output in moved(archive, live) if output.render]]
    documents = rendered(outputs, archive.site)
    for name in ("feed.xml", "atom.xml"):
        new, old = f"countries/ukraine-new/{name}", f"countries/ukraina/{name}"
        # The walk checks that each document names its own address; its links stay in the old folder.
        assert everything(documents, new) == everything(documents, old)
        assert len(everything(documents, old)) == len(RECORDS)
    old_feed, new_feed = (
        read(documents["topics/ceasefire/atom.xml"]),
        read(documents["topics/truce/atom.xml"]),
    )
    assert old_feed.feed.id == new_feed.feed.id
    assert old_feed.feed.link == "https://example.org/topics/truce/"
    assert [entry.link for entry in old_feed.entries] == [entry.link for entry in new_feed.entries]


def test_web_servers_get_the_moves_of_pages_and_leave_feeds_alone() -> None:
    """A feed that redirected would lose the readers whose programs do not follow."""
    archive = an_archive_with_moves(MOVES)
    live = planned(archive)
    files = {
        output.path: output for output in moved(archive, live) if output.path.endswith(("redirects", ".map"))
    }
    assert set(files) == {"_redirects", "redirects.map"}
    moves = dict(files["_redirects"].model.moves)
    assert moves["/x/countries/ukraine/"] == "/x/countries/ukraine-new/"
    assert moves["/x/fr/topics/ceasefire/page/1/"] == "/x/fr/topics/truce/page/1/"
    assert not [address for address in moves if not address.endswith("/")]
    assert list(moves) == sorted(moves)
    assert not set(moves) & set(moves.values())


@pytest.mark.parametrize("moves", [{}, {"countries": {"KE": ("kenya-new", "kenya")}}])
def test_what_has_no_page_has_no_former_one(moves: Moves) -> None:
    """No redirect leads nowhere."""
    archive = an_archive_with_moves(moves)
    assert list(moved(archive, planned(archive))) == []
