"""How a page's article is chosen among its segments."""

from __future__ import annotations

import numpy as np
import pytest

from pouch.convert.page.choosing import article_trees, once, page_evidence
from pouch.convert.page.completing import complete
from pouch.convert.page.htmlpage import read_page, structure
from pouch.convert.page.segments import Segment, parse, segments
from pouch.convert.page.trees import Model, Trees
from pouch.convert.page.votes import votes

LONG = (
    "The lock lifts a ship by twenty-six metres, and a lake between the oceans carries it over the divide. "
    * 2
)


def found_in(page: str) -> list[Segment]:
    """The segments of a page."""
    tree = parse(page)
    assert tree is not None
    return segments(tree)


def kept(page: str, probabilities: list[float]) -> list[str]:
    """The texts that are the article's once wholes are judged as wholes."""
    found = found_in(page)
    return [segment.text for segment, keep in zip(found, complete(found, probabilities), strict=True) if keep]


LIST = "<ul><li>one</li><li>two</li><li>three</li></ul>"
ITEMS = ("one", "two", "three")
LINKS = "<ul><li><a href='/1'>one</a></li><li><a href='/2'>two</a></li><li><a href='/3'>three</a></li></ul>"


@pytest.mark.parametrize(
    ("page", "probabilities", "expected"),
    [
        # A list between paragraphs of the article is there with all its items, unless it is a list of links.
        (f"<div><p>before</p>{LIST}<p>after</p></div>", [0.9, 0.1, 0.6, 0.1, 0.9], ["before", *ITEMS, "after"]),
        (f"<div><p>before</p>{LIST}<p>after</p></div>", [0.9, 0.02, 0.02, 0.02, 0.9], ["before", *ITEMS, "after"]),
        (f"<div><p>before</p>{LINKS}<p>after</p></div>", [0.9, 0.1, 0.1, 0.1, 0.9], ["before", "after"]),
        # A list elsewhere on the page is not.
        (f"<div><p>before</p><p>after</p></div><div>{LIST}</div>", [0.9, 0.9, 0.1, 0.1, 0.1], ["before", "after"]),
        # A heading goes with the text below it.
        ("<div><p>one</p><h2>Head</h2><p>two</p></div>", [0.9, 0.2, 0.9], ["one", "Head", "two"]),
        ("<div><p>one</p><p>two</p><h2>Head</h2></div>", [0.9, 0.9, 0.2], ["one", "two"]),
        # A short paragraph at the end stands with the others; a line of boilerplate does not.
        ("<div><p>one</p><p>two</p><p>last</p></div>", [0.9, 0.9, 0.1], ["one", "two", "last"]),
        ("<div><p>one</p><p>two</p><p>Read also: three</p></div>", [0.9, 0.9, 0.1], ["one", "two"]),
        ("<div><p>one</p><p>two</p></div><div><p>other</p></div>", [0.9, 0.9, 0.1], ["one", "two"]),
        # One that is nearly chosen stands with any paragraph of the article, wherever most of it is.
        (f"<div><p>one</p><ul><li>{LONG}</li></ul><p>last</p></div>", [0.9, 0.9, 0.5], ["one", LONG.strip(), "last"]),
        (f"<div><p>one</p><ul><li>{LONG}</li></ul><p>last</p></div>", [0.9, 0.9, 0.3], ["one", LONG.strip()]),
        # The heading of key points goes with them, if it is a paragraph too.
        (f"<p>one</p><div><p>Key points</p>{LIST}</div>", [0.9, 0.2, 0.9, 0.9, 0.9], ["one", "Key points", *ITEMS]),
        (f"<p>one</p><div><p>Sections</p>{LIST}</div>", [0.9, 0.2, 0.9, 0.9, 0.9], ["one", *ITEMS]),
        ("<p>one</p>", [0.1], []),
    ],
)  # fmt: skip
def test_wholes(page: str, probabilities: list[float], expected: list[str]) -> None:
    """What a page marks up as one thing, in the midst of its article, is judged as one thing."""
    assert kept(page, probabilities) == expected


COPY = f"<p>{LONG}</p>"


