"""Entry → text → Entry."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given

from pouch.content.entry import Entry
from pouch.content.fields import Context
from pouch.content.parse import parse_entry, read_bytes
from pouch.content.render import render_entry, render_front_matter, scalar
from tests.content.samples import FEWER, PATH, a_context, entries

SITE, VOCABULARY = a_context()


@given(entries())
def test_what_is_rendered_is_read_back(entry: Entry) -> None:
    """An entry that Pouch writes is the entry that Pouch reads, whatever its texts hold."""
    read, problems = parse_entry(render_entry(entry), PATH, vocabulary=VOCABULARY, site=SITE)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert read == entry


@FEWER
@given(entries())
def test_line_ends_and_a_byte_order_mark_change_nothing(entry: Entry) -> None:
    """A file saved on Windows, with a byte order mark, is the same entry."""
    written = render_entry(entry)
    data = ("\ufeff" + written.replace("\n", "\r\n")).encode()
    assert read_bytes(data, PATH, Context(SITE, VOCABULARY)).entry == entry


@FEWER
@given(entries())
def test_rendering_is_stable(entry: Entry) -> None:
    """Writing what was read gives the same bytes: no file changes by being read and written."""
    written = render_entry(entry)
    read, _ = parse_entry(written, PATH, vocabulary=VOCABULARY, site=SITE)
    assert read is not None
    assert render_entry(read) == written


@FEWER
@given(entries())
def test_other_yaml_readers_see_the_same_texts(entry: Entry) -> None:
    """A program that reads the front matter with a YAML 1.1 parser gets the same title, codes and points."""
    read: dict[str, Any] = yaml.load(render_front_matter(entry), Loader=yaml.SafeLoader)
    assert read["id"] == entry.id
    assert read["title"] == entry.title
    assert tuple(read.get("countries", ())) == entry.countries
    assert tuple(read.get("key_points", ())) == entry.key_points


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Talks in Jeddah", "Talks in Jeddah"),
        ("NO", '"NO"'),
        ("on", '"on"'),
        ("null", '"null"'),
        ("Talks?", '"Talks?"'),
        ("Talks: a start", '"Talks: a start"'),
        ("2025-03-05", '"2025-03-05"'),
        ("say “yes”", "say “yes”"),
        ("C'est fini", '"C\'est fini"'),
        ("l’Ukraine", "l’Ukraine"),
        ("a\u2028b", '"a\\u2028b"'),
        ("# not a comment", '"# not a comment"'),
        ("Україна", "Україна"),
    ],
)
def test_quotation_marks_stand_where_they_are_needed(text: str, written: str) -> None:
    """Editors see plain text where it is safe, and quotation marks where YAML would read something else."""
    assert scalar(text) == written
