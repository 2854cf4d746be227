"""The registry of checks: every code that Pouch can report is explained, and shown by a site or excused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pouch.checks.registry import checks, reference
from tests.commands.sites import run

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
SHOWN = re.compile(r"\[([a-z0-9-]+)\]$", re.MULTILINE)
# Codes of addresses that no message shows: they decide whether a visit is tried again, or with what words it is told.
INNER = {"robots", "no-copy", "too-many"}
NAMES = re.compile(r"tests/[\w/]+\.py")


def _parameters(node: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """The name of a function or class, and its parameters as a call gives them."""
    if isinstance(node, ast.FunctionDef):
        names = [argument.arg for argument in node.args.args]
        yield node.name, names[1:] if names[:1] in (["self"], ["cls"]) else names
    elif isinstance(node, ast.ClassDef):
        fields = [line.target for line in node.body if isinstance(line, ast.AnnAssign)]
        yield node.name, [field.id for field in fields if isinstance(field, ast.Name)]
        starts = [line for line in node.body if isinstance(line, ast.FunctionDef) and line.name == "__init__"]
        yield from ((node.name, [argument.arg for argument in start.args.args[1:]]) for start in starts)


def reported() -> Iterator[str]:
    """Every code that stands where a function takes a parameter `code`, in all rooms and plugins."""
    trees = {
        file: ast.parse(file.read_bytes())
        for folder in ("pouch", "plugins")
        for file in (ROOT / folder).rglob("*.py")
    }
    places: dict[str, dict[Path, int]] = {}  # function → file that defines it → place of `code`
    defined: set[tuple[str, Path]] = set()
    for file, tree in trees.items():
        for node in ast.walk(tree):
            for name, parameters in _parameters(node):
                defined.add((name, file))
                if "code" in parameters:
                    places.setdefault(name, {})[file] = parameters.index("code")
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = str(getattr(node.func, "id", "") or getattr(node.func, "attr", ""))
                by_file = places.get(name, {})
                if (name, file) in defined:
                    by_file = {file: by_file[file]} if file in by_file else {}
                arguments = [keyword.value for keyword in node.keywords if keyword.arg == "code" and by_file]
                arguments += [node.args[place] for place in set(by_file.values()) if len(node.args) > place]
                for argument in arguments:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def test_every_code_is_explained() -> None:
    """Whoever reads a code in square brackets can ask what it means."""
    codes = {code for code in reported() if CODE.fullmatch(code)}
    assert len(codes) > 100
    assert codes - checks().keys() == INNER


def test_every_check_is_shown_by_a_site_or_says_why_not() -> None:
    """A check that nothing shows may have stopped working without anyone noticing."""
    shown: set[str] = set()
    for file in (ROOT / "tests" / "sites_invalid").glob("*/expected.txt"):
        shown.update(SHOWN.findall(file.read_text("utf-8")))
    for code, check in checks().items():
        assert bool(check.untested) != (code in shown), code
    assert shown - checks().keys() == set()


def test_a_check_that_no_site_shows_names_a_test_that_does() -> None:
    """The reason is true: the file is there, and speaks of the code."""
    for code, check in checks().items():
        texts = [(ROOT / name).read_text("utf-8") for name in NAMES.findall(check.untested)]
        assert not texts or any(code in text for text in texts), code


# Calls that make a problem of content, by the place of its hint.
HINTS = {"Problem": 5, "fault": 3, "warn": 3, "FrontMatterError": 4, "Mistake": 4}


def test_every_problem_of_content_has_a_cure() -> None:
    """A message that ends with the fault leaves an editor alone with it."""
    rooms = ("content", "checks", "markdown", "vocabulary", "archive", "engine", "editing")
    without = []
    for file in (file for room in rooms for file in (ROOT / "pouch" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if not isinstance(node, ast.Call) or any(isinstance(one, ast.Starred) for one in node.args):
                continue
            name = str(getattr(node.func, "id", "") or getattr(node.func, "attr", ""))
            place = HINTS.get(name, len(node.args))
            hints = [
                *node.args[place : place + 1],
                *(word.value for word in node.keywords if word.arg == "hint"),
            ]
            if name in HINTS and not any(ast.unparse(hint) != "''" for hint in hints):
                without.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert without == []


def test_the_reference_is_up_to_date() -> None:
    """docs/checks.md is generated, so it cannot say anything else than `--explain`."""
    assert (ROOT / "docs" / "checks.md").read_text("utf-8") == reference()


@pytest.mark.parametrize("code", ["slug-taken", "yaml", "not-utf-8", "summary-only", "bad-row"])
def test_a_code_is_explained_on_the_command_line(code: str, tmp_path: Path) -> None:
    """Also outside of any site: a continuous-integration log is read elsewhere."""
    done = run(tmp_path, "check", "--explain", code)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"## {code}\n")
    assert "**Cure.**" in done.stdout


def test_an_unknown_code_gets_a_suggestion(tmp_path: Path) -> None:
    """A slip of the pen is answered with the code that was meant."""
    done = run(tmp_path, "check", "--explain", "slug-take")
    assert done.exit_code == 2
    assert "did you mean slug-taken?" in done.stderr