@pytest.mark.parametrize(
    ("page", "probabilities", "places"),
    [
        # A gallery's caption below its picture and once more below its enlargement is one caption.
        (f"<div>{COPY}{COPY}<p>on</p></div>", [0.9, 0.9, 0.9], [0, 2]),
        # What a page shows elsewhere too stays where it is likelier the article's.
        (f"<div><h2>{LONG}</h2></div><div>{COPY}<p>on</p></div>", [0.6, 0.9, 0.9], [1, 2]),
        (f"<div>{COPY}<p>on</p></div><div>{COPY}</div>", [0.9, 0.9, 0.9], [0, 1]),
        # An article may say the same twice: a refrain, a recipe.
        (f"<div>{COPY}<p>verse</p>{COPY}</div>", [0.9, 0.9, 0.9], [0, 1, 2]),
        # What breaks off with dots is a teaser of it, wherever it stands.
        (f"<div>{COPY}<p>on</p><p>{LONG} to...</p></div>", [0.9, 0.9, 0.9], [0, 1]),
        (f"<div><p>{LONG} to …</p><p>on</p>{COPY}</div>", [0.95, 0.9, 0.9], [1, 2]),
        (f"<table><tr><td>{LONG}</td><td>{LONG}</td></tr></table>", [0.9, 0.9], [0, 1]),
    ],
)
def test_a_text_that_is_shown_twice_is_chosen_once(
    page: str, probabilities: list[float], places: list[int]
) -> None:
    """A page shows captions, summaries and first paragraphs in two places; the article has them once."""
    found = found_in(page)
    chosen = once(found, [True] * len(found), probabilities)
    assert [place for place, keep in enumerate(chosen) if keep] == places


@pytest.mark.parametrize(
    ("text", "vote"),
    [
        (LONG, 1.0),
        ("not there at all, in no line of it", 0.0),
        ("the lake", 0.0),
        ("a ship", 0.4),  # a part of a line: perhaps by chance
        ("Locks", 1.0),  # a line of its own
        ("", 0.0),
    ],
)
def test_votes(text: str, vote: float) -> None:
    """How surely an extractor's text holds a segment: whole, not, or perhaps by chance."""
    segment = Segment(None)
    segment.text = text
    assert votes([segment], f"Locks\n{LONG}") == [vote]


def test_trees() -> None:
    """A model is the mean of its sets of trees, whose leaves add up to log-odds."""
    model = Model(
        about="",
        evidence=2,
        models=1,
        depth=2,
        feature=[[0, -1, 1, -1, -1], [-1, -1, -1, -1, -1]],
        threshold=[[0.5, 0, 2.0, 0, 0], [0, 0, 0, 0, 0]],
        left=[[1, 1, 3, 3, 4], [0, 1, 2, 3, 4]],
        right=[[2, 1, 4, 3, 4], [0, 1, 2, 3, 4]],
        value=[[0, -1.0, 0, 2.0, 3.0], [1.0, 0, 0, 0, 0]],
    )
    rows = np.array([[0.5, 9], [0.6, 2], [0.6, 3]], np.float32)
    expected = 1 / (1 + np.exp(-np.array([0.0, 3.0, 4.0])))
    assert np.allclose(Trees(model).probabilities(rows), expected)


def test_the_model_fits_the_evidence() -> None:
    """The model that the package carries was fitted on as many columns as a page's evidence has."""
    page = read_page(f"<h1>Locks</h1><p>{LONG}</p><p>Menu</p>")
    assert page is not None
    rows = page_evidence(page.segments, page.tree, page.headline, page.items)
    assert rows.shape == (3, article_trees().columns)
    assert np.isfinite(rows).all()


TABLE = "<table><tr><th>Lock</th><th>Lift</th></tr><tr><td>Gatun</td><td>26 m</td></tr></table>"


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        (TABLE, ["| Lock | Lift |\n| --- | --- |\n| Gatun | 26 m |"]),
        # A table in a table lays out a page.
        (f"<table><tr><td>a</td><td>{TABLE}</td></tr></table>", ["| Lock | Lift |\n| --- | --- |\n| Gatun | 26 m |"]),
        ("<table><tr><td>a | b</td><td><b>c</b> d<tr><td>e</td><td></td></tr><tr><td>f</td><td>g</td></tr></table>",
         ["| a \\| b | **c** d |\n| --- | --- |\n| e |  |\n| f | g |"]),
    ],
)  # fmt: skip
def test_tables(page: str, markdown: list[str]) -> None:
    """A table of data is a table; one that lays out a page is the text in its cells."""
    blocks = structure(page, whole=True).body()
    tables = [block.markdown for block in blocks if block.role == "table"]
    assert tables == markdown


def test_a_linked_sentence_that_introduces_a_quotation_stays() -> None:
    """A paragraph that is a link and ends with a colon belongs to the quotation below it, and else to nothing."""
    told = "<p><a href='/1'>The Strait Post reported on it:</a></p>"
    for following, kept in (("<blockquote><p>Said.</p></blockquote>", True), ("<p>Further on.</p>", False)):
        page = parse(f"<article><p>Before.</p>{told}{following}<p>After.</p></article>")
        assert page is not None
        found = segments(page)
        probabilities = [0.0 if "Post" in segment.text else 0.9 for segment in found]
        chosen = complete(found, probabilities)
        assert any("Post" in one.text and keep for one, keep in zip(found, chosen, strict=True)) == kept


