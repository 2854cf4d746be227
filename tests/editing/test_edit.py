"""Changing one key leaves the rest of an editor's file as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from pouch.content.entry import Correction, Entry, Source
from pouch.content.parse import parse_entry
from pouch.content.render import render_entry
from pouch.editing.edit import set_keys, without_forbidden
from pouch.editing.fix import fixed_text
from tests.content.samples import FEWER, PATH, SLUGS, a_context, entries, in_file

SITE, VOCABULARY = a_context()
FILE = """\
---
# Kept by the desk.
id: abcd   # never touch
title:   'Talks'
status:   draft  # until Tuesday
countries: [UA,   GB]
mentions:
  - FR   # host
  # the others come later
  - DE
summary: >
  One
  sentence.

# Below: ours
slug:
source:
  name: A
  url: https://a.example/
---

Body
"""

# Changed keys → lines that go, lines that come (all others must stay).
EDITS: list[tuple[dict[str, Any], list[str], list[str]]] = [
    ({"status": "published"}, ["status:   draft  # until Tuesday"], ["status:   published  # until Tuesday"]),
    ({"title": "A: b"}, ["title:   'Talks'"], ['title:   "A: b"']),
    ({"date": date(2025, 3, 5)}, [], ["date: 2025-03-05"]),
    ({"publish_at": date(2025, 3, 6), "date": date(2025, 3, 5)}, [], ["date: 2025-03-05", "publish_at: 2025-03-06"]),
    ({"slug": "talks-2"}, ["slug:"], ["slug: talks-2"]),
    ({"countries": ("NO",)}, ["countries: [UA,   GB]"], ['countries: ["NO"]']),
    ({"mentions": ("IT",)}, ["  - FR   # host", "  # the others come later", "  - DE"], ["  - IT"]),
    ({"summary": "Two."}, ["summary: >", "  One", "  sentence."], ["summary: Two."]),
    ({"summary": None}, ["summary: >", "  One", "  sentence."], []),
    ({"slug": None}, ["slug:"], []),
    ({"source": Source("B")}, ["source:", "  name: A", "  url: https://a.example/"], ["source: {name: B}"]),
    ({"corrections": (Correction(date(2025, 3, 7), "The day"),)}, [],
     ["corrections:", "  - {date: 2025-03-07, note: The day}"]),
    ({"formerly": ("old",)}, [], ["formerly: [old]"]),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize(("values", "gone", "come"), EDITS)
def test_one_key_is_changed_and_nothing_else(
    values: dict[str, Any], gone: list[str], come: list[str], newline: str
) -> None:
    """Comments, order, spacing and line ends of an edited file stay; only the key's own lines differ."""
    before = FILE.replace("\n", newline)
    after = set_keys("\ufeff" + before, values)
    assert after.startswith("\ufeff---")
    lines = after.removeprefix("\ufeff").split(newline)
    assert "\n" not in "".join(lines)
    assert sorted(lines) == sorted([line for line in FILE.split("\n") if line not in gone] + come)
    kept = [line for line in lines if line not in come]
    assert kept == [line for line in FILE.split("\n") if line not in gone]


def test_a_new_key_goes_where_the_schema_puts_it() -> None:
    """A key that is added stands behind those that usually come before it."""
    after = set_keys(FILE, {"date": date(2025, 3, 5), "topics": ("war",)}).split("\n")
    assert after[after.index("date: 2025-03-05") - 1] == "title:   'Talks'"
    assert after[after.index("topics: [war]") - 1] == "  - DE"


@FEWER
@given(entries(), SLUGS)
def test_setting_keys_and_reading_them(entry: Entry, slug: str) -> None:
    """Whatever the file holds, a key that was set is read back, and the others are as before."""
    if slug in entry.formerly:
        return
    changed = {
        "slug": slug,
        "status": "published",
        "date": date(2025, 3, 5),
        "summary": None,
        "title": "Now: this",
    }
    after, problems = parse_entry(
        set_keys(render_entry(entry), changed), PATH, vocabulary=VOCABULARY, site=SITE
    )
    assert after is not None, problems
    for name in Entry.__dataclass_fields__:
        expected = changed[name] if name in changed else getattr(entry, name)
        if name != "lines":
            assert getattr(after, name) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("countries: [UA, GB, UA] # x", "countries: [UA, GB] # x"),
        ("countries: [UA, UA, UA]", "countries: [UA]"),
        ("countries: [Ukraine, 'Royaume-Uni']", "countries: [UA, GB]"),
        ("countries: [UA, Ukraine]", "countries: [UA]"),
        ("countries:\n  - UA # the subject\n  - Ukraine\n  - GB", "countries:\n  - UA # the subject\n  - GB"),
        ("countries: [Norway]", 'countries: ["NO"]'),
        ("topics: [truce, Inondation]", "topics: [ceasefire, flood]"),
        ("mentions: [UA, FR]", "mentions: [FR]"),
        ("mentions: [UA]", "mentions: []"),
        ("mentions: [FR, UA, DE, UA]", "mentions: [FR, DE]"),
        ("mentions: [UA, FR, UA]", "mentions: [FR]"),
        ("status: Published", "status: published"),
        ("key_points: [a, 'b', a]", "key_points: [a, 'b']"),
        ("formerly: [talks, old]", "formerly: [old]"),
        ("title: a\x92b\x07", "title: a’b"),
        ("title: plain # as it is", "title: plain # as it is"),
    ],
)
def test_mends_with_one_right_answer(before: str, after: str) -> None:
    """`check --fix` fixes what has only one possible fix, and touches nothing else; doing it again changes nothing."""
    fixed = fixed_text(in_file(before), PATH, a_context())
    assert fixed == in_file(after)
    assert fixed_text(fixed, PATH, a_context()) == fixed


def test_characters_of_another_code_page_become_what_was_meant() -> None:
    """An apostrophe that came as U+0092 is an apostrophe; other control characters go."""
    assert without_forbidden("it\x92s\x0b \x85\x81\r\n") == "it’s …\r\n"
