"""`pouch check`: all problems of all files in one run."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.commands.sites import entry, git, make_site, run

BROKEN = {
    "entries/a.md": entry("aaaa", "lang: french", "topics: [flod]"),
    "entries/b.md": entry("bbbb", "topics: []"),
    "dossiers/topics/flood.md": "---\npinned: [zzzz]\n---\n",
    "pages/about.md": "---\nlang: en\n---\n",
}


def test_every_problem_of_every_file_in_one_run(tmp_path: Path) -> None:
    """One run lists the faults of entries, dossiers and pages, in order of file and line."""
    result = run(make_site(tmp_path, BROKEN), "check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "content/dossiers/topics/flood.md:2",
        "content/entries/a.md:6:7",
        "content/entries/a.md:7:10",
        "content/entries/b.md:6:9",
        "content/pages/about.md:1",
    ]
    assert result.stderr.endswith("4 errors, 1 warning\n")


def test_warnings_of_one_file_are_told_beside_errors_of_another(tmp_path: Path) -> None:
    """An editor who cures the errors is not sent back with a second list."""
    later = "On 7 May 2030 the talks went on, as they had on 6 May 2030."
    files = {
        "entries/a.md": entry("aaaa", "topics: [flod]"),
        "entries/b.md": entry("bbbb", "date: 2203-03-05"),
        "entries/c.md": entry("cccc", body=later),
        "entries/d.md": entry("dddd", "lang: french", body=later),
    }
    lines = run(make_site(tmp_path, files), "check").stdout.splitlines()
    codes = {(line.partition(":")[0][-4:], line.rpartition("[")[2]) for line in lines}
    assert {("a.md", "unknown-topic]"), ("b.md", "far-date]"), ("c.md", "late-date]")} <= codes


def test_a_fault_in_a_vocabulary_is_told_alone(tmp_path: Path) -> None:
    """What follows from it would hide the one line to correct, whichever PATH is asked about."""
    site = make_site(tmp_path, {**BROKEN, "vocabulary/countries.toml": "[ZZ]\n"})
    for paths in ([], [str(site / "content" / "entries")]):
        result = run(site, "check", *paths)
        assert result.exit_code == 1
        assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == [
            "content/vocabulary/countries.toml:1:1"
        ]


def test_warnings_alone_are_no_failure_unless_strict(tmp_path: Path) -> None:
    """An entry without a topic passes; `--strict` lets it fail, and only what a warning is about terms."""
    site = make_site(tmp_path, {"entries/b.md": entry("bbbb", "topics: []", "mentions: [UA]")})
    assert run(site, "check").exit_code == 0
    strict = run(site, "check", "--strict")
    assert strict.exit_code == 1
    severities = [line.split(": ")[1] for line in strict.stdout.splitlines() if "/entries/" in line]
    assert severities == ["error", "warning"]


def test_a_clean_site_says_so(tmp_path: Path) -> None:
    """Nothing on stdout, which other programs read; a word for people on stderr; exit code 0."""
    result = run(make_site(tmp_path, {"entries/a.md": entry("aaaa")}), "check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 file checked, no problem\n")


def test_a_translation_has_the_terms_of_its_original(tmp_path: Path) -> None:
    """It need not repeat them, so nothing is said of a country or a topic that it lacks."""
    translation = "---\nid: bbbb\ntitle: B\nlang: fr\ndate: 2025-03-05\ntranslation_of: aaaa\n---\n\nTexte.\n"
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa"), "entries/b.md": translation})
    outcome = run(site, "check", "--strict")
    assert "no-country" not in outcome.stdout
    assert "no-topic" not in outcome.stdout
    assert outcome.exit_code == 0


def test_notes_are_no_warnings(tmp_path: Path) -> None:
    """A new site has blanks to fill in, and nothing is wrong with it."""
    page = "---\ntitle: Contact\n---\n\nWrite to *[fill in: an address]*.\n"
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa"), "pages/contact.md": page})
    outcome = run(site, "check")
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("content/pages/contact.md:5:11: note: ")
    assert outcome.stderr == "2 files checked, no problem, 1 note\n"
    assert run(site, "check", "--format", "github").stdout.startswith(
        "::notice file=content/pages/contact.md,"
    )
    assert (
        json.loads(run(site, "check", "--format", "sarif").stdout)["runs"][0]["results"][0]["level"] == "note"
    )


def test_only_the_files_that_are_named(tmp_path: Path) -> None:
    """With PATH, only the faults of these files count, but they are compared with all others."""
    site = make_site(
        tmp_path, {"entries/a.md": entry("aaaa"), "entries/b.md": entry("aaaa"), "entries/c.md": "x"}
    )
    result = run(site, "check", str(site / "content/entries/a.md"))
    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == ["content/entries/a.md:2"]
    assert "content/entries/b.md" in result.stdout
    assert run(site, "check", str(site / "content/vocabulary")).exit_code == 0
    assert run(site, "check", str(site / "pelicanconf.py")).exit_code == 2
    assert run(site, "check", str(site / "nothing")).exit_code == 2


def test_fix_mends_what_has_one_right_answer(tmp_path: Path) -> None:
    """Names become codes and repeated items go; what needs a decision is left and listed."""
    site = make_site(
        tmp_path,
        {
            "entries/a.md": entry("aaaa", "countries: [Ukraine, UA] # both", "topics: [Inondation]"),
            "entries/b.md": entry("bbbb", "status: Published", "lang: french", body="A\x0b"),
        },
    )
    result = run(site, "check", "--fix")
    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == ["content/entries/b.md:8:7"]
    assert re.match(
        r"(fixed content/entries/a\.md:\d+: .+\n)+(fixed content/entries/b\.md:\d+: .+\n)+", result.stderr
    ), result.stderr
    text = (site / "content/entries/a.md").read_text("utf-8")
    assert text == entry("aaaa", "countries: [UA] # both", "topics: [flood]")
    assert sorted(file.name for file in (site / "content/entries").iterdir()) == ["a.md", "b.md"]
    assert "fixed" not in run(site, "check", "--fix").stderr


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("countries: [ua, fr]", "countries: [UA, FR]"),
        ("mentions: [ru]", "mentions: [RU]"),
        ("date: 2025-3-5", "date: 2025-03-05"),
        ("updated: 2025/03/09", "updated: 2025-03-09"),
        ("date: 2025\u201103\u201105", "date: 2025-03-05"),
    ],
)
def test_fix_corrects_codes_and_dates(written: str, fixed: str, tmp_path: Path) -> None:
    """A code in small letters and a date without its zeros mean one thing only."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa", written)})
    assert run(site, "check").exit_code == 1
    assert run(site, "check", "--fix").exit_code == 0
    assert (site / "content/entries/a.md").read_text("utf-8") == entry("aaaa", fixed)


