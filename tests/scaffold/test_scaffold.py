"""pouch.scaffold and `pouch init`: a new site."""

from __future__ import annotations

import tomllib
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner

from pouch.commands.init import command
from pouch.errors import EnvironmentFault
from pouch.scaffold import Choices, files, make
from pouch.site import load_site
from pouch.vocabulary.standard import topics_file


def test_a_new_site_holds_what_it_needs_and_no_entry(tmp_path: Path) -> None:
    """Settings, the full topics, countries to add to, an about page, and an empty folder for the entries."""
    make(tmp_path / "new", Choices())
    found = sorted(
        path.relative_to(tmp_path / "new").as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )
    assert found == [
        ".gitignore",
        "content/pages/about.md",
        "content/vocabulary/countries.toml",
        "content/vocabulary/topics.toml",
        "pelicanconf.py",
    ]
    assert list((tmp_path / "new/content/entries").iterdir()) == []
    assert (tmp_path / "new/content/vocabulary/topics.toml").read_bytes() == topics_file().read_bytes()
    assert tomllib.loads((tmp_path / "new/content/vocabulary/countries.toml").read_text()) == {}
    assert len(tomllib.loads(topics_file().read_text(encoding="utf-8"))) >= 60


def test_every_new_site_has_an_identity_of_its_own(tmp_path: Path) -> None:
    """Two sites made alike never share a GUID."""
    sites = []
    for name in ("one", "two"):
        make(tmp_path / name, Choices())
        sites.append(load_site(tmp_path / name).site_id)
    assert sites[0] != sites[1]
    assert [str(uuid.UUID(site)) for site in sites] == sites


def test_what_was_chosen_is_what_the_settings_say(tmp_path: Path) -> None:
    """Quotation marks, backslashes and braces in a name survive; the first language is the main one."""
    name = """L’"été" à l'est \\ {braces} %s"""
    options = ["--name", name, "--url", "https://été.example/archive/", "--timezone", "Asia/Tokyo"]
    result = CliRunner().invoke(command, [str(tmp_path / "new"), *options, "--lang", "fr", "--lang", "en"])
    assert result.exit_code == 0, result.output
    site = load_site(tmp_path / "new")
    assert (site.name, site.url, site.path) == (name, "https://été.example/archive", "/archive")
    assert (site.lang, site.languages, site.timezone) == ("fr", ("fr", "en"), "Asia/Tokyo")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A folder with anything in it is refused and left alone; so is a file; an empty folder will do."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("full", "file", "file/below"):
        with pytest.raises(EnvironmentFault) as caught:
            make(tmp_path / name, Choices())
        assert caught.value.exitcode == 2
    assert (tmp_path / "full/notes.txt").read_text() == "mine"
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["notes.txt"]
    (tmp_path / "empty").mkdir()
    make(tmp_path / "empty", Choices())
    assert load_site(tmp_path / "empty").name == "Briefings"


def test_a_choice_that_cannot_be_leaves_no_folder(tmp_path: Path) -> None:
    """A misspelt time zone or address is refused before anything is written."""
    for choices in (
        Choices(timezone="Mars/Base"),
        Choices(url="briefings.example"),
        Choices(url="ftp://a.example"),
    ):
        with pytest.raises(EnvironmentFault):
            make(tmp_path / "new", choices)
        assert not (tmp_path / "new").exists()


def test_the_same_choices_give_the_same_files() -> None:
    """But for its identity, a new site depends on nothing but what was chosen."""
    site_id = uuid.UUID(int=1)
    assert files(Choices(), site_id) == files(Choices(), site_id)
    assert str(site_id) in files(Choices(), site_id)["pelicanconf.py"]
