"""Images of a page: which are the article's, the full one of several, and what their captions say."""

from __future__ import annotations

import pytest

from pouch.convert.page.captions import is_label, without_label
from pouch.convert.page.htmlpage import structure
from pouch.convert.page.segments import parse, segments
from pouch.convert.text.markdown import render

FIRST = (
    "The ferry has crossed the strait since the 1820s, and lorries have waited on both of its banks for days, as every "
    "traveller knows and the harbour master of the time wrote down."
)
SECOND = (
    "Its captain says that the crossing takes an hour in calm weather and twice that in a storm, and that nobody has "
    "ever counted the storms of the season."
)
THIRD = (
    "A third boat is to come in the spring, if the two treasuries agree on who pays for the engine, which is the "
    "one thing they have not settled in eleven meetings."
)
FOURTH = (
    "Fishermen fear for the herring, since the new boat would come twice in an hour and turn just where the nets lie; "
    "the harbour master has promised to ask for another berth."
)


def body(figure: str) -> str:
    """The draft's body of an article with that figure between its columns."""
    return render(
        structure(
            "<main><article><h1>The ferry crosses again</h1>"
            f"<div class='col'><div><p>{FIRST}</p><p>{SECOND}</p></div></div>{figure}"
            f"<div class='col'><div><p>{THIRD}</p><p>{FOURTH}</p></div></div></article></main>"
        ).body()
    )


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        (
            '<img class="lazy blur-up" src="https://i.example/ferry-40x20.jpg">'
            '<noscript><img src="https://i.example/ferry-1200x600.jpg"></noscript>',
            "ferry-1200x600.jpg",
        ),
        (
            '<img src="https://i.example/ferry.jpg?w=50"><noscript><img src="https://i.example/ferry.jpg?w=900"></noscript>',
            "ferry.jpg?w=900",
        ),
        # The one that a script shows is as large: that in noscript only stands in for it.
        (
            '<img src="https://i.example/a.jpg?w=900"><noscript><img src="https://i.example/b.jpg?w=900"></noscript>',
            "a.jpg?w=900",
        ),
    ],
)
def test_the_full_image(markup: str, address: str) -> None:
    """Of a small preview and the image in noscript the larger one is linked, once."""
    found = body(f"<figure>{markup}<figcaption>The ferry at noon</figcaption></figure>")
    assert found.count("![") == 1
    assert f"(https://i.example/{address} " in found


def test_a_figure_between_columns() -> None:
    """A figure in boxes of its own between two columns of the article is the article's; a teaser's is not."""
    image = '<div><span>Image</span><img src="https://i.example/1.jpg"></div>'
    figure = f"<figure>{image}<figcaption>At noon</figcaption></figure>"
    assert '![](https://i.example/1.jpg "At noon")' in body(
        f"<div class='w'><div></div><div>{figure}</div></div>"
    )
    assert "![" not in body(f"<div class='related-story'><div><div>{figure}</div></div></div>")
    assert "![" not in body(f"<div><div><a href='/other'><div>{figure}</div></a></div></div>")
    assert "![" in body(f"<div><div><a href='/files/1-large.JPG?v=2'><div>{figure}</div></a></div></div>")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<div><img src='/i/ferry_noon-800x400.jpg'></div>", True),
        ("<div><a href='/big'><img src='/i/ferry_noon.jpg?w=640'></a></div>", True),
        ("<div><img src='/i/captain.jpg'></div>", False),
        ("<aside><img src='/i/ferry_noon.jpg'></aside>", False),
        (
            "<div class='lead'><div><img src='/i/captain.jpg'></div><p class='lead-img-caption'>At noon</p></div>",
            True,
        ),
    ],
)
def test_the_image_below_the_headline(markup: str, shown: bool) -> None:
    """An image above the text is the article's where the page's head names its file, or where it has a caption."""
    head = "<meta property='og:image' content='https://i.example/social/ferry_noon-1200x630.jpg'>"
    main = f"<h1>The ferry crosses again</h1><div><p>5 March 2025</p>{markup}<p>Menu</p><p>Boats</p><p>Fares</p></div>"
    article = f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    page = f"<html><head>{head}</head><body><main>{main}{article}</main>"
    text = render(structure(page, url="https://i.example/1").body())
    assert ("![" in text) == shown
    assert ('"At noon"' in text) == ("At noon" in markup)


