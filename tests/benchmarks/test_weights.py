"""What pages of the sample site weigh: no kind of page grows without somebody's decision."""

from __future__ import annotations

import pytest

from benchmarks.weights import KINDS, sample_weights

# Compressed bytes of HTML, stylesheets and scripts, the mean of a kind: what the pages weighed before they gained their
# filters, buttons and languages (benchmarks/RESULTS.md), or less.
BUDGETS = {
    "home": 14_000,
    "briefing": 12_000,
    "country": 11_110,
    "topic": 12_100,
    "region": 13_300,
    "pair": 10_950,
    "index of countries": 11_500,
    "index of topics": 13_200,
    "archive": 10_400,
    "year": 15_000,
    "month": 10_900,
    "map": 12_350,
    "search": 18_200,
    "subscribe": 21_500,
    "text": 10_800,
}


@pytest.mark.slow
def test_no_kind_of_page_weighs_more_than_its_budget() -> None:
    """A reader on a slow line waits no longer than before."""
    weights = sample_weights()
    assert weights.keys() == KINDS.keys() == BUDGETS.keys()
    assert {kind: weight.whole for kind, weight in weights.items() if weight.whole > BUDGETS[kind]} == {}
