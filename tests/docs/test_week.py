"""The week in the editors' guide is a real one: its commands are run, and print what the guide shows.

`GOLDEN=write` writes the output anew; read the difference.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from pouch.cli import main
from tests.commands.sites import git

PAGE = Path(__file__).parents[2] / "docs" / "editing.md"
# A key at the start of a line, and its value with the lines below it.
_KEY = re.compile(r"(?m)^([a-z_]+):(.*\n(?:(?:[ -].*)?\n)*)")
_BLOCK = re.compile(r"(?ms)^```(\w+)(?: (\S+))?\n(.*?)^```\n|^<!-- now: (\S+) -->\n")

pytestmark = pytest.mark.slow


class Step(NamedTuple):
    """A block of the page."""

    kind: str  # "console"; "now", a moment; or the language of a file
    name: str  # of a file
    text: str
    span: tuple[int, int]  # where the text stands in the page


def steps(page: str) -> Iterator[Step]:
    """The blocks that take part: consoles, named files, and moments."""
    for block in _BLOCK.finditer(page):
        if block[4]:
            yield Step("now", "", block[4], block.span(4))
        elif block[1] == "console" or block[2]:
            yield Step(block[1], block[2] or "", block[3], block.span(3))


def printed(command: str) -> str:
    """What a command prints, to both streams."""
    name, *arguments = shlex.split(command)
    if name == "git":
        git(Path.cwd(), *arguments)
        return ""
    assert name == "pouch", command
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with redirect_stdout(out), redirect_stderr(out), suppress(SystemExit):
        main(arguments)
    out.seek(0)
    return out.read()


def write(step: Step) -> None:
    """A file as the page shows it; of one that exists, the keys or the first paragraph that the page shows."""
    file = Path(step.name)
    if not file.exists():
        file.write_text(step.text, "utf-8")
        return
    _, head, body = file.read_text("utf-8").split("---\n", 2)
    if step.kind == "markdown":
        rest = body.lstrip().partition("\n\n")[2]
        file.write_text(f"---\n{head}---\n\n{step.text}\n{rest}", "utf-8")
        return
    assert step.kind == "yaml", f"{file} is there already"
    keys = dict(_KEY.findall(head))
    keys.update(_KEY.findall(step.text))
    front = "".join(f"{key}:{value}" for key, value in keys.items() if value.strip())
    file.write_text(f"---\n{front}---\n{body}", "utf-8")


def test_the_week_prints_what_the_guide_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From an article on Monday to a pull request on Friday, in a new site."""
    monkeypatch.chdir(tmp_path)
    printed("pouch init briefings --url https://briefings.example")
    monkeypatch.chdir(tmp_path / "briefings")
    subprocess.run(["git", "init", "-q"], check=True)
    git(Path.cwd(), "add", "-A")
    git(Path.cwd(), "commit", "-qm", "A new site")
    page = PAGE.read_text("utf-8")
    changed = page
    for step in reversed([*_played(page, monkeypatch)]):
        changed = changed[: step.span[0]] + step.text + changed[step.span[1] :]
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(changed, "utf-8")
    assert changed == page


def _played(page: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Step]:
    """Each console with what its commands print now."""
    consoles = 0
    for step in steps(page):
        if step.kind == "now":
            moment = datetime.fromisoformat(step.text).timestamp()
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment)))
        elif step.kind == "console":
            consoles += 1
            commands = [line[2:] for line in step.text.splitlines() if line.startswith("$ ")]
            yield step._replace(text="".join(f"$ {command}\n{printed(command)}" for command in commands))
        else:
            write(step)
    assert consoles > 5
