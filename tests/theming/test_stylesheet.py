"""The stylesheet: one file for readers, parts for designers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pouch import settings
from pouch.errors import EnvironmentFault
from pouch.theming.stylesheet import join_stylesheet

STATIC = Path(settings.THEME) / "static"
CSS = STATIC / "css"
SHEETS = sorted(STATIC.glob("*.css"))
PARTS = [path for path in sorted(CSS.rglob("*.css")) if path.name not in ("tokens.css", "print.css")]
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch|color-mix|light-dark)\(", re.IGNORECASE
)
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|"
    r"(?:min|max)-(?:width|height))\s*:|:\s*(?:left|right)\s*;"
)


def every_rule() -> str:
    """All files that designers edit."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(CSS.rglob("*.css")))


def test_each_part_is_in_a_sheet() -> None:
    """Nothing is written that no page has; a part names a file; templates of a site's own get all parts in `parts`."""
    imports = {path.name: re.findall(r'@import "css/([^"]+)"', path.read_text("utf-8")) for path in SHEETS}
    assert {name for names in imports.values() for name in names} == {
        path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")
    }
    assert all(len(names) == len(set(names)) for names in imports.values())
    of_one_page = {"parts/search.css", "parts/subscribe.css"}
    others = {name for names in imports.values() for name in names} - {
        *imports["pouch.css"],
        *imports["parts.css"],
    }
    assert others == of_one_page


def test_parts_come_in_one_order() -> None:
    """A rule that wins on one page wins on every other: sheets name the parts that they share in the same order."""
    orders = [re.findall(r'@import "css/parts/([^"]+)"', path.read_text("utf-8")) for path in SHEETS]
    whole = next(order for order, path in zip(orders, SHEETS, strict=True) if path.name == "parts.css")
    for order, path in zip(orders, SHEETS, strict=True):
        shared = [name for name in order if name in whole]
        assert shared == [name for name in whole if name in shared], path.name


def test_every_template_names_a_sheet_and_a_script() -> None:
    """A page of Pouch's has two stylesheets and not all of them, and no script that it does not need."""
    for path in sorted((STATIC.parent / "templates").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        if '{% extends "base.html" %}' in text:
            sheet, script = (
                re.search(rf"{{% block {name} %}}(\w*){{%", text) for name in ("sheet", "script")
            )
            assert sheet, path.name
            assert script, path.name
            assert (STATIC / f"{sheet[1]}.css").is_file(), path.name
            assert not script[1] or (STATIC / f"{script[1]}.js").is_file(), path.name


def test_readers_get_files_without_imports() -> None:
    """Every part is in its sheet, in its layer, without what only designers read."""
    for path in SHEETS:
        joined = join_stylesheet(path)
        assert "@import" not in joined
        assert "/*" not in joined
        assert joined.count("\n") == 1
        assert joined.count("{") == joined.count("}")


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ('/* head */\n@layer x;\n@import "a.css" layer(x);\n@import url("a.css");\nb { top: 0 }\n',
         "@layer x;@layer x{a{top:0}}a{top:0}b{top:0}"),
        ('@import "a.css" layer(x);\n@import "a.css" layer(x);', "@layer x{a{top:0}a{top:0}}"),
        ("a :is(b, i) , u > s { margin: 0 auto -0.5em 10.0em; }", "a :is(b,i),u>s{margin:0 auto -.5em 10.0em}"),
        (".a :hover{color:red;;}", ".a :hover{color:red;}"),
        ("a:not( .b ) .c :first-child{}", "a:not( .b ) .c :first-child{}"),
        ('a::before { content: " /* , */ ;} \\" x" }', 'a::before{content:" /* , */ ;} \\" x"}'),
        ("@media (min-width: 1px) and (width < 2px) { a { inset: calc(1px + 2px) } }",
         "@media (min-width:1px) and (width < 2px){a{inset:calc(1px + 2px)}}"),
        ("/*! a licence, kept */ a{} /* it's gone */", "/*! a licence, kept */ a{}"),
        ("a { --x: 1px , 2px; color: var(--x , red) }", "a{--x:1px,2px;color:var(--x,red)}"),
    ],
)  # fmt: skip
def test_what_only_designers_read_is_left_out(tmp_path: Path, written: str, published: str) -> None:
    """Imports are replaced where they stand, in their layer or without one; blanks go where they mean nothing."""
    (tmp_path / "a.css").write_text("a { top: 0 } /* note */\n", encoding="utf-8")
    main = tmp_path / "main.css"
    main.write_text(written, encoding="utf-8")
    assert join_stylesheet(main) == published + "\n"


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    """A designer who misspells a part learns the line that asks for it."""
    main = tmp_path / "main.css"
    main.write_text('@layer x;\n@import "gone.css";\n', encoding="utf-8")
    with pytest.raises(EnvironmentFault, match=r"main\.css:2: .*gone\.css"):
        join_stylesheet(main)


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_colours_live_in_tokens_only(path: Path) -> None:
    """Changing the site's colours takes one file."""
    assert COLOUR.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_both_directions_of_writing_are_served(path: Path) -> None:
    """An interface written from right to left is laid out as its mirror image: no rule names a physical side."""
    rules = re.sub(r"@media[^{]*", "", path.read_text(encoding="utf-8"))
    assert PHYSICAL.findall(rules) == []


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
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
        path.read_text(encoding="utf-8") for path in sorted((STATIC.parent / "templates").rglob("*.html"))
    )
    marked = set(re.findall(r"[a-z][\w-]*", " ".join(re.findall(r'class="([^"]*)"', markup))))
    marked |= {"table-box", "compound", "footnote"}  # of filters, and of Python-Markdown
    for script in sorted(STATIC.rglob("*.js")):
        text = script.read_text(encoding="utf-8")
        marked |= set(re.findall(r'(?:className = |classList\.(?:add|toggle)\()"([\w-]+)"', text))
        marked |= set(" ".join(re.findall(r'element\("\w+", ["`]([\w\s-]+)', text)).split())
    styled = set(re.findall(r"\.([a-z][\w-]*)", every_rule()))
    # A modifier may be joined from two pieces, as in "term--{{ link.kind }}".
    unknown = {name for name in styled if name not in marked and re.sub(r"--.*", "--", name) not in marked}
    assert unknown == set()
