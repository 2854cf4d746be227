"""What is cached is read again only where nobody else can have written it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pouch.caching import Cache, build_cache


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site's folder, and something in its cache."""
    build_cache(str(tmp_path)).put("name", b"content", b"made of")
    assert build_cache(str(tmp_path)).get("name", b"made of") == b"content"
    return tmp_path


def file_of(root: Path) -> Path:
    """The file that holds it."""
    return root / ".pouch" / "cache" / "name.kept"


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_read(root: Path, mode: int) -> None:
    """Its seal can be computed by anyone; what is stored anew is the user's own again."""
    file_of(root).chmod(mode)
    cache = build_cache(str(root))
    assert cache.get("name", b"made of") is None
    cache.put("name", b"content", b"made of")
    assert cache.get("name", b"made of") == b"content"


@pytest.mark.parametrize("mode", [0o777, 0o775, 0o1777])
def test_a_folder_that_others_can_write_is_cleared(root: Path, mode: int) -> None:
    """Nothing in it is read, and from the next file on only the user writes into it."""
    folder = file_of(root).parent
    folder.chmod(mode)
    cache = build_cache(str(root))
    assert cache.get("name", b"made of") is None
    cache.put("other", b"more", b"made of")
    assert [file.name for file in folder.iterdir()] == ["other.kept"]
    assert not folder.stat().st_mode & 0o022
    assert cache.get("other", b"made of") == b"more"


def test_a_file_of_another_user_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may put a file into the folder cannot have a build run it."""
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert build_cache(str(root)).get("name", b"made of") is None
    assert Cache(file_of(root).parent).get("name", b"made of") is None


def test_a_symbolic_link_is_not_read(root: Path) -> None:
    """A link in the place of a file is somebody's file, but not what was stored there."""
    file = file_of(root)
    file.rename(root / "elsewhere")
    file.symlink_to(root / "elsewhere")
    assert build_cache(str(root)).get("name", b"made of") is None


def test_a_usual_umask_costs_no_cache(tmp_path: Path) -> None:
    """Where new folders can be written by the group, as on many systems, the cache is the user's own all the same."""
    before = os.umask(0o002)
    try:
        cache = build_cache(str(tmp_path))
        cache.put("name", b"content", b"made of")
        cache.put("other", b"content", b"made of")
    finally:
        os.umask(before)
    assert cache.get("name", b"made of") == cache.get("other", b"made of") == b"content"
