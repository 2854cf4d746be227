"""POUCH_PLAIN=1: libraries through their public interfaces alone, with the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.sites import tree

SITE = Path(__file__).parents[1] / "sites" / "harbour"


def _publish(tmp_path: Path, plain: str) -> dict[str, str]:
    """The golden site as a process of its own builds it with this POUCH_PLAIN: path → digest."""
    root = tmp_path / f"plain{plain}"
    shutil.copytree(SITE, root, ignore=shutil.ignore_patterns("expected", "output", ".pouch"))
    environment = {**os.environ, "POUCH_PLAIN": plain, "SOURCE_DATE_EPOCH": "1746057600"}
    command = [sys.executable, "-m", "pouch", "build", "--site", str(root), "--jobs", "1"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return tree(root / "output")


def test_the_switch_changes_no_byte(tmp_path: Path) -> None:
    """A site is the same with and without what goes around private parts of libraries."""
    assert _publish(tmp_path, "1") == _publish(tmp_path, "")


@pytest.mark.parametrize("plain", ["1", ""])
def test_the_switch_turns_off_the_fences(plain: str) -> None:
    """With it, no module of a fence is so much as imported: a library that changed cannot break the import."""
    fences = ("pouch.theming.shortcuts",)
    code = (
        "import sys, jinja2\n"
        "from pouch.theming.environment import page_environment\n"
        "page_environment((), {}, jinja2.FileSystemBytecodeCache())\n"
        f"print([name in sys.modules for name in {fences!r}])"
    )
    environment = {**os.environ, "POUCH_PLAIN": plain}
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    assert answer.stdout.strip() == str([not plain] * len(fences))
