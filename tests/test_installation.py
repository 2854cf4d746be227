"""pouch.installation: what installs Pouch elsewhere, and a library beside it."""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path

import pytest

from pouch import __version__
from pouch.installation import installs, requirement


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (None, f"pelican-pouch>={__version__}"),
        ({"url": "file:///home/jo/pouch", "dir_info": {}}, f"pelican-pouch>={__version__}"),
        (
            {"url": "https://code.example/pouch", "vcs_info": {"vcs": "git", "commit_id": "4f1d"}},
            "pelican-pouch @ git+https://code.example/pouch@4f1d",
        ),
    ],
)
def test_a_commit_is_named_and_a_folder_of_this_machine_is_not(
    record: dict[str, object] | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine finds a repository, and a version on an index."""

    class Installed:
        """A distribution with its record."""

        def read_text(self, name: str) -> str | None:
            """The record of PEP 610."""
            return json.dumps(record) if record and name == "direct_url.json" else None

    monkeypatch.setattr(metadata, "distribution", lambda _: Installed())
    assert requirement() == expected


@pytest.mark.parametrize(
    ("prefix", "pip", "command"),
    [
        ("/home/jo/.local/share/pipx/venvs/pelican-pouch", True, "pipx inject pelican-pouch pypdf"),
        (
            "/home/jo/.local/share/uv/tools/pelican-pouch",
            False,
            "uv pip install --python /home/jo/.local/share/uv/tools/pelican-pouch pypdf",
        ),
        ("/home/jo/pouch", True, f"{sys.executable} -m pip install pypdf"),
    ],
)
def test_a_library_is_installed_where_pouch_is(
    prefix: str, pip: bool, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian's pip would refuse, or install it where Pouch does not look."""
    monkeypatch.setattr(sys, "prefix", str(Path(prefix)))
    monkeypatch.setattr("pouch.installation.find_spec", lambda _: object() if pip else None)
    assert installs("pypdf") == command
