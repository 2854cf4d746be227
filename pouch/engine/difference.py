"""What a change publishes: the plan of a site as it lies on disk beside that of one of its git revisions.

Nothing is rendered. An output is a function of what its fingerprint digests, so two plans tell which files differ.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from pouch.archive.archive import Archive
from pouch.code import engine_digest
from pouch.digests import digest, encode
from pouch.engine.compare import Fingerprints
from pouch.engine.fingerprint import Fingerprint
from pouch.engine.report import Report
from pouch.engine.scan import scan
from pouch.engine.state import State, folder_of
from pouch.engine.steps import make_plan
from pouch.errors import ContentError, EnvironmentFault
from pouch.pages import addresses
from pouch.site import SETTINGS_FILE, Site, load_site
from pouch.workers import default_jobs

KINDS = ("terms", "pages", "feeds", "files")


class Change(msgspec.Struct, frozen=True, order=True):
    """Something that a site has, or shows otherwise, on one side only."""

    address: str  # below SITEURL: "/briefings/talks/"
    what: str = ""  # of a term: "topic ceasefire"; what changed about it, where it changed


class Changes(msgspec.Struct, frozen=True):
    """One kind of thing, each list in order of address."""

    added: list[Change]
    changed: list[Change]
    removed: list[Change]


class Term(NamedTuple):
    """What the archive says of a term, wherever it shows it."""

    address: str
    names: tuple[str, ...]  # in each interface language
    place: str  # the topic above it, or the region around it


class Planned(NamedTuple):
    """An output, as far as two plans can be compared by it."""

    kind: str  # one of KINDS
    fingerprint: Fingerprint


class Side(NamedTuple):
    """A site at one moment: what it holds, and what decides each of its files."""

    terms: Mapping[str, Term]  # by "kind key"
    outputs: Mapping[str, Planned]  # by path


def differences(site: Site, revision: str, now: datetime, settings: Path | None = None) -> dict[str, Changes]:
    """What the site on disk publishes that it did not at `revision`, by KINDS.

    Both sides are taken at the moment `now`. `settings` is the settings file, where it is not pelicanconf.py.
    Raises ContentError for faults on either side, those of the revision with paths as git spells them
    ("main:content/…"); EnvironmentFault if git, the revision or its settings are missing.
    """
    with checked_out(Path(site.root), revision) as tree:
        old = _earlier(site, tree, revision, now, settings)
        new = planned(site, site, now, tree / ".pouch" / "after")
    return compare(old, new)


def _earlier(site: Site, tree: Path, revision: str, now: datetime, settings: Path | None) -> Side:
    """The plan of the site that is checked out in `tree`; its problems are reported as the revision's."""
    file = settings.resolve() if settings else Path(site.root) / SETTINGS_FILE
    if file.is_relative_to(site.root):
        file = tree / file.relative_to(site.root)
    try:
        return planned(load_site(tree, file), site, now, tree / ".pouch" / "before")
    except ContentError as error:
        raise ContentError(
            msgspec.structs.replace(problem, path=f"{revision}:{problem.path}") for problem in error.problems
        ) from error
    except EnvironmentFault as error:
        raise EnvironmentFault(str(error).replace(f"{tree}{os.sep}", f"{revision}:")) from error


def planned(site: Site, lender: Site, now: datetime, folder: Path) -> Side:
    """A site's plan. What the last build of `lender` read is read again only where it differs."""
    engine = engine_digest()
    # Where a site lies decides nothing that is read from it, so that a checkout elsewhere can borrow too.
    home = {name: getattr(lender, name) for name in ("root", "content", "output")}
    settings = digest(encode(msgspec.structs.replace(site, **home))).hex()
    with State(folder, engine, clean=True) as state:
        state.borrow_parsed(folder_of(lender) / "state.sqlite", engine)
        found = scan(site, state.stamps(), time.time_ns())
        _, archive, theme, plan = make_plan(site, state, default_jobs(), Report(), found, settings, now, {})
    fingerprints = Fingerprints(plan, theme)
    outputs = {
        output.path: Planned(
            "feeds" if is_feed else "pages" if output.path.endswith(".html") else "files",
            fingerprints.of(output, encode(output.model)),
        )
        for output, is_feed in plan.everything()
    }
    return Side(dict(_terms(archive)), outputs)


