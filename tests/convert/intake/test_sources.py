"""Files and folders as people have them: odd names, pipes, loops, what cannot be read."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from pouch.convert.intake.article import LONGEST, Article, Refusal
from pouch.convert.intake.documents import read_document
from pouch.convert.intake.sources import read_sources
from pouch.errors import EnvironmentFault
from tests.convert.sites import ENGLISH, run, run_json


def read(*sources: Path | str) -> list[str]:
    """For each article read its origin, for each refusal its message."""
    found = read_sources([str(source) for source in sources], io.BytesIO())
    return [item.problem.message if isinstance(item, Refusal) else item.origin for item in found]


def test_hostile_folder(site: Path, tmp_path: Path) -> None:
    """Pipes, loops of links, dangling links and names with line breaks stop nothing, and each is named on one line."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a\nb.txt").write_text(ENGLISH, "utf-8")
    (inbox / os.fsdecode(b"c\xff.txt")).write_text(ENGLISH.replace("river", "canal"), "utf-8")
    os.mkfifo(inbox / "d.txt")
    (inbox / "e.txt").symlink_to("nowhere")
    (inbox / "f.txt").symlink_to("f.txt")
    (inbox / "g").symlink_to(inbox)
    lines = run_json(site, inbox)
    assert [line["path"] is not None for line in lines] == [True, True, False, False, False]
    assert [line["problems"][0]["path"].removeprefix(str(inbox)) for line in lines[2:]] == [
        "/d.txt",
        "/e.txt",
        "/f.txt",
    ]
    told = run(site, "--dry-run", inbox)
    assert told.exit_code == 1
    assert "a\\nb.txt: " in told.stdout
    assert "c\\xff.txt: " in told.stdout
    assert "a pipe" in told.stderr


def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder without the permission to read it is named, and none is taken for an empty one."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x.txt").write_text("x")
    monkeypatch.setattr(Path, "open", refuse)
    assert read(tmp_path) == ["it cannot be read: Permission denied"]
    monkeypatch.setattr(os, "scandir", refuse)
    assert read(tmp_path) == ["the folder cannot be read: Permission denied"]


@pytest.mark.parametrize("name", ["nowhere", "no*where", "a\x00b", "x" * 300, "[", "-x/"])
def test_sources_that_are_not_there(name: str) -> None:
    """A source that is not there ends the run before anything is read."""
    with pytest.raises(EnvironmentFault, match="no such file or folder"):
        read_sources([name], io.BytesIO())


def test_long_inputs(tmp_path: Path) -> None:
    """What is longer than any article is refused at once, in a JSONL file by its line, and the rest goes on."""
    text = tmp_path / "long.txt"
    text.write_text("x" * (LONGEST + 1))
    lines = tmp_path / "long.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for value in ("x" * (LONGEST + 1), "short", "y" * (20 * LONGEST), "last", "z\n" * 50_001):
            file.write(json.dumps({"text": value}) + "\n")
    refused = "it has more than 1 million characters, no article has"
    too_long = "the line has more than 20 MB, no article has"
    assert read(text) == [refused]
    too_many = "it has more than 50,000 lines, no article has"
    assert read(lines) == [refused, str(lines), too_long, str(lines), too_many]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<p>A piece of a page</p>", "x", "html"),
        (b"\xef\xbb\xbf\n<!-- saved -->\n<!DOCTYPE html><p>x", "x", "html"),
        (b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'/>", "x", "html"),
        (b"Words alone", "x.html", "html"),
        (b"<3 is a heart", "x", "text"),
        (b"<people> said so", "x", "text"),
        (b"---\ntitle: x\n---\n\nText.", "x", "html"),
        (b'{"text": "one"}', "x", "text"),
        (b'{"html": "<p>one"}\n{"text": "two"}', "x.json", "html"),
        (b"{braces} in a text", "x", "text"),
    ],
)
def test_what_a_document_is(data: bytes, name: str, kind: str) -> None:
    """A document is known by its name and by how it opens."""
    first = next(read_document(data, name))
    assert isinstance(first, Article)
    assert ("html" if first.html is not None else "text") == kind
