"""A small stand-in for a code host's runner: the `run` steps of an action or a job, in order, in a real checkout.

Steps that use another action are left out. What GitHub sets for a step (files, variables, contexts) is set here too;
`pip` and `gh` are noted and not run, `pouch` is this checkout's.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

_TOKEN = re.compile(r"\s*(==|!=|&&|\|\||!|\(|\)|'(?:[^']|'')*'|[\w.-]+)")


def evaluate(expression: str, contexts: Mapping[str, Any]) -> Any:
    """The value of an expression of names, texts, `==`, `!=`, `!`, `&&`, `||` and brackets.

    https://docs.github.com/en/actions/reference/workflows-and-actions/expressions: names that are not there are empty,
    and the operators give back an operand.
    """
    tokens = _TOKEN.findall(expression)
    assert "".join(tokens) == re.sub(r"\s", "", expression), f"more than this reads: {expression}"

    def alternatives() -> Any:
        value = conjunction()
        while tokens and tokens[0] == "||":
            tokens.pop(0)
            other = conjunction()
            value = value or other
        return value

    def conjunction() -> Any:
        value = comparison()
        while tokens and tokens[0] == "&&":
            tokens.pop(0)
            other = comparison()
            value = value and other
        return value

    def comparison() -> Any:
        value = operand()
        while tokens and tokens[0] in ("==", "!="):
            is_same = tokens.pop(0) == "=="
            value = (str(value).lower() == str(operand()).lower()) is is_same
        return value

    def operand() -> Any:
        word = tokens.pop(0)
        if word == "!":
            return not operand()
        if word == "(":
            value = alternatives()
            assert tokens.pop(0) == ")"
            return value
        if word.startswith("'"):
            return word[1:-1].replace("''", "'")
        value = contexts
        for name in word.split("."):
            value = value.get(name, "") if isinstance(value, Mapping) else ""
        return value

    return alternatives()


def filled(text: str, contexts: Mapping[str, Any]) -> str:
    """A text with its `${{ }}` replaced."""

    def value(match: re.Match[str]) -> str:
        found = evaluate(match[1], contexts)
        return str(found).lower() if isinstance(found, bool) else str(found)

    return re.sub(r"\$\{\{(.*?)\}\}", value, text)


class Job(NamedTuple):
    """The outcome of steps that were run one after another, up to the first that failed."""

    scripts: list[str]  # that were run
    output: str
    failed: bool
    summary: str
    calls: list[list[str]]  # of pip and gh
    body: str  # of the last comment

    @property
    def commands(self) -> list[str]:
        """What the host's runner takes for its own commands: `::error …`, `::set-output …` and so on."""
        return [line for line in self.output.splitlines() if line.lstrip().startswith("::")]


class CodeHost:
    """Runs steps in a checkout, for one event."""

    def __init__(
        self, workspace: Path, folder: Path, event: str, payload: Mapping[str, Any], **more: str
    ) -> None:
        """`folder` is for the host's files beside the checkout; `more` are further values of the context `github`."""
        self.workspace = workspace
        self._folder = folder
        self.takes_comments = True
        folder.mkdir(parents=True, exist_ok=True)
        self.github = {
            "event_name": event,
            "event": payload,
            "workspace": str(workspace),
            "action_path": str(Path(__file__).parents[2]),
            "token": "token",
            "run_id": "1",
            "repository": "owner/site",
            **more,
        }

    def run(self, steps: Iterable[Mapping[str, Any]], inputs: Mapping[str, str] | None = None) -> Job:
        """Run the steps of an action with its inputs, or those of a job."""
        variables = self._variables()
        contexts = {"github": self.github, "inputs": dict(inputs or {}), "env": variables}
        scripts: list[str] = []
        output, failed = "", False
        for step in steps:
            if "run" not in step or not evaluate(str(step.get("if", "'yes'")), contexts):
                continue
            script = filled(step["run"], contexts)
            file = self._folder / "step.sh"
            file.write_text(script, "utf-8")
            # A composite action names its shell; that of a job's step is `bash -e`.
            options = ["--noprofile", "--norc", "-eo", "pipefail"] if "shell" in step else ["-e"]
            own = {name: filled(str(value), contexts) for name, value in step.get("env", {}).items()}
            done = subprocess.run(
                ["bash", *options, str(file)],
                cwd=self.workspace / filled(step.get("working-directory", "."), contexts),
                env={**variables, **own},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            scripts.append(script)
            output += done.stdout
            if done.returncode:
                failed = True
                break
            for line in Path(variables["GITHUB_ENV"]).read_text("utf-8").splitlines():
                name, _, value = line.partition("=")
                variables[name] = value
        calls = self._folder / "calls.jsonl"
        body = self._folder / "body.md"
        return Job(
            scripts,
            output,
            failed,
            Path(variables["GITHUB_STEP_SUMMARY"]).read_text("utf-8"),
            [json.loads(line) for line in calls.read_text("utf-8").splitlines()],
            body.read_text("utf-8") if body.exists() else "",
        )

    def _variables(self) -> dict[str, str]:
        """The environment of a step, with fresh files."""
        files = {}
        for name in ("ENV", "OUTPUT", "PATH", "STEP_SUMMARY"):
            file = self._folder / name.lower()
            file.write_text("", "utf-8")
            files[f"GITHUB_{name}"] = str(file)
        event = self._folder / "event.json"
        event.write_text(json.dumps(self.github["event"]), "utf-8")
        temporary = self._folder / "temp"
        temporary.mkdir(exist_ok=True)
        return {
            **files,
            "PATH": f"{self._programs()}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": str(self.github["event_name"]),
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_HEAD_REF": str(self.github.get("head_ref", "")),
            "GITHUB_REPOSITORY": "owner/site",
            "RUNNER_TEMP": str(temporary),
        }

    def _programs(self) -> Path:
        """A folder with `pouch`, and with `pip` and `gh`, which note how they were called."""
        folder = self._folder / "bin"
        folder.mkdir(exist_ok=True)
        (self._folder / "calls.jsonl").write_text("", "utf-8")
        python, note = shlex.quote(sys.executable), shlex.quote(str(folder / "note.py"))
        (folder / "note.py").write_text(
            "import json, shutil, sys\n"
            f"folder, takes, arguments = {str(self._folder)!r}, {self.takes_comments!r}, sys.argv[1:]\n"
            "with open(folder + '/calls.jsonl', 'a') as calls:\n"
            "    calls.write(json.dumps(arguments) + '\\n')\n"
            "if arguments[0] == 'gh':\n"
            "    if not takes or '--edit-last' in arguments:\n"
            "        sys.exit('no comment of yours')\n"
            "    shutil.copyfile(arguments[arguments.index('--body-file') + 1], folder + '/body.md')\n",
            "utf-8",
        )
        programs = {
            "pouch": f"{python} -P -m pouch",
            "pip": f"{python} {note} pip",
            "gh": f"{python} {note} gh",
        }
        for name, command in programs.items():
            (folder / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
            (folder / name).chmod(0o755)
        return folder
