"""Incremental = clean, byte for byte and file for file, whatever was done to a site (`tests.engine.editing`)."""

from __future__ import annotations

import dataclasses
import os

import pytest
from hypothesis import seed, settings

from pouch.content.dossier import Dossier
from pouch.content.schema import ENTRY_FIELDS
from pouch.vocabulary.terms import Topic
from tests.engine.editing import DOSSIER_KEYS, DRAWN_KEYS, TOPIC_KEYS, Edits

_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
# In parts, so that a long run goes to all cores.
_PARTS = 4
_EDITS = settings(max_examples=(2000 if _LONG else 16) // _PARTS, stateful_step_count=14, deadline=None)


def _part(number: int) -> type:
    """A test of its own; where its sequences are the same at every run, they are not those of the others."""
    part = type(f"Edits{number}", (Edits,), {})
    test: type = (part if _LONG else seed(number)(part)).TestCase  # type: ignore[attr-defined]  # Hypothesis adds it
    test.pytestmark = pytest.mark.slow  # type: ignore[attr-defined]  # likewise
    test.settings = _EDITS  # type: ignore[attr-defined]  # likewise
    return test


def test_every_key_that_an_editor_writes_is_drawn() -> None:
    """A key of front matter, of a topic or of a dossier that is added tomorrow must be drawn by the rules too."""
    assert ENTRY_FIELDS.keys() == DRAWN_KEYS
    assert set(Topic.__struct_fields__) - {"key", "line"} == TOPIC_KEYS.keys()
    own = {"kind", "key", "lang", "body"}  # what the file's name and its text say
    assert {field.name for field in dataclasses.fields(Dossier)} - own == DOSSIER_KEYS.keys()


TestEdits1, TestEdits2, TestEdits3, TestEdits4 = (_part(number + 1) for number in range(_PARTS))
