"""The steps of the action and of a new site's workflow, run as a code host runs them, in a repository with a remote."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pouch.scaffold import Choices, make
from tests import compiled
from tests.commands.repository import edit, make_repository
from tests.commands.sites import entry, git
from tests.packaging.code_host import CodeHost, evaluate, filled

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
INPUTS = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
TALKS = "entries/2025/03/talks.md"
TITLE = "Talks `touch pwned` $(touch pwned); touch pwned\n::error::pwned"
BRANCH = "x;touch${IFS}pwned;`touch${IFS}pwned`"


class Repository:
    """A site in the folder `site` of a repository, with a bare remote that a runner checks out from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = make_repository(folder)
        (self.site / "publishconf.py").write_text("from pelicanconf import *\n", "utf-8")
        (self.site / ".gitignore").write_text(".pouch/\noutput/\n", "utf-8")
        self.remote = folder / "remote.git"
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.remote))
        # As code hosts do, for commits that no branch ends with.
        git(self.remote, "config", "uploadpack.allowAnySHA1InWant", "true")
        self.push("main")

    def push(self, branch: str) -> None:
        """Commit everything, and push it."""
        git(self.site, "add", "-A", "..")
        git(self.site, "commit", "-q", "--allow-empty", "-m", TITLE)
        git(self.site, "push", "-q", "-f", str(self.remote), f"HEAD:refs/heads/{branch}")

    def revision(self, name: str) -> str:
        """The commit of a name in the remote."""
        done = subprocess.run(
            ["git", "-C", str(self.remote), "rev-parse", name], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def host(self, event: str, payload: Mapping[str, Any], ref: str, **more: str) -> CodeHost:
        """A runner with a checkout of `ref`, as actions/checkout leaves it."""
        workspace = self.folder / "runner" / "checkout"
        if not workspace.exists():
            workspace.mkdir(parents=True)
            git(workspace, "init", "-q")
            git(workspace, "remote", "add", "origin", self.remote.as_uri())
            compiled.share(workspace / "site")
        git(workspace, "fetch", "-q", "--depth=1", "origin", f"+{ref}:refs/remotes/origin/checked-out")
        git(workspace, "checkout", "-q", "--force", "refs/remotes/origin/checked-out")
        return CodeHost(workspace, self.folder / "runner" / "host", event, payload, ref=ref, **more)

    def pull_request(self, **more: str) -> CodeHost:
        """A runner for a pull request: the branch is merged with main, which goes on meanwhile."""
        base = self.revision("main")
        self.push("change")
        git(self.site, "push", "-q", "-f", str(self.remote), "HEAD:refs/pull/7/merge")
        payload = {
            "number": 7,
            "pull_request": {
                "number": 7,
                "title": TITLE,
                "body": TITLE,
                "base": {"sha": base, "ref": "main"},
                "head": {"ref": BRANCH, "label": BRANCH},
            },
        }
        return self.host("pull_request", payload, "refs/pull/7/merge", head_ref=BRANCH, **more)

    def nothing_ran(self) -> bool:
        """Whether no text of somebody else was run as a command."""
        return not any(self.folder.rglob("pwned*"))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A site of two entries on the branch main."""
    return Repository(tmp_path)


def of_site(**more: str) -> dict[str, str]:
    """The action's inputs for the site in the folder `site`."""
    return {**INPUTS, "site": "site", **more}


@pytest.mark.parametrize("event", ["push", "schedule"])
def test_the_site_is_built_with_what_the_last_run_left(repository: Repository, event: str) -> None:
    """Nothing is commented; the second run, with the cache of the first, finds everything built."""
    payload = {"head_commit": {"message": TITLE}} if event == "push" else {"schedule": "7 * * * *"}
    first = repository.host(event, payload, "refs/heads/main").run(STEPS, of_site())
    assert (first.failed, first.commands, first.summary) == (False, [], ""), first.output
    assert first.calls == [["pip", "install", str(ROOT)]]
    built = repository.folder / "runner/checkout/site/output/index.html"
    assert "Talks" in built.read_text("utf-8")
    assert re.search(r"; [1-9]\d* written, 0 unchanged", first.output)
    again = repository.host(event, payload, "refs/heads/main").run(
        STEPS, of_site(version="pouch; touch pwned")
    )
    assert again.output.rstrip().endswith("up to date")
    assert again.calls == [["pip", "install", "pouch; touch pwned"]], "one word, whatever it holds"
    assert repository.nothing_ran()


def test_a_pull_request_gets_its_changes_as_a_comment(repository: Repository) -> None:
    """By briefing and field, once in the comment and once in the summary; titles and branches are only texts."""
    hostile = "Talks `touch pwned` $(touch pwned) ::error::pwned"
    edit(repository.site, TALKS, entry("talks01", f"title: '{hostile}'", body="Other words."))
    host = repository.pull_request()
    job = host.run(STEPS, of_site())
    assert not job.failed, job.output
    assert (job.body, job.commands) == (job.summary, [])
    assert "`touch pwned`" in job.body.replace("\\", "") or "touch pwned" in job.body
    assert "Other" in job.body
    assert [call[:4] for call in job.calls] == [
        ["pip", "install", str(ROOT)],
        ["gh", "pr", "comment", "7"],
        ["gh", "pr", "comment", "7"],
    ]
    assert (host.workspace / "site/output/index.html").exists()
    assert repository.nothing_ran()


def test_a_pull_request_from_a_fork_has_its_changes_in_the_summary(repository: Repository) -> None:
    """Its token may not comment; that is told, and fails nothing."""
    edit(repository.site, TALKS, entry("talks01", "title: Other talks"))
    host = repository.pull_request()
    host.takes_comments = False
    job = host.run(STEPS, of_site())
    assert not job.failed, job.output
    (told,) = job.commands
    assert told.startswith("::warning::The changes could not be put into a comment")
    assert "Other talks" in job.summary


def test_an_entry_with_another_id_fails_the_job_after_the_comment(repository: Repository) -> None:
    """Subscribers would see it twice, so nothing is built, and the comment says why."""
    edit(repository.site, TALKS, entry("talks99"))
    host = repository.pull_request()
    job = host.run(STEPS, of_site())
    assert job.failed
    assert "talks99" in job.body
    assert not (host.workspace / "site/output").exists()


@pytest.mark.parametrize("event", ["push", "pull_request"])
def test_a_fault_stands_beside_its_line(repository: Repository, event: str) -> None:
    """The annotation names the file as the repository does; nothing is compared or built."""
    text = entry("talks01", "topics: [flod]", f"title: '{TITLE.splitlines()[0]}'")
    edit(repository.site, TALKS, text)
    if event == "push":
        repository.push("main")
        host = repository.host("push", {}, "refs/heads/main")
    else:
        host = repository.pull_request()
    job = host.run(STEPS, of_site())
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "flod" in each)
    (command,) = job.commands
    assert command.startswith(f"::error file=site/content/{TALKS},title=unknown-topic,line={line},col=")
    assert job.failed
    assert (job.body, len(job.scripts)) == ("", 2)
    assert (host.workspace / "site/content" / TALKS).is_file()
    assert repository.nothing_ran()


