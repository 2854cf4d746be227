"""docs/reliability.md: each promise has a command, and each command is there."""

from __future__ import annotations

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest

from audit.__main__ import JUDGES
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
PROMISES, _, FUZZED = PAGE.partition("## Fuzzing guided")
ROWS = [line for line in PROMISES.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
COMMANDS = re.findall(r"`((?:pytest|make|python) [^`]+)`", PAGE)


def test_every_promise_has_a_command() -> None:
    """A promise that nobody can try is none."""
    assert len(ROWS) > 20
    assert [row for row in ROWS if not re.search(r"\| (?:`(?:pytest|make) [^`]+` ?)+\|$", row)] == []


@pytest.mark.parametrize("command", dict.fromkeys(COMMANDS))
def test_every_command_is_there(command: str) -> None:
    """Files of tests, words that -k looks for, targets of make and their judges exist."""
    program, *words = shlex.split(command)
    if program == "pytest":
        chosen = re.split(r" or ", words[words.index("-k") + 1]) if "-k" in words else []
        paths = [ROOT / word for word in words if word.startswith("tests/")]
        assert paths
        assert [path for path in paths if not path.exists()] == []
        texts = "".join(path.read_text(encoding="utf-8") for path in paths if path.is_file())
        assert [word for word in chosen if not re.search(rf"def test_\w*{word}", texts)] == []
    elif program == "make":
        target, *variables = words
        assert re.search(rf"(?m)^{re.escape(target)}:", (ROOT / "Makefile").read_text(encoding="utf-8"))
        for variable in variables:
            assert variable.partition("=")[2] in JUDGES
    else:
        assert words[0] == "-m"
        assert find_spec(f"{words[1]}.__main__")


def test_the_targets_are_those_that_are_named() -> None:
    """The page says what is fuzzed."""
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", FUZZED)) == set(TARGETS)
