"""What every test of the desk needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk.sites import OPEN


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: ARG001  # ends before what it patched is put back
    """No desk loads its archive beside the next test."""
    yield
    for desk in OPEN:
        desk.loaded.settle()
    OPEN.clear()
