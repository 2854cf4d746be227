"""pouch.scaffold and `pouch init`: a new site."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
import uuid
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from pouch.commands.init import command
from pouch.errors import EnvironmentFault
from pouch.problems import Problem
from pouch.scaffold import PARTS, Choices, branch_of, files, make
from pouch.site import load_site
from pouch.vocabulary.standard import topics_file


def test_a_new_site_holds_what_it_needs_and_no_entry(tmp_path: Path) -> None:
    """Settings, the full topics, countries to add to, an about page, and an empty folder for the entries."""
    make(tmp_path / "new", Choices())
    found = sorted(
        path.relative_to(tmp_path / "new").as_posix() for path in tmp_path.rglob("*") if path.is_file()
    )
    assert found == [
        ".gitattributes",
        ".github/workflows/publish.yml",
        ".gitignore",
        ".pre-commit-config.yaml",
        ".vscode/extensions.json",
        ".vscode/settings.json",
        ".vscode/tasks.json",
        "README.md",
        "content/pages/about.md",
        "content/pages/accessibility.md",
        "content/pages/corrections-policy.md",
        "content/vocabulary/countries.toml",
        "content/vocabulary/topics.toml",
        "pelicanconf.py",
        "publishconf.py",
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
    """A folder with somebody's work in it is refused and left alone; so is a file; an empty folder will do."""
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


def test_a_new_repository_becomes_a_site(tmp_path: Path) -> None:
    """What a host's "new repository" button writes stays: the README, the licence, git's own lines."""
    there = {
        ".git/HEAD": "ref: refs/heads/main\n",
        "README.md": "# Harbour\n",
        "LICENSE": "Some licence\n",
        ".gitignore": "/notes/\n/output/\n",
        ".gitattributes": "*.md diff=markdown",
    }
    for path, text in there.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    make(tmp_path, Choices(url="https://harbour.example"))
    for path in (".git/HEAD", "README.md", "LICENSE"):
        assert (tmp_path / path).read_text() == there[path]
    ignored = (tmp_path / ".gitignore").read_text().splitlines()
    assert ignored == ["/notes/", "/output/", "/.pouch/", ".pouch-*.tmp", "__pycache__/"]
    assert (tmp_path / ".gitattributes").read_text().startswith("*.md diff=markdown\n# The same line ends")
    assert load_site(tmp_path, tmp_path / "publishconf.py").url == "https://harbour.example"


def test_parts_can_be_left_out(tmp_path: Path) -> None:
    """Each option leaves out its files, and nothing else."""
    # What VS Code completes is made of the new site's vocabulary, once that is there.
    whole = {*files(Choices(), uuid.UUID(int=1)), ".vscode/pouch.code-snippets"}
    for part, paths in PARTS.items():
        result = CliRunner().invoke(command, [str(tmp_path / part), f"--no-{part}"])
        assert result.exit_code == 0, result.output
        there = {
            path.relative_to(tmp_path / part).as_posix()
            for path in (tmp_path / part).rglob("*")
            if path.is_file()
        }
        assert whole - there == set(paths)


def test_a_language_without_a_translation_is_warned_of(tmp_path: Path) -> None:
    """The site is made all the same; the warning names the languages that there are."""
    result = CliRunner().invoke(command, [str(tmp_path / "nl"), "--lang", "nl", "--lang", "fr-CA"])
    assert result.exit_code == 0
    (warning,) = [line for line in result.output.splitlines() if line.startswith("warning")]
    assert "no translation for nl" in warning
    assert "de, en, es, fr" in warning


