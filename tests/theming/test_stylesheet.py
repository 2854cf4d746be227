"""The stylesheet: one file for readers, parts for designers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pouch import settings
from pouch.errors import EnvironmentFault
from pouch.theming.stylesheet import join_stylesheet

THEME = Path(settings.THEME)
CSS = THEME / "static" / "css"
MAIN = CSS / "pouch.css"
PARTS = [
    path for path in sorted(CSS.rglob("*.css")) if path not in (MAIN, CSS / "tokens.css", CSS / "print.css")
]
OF_ONE_PAGE = sorted((THEME / "static").glob("*.css"))
OTHERS = [*PARTS, *OF_ONE_PAGE]
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch|color-mix|light-dark)\(", re.IGNORECASE
)
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|"
    r"(?:min|max)-(?:width|height))\s*:|:\s*(?:left|right)\s*;"
)


def every_rule() -> str:
    """The stylesheet of all pages and those of one."""
    return "".join([join_stylesheet(MAIN), *(path.read_text(encoding="utf-8") for path in OF_ONE_PAGE)])


def test_a_file_of_one_page_leaves_the_order_of_layers_alone() -> None:
    """All its rules lie in the layer of parts, so a site's own still win; its template links to it after the others."""
    assert [path.name for path in OF_ONE_PAGE] == ["search.css", "subscribe.css"]
    for path in OF_ONE_PAGE:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
        assert text.startswith("@layer parts {")
        assert "\n}\n" not in text
        template = (THEME / "templates" / path.with_suffix(".html").name).read_text(encoding="utf-8")
        assert (
            f'{{% block head %}}<link rel="stylesheet" href="{{{{ site.path }}}}/theme/{path.name}">'
            in template
        )


def test_readers_get_one_file_without_imports() -> None:
    """Every part is in the one stylesheet, in its layer, so most pages cost one request."""
    joined = join_stylesheet(MAIN)
    assert "@import" not in joined
    assert "/*" not in joined
    for path in (CSS / "tokens.css", *PARTS):
        first_rule = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
        assert first_rule.partition("{")[0] in joined, path
    assert joined.count("{") == joined.count("}")


def test_parts_take_their_place(tmp_path: Path) -> None:
    """Imports are replaced where they stand, with a layer or without one, and comments do not travel."""
    (tmp_path / "a.css").write_text("a { top: 0 } /* note */\n", encoding="utf-8")
    main = tmp_path / "main.css"
    main.write_text(
        '/* head */\n@layer x;\n@import "a.css" layer(x);\n@import url("a.css");\nb { top: 0 }\n',
        encoding="utf-8",
    )
    assert join_stylesheet(main) == "@layer x;\n@layer x {\na { top: 0 }\n}\na { top: 0 }\nb { top: 0 }\n"


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    """A designer who misspells a part learns the line that asks for it."""
    main = tmp_path / "main.css"
    main.write_text('@layer x;\n@import "gone.css";\n', encoding="utf-8")
    with pytest.raises(EnvironmentFault, match=r"main\.css:2: .*gone\.css"):
        join_stylesheet(main)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_colours_live_in_tokens_only(path: Path) -> None:
    """Changing the site's colours takes one file."""
    assert COLOUR.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_both_directions_of_writing_are_served(path: Path) -> None:
    """An interface written from right to left is laid out as its mirror image: no rule names a physical side."""
    rules = re.sub(r"@media[^{]*", "", path.read_text(encoding="utf-8"))
    assert PHYSICAL.findall(rules) == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_no_shorthand_tells_the_sides_apart(path: Path) -> None:
    """Four values name physical sides, whatever the direction: the second and the fourth must be one."""
    found = re.findall(r"(?:margin|padding|inset):\s*([^;]+);", path.read_text(encoding="utf-8"))
    values = [re.findall(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+", each) for each in found]
    assert [each for each in values if len(each) == 4 and each[1] != each[3]] == []


def test_every_token_is_known_and_used() -> None:
    """No rule names a size or colour that does not exist, and no token lies idle."""
    tokens = set(
        re.findall(r"^\s*(--[\w-]+):", (CSS / "tokens.css").read_text(encoding="utf-8"), re.MULTILINE)
    )
    used = set(re.findall(r"var\((--[\w-]+)", every_rule()))
    assert used - tokens == set()
    assert tokens - used == set()


def test_every_rule_has_its_template() -> None:
    """A part's name in the stylesheet is its name in the templates: no rule waits for a class that nothing has."""
    markup = "".join(
        path.read_text(encoding="utf-8") for path in sorted((THEME / "templates").rglob("*.html"))
    )
    marked = set(re.findall(r"[a-z][\w-]*", " ".join(re.findall(r'class="([^"]*)"', markup))))
    marked |= {"table-box", "compound", "footnote"}  # of filters, and of Python-Markdown
    for script in sorted((THEME / "static").glob("*.js")):
        text = script.read_text(encoding="utf-8")
        marked |= set(re.findall(r'(?:className = |classList\.(?:add|toggle)\()"([\w-]+)"', text))
        marked |= set(" ".join(re.findall(r'element\("\w+", ["`]([\w\s-]+)', text)).split())
    styled = set(re.findall(r"\.([a-z][\w-]*)", every_rule()))
    # A modifier may be joined from two pieces, as in "term--{{ link.kind }}".
    unknown = {name for name in styled if name not in marked and re.sub(r"--.*", "--", name) not in marked}
    assert unknown == set()
