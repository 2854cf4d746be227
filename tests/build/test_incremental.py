"""Incremental = clean, byte for byte and file for file, whatever was done to a site (`tests.build.editing`)."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.build.editing import Edits

pytestmark = pytest.mark.slow

TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=2000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 24,
    stateful_step_count=14,
    deadline=None,
)
