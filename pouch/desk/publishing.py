"""From the desk to the archive: what publishing would change, publishing, and a commit that is offered.

Git stays the only way to publish. Nothing here runs by itself, and a commit holds the files of one entry.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from pouch.content.files import site_path
from pouch.editing.publish import carry_out, facts, plan_publications
from pouch.errors import EnvironmentFault
from pouch.git import GitError, for_any_repository, git_text
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.wording import diff_lines


class Publishing(msgspec.Struct, frozen=True, kw_only=True):
    """The effects that publishing an entry would have, or had."""

    path: str
    target: str
    facts: tuple[str, ...]
    diff: tuple[str, ...]
    already: bool = False


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The differences of an entry's files from the last commit."""

    repository: bool  # whether the site lies in a git repository
    paths: tuple[str, ...] = ()
    diff: tuple[str, ...] = ()
    message: str = ""  # a proposal


def publish(
    entry_id: str, site: Site, vocabulary: Vocabulary, now: datetime, *, for_real: bool
) -> Publishing:
    """Publish an entry as `pouch publish` does, or say what that would change.

    Raises ContentError with every reason against it, EnvironmentFault.
    """
    (item,) = plan_publications([entry_id], site=site, vocabulary=vocabulary, now=now, date=None)
    before = item.file.read_bytes().decode("utf-8")
    if for_real:
        carry_out([item])
    return Publishing(
        path=site_path(item.file, site),
        target=site_path(item.target, site),
        facts=tuple(facts(item.entry, site, vocabulary, now)),
        diff=tuple(diff_lines(before, item.text)),
        already=item.already,
    )


def changes(paths: list[str], title: str, site: Site) -> Changes:
    """The changes that a commit of these files, relative to the site's folder, would hold. Raises EnvironmentFault."""
    if not _is_repository(site):
        return Changes(repository=False)
    changed = [
        line[3:] for line in _git(site, "status", "--porcelain", "-z", "--", *paths).split("\0") if line
    ]
    if not changed:
        return Changes(repository=True)
    tracked: list[str] = []
    with suppress(EnvironmentFault):  # before the first commit
        tracked = _git(site, "diff", "HEAD", "--no-color", "--relative", "--", *paths).splitlines()
    new = []
    for path in paths:
        file = Path(site.root) / path
        if file.is_file() and not _git(site, "ls-files", "--", path):
            new += [f"+++ {path}", *(f"+{line}" for line in file.read_text("utf-8", "replace").splitlines())]
    return Changes(repository=True, paths=tuple(paths), diff=(*tracked, *new), message=title)


def commit(paths: list[str], message: str, site: Site) -> str:
    """Commit these files and nothing else; returns the commit's short name. Raises EnvironmentFault."""
    if not message.strip():
        raise EnvironmentFault("A commit needs a message.")
    there = [
        path for path in paths if (Path(site.root) / path).exists() or _git(site, "ls-files", "--", path)
    ]
    _git(site, "add", "--all", "--", *there)
    _git(site, "commit", "--quiet", "--message", message.strip(), "--", *there)
    return _git(site, "rev-parse", "--short", "HEAD").strip()


def _is_repository(site: Site) -> bool:
    try:
        return _git(site, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except EnvironmentFault:
        return False


def _git(site: Site, *arguments: str) -> str:
    """The output of git in the site's folder. Raises EnvironmentFault with git's own words."""
    try:
        return git_text(Path(site.root), "--literal-pathspecs", *arguments, environment=for_any_repository())
    except GitError as error:
        raise EnvironmentFault(f"git: {error}") from error
