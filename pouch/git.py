"""Git, asked for what a repository holds. Its own words are kept where it refuses."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from pouch.errors import EnvironmentFault

_OF_ONE_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


class GitError(Exception):
    """An error message of git."""


def git(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None, stdin: bytes = b""
) -> bytes:
    """The output of git in a folder, with `stdin` as its input.

    Raises GitError with its own words where it fails, EnvironmentFault where it cannot be started.
    """
    # Its words are in English, which the variable LANGUAGE decides; hooks keep the user's locale.
    words = {"LANGUAGE": "C", "GIT_LFS_SKIP_SMUDGE": "1"}
    try:
        completed = subprocess.run(  # noqa: S603  # arguments are ours, revisions stand behind --end-of-options
            ["git", "-C", str(folder), *arguments],  # noqa: S607  # the user's own git
            capture_output=True,
            check=False,
            input=stdin,
            env={**(os.environ if environment is None else environment), **words},
        )
    except FileNotFoundError as error:
        raise EnvironmentFault("git is not installed, or not on the path") from error
    except OSError as error:
        raise EnvironmentFault(f"git cannot be started: {error.strerror or error}") from error
    if completed.returncode:
        words_of_git = (completed.stderr.strip() or completed.stdout.strip()).decode("utf-8", "replace")
        raise GitError(words_of_git.removeprefix("fatal: "))
    return completed.stdout


def git_text(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """The output of git as text; a path that is no UTF-8 keeps its bytes as lone surrogates."""
    return git(folder, *arguments, environment=environment).decode("utf-8", "surrogateescape")


def for_any_repository() -> dict[str, str]:
    """This process's environment without the repository that it names, as that of a hook does."""
    return {name: value for name, value in os.environ.items() if name not in _OF_ONE_REPOSITORY}
