"""Patterns that a text can hold up: every regular expression of Pouch and its plugins, as regexploit sees it."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit import readers
from audit.findings import Finding
from pouch.site import Site
from pouch.sourcing import removals

ROOT = Path(__file__).parents[1]
_FUNCTIONS = frozenset(
    ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
)

Pattern = tuple[str, int, str]
"""(pattern, flags, where it stands)."""


def judge(_: Site) -> list[Finding]:
    """Each pattern that can take more than the square of a text's length."""
    done = subprocess.run(
        [str(readers.PYTHON), "-W", "ignore", str(Path(__file__).with_name("pattern_reader.py"))],
        input=json.dumps(sorted(patterns())),
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        Finding("patterns", place, f"a text can hold it up: {example}")
        for place, example in json.loads(done.stdout)
    ]


def patterns() -> set[Pattern]:
    """Every pattern that a module holds compiled, and every literal one that it passes to `re`."""
    found: set[Pattern] = {
        (each.pattern, each.flags, "pouch/sourcing/data/removals.toml") for each in removals.patterns()
    }
    for folder in ("pouch", "plugins"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            place = file.relative_to(ROOT).as_posix()
            found.update(_literal(file, place))
            if file.name != "__main__.py":
                name = place.removeprefix("plugins/").removesuffix(".py").removesuffix("/__init__")
                found.update(_compiled(vars(importlib.import_module(name.replace("/", "."))), place))
    return found


def _compiled(names: dict[str, object], place: str) -> Iterator[Pattern]:
    for name, value in names.items():
        several: Any = value.values() if isinstance(value, dict) else value
        for each in several if isinstance(value, dict | tuple | list) else (value,):
            if isinstance(each, re.Pattern):
                yield _text(each.pattern), each.flags, f"{place}: {name}"


def _literal(file: Path, place: str) -> Iterator[Pattern]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _FUNCTIONS
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield _text(node.args[0].value), 0, f"{place}:{node.lineno}"


def _text(pattern: object) -> str:
    return pattern.decode("latin-1") if isinstance(pattern, bytes) else str(pattern)