def test_the_workflow_runs_commands_that_exist() -> None:
    """It is YAML; each step is a `uses` with a version or a `run`; and its commands and options are the program's."""
    workflow = yaml.safe_load(files(Choices(), uuid.UUID(int=1))[".github/workflows/publish.yml"])
    # YAML 1.1 reads the key `on` as true.
    assert set(workflow[True]) == {"push", "pull_request", "schedule", "workflow_dispatch"}
    assert set(workflow["jobs"]["publish"]["permissions"]) == {"pages", "id-token"}
    assert workflow["permissions"] == {"contents": "read"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    runs = [shlex.split(step["run"]) for step in steps if step.get("run", "").startswith("pouch ")]
    assert [words[1] for words in runs] == ["check", "diff", "build"]
    for _, name, *options in runs:
        module = import_module(f"pouch.commands.{name}")
        there = {option for parameter in module.command.params for option in parameter.opts}
        assert {option for option in options if option.startswith("--")} <= there


def test_a_repository_publishes_its_own_branch(tmp_path: Path) -> None:
    """A clone whose branch is not main; a folder in no repository, or at no branch, has main."""
    for head, branch in (
        ("ref: refs/heads/master\n", "master"),
        ("ref: refs/heads/site/live\n", "site/live"),
        ("4f1d\n", "main"),
    ):
        (tmp_path / ".git").mkdir(exist_ok=True)
        (tmp_path / ".git/HEAD").write_text(head)
        assert branch_of(tmp_path) == branch
    assert branch_of(tmp_path / "elsewhere") == "main"
    workflow = yaml.safe_load(
        files(Choices(branch="site/live"), uuid.UUID(int=1))[".github/workflows/publish.yml"]
    )
    assert workflow[True]["push"]["branches"] == ["site/live"]


def test_what_installs_pouch_reaches_the_shell_as_one_word(tmp_path: Path) -> None:
    """A requirement with spaces and signs is one argument of pip, in the workflow and in the README."""
    what = "pelican-pouch @ git+https://code.example/pouch@4f1d#subdirectory=a b"
    result = CliRunner().invoke(command, [str(tmp_path / "new"), "--install", what])
    assert result.exit_code == 0, result.output
    assert "note:" not in result.output
    workflow = yaml.safe_load((tmp_path / "new/.github/workflows/publish.yml").read_text())
    (step,) = [step for step in workflow["jobs"]["build"]["steps"] if "pip" in step.get("run", "")]
    assert (step["env"]["POUCH"], step["run"]) == (what, 'pip install "$POUCH"')
    (line,) = [
        line for line in (tmp_path / "new/README.md").read_text().splitlines() if "pipx install" in line
    ]
    assert shlex.split(line, comments=True)[2] == what


def test_a_site_is_told_that_no_index_has_pouch(tmp_path: Path) -> None:
    """Its first push would fail otherwise; without a workflow and a README nothing installs Pouch."""
    told = CliRunner().invoke(command, [str(tmp_path / "a")]).output
    assert "no package index has it yet" in told
    told = CliRunner().invoke(command, [str(tmp_path / "b"), "--no-workflow", "--no-readme"]).output
    assert "no package index" not in told
    assert "github-pages" in (tmp_path / "b/publishconf.py").read_text()
    assert load_site(tmp_path / "a", tmp_path / "a/publishconf.py").host == "github-pages"
    assert load_site(tmp_path / "b", tmp_path / "b/publishconf.py").host == ""


def test_a_fault_is_found_by_the_tasks_of_vs_code() -> None:
    """The pattern takes a problem apart as `pouch check` prints it, with and without a column."""
    text = files(Choices(), uuid.UUID(int=1))[".vscode/tasks.json"]
    tasks = json.loads(re.sub(r"(?m)^\s*//.*$", "", text))
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    for column in (0, 10):
        problem = Problem(
            "content/entries/2025/a.md", 7, column, "unknown-topic", "unknown topic 'flod'", "fix it"
        )
        match = re.fullmatch(pattern["regexp"], str(problem))
        assert match is not None
        parts = {key: match[pattern[key]] for key in ("file", "line", "severity", "message", "code")}
        assert parts == {
            "file": problem.path,
            "line": "7",
            "severity": "error",
            "message": "unknown topic 'flod'; fix it",
            "code": "unknown-topic",
        }
