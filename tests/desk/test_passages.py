"""An article in passages: every passage is there once, and kept ones are the body, byte for byte."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.convert.drafts.drafting import parse_article
from pouch.convert.intake.article import Article
from pouch.convert.text.markdown import render
from pouch.desk.passages import REMOVED, Passage, body_of, merged, of_article, of_body
from pouch.markdown.images import ImageFile
from pouch.markdown.renderer import Renderer
from tests.desk.sites import ARTICLE

RENDERER = Renderer(prefix="", images=lambda _: ImageFile(), url="")
PAGE = """<html><head><title>Grain leaves</title></head><body><nav><a href="/">Home</a> <a href="/a">All</a></nav>
<article><h1>Grain leaves the port of Odesa</h1><p>By Mary Shelley</p><p>Three ships with grain left the port of
Odesa in Ukraine on Wednesday, the first since the storm, the port authority said in the evening.</p>
<h2>What was asked</h2><ol><li>Insurers asked for an <em>inspection</em>.</li><li>Divers came from Turkey.</li></ol>
<blockquote><p>The quays are sound.</p><p>We may leave.</p></blockquote><p>The port wants to reach its old figures
before the summer begins, it said, and that is a matter of weeks.</p></article>
<aside><p>Read also: storms of the year</p></aside></body></html>"""
BODIES = [
    "One.\n\nTwo.",
    "One.\n\n\nTwo, after two empty lines.",
    "## Head\nright below",
    "- a\n- b\n\n    of b\n- c\n\n1. one\n2. two",
    "> a\n>\n> b\n\n| a | b |\n| - | - |\n| 1 | 2 |",
    "```\ncode\n\n- no item\n```\n\nAfter.",
    "<!-- -->\n\n* * *\n\nEnd  \nof all",
]


@pytest.mark.parametrize(
    "article", [Article("-", text=ARTICLE), Article("-", html=PAGE)], ids=["text", "page"]
)
def test_kept_passages_are_the_draft(article: Article) -> None:
    """What the desk shows of an article is what `pouch convert` writes, and what was dropped stands where it was."""
    parts = parse_article(article)
    passages = of_article(parts)
    assert body_of(passages) == render(parts.body()).rstrip("\n")
    dropped = [each.text for each in passages if each.rule]
    assert dropped == [" ".join(one.text.split()) for one in parts.report.dropped]
    assert dropped


@pytest.mark.parametrize("body", BODIES)
def test_a_body_is_its_passages(body: str) -> None:
    """To open a file and save it changes no byte of its body."""
    assert body_of(of_body(body, RENDERER, "en")) == body


@given(st.lists(st.sampled_from([*BODIES, "plain", "- item", "3. third"]), min_size=1, max_size=6))
def test_any_bodies_together_are_their_passages(bodies: list[str]) -> None:
    """Whatever stands beside what."""
    body = "\n\n".join(bodies)
    assert body_of(of_body(body, RENDERER, "en")) == body


def test_a_passage_comes_and_goes() -> None:
    """Left out and restored, a passage is where it was; a dropped one comes back as a paragraph of its own."""
    passages = of_article(parse_article(Article("-", text=ARTICLE)))
    whole = body_of(passages)
    for place, passage in enumerate(passages):
        if passage.field:
            continue
        changed = list(passages)
        if passage.rule:
            changed[place] = msgspec.structs.replace(passage, rule="", added=True)
            assert body_of(changed).replace(f"\n\n{passage.markdown}", "") == whole
        else:
            changed[place] = msgspec.structs.replace(passage, rule=REMOVED)
            assert passage.markdown not in body_of(changed)
            assert body_of(changed).count("\n\n") == whole.count("\n\n") - 1


def test_items_stay_a_list_when_one_is_left_out() -> None:
    """Items are parted as items are, paragraphs as paragraphs are."""
    passages = of_body("Before.\n\n- a\n- b\n- c", RENDERER, "en")
    passages[2] = msgspec.structs.replace(passages[2], rule=REMOVED)
    assert body_of(passages) == "Before.\n\n- a\n- c"
    passages.insert(2, Passage("", "New.", "New.", added=True))
    assert body_of(passages) == "Before.\n\n- a\n\nNew.\n\n- c"


def test_a_file_is_shown_among_what_was_dropped() -> None:
    """An edited draft is shown with the article's dropped passages; what its editor took out stands marked."""
    article = of_article(parse_article(Article("-", text=ARTICLE)))
    kept = [each for each in article if not each.rule and not each.field]
    body = "\n\n".join([kept[0].markdown, "A line by the editor.", *(each.markdown for each in kept[2:])])
    shown = merged(article, of_body(body, RENDERER, "en"))
    assert body_of(shown) == body
    assert [each.text for each in shown if each.rule == REMOVED] == [kept[1].text]
    assert [each.rule for each in shown if each.rule and each.rule != REMOVED] == [
        each.rule for each in article if each.rule
    ]


def test_what_was_restored_is_shown_once() -> None:
    """A dropped passage that is in the file is no dropped one any more; an image that was stored is the same image."""
    article = of_article(parse_article(Article("-", text=ARTICLE)))
    image = Passage("image", "A quay", "![A quay](https://a.example/quay.jpg)", "\n\n")
    article.append(image)
    dropped = next(each for each in article if each.rule)
    shown = [
        msgspec.structs.replace(each, rule="", added=True) if each is dropped else each for each in article
    ]
    body = body_of(shown).replace("https://a.example/quay.jpg", "images/quay.jpg")
    again = merged(article, of_body(body, RENDERER, "en"))
    assert body_of(again) == body
    assert [each.markdown for each in again].count(dropped.markdown) == 1
    assert [each for each in again if each.rule] == []
