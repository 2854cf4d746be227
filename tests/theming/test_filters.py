"""Filters: dates, languages and addresses as readers see them."""

from __future__ import annotations

import msgspec
import pytest

from pouch.pages import periods
from pouch.theming import filters
from tests.theming.material import CARDS, GB, GRAIN, UA, view

NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("iso", "lang", "shown"),
    [
        ("2025-03-05", "en", "5 March 2025"),
        ("2025-03-05", "en-US", "March 5, 2025"),
        ("2025-03-05T23:30:00+01:00", "en", "5 March 2025"),
        ("2025-03-01", "fr", "1 mars 2025"),
        ("2025-03-05", "de", "5. März 2025"),
        ("2025-03-05", "es", "5 de marzo de 2025"),
        ("2025-03-05", "zz-not-a-language", "5 March 2025"),
    ],
)
def test_day(iso: str, lang: str, shown: str) -> None:
    """A date stands in the order and the words of the reader's language, in the zone that it carries."""
    assert filters.day(iso, lang) == shown


@pytest.mark.parametrize(
    ("first", "last", "lang", "shown"),
    [
        ("2025-10-13", "2025-10-19", "fr", "13–19 oct. 2025"),
        ("2025-09-29", "2025-10-05", "de", "29. Sept. – 5. Okt. 2025"),
        ("2025-12-29", "2026-01-04", "en-US", "Dec 29, 2025 – Jan 4, 2026"),
    ],
)
def test_days(first: str, last: str, lang: str, shown: str) -> None:
    """Month and year stand once where both days share them."""
    assert filters.days(first, last, lang) == shown


@pytest.mark.parametrize(
    ("iso", "lang", "shown"),
    [
        ("2025-03-05", "fr", "5 mars 2025"),
        ("2025-03-05T14:30:00+01:00", "fr", "5 mars 2025, 14:30"),
        ("2025-03-05T14:30:00+01:00", "de", "5. März 2025, 14:30"),
        ("2025-03-05T14:30:00+01:00", "en", f"5 March 2025, 2:30{NARROW}pm"),
    ],
)
def test_moment(iso: str, lang: str, shown: str) -> None:
    """An update shows its time of day only where the editor gave one."""
    assert filters.moment(iso, lang) == shown


@pytest.mark.parametrize(
    ("period", "lang", "shown", "name"),
    [
        ("2025-03", "en", "March 2025", "March"),
        ("2025-03", "fr", "mars 2025", "mars"),
        ("2025-12", "es", "diciembre de 2025", "diciembre"),
    ],
)
def test_month(period: str, lang: str, shown: str, name: str) -> None:
    """A month of the archive has its name, with its year where it stands alone on a page."""
    assert (periods.month(period, lang), periods.month_name(period, lang)) == (shown, name)
    assert periods.month(period[:4], lang) == period[:4]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "en_US"),
        ("fr", "fr_FR"),
        ("pt", "pt_BR"),
        ("pt-PT", "pt_PT"),
        ("uk", "uk_UA"),
        ("zh-Hant-TW", "zh_TW"),
    ],
)
def test_locale_name(tag: str, name: str) -> None:
    """Who reads a shared page's language as a locale finds one with a territory."""
    assert filters.locale_name(tag) == name


@pytest.mark.parametrize(
    ("tag", "lang", "name"),
    [("fr", "en", "French"), ("fr", "de", "Französisch"), ("ar-EG", "en", "Arabic"), ("zz", "en", "zz")],
)
def test_language(tag: str, lang: str, name: str) -> None:
    """A card in another language says which, in the reader's own."""
    assert filters.FILTERS["language"](tag, lang) == name


@pytest.mark.parametrize(
    ("url", "path", "href", "absolute"),
    [
        ("https://example.org", "", "/topics/", "https://example.org/topics/"),
        (
            "https://example.org/archive",
            "/archive",
            "/archive/topics/",
            "https://example.org/archive/topics/",
        ),
        ("", "", "/topics/", "/topics/"),
    ],
)
def test_absolute(url: str, path: str, href: str, absolute: str) -> None:
    """Addresses in structured data are whole, at a domain's root and under a path."""
    assert filters.absolute(href, msgspec.structs.replace(view(), url=url, path=path)) == absolute


def test_tables_scroll_in_a_box_that_the_keyboard_reaches() -> None:
    """A wide table never makes the page scroll sideways, and its box can be focused and has a name."""
    box = '<div class="table-box" role="group" aria-label="A &#34;b&#34;" tabindex="0">'
    two = "<p>x</p><table><tr></tr></table>\n<table class='y'>\n</table>"
    assert filters.boxed_tables(two, 'A "b"') == (
        f"<p>x</p>{box}<table><tr></tr></table></div>\n{box}<table class='y'>\n</table></div>"
    )
    nested = '<table title="a <table> b"><tr><td><table><tr></tr></table></td></tr></table>'
    assert filters.boxed_tables(nested, 'A "b"') == f"{box}{nested}</div>"
    assert filters.boxed_tables("<p>no tablet</p>", "Table") == "<p>no tablet</p>"


def test_what_a_rivers_briefings_are_about() -> None:
    """Countries and topics of its cards, the most frequent first, then those of the newer card; not its own terms."""
    countries = filters.frequent(CARDS, "country", ())
    assert countries[:3] == (UA, GB, CARDS[1].countries[0])
    assert filters.frequent(CARDS, "country", (UA,)) == tuple(term for term in countries if term != UA)
    assert GRAIN in filters.frequent(CARDS, "topic", ())
    many = tuple(msgspec.structs.replace(UA, key=f"{number}") for number in range(20))
    crowded = (msgspec.structs.replace(CARDS[0], countries=many),)
    assert filters.frequent(crowded, "country", many[:1]) == many[1:9]


def test_an_opening_is_the_first_words() -> None:
    """Whole words of the first paragraph that has any; where no blank parts them, as many signs as fit."""
    html = "<h2>A heading</h2><p></p><p>The <em>first</em> words, and more.</p><p>Another.</p>"
    assert filters.opening(html) == "The first words, and more."
    assert filters.opening(html, 17) == "The first words…"
    assert filters.opening("<p>停火协议已经达成并且生效</p>", 4) == "停火协议…"
    assert filters.opening("<ul><li>no paragraph</li></ul>") == ""


def test_short_compounds_stay_on_one_line() -> None:
    """Short words with hyphens alone; what else a title has is text."""
    assert filters.compounds("A thirty-day <truce>") == (
        'A <span class="compound">thirty-day</span> &lt;truce&gt;'
    )
    assert filters.compounds("Nord- und Ostsee – 2024") == "Nord- und Ostsee – 2024"
    assert "<span" not in filters.compounds("Schleswig-Holstein-Sonderburg-Beck")
