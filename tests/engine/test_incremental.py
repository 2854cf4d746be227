"""Incremental = clean, byte for byte and file for file, whatever was done to a site (`tests.engine.editing`)."""

from __future__ import annotations

import os

import pytest
from hypothesis import seed, settings

from tests.engine.editing import Edits

pytestmark = pytest.mark.slow

_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
# In parts, so that a long run goes to all cores.
_PARTS = 4
_EDITS = settings(max_examples=(2000 if _LONG else 24) // _PARTS, stateful_step_count=14, deadline=None)


def _part(number: int) -> type:
    """A test of its own; where its sequences are the same at every run, they are not those of the others."""
    part = type(f"Edits{number}", (Edits,), {})
    test: type = (part if _LONG else seed(number)(part)).TestCase  # type: ignore[attr-defined]  # Hypothesis adds it
    test.settings = _EDITS  # type: ignore[attr-defined]  # likewise
    return test


TestEdits1, TestEdits2, TestEdits3, TestEdits4 = (_part(number + 1) for number in range(_PARTS))
