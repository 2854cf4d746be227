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
# Calls whose argument is a problem's code, by the argument's place.
CALLS = {"Problem": 3, "_problem": 2, "fault": 1, "warn": 1, "report": 1, "FrontMatterError": 2}


def reported() -> Iterator[str]:
    """Every code that stands where a problem's code stands."""
    rooms = ("content", "checks", "markdown", "vocabulary", "archive", "pages", "engine", "editing")
    folders = [*(ROOT / "pouch" / room for room in rooms), *(ROOT / "plugins").iterdir()]
    for file in (file for folder in folders for file in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            arguments = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if name in CALLS and len(node.args) > CALLS[name]:
                arguments.append(node.args[CALLS[name]])
            for argument in arguments:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def test_every_code_is_explained() -> None:
    """Whoever reads a code in square brackets can ask what it means."""
    codes = {code for code in reported() if CODE.fullmatch(code)}
    assert len(codes) > 40
    assert codes - checks().keys() == set()


def test_every_check_is_shown_by_a_site_or_says_why_not() -> None:
    """A check that nothing shows may have stopped working without anyone noticing."""
    shown: set[str] = set()
    for file in (ROOT / "tests" / "sites_invalid").glob("*/expected.txt"):
        shown.update(SHOWN.findall(file.read_text("utf-8")))
    for code, check in checks().items():
        assert bool(check.untested) != (code in shown), code
    assert shown - checks().keys() == set()


def test_the_reference_is_up_to_date() -> None:
    """docs/checks.md is generated, so it cannot say anything else than `--explain`."""
    assert (ROOT / "docs" / "checks.md").read_text("utf-8") == reference()


@pytest.mark.parametrize("code", ["slug-taken", "yaml", "not-utf-8"])
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
