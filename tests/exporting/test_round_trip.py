"""What goes out comes back: an exported entry is imported as the entry that it was."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.content.entry import Entry
from pouch.errors import ContentError
from pouch.exporting.importing import read_row, read_rows
from pouch.exporting.rows import KEYS, json_line, row_of
from tests.content.samples import FEWER, a_context, a_site, entries

PATHS = ("content/entries/2025/03/talks.md", "content/entries/drafts/a-quay.md", "content/entries/plain.md")


def said(entry: Entry, path: str) -> Entry:
    """The entry with its defaults said."""
    return dataclasses.replace(
        entry,
        slug=entry.address_slug(path),
        lang=entry.lang or a_site().lang,
        publish_at=entry.publish_at or entry.date,
    )


@FEWER
@given(entries(), st.sampled_from(PATHS))
def test_an_entry_comes_back_as_it_was(entry: Entry, path: str) -> None:
    """Every field, every text, and the place of its file."""
    line = json_line(row_of(entry, path, a_site()))
    assert line.count(b"\n") == 1
    assert list(json.loads(line)) == list(KEYS)
    imported = read_row(line.decode(), a_context())
    assert imported.path == path
    assert said(imported.entry, path) == said(entry, path)


ROW = {
    "id": "abcd",
    "title": "Talks",
    "date": "2025-03-05",
    "countries": ["Ukraine"],
    "topics": ["war"],
    "body": "Text.",
}


def test_a_row_from_elsewhere_needs_no_more_than_an_entry_does() -> None:
    """Names of countries, no path: it is filed by its date and id, or its slug."""
    found = read_row(json.dumps(ROW), a_context())
    assert (found.path, found.entry.countries) == ("content/entries/2025/03/abcd.md", ("UA",))
    assert read_row(json.dumps(ROW | {"slug": "quay"}), a_context()).path == "content/entries/2025/03/quay.md"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "the line is not JSON"),
        ("[]", "holds no JSON object"),
        (json.dumps(ROW | {"titel": "x"}), "unknown key 'titel'"),
        (json.dumps(ROW | {"title": None}), "`title` is missing"),
        (json.dumps(ROW | {"date": "yesterday"}), "date"),
        (json.dumps(ROW | {"topics": ["wra"]}), "wra"),
        (json.dumps(ROW | {"path": "content/entries/../../x.md"}), "is no file of an entry"),
        (json.dumps(ROW | {"path": "/etc/x.md"}), "is no file of an entry"),
        (json.dumps(ROW | {"path": 5}), "is no file of an entry"),
        (json.dumps(ROW | {"body": 5}), "`body`"),
    ],
)
def test_a_faulty_row_is_refused_at_its_line(line: str, message: str, tmp_path: Path) -> None:
    """The message is that of a faulty entry, with the line of the file that is imported."""
    file = tmp_path / "briefings.jsonl"
    file.write_text(f"{json.dumps(ROW)}\n\n{line}\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        read_rows(file, a_context())
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (str(file), 3)
    assert message in problem.message


def test_one_file_for_two_rows_is_refused(tmp_path: Path) -> None:
    """Otherwise the second would replace the first."""
    file = tmp_path / "briefings.jsonl"
    file.write_text(f"{json.dumps(ROW)}\n{json.dumps(ROW)}\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        read_rows(file, a_context())
    assert "stands in line 1 already" in caught.value.problems[0].message


def test_rows_are_plain() -> None:
    """A row is what JSON carries: encoding and decoding it changes nothing."""
    row = row_of(read_row(json.dumps(ROW), a_context()).entry, PATHS[0], a_site())
    assert msgspec.json.decode(json_line(row)) == row