def test_json(tmp_path: Path) -> None:
    """`--format json` is one document with all fields of each problem."""
    found = json.loads(run(make_site(tmp_path, BROKEN), "check", "--format", "json").stdout)
    assert len(found) == 5
    assert found[2] == {
        "path": "content/entries/a.md",
        "line": 7,
        "column": 10,
        "code": "unknown-topic",
        "message": "unknown topic 'flod'",
        "hint": "did you mean 'flood'? (topics live in content/vocabulary/topics.toml)",
        "severity": "error",
    }


def test_github(tmp_path: Path) -> None:
    """`--format github` gives workflow commands, with their signs escaped."""
    lines = run(make_site(tmp_path, BROKEN), "check", "--format", "github").stdout.splitlines()
    assert lines[2] == (
        "::error file=content/entries/a.md,title=unknown-topic,line=7,col=10::unknown topic 'flod'; "
        "did you mean 'flood'? (topics live in content/vocabulary/topics.toml)"
    )
    assert lines[3].startswith("::warning file=content/entries/b.md,title=no-topic,")


def test_sarif(tmp_path: Path) -> None:
    """`--format sarif` is SARIF 2.1.0, each result with its rule and place."""
    found = json.loads(run(make_site(tmp_path, BROKEN), "check", "--format", "sarif").stdout)
    assert found["version"] == "2.1.0"
    (ran,) = found["runs"]
    rules = [rule["id"] for rule in ran["tool"]["driver"]["rules"]]
    for result in ran["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("content/")
    assert ran["results"][2]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 7,
        "startColumn": 10,
    }
    assert ran["results"][3]["level"] == "warning"


@pytest.mark.parametrize(
    ("link", "codes"),
    [
        ("../entries/b.md", []),
        ("/briefings/b/", []),
        ("/briefings/b-once/#x", []),
        ("/briefings/", ["dead-link"]),
        ("/countries/ukraine/", []),
        ("/briefings/none/", ["broken-link"]),
        ("none.md", ["broken-link"]),
        ("draft.md", ["link-to-draft"]),
    ],
)
def test_links_between_entries(tmp_path: Path, link: str, codes: list[str]) -> None:
    """A link to an entry that is not there is an error where it is written; one to a draft is a warning."""
    site = make_site(
        tmp_path,
        {
            "entries/a.md": entry("aaaa", body=f"First.\n\nSee [this]({link})."),
            "entries/b.md": entry("bbbb", "formerly: [b-once]"),
            "entries/draft.md": entry("cccc", "title: Draft", "status: draft"),
        },
    )
    found = json.loads(run(site, "check", "--format", "json").stdout)
    assert [(problem["line"], problem["code"]) for problem in found] == [(11, code) for code in codes]