def test_inputs_of_the_action_do_what_they_say(repository: Repository) -> None:
    """`strict` fails an entry without topic; without `comment` a pull request is only checked and built."""
    edit(repository.site, TALKS, entry("talks01", "topics: []"))
    host = repository.pull_request()
    lenient = host.run(STEPS, of_site(comment="false"))
    assert not lenient.failed, lenient.output
    assert [call[0] for call in lenient.calls] == ["pip"]
    assert lenient.commands[0].startswith(f"::warning file=site/content/{TALKS},title=no-topic")
    strict = host.run(STEPS, of_site(strict="true"))
    assert strict.failed
    assert strict.commands[0].startswith(f"::error file=site/content/{TALKS},title=no-topic")


def test_a_new_sites_workflow_checks_compares_and_builds(tmp_path: Path) -> None:
    """What `pouch init` writes, for a push, a schedule and a pull request; pages are uploaded for the first two."""
    site = tmp_path / "new"
    make(
        site,
        Choices(url="https://archive.example", install="pouch @ git+https://code.example/pouch; touch pwned"),
    )
    (site / "content/entries/2025").mkdir(parents=True, exist_ok=True)
    (site / "content/entries/2025/talks.md").write_text(entry("talks01", "topics: []"), "utf-8")
    compiled.share(site)
    workflow = yaml.safe_load((site / ".github/workflows/publish.yml").read_text("utf-8"))
    steps = workflow["jobs"]["build"]["steps"]
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", TITLE)
    base = subprocess.run(
        ["git", "-C", str(site), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    for event in ("push", "schedule"):
        job = CodeHost(site, tmp_path / event, event, {}).run(steps)
        assert not job.failed, job.output
        assert job.summary == ""
        assert job.calls == [["pip", "install", "pouch @ git+https://code.example/pouch; touch pwned"]]
    assert (site / "output/index.html").exists()
    (site / "content/entries/2025/talks.md").write_text(
        entry("talks01", "topics: []", "title: '`touch pwned` talks'"), "utf-8"
    )
    git(site, "commit", "-q", "-a", "-m", TITLE)
    payload = {"pull_request": {"number": 7, "title": TITLE, "base": {"sha": base}, "head": {"ref": BRANCH}}}
    job = CodeHost(site, tmp_path / "pull_request", "pull_request", payload).run(steps)
    assert not job.failed, job.output
    assert "talks" in job.summary
    uploads = {
        event: [
            step["uses"].partition("@")[0]
            for step in steps
            if "uses" in step and evaluate(step.get("if", "'yes'"), {"github": {"event_name": event}})
        ][-1]
        for event in ("push", "schedule", "pull_request")
    }
    pages = "actions/upload-pages-artifact"
    assert uploads == {"push": pages, "schedule": pages, "pull_request": "actions/cache"}
    assert not any(tmp_path.rglob("pwned*"))


def test_expressions_are_read_as_the_host_reads_them() -> None:
    """Operators give back an operand, texts compare without case, and what is not there is empty."""
    contexts = {"inputs": {"version": "", "site": "a'b"}, "github": {"event": {"number": 7}, "path": "/p"}}
    cases = {
        "${{ inputs.version || github.path }}": "/p",
        "${{ inputs.site }}/output": "a'b/output",
        "${{ github.event.number }}": "7",
        "${{ github.event.pull_request.base.sha }}": "",
        "${{ inputs.site == 'A''B' && (github.path != 'x') }}": "true",
        "${{ !inputs.version }}": "true",
    }
    assert {text: filled(text, contexts) for text in cases} == cases
