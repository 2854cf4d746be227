"""The programs that judges need: which are to be on the machine, and which are installed here from the locks."""

from __future__ import annotations

import subprocess
import venv
from collections.abc import Collection, Mapping
from pathlib import Path

from audit import host, readers
from pouch.errors import EnvironmentFault
from pouch.reporting import say

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
LOCK = HERE.parent / "requirements" / "audit.txt"
# What each program is, and Debian's package of it.
PROGRAMS = {
    "java": ("a Java runtime, 11 or newer", "default-jre-headless"),
    "newsboat": ("newsboat", "newsboat"),
    "nginx": ("nginx", "nginx-light"),
    "node": ("Node.js, 20 or newer", "nodejs"),
    "npm": ("npm", "npm"),
}


def install(needs: Mapping[str, Collection[str]]) -> None:
    """Put what these judges need into audit/node_modules and audit/.venv, from the locks, unless it is there already.

    `needs` are the programs of each. Raises EnvironmentFault, which says who needs what, where a program is missing.
    """
    missing: dict[str, list[str]] = {}
    for name, programs in needs.items():
        for program in programs:
            if host.program(program) is None:
                missing.setdefault(program, []).append(name)
    if missing:
        wants = "; ".join(f"{' and '.join(who)}: {PROGRAMS[program][0]}" for program, who in missing.items())
        packages = " ".join(PROGRAMS[program][1] for program in missing)
        raise EnvironmentFault(
            f"not here is what these judges need: {wants}. On Debian: apt-get install {packages}"
        )
    wanted = {program for programs in needs.values() for program in programs}
    if "npm" in wanted and not _follows(MODULES / ".package-lock.json", HERE / "package-lock.json"):
        say("installing the judges from npm")
        subprocess.run(["npm", "ci", "--ignore-scripts", "--loglevel=error"], cwd=HERE, check=True)
    stamp = readers.PYTHON.parents[1] / ".installed"
    if {"subscribers", "dependencies", "patterns"} & needs.keys() and not _follows(stamp, LOCK):
        say("installing the feed reader, pip-audit, cyclonedx-bom and regexploit")
        venv.create(readers.PYTHON.parents[1], clear=True, with_pip=True)
        options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
        command = [str(readers.PYTHON), "-m", "pip", "install", *options, "--requirement", str(LOCK)]
        subprocess.run(command, check=True)
        stamp.touch()


def _follows(stamp: Path, lock: Path) -> bool:
    """Whether what `stamp` stands for was installed after the lock was last made."""
    return stamp.is_file() and stamp.stat().st_mtime >= lock.stat().st_mtime
