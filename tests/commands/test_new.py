"""`pouch new`: a draft to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.sites import entry, make_site, run


def test_a_new_draft(tmp_path: Path) -> None:
    """It prints the path of a draft with a fresh id, which `check` finds nothing wrong with but what it lacks."""
    site = make_site(tmp_path)
    result = run(site, "new", "Talks: a “start”", "--country", "Ukraine", "--topic", "truce", "--lang", "fr")
    assert result.exit_code == 2  # no alias of that name in this vocabulary
    result = run(
        site, "new", "Talks: a “start”", "--country", "Ukraine", "--topic", "Cessez-le-feu", "--lang", "fr"
    )
    assert (result.exit_code, result.stdout) == (0, "content/entries/drafts/talks-a-start.md\n")
    text = (site / result.stdout.strip()).read_text("utf-8")
    assert re.fullmatch(
        r'---\nid: "[0-9a-hjkmnp-tv-z]{10}"\ntitle: "Talks: a “start”"\nlang: fr\ncountries: \[UA\]\n'
        r"topics: \[ceasefire\]\nstatus: draft\n---\n\n",
        text,
    ), text
    assert run(site, "check").stdout == ""


def test_keys_that_are_lacking_stand_there_empty(tmp_path: Path) -> None:
    """An editor sees at once what to fill in."""
    site = make_site(tmp_path)
    text = (site / run(site, "new", "Talks").stdout.strip()).read_text("utf-8")
    assert "countries: []\n" in text
    assert "topics: []\n" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Talks", r"talks-[0-9a-z]{4}"),
        ("Old talks", r"old-talks-[0-9a-z]{4}"),
        ("Archive", r"archive-[0-9a-z]{4}"),
        ("2025", r"2025-[0-9a-z]{4}"),
        ("¿?", r"briefing-[0-9a-z]{4}"),
        ("Другие переговоры", r"drugie-peregovory"),
    ],
)
def test_no_slug_is_given_twice(tmp_path: Path, title: str, name: str) -> None:
    """A slug that another entry has or had, or that has a meaning of its own, gets the id's first four signs."""
    site = make_site(tmp_path, {"entries/talks.md": entry("aaaa", "formerly: [old-talks]")})
    path = run(site, "new", title).stdout.strip()
    assert re.fullmatch(rf"content/entries/drafts/{name}\.md", path), path


def test_a_translation_takes_over_what_it_shares_with_its_original(tmp_path: Path) -> None:
    """Its id and date, also of the original of a translation; not its terms, which hold for both."""
    french = entry("bbbb", "lang: fr", "translation_of: aaaa", "date: 2025-03-07", body="Texte.")
    site = make_site(tmp_path, {"entries/talks.md": entry("aaaa"), "entries/pourparlers.md": french})
    for lang, original, date in (("de", "talks", "2025-03-05"), ("es", "bbbb", "2025-03-07")):
        path = run(site, "new", "Gespräche", "--lang", lang, "--translation-of", original).stdout.strip()
        text = (site / path).read_text("utf-8")
        assert f"date: {date}\n" in text
        assert re.search(r'^translation_of: "?aaaa"?$', text, re.MULTILINE)
        assert "countries" not in text
    assert [line for line in run(site, "check").stdout.splitlines() if "error" in line] == []
    for wrong in (
        ("--translation-of", "talks"),
        ("--lang", "de", "--translation-of", "talks", "--country", "UA"),
    ):
        assert run(site, "new", "Gespräche", *wrong).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["  "],
        ["a\x07b"],
        ["Talks", "--country", "Ukrane"],
        ["Talks", "--lang", "french"],
        ["Talks", "--date", "soon"],
    ],
)
def test_what_cannot_be(tmp_path: Path, arguments: list[str]) -> None:
    """A wrong value on the command line is wrong usage: exit code 2, no file."""
    site = make_site(tmp_path)
    result = run(site, "new", *arguments)
    assert result.exit_code == 2
    assert "Error: Invalid value" in result.stderr
    assert not (site / "content/entries").exists()
