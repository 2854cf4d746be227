"""What the judge of mails finds, and what it passes over."""

from __future__ import annotations

from audit.mail import complaints

YES, NO = (
    {"outlook": {"windows": {"2016": "n", "2019": "y"}}},
    {"outlook": {"windows": {"2016": "y", "2019": "n"}}},
)
PART = {"gmail": {"ios": {"2020": "a #1"}}, "sfr": {"ios": {"2020": "n"}}}


def feature(title: str, stats: object, **notes: str) -> dict[str, object]:
    return {"title": title, "description": "", "stats": stats, "url": "a", "notes_by_num": notes or None}


FEATURES = {
    "css-float": feature("float", NO),
    "css-margin": feature("margin", PART, **{"1": "Not below zero."}),
    "css-at-media-hover": feature("@media (hover), @media (any-hover)", NO),
    "css-unit-vw": feature("vw unit", NO),
    "css-function-min": feature("min()", NO),
    "css-selector-child": feature("Child combinator", NO),
    "css-display-grid": feature("display:grid", NO),
    "html-p": feature("<p> element", YES),
    "html-h1-h6": feature("<h1> to <h6> elements", NO),
    "html-hidden": feature("hidden attribute", NO),
    "html-anchor-links": feature("Local anchors", NO),
}


def test_what_large_clients_do_not_take_is_found() -> None:
    """In its newest version, wherever it stands; a reason passes only its own uses."""
    cases = {
        "<p>": "",
        '<p style="margin-top:1px">': "",
        '<p style="margin-top:-1px">': "property margin-top on <p> (-1px): gmail ios: Not below zero. (a)",
        '<p style="float:left">': "property float on <p> (left): outlook windows: takes none (a)",
        "<h3>": "element h3: outlook windows: takes none (a)",
        "<p hidden>": "attribute hidden on <p>: outlook windows: takes none (a)",
        '<a href="#x">': "link anchor on <a> (#x): outlook windows: takes none (a)",
        '<p style="width:5vw">': "unit vw on <p> (5vw): outlook windows: takes none (a)",
        '<p style="width:min(1px,2px)">': "function min on <p> (min(1px,2px)): outlook windows: takes none (a)",
        '<p style="display:grid">': "pair display:grid on <p> (grid): outlook windows: takes none (a)",
        "<style>@media (hover) { p > b { color:red } }</style>": "at-rule media hover (@media (hover)):",
        "<style>p > b { color: red }</style>": "selector child (p > b): outlook windows: takes none (a)",
        "<blink>": "element blink: the data do not name it",
        '<p onclick="">': "attribute onclick on <p>: the data do not name it",
    }  # fmt: skip
    for html, expected in cases.items():
        found = [each for each in complaints(html, FEATURES) if expected and each.startswith(expected)]
        assert bool(found) == bool(expected), (html, list(complaints(html, FEATURES)))
    assert list(complaints("<p>a</p>", FEATURES)) == []
    assert list(complaints('<a href="https://example.org/#x">', FEATURES)) == []