def test_a_folder_is_checked_with_the_files_that_nobody_reads(tmp_path: Path) -> None:
    """Hidden files, other endings and a link to a folder are told; an editor's backup is left alone."""
    site = make_site(
        tmp_path,
        {"entries/a.md": entry("aaaa"), "entries/.b.md": "x", "entries/c.md~": "x", "entries/d.txt": "x"},
    )
    (site / "content/entries/loop.md").symlink_to(site / "content/entries")
    for place in ([], [str(site / "content" / "entries")]):
        done = run(site, "check", *place)
        assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
            "content/entries/.b.md",
            "content/entries/d.txt",
            "content/entries/loop.md",
        ]
        assert done.exit_code == 0


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A link that leads nowhere and a pipe, which would hold the program for ever, are errors with their names."""
    site = make_site(tmp_path, {"entries/a.md": entry("aaaa")})
    (site / "content/entries/gone.md").symlink_to(site / "nowhere.md")
    os.mkfifo(site / "content/entries/pipe.md")
    assert run(site, "check").stdout == (
        "content/entries/gone.md: error: cannot be read: No such file or directory;"
        " put a text file in its place [unreadable-file]\n"
        "content/entries/pipe.md: error: cannot be read: not a regular file;"
        " put a text file in its place [unreadable-file]\n"
    )
    assert run(site, "list").exit_code == 1


ENGLISH, FRENCH = ["title: Talks", "lang: en"], ["title: Pourparlers", "lang: fr"]
OF = "translation_of: "


@pytest.mark.parametrize(
    ("before", "after", "at"),
    [
        (
            {"talks": ["talks01", *ENGLISH], "paix": ["paix01", *FRENCH, f"{OF}talks01"]},
            {"talks": ["talks01", *ENGLISH, f"{OF}paix01"], "paix": ["paix01", *FRENCH]},
            "content/entries/paix.md:2",
        ),
        # Whoever moves the files as well, and has a third version.
        (
            {
                "talks": ["talks01", *ENGLISH],
                "paix": ["paix01", *FRENCH, f"{OF}talks01"],
                "frieden": ["fried01", "title: Frieden", "lang: de", f"{OF}talks01"],
            },
            {
                "talks-en": ["talks01", *ENGLISH, f"{OF}fried01"],
                "talks-fr": ["paix01", *FRENCH, f"{OF}fried01"],
                "talks-de": ["fried01", "title: Frieden", "lang: de"],
            },
            "content/entries/talks-de.md:2",
        ),
        # No reader has seen them.
        (
            {
                "talks": ["talks01", *ENGLISH, "status: draft"],
                "paix": ["paix01", *FRENCH, f"{OF}talks01", "status: draft"],
            },
            {"talks": ["talks01", *ENGLISH, f"{OF}paix01"], "paix": ["paix01", *FRENCH]},
            "",
        ),
        # Two that were apart become one briefing: no feed has another item than before.
        (
            {"talks": ["talks01", *ENGLISH], "paix": ["paix01", *FRENCH]},
            {"talks": ["talks01", *ENGLISH, f"{OF}paix01"], "paix": ["paix01", *FRENCH]},
            "",
        ),
    ],
)
def test_a_translation_that_takes_the_place_of_its_original(
    before: dict[str, list[str]], after: dict[str, list[str]], at: str, tmp_path: Path
) -> None:
    """It is an error beside the last commit: subscribers would see an old briefing as new."""
    site = make_site(tmp_path, {f"entries/{name}.md": entry(*lines) for name, lines in before.items()})
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "A briefing")
    assert run(site, "check").exit_code == 0
    for name in before:
        (site / "content" / "entries" / f"{name}.md").unlink()
    make_site(tmp_path, {f"entries/{name}.md": entry(*lines) for name, lines in after.items()})
    result = run(site, "check")
    assert result.exit_code == bool(at)
    found = [line for line in result.stdout.splitlines() if "[new-to-subscribers]" in line]
    assert [line.partition(": ")[0] for line in found] == ([at] if at else [])
    git(site, "add", "-A")
    assert run(site, "check").exit_code == bool(at)
    git(site, "commit", "-qm", "The other way round")
    assert run(site, "check").exit_code == 0


def test_a_language_that_the_theme_does_not_speak_is_named(tmp_path: Path) -> None:
    """A setting that gives English pages is not taken without a word, neither by check nor by a build."""
    site = make_site(tmp_path)
    with (site / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write('DEFAULT_LANG = "en-GB"\nPOUCH_LANGUAGES = ["en-GB", "fr-CA", "it"]\n')
    sentence = "the theme has no translation for it, so its pages are in English"
    for command in ("check", "build"):
        printed = run(site, command).stderr
        assert (sentence in printed, printed.count("has no translation")) == (True, 1)
