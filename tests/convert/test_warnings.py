"""Warnings and refusals of `pouch convert` whose code leads to an explanation."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pouch.checks.registry import checks
from tests.convert.sites import ENGLISH, make_site, run_json

FINNISH = (
    "Sopimus astui voimaan maanantaina\n\nNeuvottelijat kertoivat maanantaina, että sopimus astuu voimaan heti ja että "
    "sen ehdoista päätettiin pitkien keskustelujen jälkeen. Hallitus vahvisti asian illalla tiedotteessaan.\n"
)
PAGE = '<html lang="fr"><title>Truce</title><body><article><h1>{}</h1><p>{}</p></article></body></html>'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", FINNISH.encode(), "countries-unsure"),
        ("a.txt", b"Zgq plam.\n\nOrk vee tal nim.\n", "lang-unsure"),
        ("a.html", PAGE.format(*ENGLISH.split("\n\n")[:2]).encode(), "lang-differs"),
        ("a.txt", b"\xef\xbb\xbf" + ENGLISH.encode().replace(b"quiet", b"qui\xe9t"), "bad-bytes"),
    ],
)
def test_what_is_odd_about_an_article_is_a_warning_that_is_explained(
    name: str, data: bytes, code: str, tmp_path: Path
) -> None:
    """The draft is made, and an editor learns what to look at."""
    (tmp_path / name).write_bytes(data)
    [made] = run_json(make_site(tmp_path / "site"), tmp_path / name, "--dry-run")
    assert code in [problem["code"] for problem in made["problems"]]
    assert code in checks()


def test_a_pipe_among_the_articles_is_refused_with_a_code(tmp_path: Path) -> None:
    """It would never end."""
    os.mkfifo(tmp_path / "pipe")
    [made] = run_json(make_site(tmp_path / "site"), tmp_path / "pipe", "--dry-run")
    assert [problem["code"] for problem in made["problems"]] == ["unreadable"]
