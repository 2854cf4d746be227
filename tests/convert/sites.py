"""A small site to convert into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from pouch.commands.convert import command

TOPICS = """
[conflict-war-and-peace]
labels = { en = "War and peace" }
iptc = "medtop:16000000"

[ceasefire]
labels = { en = "Ceasefire", fr = "Cessez-le-feu" }
aliases = { en = ["truce"] }
parent = "conflict-war-and-peace"

[oceans]
labels = { en = "Oceans", fr = "Océans" }
aliases = { fr = ["haute mer"] }
"""

ENGLISH = """Truce holds along the river

Observers of the United Nations reported a quiet week along the river that parts India and Pakistan, the first \
this year.

The truce was agreed in the spring. India and Pakistan both say that they mean to keep it, and observers will watch.
"""


def make_site(folder: Path) -> Path:
    """A site without entries."""
    vocabulary = folder / "content" / "vocabulary"
    vocabulary.mkdir(parents=True)
    (vocabulary / "topics.toml").write_text(TOPICS, "utf-8")
    (folder / "pelicanconf.py").write_text(
        "from pouch.settings import *\n"
        'POUCH_SITE_ID = "5c0f1b9e-7a3d-4c52-9d61-2f8a4be0c7d3"\nTIMEZONE = "Europe/Brussels"\n'
        'POUCH_LANGUAGES = ["en", "fr"]\n',
        "utf-8",
    )
    return folder


def run(site: Path, *arguments: str | Path, stdin: bytes | None = None) -> Result:
    """`pouch convert` on that site; a traceback fails the test."""
    result = CliRunner().invoke(command, ["--site", str(site), *map(str, arguments)], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_json(site: Path, *arguments: str | Path, stdin: bytes | None = None) -> list[dict[str, Any]]:
    """The objects that `pouch convert --json` prints."""
    return [json.loads(line) for line in run(site, "--json", *arguments, stdin=stdin).stdout.splitlines()]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
