"""A deferred page's signature stands for its model: whatever changes the one changes the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pouch.archive.records import Record
from pouch_archives.briefings import plan_briefings
from pouch.pages.chapters import outputs_of
from pouch_archives.home import plan_home
from pouch.pages.outputs import Deferred
from pouch_taxonomies.taxonomies import plan_countries, plan_topics
from pouch.pages.views import Views
from tests.archives import a_record, a_site, an_archive

IDS = ("aaaa", "bbbb", "cccc", "dddd")


@st.composite
def archives(draw: st.DrawFn) -> tuple[list[Record], dict[str, object]]:
    """A few records that differ in everything a neighbour may show, and some settings."""
    records = []
    for name in IDS:
        if not draw(st.booleans()):
            continue
        original = draw(st.sampled_from((None, None, "aaaa"))) if name != "aaaa" else None
        records.append(
            a_record(
                name,
                draw(st.sampled_from(("2025-01-01", "2025-01-02", "2024-05-05"))),
                title=draw(st.sampled_from(("One", "Two"))),
                slug=draw(st.sampled_from((name, f"{name}-other"))),
                lang=draw(st.sampled_from(("en", "fr"))),
                countries=draw(st.sampled_from((("UA",), ("UA", "GB"), ("GB",)))),
                mentions=draw(st.sampled_from(((), ("US",)))),
                topics=draw(st.sampled_from((("war",), ("ceasefire", "trade")))),
                translation_of=original,
                body=draw(st.sampled_from(("1", "2"))),
                key_points=draw(st.sampled_from(((), ("A point.",)))),
            )
        )
    settings = {
        "languages": draw(st.sampled_from((("en",), ("en", "fr")))),
        "pair_minimum": draw(st.sampled_from((1, 2))),
        "path": draw(st.sampled_from(("", "/archive"))),
    }
    return records, settings


def pages(records: list[Record], settings: dict[str, object]) -> dict[str, Deferred]:
    archive = an_archive(*records, site=a_site(**settings))
    views = {lang: Views(archive, lang) for lang in archive.site.languages}
    planned = [*plan_briefings(views)]
    for of_language in views.values():
        planned += [*plan_home(of_language), *plan_countries(of_language), *plan_topics(of_language)]
    return {output.path: output.model for output in outputs_of(planned) if isinstance(output.model, Deferred)}


def _listed_as(page: Deferred) -> tuple[object, ...]:
    assert page.listed is not None
    return page.listed.url, page.listed.alternates


@given(archives(), archives(), st.sets(st.sampled_from((*IDS, "settings")), max_size=2))
def test_equal_signatures_mean_equal_pages(
    first: tuple[list[Record], dict[str, object]],
    second: tuple[list[Record], dict[str, object]],
    edited: set[str],
) -> None:
    """Nothing that a page shows is missing from its signature, so a fresh page is never a wrong one."""
    kept = [record for record in first[0] if record.id not in edited]
    others = [record for record in second[0] if record.id in edited]
    before = pages(*first)
    after = pages([*kept, *others], second[1] if "settings" in edited else first[1])
    for path, page in before.items():
        if path in after and after[path].signature == page.signature:
            assert after[path].make() == page.make()
            # What the sitemap says of it is no part of the page: a change may show nowhere on it.
            assert _listed_as(after[path]) == _listed_as(page)


@given(archives())
def test_signatures_are_the_same_every_time(archive: tuple[list[Record], dict[str, object]]) -> None:
    """The same archive, planned twice, rebuilds nothing."""
    before, after = pages(*archive), pages(*archive)
    assert {path: page.signature for path, page in before.items()} == {
        path: page.signature for path, page in after.items()
    }
