"""The house rules that a reader of the code relies on: one direction, no tricks, no drawers for oddments."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The one flow, left to right; rooms on one line may not import each other. See ARCHITECTURE.md.
FLOW: tuple[tuple[str, ...], ...] = (
    ("problems",),
    ("errors",),
    ("clock", "cluster", "digests"),
    ("workers",),
    ("settings", "reporting"),
    ("configuration",),
    ("site",),
    ("vocabulary",),
    ("entries",),
    ("tag",),
    ("convert",),
    ("archive",),
    ("plan",),
    ("feeds", "search", "theming"),
    ("build",),
    ("hosting",),
    ("scaffold", "serve"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
PLACE = {room: place for place, rooms in enumerate(FLOW) for room in rooms}
CODE = sorted(
    chain.from_iterable(
        (ROOT / folder).rglob("*.py") for folder in ("pouch", "plugins", "tests", "benchmarks")
    )
)


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in it, with the line."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def test_no_room_imports_what_stands_further_right() -> None:
    """The converter cannot come to depend on the theme, nor an entry on the build."""
    wrong = []
    for file in (ROOT / "pouch").rglob("*.py"):
        room = file.relative_to(ROOT / "pouch").with_suffix("").parts[0]
        if room == "__init__":
            continue
        assert room in PLACE, f"pouch/{room} has no place in the flow; give it one here"
        for name, line in imports(file):
            package, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if package == "pouch" and other in PLACE and other != room and PLACE[other] >= PLACE[room]:
                wrong.append(f"{file.relative_to(ROOT)}:{line}: {room} imports {other}")
    assert wrong == []


def test_plugins_share_only_pouch() -> None:
    """Each adapter can be taken out without breaking another; the package never needs one."""
    plugins = {path.name for path in (ROOT / "plugins").iterdir() if (path / "__init__.py").is_file()}
    assert plugins
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: imports {name}"
        for folder in ("plugins", "pouch")
        for file in (ROOT / folder).rglob("*.py")
        for name, line in imports(file)
        if (other := name.partition(".")[0]) in plugins and other != file.relative_to(ROOT / folder).parts[0]
    ]
    assert wrong == []


def test_nothing_touches_the_import_path() -> None:
    """What is imported is what was installed."""
    wrong = []
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Attribute) and node.attr == "path":
                owner = node.value
                if isinstance(owner, ast.Name) and owner.id == "sys":
                    wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_every_module_serves_a_noun() -> None:
    """No drawer for oddments, and no module that has two things in it."""
    for file in CODE:
        assert file.stem not in {"utils", "util", "helpers", "common", "misc"}, file
    long = {
        str(file.relative_to(ROOT)): lines
        for file in CODE
        if file.is_relative_to(ROOT / "pouch") and (lines := len(file.read_text().splitlines())) > 400
    }
    assert long == {}


def test_tests_mirror_the_package() -> None:
    """The tests of pouch/convert/html.py are found in tests/convert/."""
    rooms = {
        path.name for path in (ROOT / "pouch").iterdir() if path.is_dir() and (path / "__init__.py").is_file()
    }
    assert {room for room in rooms if not list((ROOT / "tests" / room).glob("test_*.py"))} == set()


@pytest.mark.parametrize("heavy", ["pelican", "rich", "lxml", "feedgen", "numpy", "py3langid", "pycountry"])
def test_the_command_line_starts_light(heavy: str) -> None:
    """`pouch --help` and a build with nothing to do wait for no library that they do not use."""
    code = f"import sys, pouch.cli, pouch.site, pouch.reporting; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
