"""A dossier's chart and its company."""

from __future__ import annotations

from pouch.pages.coverage import MONTHS, frequent, months
from tests.archives import a_record, an_archive
from tests.plans import view_of


def test_a_chart_has_every_month_between_the_first_and_the_last() -> None:
    """An empty month is a gap that the reader sees; a bar leads to where its year is."""
    archive = an_archive(
        a_record("aaaa", "2024-12-31"), a_record("bbbb", "2025-02-01"), a_record("cccc", "2025-02-02")
    )
    found = months(archive.of_country["UA"], {2024: "/archive/2024/", 2025: "/countries/ukraine/2025/"})
    assert [(m.period, m.count, m.href) for m in found] == [
        ("2024-12", 1, "/archive/2024/"),
        ("2025-01", 0, ""),
        ("2025-02", 2, "/countries/ukraine/2025/"),
    ]


def test_a_chart_reaches_back_five_years() -> None:
    """A long archive keeps bars that can be hit."""
    archive = an_archive(a_record("aaaa", "2001-01-01"), a_record("bbbb", "2025-02-01"))
    found = months(archive.of_country["UA"], {})
    assert len(found) == MONTHS
    assert found[-1].period == "2025-02"


def test_bars_lead_nowhere_without_years() -> None:
    """A link to a page that the site does not have would be broken."""
    archive = an_archive(a_record("aaaa"))
    assert [month.href for month in months(archive.of_country["UA"], {})] == [""]


def test_the_company_a_term_keeps_most_frequent_first() -> None:
    """Without the term itself; ties in a fixed order."""
    archive = an_archive()
    terms = [("UA", "US"), ("UA", "GB"), ("UA", "FR", "GB")]
    assert [t.key for t in frequent(view_of(archive).interface, "country", terms, ["UA"])] == [
        "GB",
        "FR",
        "US",
    ]
