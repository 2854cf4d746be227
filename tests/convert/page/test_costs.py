"""Pages that would take minutes: what is quadratic in somebody else's code is not asked of it."""

from __future__ import annotations

import pytest

from pouch.convert.page import votes
from pouch.convert.page.segments import parse, segments

TEXT = "The lock lifts a ship by twenty-six metres, and a lake between the oceans carries it over the divide."


@pytest.mark.parametrize(
    "crowd",
    [
        f"<table><tr>{'<td>1</td>' * 2_000}</tr></table>",
        f"<p>{'<a href=/b>c</a> ' * 2_000}</p>",
        f"<ul><li>{'<b>d</b> ' * 2_000}</ul>",
        "<div>e</div>" * 70_000,
    ],
)
def test_extractors_are_not_asked_about_a_crowd(crowd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An element that holds thousands, or a page of tens of thousands, gets no vote but that of its own data."""
    for name in ("trafilatura_text", "readability_text"):
        monkeypatch.setattr(votes, name, lambda _: pytest.fail("an extractor was asked"))
    tree = parse(f"<article><p>{TEXT}</p>{crowd}</article>")
    assert tree is not None
    found = segments(tree)
    assert TEXT in [segment.text for segment in found]
    assert votes.ballots(found, tree, []) == [[0.0] * len(found)] * 3


def test_extractors_are_asked_about_a_long_article() -> None:
    """Ten thousand paragraphs side by side are an article like any other."""
    tree = parse(f"<article>{f'<p>{TEXT}</p>' * 2_000}</article>")
    assert tree is not None
    found = segments(tree)
    assert all(any(vote) for vote in votes.ballots(found, tree, [])[:2])


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        (f"<p {' '.join(f'a{number}=b' for number in range(9_000))}>", []),
        (f"<p class=c {' '.join(f'a{number}' for number in range(9_000))} id=d>", []),
        (f'<p class=c data-image="data:image/png;base64,{"A" * 90_000}">', ["class", "data-image"]),
    ],
)
def test_a_tag_with_thousands_of_attributes_loses_them(tag: str, names: list[str]) -> None:
    """Its text stays; a tag that is long for one value alone stays as it is."""
    tree = parse(f"<article>{tag}{TEXT}</p></article>")
    assert tree is not None
    (paragraph,) = tree.iter("p")
    assert paragraph.text == TEXT
    assert list(paragraph.attrib) == names