ARTICLE = (
    "The ferry has crossed the strait since the 1820s, and lorries have waited on both of its banks for days, as every "
    "traveller knows and the harbour master wrote down.",
    "Its captain says that the crossing takes an hour in calm weather and twice that in a storm, as all say.",
    "A third boat is to come in the spring, if the two treasuries agree on who pays for the engine of the boat.",
)
PROSE = "".join(f"<p>{text}</p>" for text in ARTICLE)


def kept_text(markup: str) -> str:
    """The text of a page's article with that body."""
    return structure(f"<body><div>{markup}</div></body>").plain()


def test_other_news_above_the_headline_is_left_out() -> None:
    """A box of news above the headline is not the article's, though its heading is one of key points; below it is."""
    box = "<div><div>In brief</div><div>The market opens later.</div><div>The school has a roof again.</div></div>"
    assert "market" not in kept_text(f"{box}<h1>The ferry crosses again</h1>{PROSE}")
    assert "market" in kept_text(f"<h1>The ferry crosses again</h1>{box}{PROSE}")


def test_a_number_of_comments_in_a_line_is_no_part_of_it() -> None:
    """The number that a script writes before each paragraph is left out; other numbers stay."""
    counter = "<a class='comments_count' href='#c'>0</a>"
    assert f"\n{ARTICLE[1]}" in kept_text(
        f"<h1>The ferry</h1><p>{ARTICLE[0]}</p><p>{counter}{ARTICLE[1]}</p>{PROSE}"
    )
    assert "12 boats" in kept_text(
        f"<h1>The ferry</h1>{PROSE}<p><b class='number'>12</b> boats lie at the pier today.</p>"
    )


@pytest.mark.parametrize(
    ("quote", "kept"),
    [
        ("<blockquote>the crossing takes an hour in calm weather</blockquote>", False),
        ("<p class='pull-quote'>«The crossing takes an hour in weather twice calm»</p>", False),
        ("<blockquote>Nobody else says that the crossing takes an hour</blockquote>", True),
        ("<p>the crossing takes an hour in calm weather</p>", True),
    ],
)
def test_what_is_quoted_from_the_text_itself(quote: str, kept: bool) -> None:
    """A quotation that is set beside the text and stands in it too is left out; what others say stays."""
    page = f"<h1>The ferry</h1><article><p>{ARTICLE[0]}</p>{quote}<p>{ARTICLE[1]}</p><p>{ARTICLE[2]}</p></article>"
    assert (kept_text(page).casefold().count("crossing takes an hour") == 2) == kept


def test_a_first_paragraph_is_kept_beside_a_standfirst_that_says_the_same() -> None:
    """Of a heading and a paragraph with the same words the paragraph is the text."""
    found = structure(f"<article><h1>The ferry</h1><div><h2>{ARTICLE[0]}</h2></div>{PROSE}</article>")
    assert ARTICLE[0] in found.plain()


def test_lines_in_brackets() -> None:
    """What leads to another article is boilerplate in brackets too, and a line of nothing but a link in brackets."""
    also = "<p>(Le puede interesar: <a href='/1'>El mercado abre tarde</a>)</p><p><a href='/2'>( El mercado )</a></p>"
    text = kept_text(
        f"<h1>The ferry</h1><article>{PROSE}{also}{PROSE.replace('The', 'That')}<p>(It sails at noon.)</p></article>"
    )
    assert "mercado" not in text
    assert "(It sails at noon.)" in text


def test_a_bold_line_above_an_image_is_a_subhead() -> None:
    """An image between a subhead and its text does not part them."""
    figure = "<figure><img src='https://i.example/1.jpg'><figcaption>At noon</figcaption></figure>"
    text = f"<p>{ARTICLE[0]}</p><p><b>The captain</b></p>{figure}<p>{ARTICLE[1]}</p><p>{ARTICLE[2]}</p>"
    found = structure(f"<article><h1>The ferry</h1>{text}</article>")
    assert [block.text for block in found.blocks if block.role == "subhead"] == ["The captain"]


@pytest.mark.parametrize("line", ["Main image credit: Getty", "Фото Strait.example", "Фото: Anna Doe"])
def test_credits_of_images(line: str) -> None:
    """A line that says who took a picture is no part of the text."""
    assert line not in kept_text(f"<h1>The ferry</h1><article>{PROSE}<p>{line}</p></article>")
