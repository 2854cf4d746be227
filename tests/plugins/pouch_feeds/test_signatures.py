"""The key of a feed item stands for the item: whatever changes the one changes the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pouch.archive.records import Record
from pouch_feeds.planner import plan_feeds
from pouch.pages.chapters import outputs_of
from pouch.pages.views import Views
from tests.archives import a_record, a_site, an_archive

CHOICES: dict[str, tuple[object, ...]] = {
    "title": ("One", "Two"),
    "slug": ("aaaa", "other"),
    "lang": ("en", "fr"),
    "summary": ("", "A summary."),
    "key_points": ((), ("A point.",)),
    "countries": (("UA",), ("UA", "GB")),
    "topics": (("war",), ("ceasefire", "trade")),
    "body": ("1", "2"),
    "source_name": ("", "An agency"),
    "source_author": ("", "A writer"),
    "source_url": ("", "https://agency.example/1"),
    "corrections": ((), (("2025-03-01", "A date."),)),
}
SETTINGS: dict[str, tuple[object, ...]] = {
    "name": ("One archive", "Other archive"),
    "url": ("https://one.example", "https://two.example"),
    "timezone": ("UTC", "Asia/Tokyo"),
}


def drawn(choices: dict[str, tuple[object, ...]]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({name: st.sampled_from(values) for name, values in choices.items()})


def items(record: dict[str, object], settings: dict[str, object]) -> dict[str, object]:
    made: Record = a_record("aaaa", "2025-01-01", **record)
    archive = an_archive(made, site=a_site(**settings))
    plan = plan_feeds({lang: Views(archive, lang) for lang in archive.site.languages}, lambda _: str)
    list(outputs_of(plan.chapters))
    return dict(plan.items)


@given(
    drawn(CHOICES),
    drawn(SETTINGS),
    drawn(CHOICES),
    drawn(SETTINGS),
    st.sets(st.sampled_from((*CHOICES, *SETTINGS))),
)
def test_equal_keys_mean_equal_items(
    first: dict[str, object],
    site: dict[str, object],
    second: dict[str, object],
    other_site: dict[str, object],
    edited: set[str],
) -> None:
    """A stored item is never spliced into a feed that should say something else."""
    before = items(first, site)
    after = items(
        first | {name: second[name] for name in edited & CHOICES.keys()},
        site | {name: other_site[name] for name in edited & SETTINGS.keys()},
    )
    for key in before.keys() & after.keys():
        assert before[key] == after[key]
    if not edited:
        assert before.keys() == after.keys()
