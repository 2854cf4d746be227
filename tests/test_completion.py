"""Completion on the command line: values as well as options, and the documentation that comes with the program."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from pouch.cli import main, pouch
from tests.commands.sites import entry, git, make_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two entries and a draft."""
    return make_site(
        tmp_path_factory.mktemp("site"),
        {
            "entries/2025/03/grain-ships.md": entry("aaaa"),
            "entries/2025/03/grain-prices.md": entry("gbbb"),
            "entries/drafts/idea.md": "---\nid: cccc\ntitle: Idea\nstatus: draft\n---\n",
        },
    )


def completed(words: str, site: Path | None = None) -> list[str]:
    """What the shell offers for the last word."""
    *before, last = words.split(" ")
    if site is not None:
        before[1:1] = ["--site", str(site)]
    items = ShellComplete(pouch, {}, "pouch", "_POUCH_COMPLETE").get_completions(before, last)
    return [item.value for item in items]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("publish grain", ["grain-prices", "grain-ships"]),
        ("publish grain-ships grain", ["grain-prices"]),
        ("publish cc", ["cccc"]),
        ("unpublish gb", ["gbbb"]),
        ("list --topic cea", ["ceasefire"]),
        ("list --country u", ["UA", "UG", "UM", "US", "UY", "UZ", "uganda", "ukraine", "united-arab-emirates"]),
        ("new Title --topic f", ["flood"]),
        ("merge topic w", ["war"]),
        ("rename entry grain-s", ["grain-ships"]),
        ("rename country ukr", ["ukraine"]),
        ("rename topic cease", ["ceasefire"]),
        ("tag --entries --topic w", ["war"]),
    ],
)  # fmt: skip
def test_names_of_the_site_are_completed(site: Path, words: str, values: list[str]) -> None:
    """Entries by slug, and by id where no slug begins so; countries and topics by code, key and slug."""
    offered = completed(words, site)
    assert [value for value in offered if value in values] == values
    assert all(value.lower().startswith(words.rpartition(" ")[2]) for value in offered)


def test_codes_and_pages_are_completed() -> None:
    """Problem codes of `check --explain`, pages of `help`."""
    assert completed("check --explain dead-") == ["dead-link"]
    assert completed("help edi") == ["editing"]
    assert "publish" in completed("help pub")


def test_outside_of_a_site_nothing_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell is never answered with a message."""
    monkeypatch.chdir(tmp_path)
    assert completed("publish a") == []
    assert completed("list --topic a") == []


def test_revisions_are_completed(tmp_path: Path) -> None:
    """Branches and tags by name; a site in no repository has none."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa")})
    assert completed("diff ", site) == []
    git(site, "init", "-qb", "main")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "First")
    git(site, "branch", "colleague/talks")
    assert completed("diff ", site) == ["HEAD", "colleague/talks", "main"]
    assert completed("diff co", site) == ["colleague/talks"]


SHELLS = {
    "bash": """
        eval "$(_POUCH_COMPLETE=bash_source pouch)"
        COMP_WORDS=(pouch list --topic cea); COMP_CWORD=3
        _pouch_completion pouch cea --topic; echo "${COMPREPLY[@]}"
    """,
    "fish": """
        _POUCH_COMPLETE=fish_source pouch | source
        complete -C "pouch list --topic cea"
    """,
}
"""How each shell is asked for what it completes, without a terminal."""


@pytest.mark.parametrize("shell", SHELLS)
def test_shells_complete_values(shell: str, site: Path, tmp_path: Path) -> None:
    """The line that the documentation shows makes the shell itself complete a topic's key."""
    if (program := shutil.which(shell)) is None:
        pytest.skip(f"{shell} is not installed")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    page = (Path(__file__).parents[1] / "docs/commands/README.md").read_text("utf-8")
    assert f"_POUCH_COMPLETE={shell}_source pouch" in page
    answer = subprocess.run(
        [program, "-c", SHELLS[shell]], capture_output=True, check=False, text=True, cwd=site, env=environment
    )
    assert answer.stdout.split()[:1] == ["ceasefire"], answer.stderr


def run_help(*arguments: str) -> tuple[int, str]:
    """Exit code and standard output of `pouch help`."""
    out, code = io.StringIO(), 0
    with redirect_stdout(out):
        try:
            main(["help", *arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return code, out.getvalue()


def test_the_documentation_is_printed() -> None:
    """Every page by its name, commands by theirs; a slip is answered."""
    root = Path(__file__).parents[1]
    for name, file in (
        ("editing", "editing.md"),
        ("publish", "commands/publish.md"),
        ("checks", "checks.md"),
    ):
        outcome = run_help(name)
        assert outcome == (0, (root / "docs" / file).read_text("utf-8"))
    code, listed = run_help()
    assert code == 0
    assert "editing " in listed
    assert "commands/publish" in listed
    assert run_help("editin")[0] == 2


def test_a_subject_brings_the_pages_about_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for "embargo" gets the names of the guides that speak of it; an unknown word only the list."""
    assert run_help("embargoes")[0] == 2
    assert "editing, publish" in capsys.readouterr().err
    assert run_help("xyzzy")[0] == 2
    assert "has no page 'xyzzy'; `pouch help` lists them all" in capsys.readouterr().err
