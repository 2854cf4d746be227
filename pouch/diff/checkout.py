"""The site's folder as it was at a git revision, in a temporary place. Neither working tree nor index is touched."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pouch.errors import EnvironmentFault
from pouch.git import GitError, for_any_repository, git_text
from pouch.site import SETTINGS_FILE

_POINTER = re.compile(rb"version https://git-lfs\S*\n(?:[^\n]*\n)*?oid sha256:([0-9a-f]{64})\n")
_POINTER_SIZE = 1024  # a pointer is smaller (git-lfs, docs/spec.md)
# Git LFS would fetch over the network, and fail where it is not installed. Objects that are here are put in by us.
_WITHOUT_LFS = ("-c", "filter.lfs.smudge=", "-c", "filter.lfs.process=", "-c", "filter.lfs.required=false")
_SHOWN = 8  # branches in a message


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[tuple[Path, Path]]:
    """Yields (the tree of the whole repository, the site's folder in it), with submodules and objects of Git LFS.

    Raises EnvironmentFault where there is no git, no repository, no such revision or no site in it; what git refuses is
    told in git's own words.
    """
    top, commit = _commit(root, revision)
    try:
        prefix = git_text(root, "rev-parse", "--show-prefix").strip()
        with TemporaryDirectory(prefix="pouch-diff-") as place:
            tree = Path(place).resolve() / "tree"
            _export(top, commit, tree, revision, os.environ)
            site = tree / prefix
            if not (site / SETTINGS_FILE).is_file():
                raise EnvironmentFault(
                    f"at {revision!r} there is no {SETTINGS_FILE} in {prefix or 'the repository'}"
                )
            yield tree, site
    except GitError as error:
        raise EnvironmentFault(f"git cannot check out {revision!r}: {error}") from error


def _commit(root: Path, revision: str) -> tuple[Path, str]:
    """The repository's top folder and the revision's commit; for `REV...` the one that it has in common with HEAD."""
    try:
        top = Path(git_text(root, "rev-parse", "--show-toplevel").rstrip("\n"))
    except GitError as error:
        if "not a git repository" in str(error):
            raise EnvironmentFault(
                f"{root} is in no git repository, so there is nothing to compare with"
            ) from error
        raise EnvironmentFault(f"git refuses to read {root}: {error}") from error
    name = revision.removesuffix("...")
    try:
        commit = git_text(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        ).strip()
    except GitError as error:
        words = f"git knows no revision {name!r} here"
        if git_text(root, "rev-parse", "--is-shallow-repository").strip() == "true":
            words += "; the clone is shallow; `git fetch --unshallow` brings all (in actions/checkout, fetch-depth: 0)"
        elif str(error):
            words += f": {error}"
        elif branches := git_text(root, "branch", "--all", "--format=%(refname:short)").split():
            words += f"; there are {', '.join(branches[:_SHOWN])}" + ", …" * (len(branches) > _SHOWN)
        raise EnvironmentFault(words) from error
    if name == revision:
        return top, commit
    try:
        return top, git_text(root, "merge-base", commit, "HEAD").strip()
    except GitError as error:
        raise EnvironmentFault(f"{name!r} and HEAD have no commit in common") from error


def _export(repository: Path, commit: str, tree: Path, revision: str, environment: Mapping[str, str]) -> None:
    """Write the files of a commit to `tree`, those of its submodules too."""
    tree.mkdir(parents=True, exist_ok=True)
    # An index of our own, and git's own checkout: line ends and filters come out as in a working tree.
    index = {**environment, "GIT_INDEX_FILE": str(tree.with_name(f"{tree.name}.index"))}
    git_text(repository, "read-tree", commit, environment=index)
    git_text(
        repository, *_WITHOUT_LFS, "checkout-index", "--all", f"--prefix={tree}{os.sep}", environment=index
    )
    Path(index["GIT_INDEX_FILE"]).unlink(missing_ok=True)
    _fill_pointers(repository, tree)
    for line in git_text(
        repository, "ls-tree", "-r", "-z", "--full-tree", commit, environment=environment
    ).split("\0"):
        if line.startswith("160000 "):
            facts, _, path = line.partition("\t")
            _export_submodule(repository, path, facts.split()[2], tree, revision)


def _export_submodule(repository: Path, path: str, commit: str, tree: Path, revision: str) -> None:
    # A hook's environment names the outer repository.
    environment = for_any_repository()
    module_folder = repository / git_text(repository, "rev-parse", "--git-path", f"modules/{path}").strip()
    for home in (repository / path, module_folder):
        if not (home / ".git").exists() and not (home / "HEAD").is_file():
            continue
        try:
            git_text(home, "cat-file", "-e", f"{commit}^{{commit}}", environment=environment)
        except GitError:
            continue
        _export(home, commit, tree / path, revision, environment)
        return
    raise EnvironmentFault(
        f"at {revision!r} the submodule {path} is at commit {commit[:12]}, which is not in this clone;"
        f" `git submodule update --init {path}` or `git -C {path} fetch` brings it"
    )


def _fill_pointers(repository: Path, tree: Path) -> None:
    """Put the objects of Git LFS that are on this machine in the place of their pointers."""
    objects = repository / git_text(repository, "rev-parse", "--git-path", "lfs/objects").strip()
    for folder, _, names in os.walk(tree):
        for name in names:
            file = Path(folder) / name
            if file.is_symlink() or file.stat().st_size > _POINTER_SIZE:
                continue
            if (match := _POINTER.match(file.read_bytes())) is None:
                continue
            digest = match[1].decode()
            lfs_object = objects / digest[:2] / digest[2:4] / digest
            now = repository / file.relative_to(tree)
            if lfs_object.is_file():
                shutil.copyfile(lfs_object, file)
            elif now.is_file() and hashlib.sha256(now.read_bytes()).hexdigest() == digest:
                shutil.copyfile(now, file)