def test_the_first_picture_of_a_gallery() -> None:
    """Of a list of pictures within the text the first is the article's; in a list of links to others none is."""
    items = [f"<li><figure><img src='https://i.example/{number}.jpg'></figure></li>" for number in (1, 2, 3)]
    found = body(f"<div><ul>{''.join(items)}</ul></div>")
    assert (found.count("!["), "1.jpg" in found) == (1, True)
    assert "![" not in body(
        f"<div><ul>{''.join(items).replace('</li>', '<a href=/1>Weather</a></li>')}</ul></div>"
    )


def test_captions_by_class() -> None:
    """A figure's caption may be named by its class; where it has an element for it, nothing else is the caption."""
    image = "<img src='https://i.example/1.jpg'>"
    named = "<div class='Figure-caption'>At noon</div><div class='Figure-credit'>(Ann Doe)</div>"
    assert '"At noon (Ann Doe)"' in body(f"<figure>{image}<div>{named}</div></figure>").replace("&#40;", "(")
    player = "<div class='player__caption'>Needs a script</div>"
    assert '"At noon"' in body(f"<figure>{image}{player}<figcaption>At noon</figcaption></figure>")


def test_captions_and_credits_stand_apart() -> None:
    """What styles alone part in a caption gets a blank between, and a word of a text does not."""
    caption = "<span>The ferry at noon.</span><span class='c'><span>Credit</span><span>Ann Doe</span></span>"
    found = body(f"<figure><img src='https://i.example/1.jpg'><figcaption>{caption}</figcaption></figure>")
    assert '"The ferry at noon. Credit Ann Doe"' in found
    tree = parse("<p><span>ha</span><span>lf</span></p>")
    assert tree is not None
    assert [segment.text for segment in segments(tree)] == ["half"]


def test_markup_in_alternative_texts() -> None:
    """Tags that were escaped in an alternative text are no part of it."""
    found = body(
        "<figure><img src='https://i.example/1.jpg' alt='Noon&lt;br&gt;&lt;i&gt;Doe&lt;/i&gt; &lt; 3'></figure>"
    )
    assert "![Noon Doe &#60; 3](https://i.example/1.jpg)" in found


def test_labels_of_captions() -> None:
    """Labels for screen readers go; a credit keeps its word."""
    assert is_label("Bildunterschrift:")
    assert without_label("Légende : Le bac à midi, vu de la rive") == "Le bac à midi, vu de la rive"
    assert without_label("2 of 14 The ferry at noon") == "The ferry at noon"
    assert without_label("3 of 4") == "3 of 4"
    assert without_label("Image: Ann Doe / River Post") == "Image: Ann Doe / River Post"
    assert without_label("Imagination at sea: a ferry of paper") == "Imagination at sea: a ferry of paper"


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        ("<img src='https://i.example/people/77.jpg' alt='Ann Doe'>", False),
        ("<figure><img src='https://i.example/people/77.jpg' alt='Ann Doe'></figure>", True),
        ("<img src='https://i.example/strait-logo-300x107.png' alt='strait'>", False),
        ("<img src='https://i.example/logo-contest.jpg' alt='The winners'>", False),
        ("<img src='https://stat.example/redot.gif?id=n7Sg' alt=''>", False),
        ("<img src='https://i.example/catalogo.jpg' alt='The ferry at noon'>", True),
    ],
)
def test_portraits_of_the_author_and_logos_are_left_out(image: str, shown: bool) -> None:
    """A loose image that is named as the author is, or whose file is a logo, is no image of the article."""
    head = "<head><meta name='author' content='Ann Doe'></head>"
    article = f"<article><h1>Ferries</h1><p>{FIRST}</p>{image}<p>{SECOND}</p><p>{THIRD}</p></article>"
    assert ("![" in render(structure(f"<html>{head}<body>{article}</body></html>").body())) == shown


@pytest.mark.parametrize("end", ["<p>Ann DOE</p>", "<p>Ann Doe</p><p>* Some names were changed</p>"])
def test_the_name_that_signs_a_text_is_no_part_of_it(end: str) -> None:
    """A byline at the end is the author's, whom the draft names in its source; a note below it stays."""
    head = "<head><meta name='author' content='Ann Doe'></head>"
    article = f"<article><h1>Ferries</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{end}</article>"
    text = render(structure(f"<html>{head}<body>{article}</body></html>").body())
    assert "doe" not in text.casefold()
    assert ("names were changed" in text) == ("names" in end)