def compare(old: Side, new: Side) -> dict[str, Changes]:
    """What only one side has, and what both have in different forms."""
    found: dict[str, Changes] = {"terms": _compare_terms(old.terms, new.terms)}
    for kind in KINDS[1:]:
        before, after = (
            {path: planned for path, planned in side.outputs.items() if planned.kind == kind}
            for side in (old, new)
        )
        both = before.keys() & after.keys()
        found[kind] = Changes(
            added=sorted(Change(address_of(path)) for path in after.keys() - both),
            changed=sorted(Change(address_of(path)) for path in both if before[path] != after[path]),
            removed=sorted(Change(address_of(path)) for path in before.keys() - both),
        )
    return found


def address_of(path: str) -> str:
    """Where readers find an output, below SITEURL."""
    return f"/{path.removesuffix('index.html')}"


def _compare_terms(before: Mapping[str, Term], after: Mapping[str, Term]) -> Changes:
    both = before.keys() & after.keys()
    return Changes(
        added=sorted(Change(after[name].address, name) for name in after.keys() - both),
        changed=sorted(
            Change(after[name].address, f"{name}: {', '.join(what)}")
            for name in both
            if (what := _what_changed(before[name], after[name]))
        ),
        removed=sorted(Change(before[name].address, name) for name in before.keys() - both),
    )


def _what_changed(before: Term, after: Term) -> list[str]:
    found = []
    if before.address != after.address:
        found.append(f"its address, once {before.address}")
    if before.names != after.names:
        found.append(f"its name, once {' / '.join(before.names)}")
    if before.place != after.place:
        found.append("its place among the others")
    return found


def _terms(archive: Archive) -> Iterator[tuple[str, Term]]:
    """Every topic, and each country that has a page."""
    vocabulary, languages = archive.vocabulary, archive.site.languages
    for code in archive.countries:
        country = vocabulary.countries[code]
        names = tuple(dict.fromkeys(vocabulary.label("country", code, lang) for lang in languages))
        yield f"country {code}", Term(addresses.term("country", country.slug), names, country.region or "")
    for key, topic in vocabulary.topics.items():
        names = tuple(dict.fromkeys(vocabulary.label("topic", key, lang) for lang in languages))
        yield f"topic {key}", Term(addresses.term("topic", topic.slug), names, topic.parent or "")


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """The site's folder as it was at a git revision, in a temporary place; neither tree nor index is touched.

    Raises EnvironmentFault where there is no git, no repository, no such revision, or no site in it.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        if _git(root, "rev-parse", "--git-dir") is None:
            raise EnvironmentFault(f"{root} is in no git repository, so there is nothing to compare with")
        raise EnvironmentFault(f"git knows no revision {revision!r} here")
    prefix = (_git(root, "rev-parse", "--show-prefix") or "").strip()
    with TemporaryDirectory(prefix="pouch-diff-") as place:
        tree = Path(place).resolve() / "tree"
        # An index of our own, and git's own checkout: line ends and filters come out as in a working tree.
        index = tree.with_name("index")
        done = _git(root, "read-tree", commit.strip(), index=index)
        if done is not None:
            top = Path((_git(root, "rev-parse", "--show-toplevel") or str(root)).rstrip("\n"))
            done = _git(top, "checkout-index", "--all", f"--prefix={tree}{os.sep}", index=index)
        if done is None:
            raise EnvironmentFault(f"git cannot check out {revision!r} into {tree}")
        site = tree / prefix
        if not (site / SETTINGS_FILE).is_file():
            raise EnvironmentFault(
                f"at {revision!r} there is no {SETTINGS_FILE} in {prefix or 'the repository'}"
            )
        yield site


def _git(root: Path, *arguments: str, index: Path | None = None) -> str | None:
    """What git prints; None where it fails. `index` stands in for the repository's own."""
    try:
        done = subprocess.run(  # noqa: S603  # arguments are ours, the revision behind --end-of-options
            ["git", "-C", str(root), *arguments],  # noqa: S607  # whichever git the user has
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **({"GIT_INDEX_FILE": str(index)} if index else {})},
        )
    except FileNotFoundError as error:
        raise EnvironmentFault("git is not installed; `pouch diff` asks it for the earlier tree") from error
    return done.stdout if done.returncode == 0 else None
