"""/corrections/ and its feed: what was wrong, in the open."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import feedparser
import pytest

from pouch.pages.outputs import Output, Stores
from pouch_archives.corrections import MOST, plan_corrections
from pouch_archives.models import CorrectionsPage
from pouch_feeds.corrections import plan_corrections_feed
from tests.archives import a_record, a_site, an_archive
from tests.commands.sites import entry, make_site, run
from tests.plans import outputs_of, view_of

RECORDS = [
    a_record("old", "2024-01-01", corrections=(("2024-01-02", "First."), ("2025-06-01", "Late."))),
    a_record("new", "2025-01-01", corrections=(("2025-02-01T08:00:00+01:00", "Of the original."),)),
    a_record(
        "neu", "2025-01-01", translation_of="new", lang="fr", corrections=(("2025-03-01", "En français."),)
    ),
    a_record("plain", "2025-01-01"),
]


def pages_of(*records: object) -> list[CorrectionsPage]:
    archive = an_archive(*records, site=a_site(languages=("en", "fr")))  # type: ignore[arg-type]  # records
    return [output.model for output in outputs_of(plan_corrections(view_of(archive)))]


def feed_of(*records: object) -> tuple[Output, str]:
    """The feed, and its bytes with the items in place."""
    archive = an_archive(*records)  # type: ignore[arg-type]  # records
    (output,) = outputs_of(plan_corrections_feed(view_of(archive)))

    built = {key: fragment.render(fragment.model, cast(Stores, None)) for key, fragment in output.fragments}
    assert output.render is not None
    return output, output.render(output.model, cast(Stores, SimpleNamespace(fragments=built))).decode()


def test_all_versions_newest_first() -> None:
    """Each correction once, with a link to the version that it was made in."""
    (page,) = pages_of(*RECORDS)
    assert [(each.correction.note, each.briefing.label, each.briefing.lang) for each in page.corrections] == [
        ("Late.", "Title of old", ""),
        ("En français.", "Title of neu", "fr"),
        ("Of the original.", "Title of new", ""),
        ("First.", "Title of old", ""),
    ]
    assert page.years == ()


def test_many_corrections_have_a_page_a_year() -> None:
    """The landing page stays light; no correction is out of reach."""
    many = tuple((f"{2020 + n % 4}-01-02", f"Note {n}.") for n in range(MOST + 10))
    landing, *years = pages_of(a_record("a", corrections=many))
    assert len(landing.corrections) == MOST
    assert [link.href for link in landing.years] == [
        f"/corrections/{year}/" for year in (2023, 2022, 2021, 2020)
    ]
    assert sum(len(page.corrections) for page in years) == MOST + 10


def test_a_subscriber_gets_each_correction_once() -> None:
    """An edited note, or one that is added, changes no identifier; the feed is dated by its newest correction."""
    output, text = feed_of(*RECORDS)
    read = feedparser.parse(text)
    assert not read.bozo
    assert [item.title for item in read.entries] == [
        "Correction: Title of old",
        "Correction: Title of neu",
        "Correction: Title of new",
        "Correction: Title of old",
    ]
    assert read.entries[0].link == "https://example.org/briefings/old/"
    assert "Late." in read.entries[0].summary
    assert output.model.updated.startswith("2025-06-01")
    edited = [
        a_record("old", "2024-01-01", corrections=(("2024-01-02", "First, edited."), ("2024-01-02", "Added."),
                                                   ("2025-06-01", "Late."))),
        *RECORDS[1:],
    ]  # fmt: skip
    again = feedparser.parse(feed_of(*edited)[1])
    known = {item.id for item in read.entries}
    assert len(known) == 4
    assert len({item.id for item in again.entries} - known) == 1


def test_an_archive_without_corrections_says_so() -> None:
    """The page and its feed are there from the first day, for those who want to follow them."""
    assert pages_of()[0].corrections == ()
    assert feedparser.parse(feed_of()[1]).entries == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = ("updated: 2025-03-06", "corrections: [{date: 2025-03-06, note: It was two.}]")
    files = {
        "entries/a.md": entry("aaaa", *lines),
        "pages/corrections-policy.md": "---\ntitle: How we correct\n---\n\nIn the open.\n",
        "pages/corrections-policy.fr.md": "---\ntitle: Nos corrections\n---\n\nÀ découvert.\n",
    }
    site = make_site(tmp_path_factory.mktemp("corrected"), files)
    outcome = run(site, "build", "--jobs", "1")
    assert outcome.exit_code == 0, outcome
    return site / "output"


def test_readers_find_list_and_policy(built: Path) -> None:
    """A briefing leads to the list, the list to the policy in the reader's language and to the feed."""
    assert '<a href="/corrections/">Corrections</a>' in (built / "briefings/a/index.html").read_text("utf-8")
    for page, policy in (("corrections", "corrections-policy"), ("fr/corrections", "fr/corrections-policy")):
        html = (built / page / "index.html").read_text("utf-8")
        assert f'href="https://example.org/{policy}/"' in html
        assert "It was two." in html
        assert 'href="/corrections/feed.xml"' in html


def test_search_engines_learn_the_policy(built: Path) -> None:
    """schema.org's correctionsPolicy and publishingPrinciples, of the publisher."""
    html = (built / "briefings/a/index.html").read_text("utf-8")
    for name in ("correctionsPolicy", "publishingPrinciples"):
        assert re.search(
            rf'"publisher":{{[^}}]+}},[^}}]*"{name}":"https://example.org/corrections-policy/"', html
        )
