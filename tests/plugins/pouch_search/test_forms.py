"""The installed Pagefind is asked once which form of index it writes; an unknown one is a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.errors import EnvironmentFault
from pouch_search.forms import Form, installed_form
from pouch_search.program import Program, find
from tests.engine.sites import WorkSite
from tests.plugins.pouch_search.test_indexing import as_later

INDEX = Program.index


def write_another_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on Pagefind writes something that nobody knows."""
    monkeypatch.setattr(Program, "index", lambda *args: as_later(INDEX(*args), {"new": True}))


def test_the_installed_pagefind_is_known(tmp_path: Path) -> None:
    """That of the lock file."""
    form = installed_form(str(tmp_path))
    assert form.is_known
    assert form.version


def test_the_program_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is another program."""
    first = installed_form(str(tmp_path))
    write_another_form(monkeypatch)
    assert installed_form(str(tmp_path)) == first
    other = tmp_path / "pagefind"
    program = find()
    assert program is not None
    other.symlink_to(program)
    for module in ("forms", "program"):
        monkeypatch.setattr(f"pouch_search.{module}.find", lambda: other)
    assert installed_form(str(tmp_path)) == Form("1.6.0", is_known=False)


def test_a_program_that_fails_is_no_unknown_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported when it is asked for the real index."""

    def fail(*_: object) -> None:
        raise EnvironmentFault("Pagefind stopped")

    monkeypatch.setattr(Program, "index", fail)
    assert installed_form(str(tmp_path)).is_known


def test_an_unknown_form_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is built, its search with Pagefind's own files."""
    write_another_form(monkeypatch)
    site = WorkSite(tmp_path / "site")
    site.entry("talks")
    report = site.build(jobs=1)
    assert [warning.code for warning in report.warnings] == ["unknown-search-index"]
    assert "1.6.0" in report.warnings[0].message
    assert list((site.output / "search" / "pagefind").glob("*.pf_meta"))
