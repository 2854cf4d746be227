"""Git, asked for what a repository holds. Its own words are kept where it refuses."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from pouch.errors import EnvironmentFault


class GitError(Exception):
    """An error message of git."""


def git(
    repository: Path, *arguments: str, environment: Mapping[str, str] | None = None, stdin: bytes = b""
) -> bytes:
    """The output of git, with `stdin` as its input.

    Raises GitError with its own words where it fails, EnvironmentFault where it cannot be started.
    """
    words: Sequence[str] = ("git", "-C", str(repository), *arguments)
    try:
        completed = subprocess.run(  # noqa: S603  # arguments are ours, revisions stand behind --end-of-options
            words,
            capture_output=True,
            check=False,
            input=stdin,
            env={
                **(os.environ if environment is None else environment),
                "LC_ALL": "C",
                "GIT_LFS_SKIP_SMUDGE": "1",
            },
        )
    except FileNotFoundError as error:
        raise EnvironmentFault("git is not installed; `pouch diff` asks it for the earlier tree") from error
    except OSError as error:
        raise EnvironmentFault(f"git cannot be started: {error.strerror or error}") from error
    if completed.returncode:
        raise GitError(completed.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: "))
    return completed.stdout


def git_text(repository: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """The output of git as text; a path that is no UTF-8 keeps its bytes as lone surrogates."""
    return git(repository, *arguments, environment=environment).decode("utf-8", "surrogateescape")
