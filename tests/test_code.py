"""The engine's identity: what decides the bytes of a page is part of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from pouch.code import _LIBRARIES, _installed, engine_digest


def test_every_library_has_its_version() -> None:
    """No library that prints a page or a feed can be exchanged without the next build noticing."""
    found = {name.lower().partition("-")[0] for name in _installed()}
    assert found == set(_LIBRARIES)


@pytest.mark.parametrize("kind", ["dist-info", "egg-info"])
def test_a_library_that_is_installed_elsewhere(tmp_path: Path, kind: str) -> None:
    """An environment may see packages of the system's beside its own: an upgrade there is noticed as well."""
    (tmp_path / "jinja2").symlink_to(Path(jinja2.__file__).parent)

    def digest() -> str:
        return subprocess.run(
            [sys.executable, "-c", "from pouch.code import engine_digest; print(engine_digest())"],
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert digest() == engine_digest()
    (tmp_path / f"Jinja2-3.0.{kind}").mkdir()
    old = digest()
    (tmp_path / f"Jinja2-3.0.{kind}").rename(tmp_path / f"Jinja2-3.1.{kind}")
    assert len({old, digest(), engine_digest()}) == 3


def test_the_plain_way_has_a_state_of_its_own() -> None:
    """With POUCH_PLAIN a build does not trust what the faster code has cached; 0 and nothing leave it off."""

    def digest(value: str) -> str:
        command = [sys.executable, "-c", "from pouch.code import engine_digest; print(engine_digest())"]
        environ = os.environ | {"POUCH_PLAIN": value}
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout.strip()

    assert digest("") == digest("0") != digest("1")
