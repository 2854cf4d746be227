"""Scripts: one file for readers, modules for developers."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch import settings
from pouch.errors import EnvironmentFault
from pouch.theming.assets import asset_bytes
from pouch.theming.script import join_script

STATIC = Path(settings.THEME) / "static"


def script(folder: Path, **modules: str) -> Path:
    """A script `main.js` with its modules beside it in js/."""
    (folder / "js").mkdir(exist_ok=True)
    for name, text in modules.items():
        (folder / ("main.js" if name == "main" else f"js/{name}.js")).write_text(text, encoding="utf-8")
    return folder / "main.js"


def test_a_module_stands_once_before_those_that_use_it(tmp_path: Path) -> None:
    """Modules that import one another in a diamond become one script, in order; the script's own exports stay."""
    main = script(
        tmp_path,
        main='import { b } from "./js/b.js";\nimport {\n  c,\n} from "./js/c.js";\nexport const d = b + c;\n',
        a="export const a = 1;\n",
        b='import { a } from "./a.js";\nexport function b() {\n  return a;\n}\n',
        c='import { a } from "./a.js";\nexport class c {}\n',
    )
    assert join_script(main) == (
        "const a = 1;\nfunction b() {\n  return a;\n}\nclass c {}\nexport const d = b + c;\n"
    )


@pytest.mark.parametrize(
    ("modules", "fault"),
    [
        ({"main": '\nimport "./js/gone.js";\n'}, r"main\.js:2: cannot read the script .*gone\.js"),
        ({"main": 'import * as all from "./js/a.js";\n'}, r"main\.js:1: write `import \{ name \}"),
        ({"main": 'let x;\nimport other from "https://x.example/a.js";\n'}, r"main\.js:2: write"),
        (
            {"main": 'import "./js/a.js";\nconst one = 1;\n', "a": "let one = 2;\n"},
            r"main\.js: one is declared in",
        ),
    ],
)
def test_what_cannot_be_joined_is_named(tmp_path: Path, modules: dict[str, str], fault: str) -> None:
    """A developer learns the line of an import that one file cannot have, and of a name that two modules declare."""
    with pytest.raises(EnvironmentFault, match=fault):
        join_script(script(tmp_path, **modules))


def test_a_script_is_loaded_when_it_is_needed(tmp_path: Path) -> None:
    """An import within a function stays: it loads a file that is published by itself."""
    main = script(tmp_path, main='const load = () => import("./actions.js"); // later\n')
    assert asset_bytes(main) == b'const load=()=>import("./actions.js");\n'


@pytest.mark.parametrize(
    "literal",
    ["`${names.map((name) => `${name}: x  y`)}`", "`a\n  b`", "`${f({}, `x  y`)}`", "`a` + `${g(`b  c`)}`"],
)
def test_no_template_literal_is_changed(tmp_path: Path, literal: str) -> None:
    """A text within a text, or over several lines, keeps its blanks: such a script is published as it is written."""
    text = f"const a = {literal}; // why\n"
    assert asset_bytes(script(tmp_path, main=text)) == text.encode()
    assert asset_bytes(script(tmp_path, main="a = `x  ${b}` + `c  d`; // why\n")) == b"a=`x  ${b}`+`c  d`;\n"


def test_no_script_waits_for_a_file_that_is_not_published() -> None:
    """What the theme's scripts load later is there."""
    for file in sorted(STATIC.glob("*.js")):
        for part in asset_bytes(file).decode().split('import("')[1:]:
            assert (STATIC / part.partition('"')[0]).is_file(), file.name
