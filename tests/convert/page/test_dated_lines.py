"""The lines that date an article on its page, and those beside them that date something else."""

from __future__ import annotations

import pytest

from tests.convert.page.test_metadata import H1, PROSE, facts

MENU = (
    "<ul>" + "".join(f"<li><a href='/{number}'>Harbour {number}</a></li>" for number in range(20)) + "</ul>"
)
PROSE_TWICE = f"<p>{PROSE}</p><p>{PROSE}</p>"
STATED = '<meta name="date" content="2025-03-04">'


@pytest.mark.parametrize(
    ("head", "body", "when"),
    [
        # The label stands in a line of its own, far below too.
        ("", f"{H1}<dl><dt>Publié le :</dt><dd>5 mars 2025</dd></dl>", "2025-03-05"),
        ("", f"{H1}<p>{PROSE}</p><p>{PROSE}</p><p>Erschienen am</p><p>5.3.2025</p><p>9.3.2025</p>", "2025-03-05"),
        # What styles alone part.
        ("", f"{H1}<p><a href='/1'>Post</a>by <b>Mary Shelley</b><i>5 March 2025</i></p>", "2025-03-05"),
        ("", f"{H1}<p>{PROSE}</p><p><span>Beitrag</span>von reeder84 » <span>05.03.2025, 09:30</span></p>",
         "2025-03-05"),
        # A link to who wrote it holds the day too; a link to another text does not date this one.
        ("", f"{H1}<a href='/u/7'><div>von inselkind</div><div>am 05.03.2025</div></a>", "2025-03-05"),
        ("", f"{H1}<p>{PROSE}</p><a href='/2'><div>Harbours in winter</div><div>05.03.2025</div></a>", "None"),
        # A menu stands between headline and day.
        (STATED, f"{H1}{MENU}<p>5 March 2025</p>", "2025-03-05"),
        # Place or bracket at the opening of the first paragraph; a birth and a scene date no article.
        ("", f"{H1}<p>(5. März 2025) {PROSE}</p>", "2025-03-05"),
        ("", f"{H1}<p>Kiel, (05.03.2025). {PROSE}</p>", "2025-03-05"),
        ("", f"{H1}<p>KIEL, 5 March 2025 (Strait News) – {PROSE}</p>", "2025-03-05"),
        ("", f"{H1}<p>Ann Strait (5 March 2001) {PROSE}</p>", "None"),
        ("", f"{H1}<p>Kiel, 5 March 2021. {PROSE}</p>", "None"),
        # What a label calls something else; an update dates a page that says nothing else.
        ("", f"{H1}<p>Video available until:</p><p>5 March 2025, 14:00</p>", "None"),
        (STATED, f"{H1}<p>Anmeldeschluss:</p><p>05.03.2025</p>", "2025-03-04"),
        (STATED, f"{H1}<p>Letzte Änderung:</p><p>05.03.2025</p>", "2025-03-04"),
        ("", f"{H1}<p>{PROSE}</p><p>Letzte Änderung:</p><p>05.03.2025</p>", "2025-03-05"),
        # Programs write the year last; a place writes two digits of it.
        ("", f"{H1}<p>Wed Mar 05 09:34:12 +0000 2025</p>", "2025-03-05"),
        ("", f"{H1}<p>(Ancona, 5 marzo 25)</p>", "2025-03-05"),
    ],
)  # fmt: skip
def test_the_line_that_dates(head: str, body: str, when: str) -> None:
    """A day is taken from the line that is there to tell it, however it is set, and from no line about another day."""
    assert str(facts(head, body).date) == when


@pytest.mark.parametrize(
    ("script", "when"),
    [
        ('{"@type": "NewsArticle", "datePublished": ["2025-03-05"]}', "2025-03-05"),
        ('{"@type": "Report", "datePublished": {"@type": "Date", "@value": "2025-03-05"}}', "2025-03-05"),
        ('{"@type": "Organization"}\n{"@type": "NewsArticle", "datePublished": "2025-03-05"}', "2025-03-05"),
        ('//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2025-03-05"};\n//]]>', "2025-03-05"),
        ('<!-- {"@type": "NewsArticle", "datePublished": "2025-03-05"} -->', "2025-03-05"),
        ('{"@type": "NewsArticle", "datePublished": 20250305}', "None"),
        ('{"@type": "NewsArticle", "datePublished": "2025-03-05"', "2025-03-05"),
        ("", "None"),
    ],
)
def test_odd_json_ld(script: str, when: str) -> None:
    """What a page's data says is read from lists, typed values, several objects and old wrappings."""
    assert str(facts(f'<script type="application/ld+json">{script}</script>', H1).date) == when


@pytest.mark.parametrize(
    "name", ["og:article:published_time", "citation_date", "DCTERMS.issued", "published-date"]
)
def test_rarer_names_of_the_day(name: str) -> None:
    """The head's day of publication goes before a day that the page merely marks, whatever its name is."""
    marked = "<article><time datetime='2025-03-09'>9 March 2025</time></article>"
    assert (
        str(facts(f'<meta name="{name}" content="2025-03-05">', f"{H1}{PROSE_TWICE}{marked}").date)
        == "2025-03-05"
    )


def test_a_box_for_browsers_without_scripts_takes_no_page_along() -> None:
    """Where one opens what another closes, the page between them is read."""
    opened, closed = "<noscript><div id='nojava'></noscript>", "<noscript></div></noscript>"
    assert facts("", f"{opened}{H1}<p>5 March 2025</p>{closed}").title == "Ferries cross the strait again"
