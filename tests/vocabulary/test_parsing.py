"""A large vocabulary is parsed once, and never from a stale cache."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pouch.vocabulary.parsing import WORTHWHILE, parse_toml

LARGE = "[flood]\nslug = 'flood'\n" + "# padding\n" * (WORTHWHILE // 10 + 1)


def test_same_text_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second build of an unchanged vocabulary does not parse it again, and reads the same."""
    cache = tmp_path / ".pouch" / "topics.msgpack"
    first = parse_toml(LARGE, cache)
    monkeypatch.setattr("pouch.vocabulary.parsing.tomllib.loads", lambda _: pytest.fail("parsed again"))
    assert parse_toml(LARGE, cache) == first == {"flood": {"slug": "flood"}}
    assert [path.name for path in cache.parent.iterdir()] == ["topics.msgpack"]


def test_an_edit_is_seen(tmp_path: Path) -> None:
    """An edited vocabulary is read anew; so is one whose cache was damaged."""
    cache = tmp_path / "topics.msgpack"
    parse_toml(LARGE, cache)
    assert parse_toml(LARGE.replace("'flood'", "'deluge'"), cache) == {"flood": {"slug": "deluge"}}
    cache.write_bytes(b"\xc1 damaged")
    assert parse_toml(LARGE, cache) == {"flood": {"slug": "flood"}}


def test_dates_stay_dates(tmp_path: Path) -> None:
    """A date, which no vocabulary may hold, is the same fault on the second reading."""
    text = LARGE + "day = 2025-01-01\n"
    assert parse_toml(text, tmp_path / "c") == parse_toml(text, tmp_path / "c") == tomllib.loads(text)


def test_unwritable_folder(tmp_path: Path) -> None:
    """Where the cache cannot be written, the vocabulary is read all the same."""
    (tmp_path / "file").write_text("")
    assert parse_toml(LARGE, tmp_path / "file" / "c") == {"flood": {"slug": "flood"}}
