"""What the converter's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.convert.sites import make_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site without entries."""
    return make_site(tmp_path / "site")
