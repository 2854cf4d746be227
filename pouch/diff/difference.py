"""The difference between the site on disk and one of its git revisions.

First what an editor did, text by text; then what subscribers see of it; then every term, page, feed and file that
differs. Nothing is rendered: an output is a function of what its fingerprint digests, so two plans tell which differ.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from pouch.diff.changes import (
    SubscriberChanges,
    TextChange,
    changed_texts,
    identity_problems,
    subscriber_changes,
)
from pouch.diff.checkout import checked_out
from pouch.diff.sides import Side, Term, planned
from pouch.engine.scan import disk_faults
from pouch.errors import ContentError, EnvironmentFault
from pouch.look import Look
from pouch.problems import Problem
from pouch.site import SETTINGS_FILE, Site, load_site

KINDS = ("terms", "pages", "feeds", "files")
SETTINGS = {
    "name": "SITENAME",
    "url": "SITEURL",
    "timezone": "TIMEZONE",
    "lang": "DEFAULT_LANG",
    "author": "AUTHOR",
    "plugins": "PLUGINS",
    "static_paths": "STATIC_PATHS",
    "static_addresses": "EXTRA_PATH_METADATA",
    "template_settings": "JINJA_FILTERS, JINJA_GLOBALS or JINJA_TESTS",
    "policy": "POUCH_CSP",
}
"""Field of a site → the setting, where that is not its name after POUCH_."""
OF_A_FOLDER = frozenset(
    """root content output theme path template_overrides plugin_paths template_pages sources look preview
    ignored_settings""".split()  # noqa: SIM905  # a list of words
)
"""Fields that name folders, which differ in a checkout, or follow from other fields."""


class Change(msgspec.Struct, frozen=True, order=True):
    """Something that a site has, or shows otherwise, on one side only."""

    address: str  # below SITEURL: "/briefings/talks/"
    what: str = ""  # of a term: "topic ceasefire"; what changed about it, where it changed


class Changes(msgspec.Struct, frozen=True):
    """One kind of thing, each list in order of address."""

    added: list[Change]
    changed: list[Change]
    removed: list[Change]


class Difference(msgspec.Struct, frozen=True):
    """The differences of two sides, for a reviewer and for a program."""

    problems: list[Problem]  # errors against the revision
    settings: list[str]  # names of settings that have another value
    texts: list[TextChange]
    subscribers: SubscriberChanges
    terms: Changes
    pages: Changes
    feeds: Changes
    files: Changes

    @property
    def seen(self) -> bool:
        """Whether readers see anything that they did not see before."""
        kinds = (getattr(self, kind) for kind in KINDS)
        return any(changes.added or changes.changed or changes.removed for changes in kinds)


def differences(site: Site, revision: str, now: datetime, settings: Path | None = None) -> Difference:
    """The differences between the site on disk and the site at `revision`.

    Both sides are taken at the moment `now`. `settings` is the settings file, where it is not pelicanconf.py.
    Raises ContentError for faults on either side, those of the revision with paths as git spells them
    ("main:content/…"); EnvironmentFault if git, the revision or its settings are missing.
    """
    with checked_out(Path(site.root), revision) as (tree, place), disk_faults(site):
        old = _earlier(site, tree, place, revision, now, settings)
        new = planned(site, site, now, place / ".pouch" / "after")
        texts = changed_texts(old, new)
        return Difference(
            problems=list(identity_problems(old, new, texts, revision)),
            settings=changed_settings(old.site, new.site),
            texts=[pair.change for pair in texts],
            subscribers=subscriber_changes(old, new),
            **compare(old, new),
        )


def _earlier(
    site: Site, tree: Path, place: Path, revision: str, now: datetime, settings: Path | None
) -> Side:
    """The plan of the site that is checked out at `place`; its problems are reported as the revision's."""
    file = settings.resolve() if settings else Path(site.root) / SETTINGS_FILE
    if file.is_relative_to(site.root):
        file = place / file.relative_to(site.root)
    try:
        earlier = load_site(place, file)
        if not Path(earlier.content).is_relative_to(tree):
            raise EnvironmentFault(
                f"at {revision!r} {place / 'content'} is a symbolic link out of the repository, to {earlier.content};"
                " git keeps nothing of what lies there, so there is nothing to compare with"
            )
        return planned(earlier, site, now, place / ".pouch" / "before")
    except ContentError as error:
        raise ContentError(_of_revision(problem, revision) for problem in error.problems) from error
    except EnvironmentFault as error:
        raise EnvironmentFault(str(error).replace(f"{place}{os.sep}", f"{revision}:")) from error


def _of_revision(problem: Problem, revision: str) -> Problem:
    hint = problem.hint.replace("`git lfs pull`", "`git lfs fetch --all`")
    return msgspec.structs.replace(problem, path=f"{revision}:{problem.path}", hint=hint)


def changed_settings(old: Site, new: Site) -> list[str]:
    """The names of the settings that have another value, in order."""
    fields = set(Site.__struct_fields__) - OF_A_FOLDER
    names = {SETTINGS.get(field, field) for field in fields if getattr(old, field) != getattr(new, field)}
    names |= {
        SETTINGS.get(field, field)
        for field in Look.__struct_fields__
        if getattr(old.look, field) != getattr(new.look, field)
    }
    return sorted(name if name in SETTINGS.values() else f"POUCH_{name.upper()}" for name in names)


def compare(old: Side, new: Side) -> dict[str, Changes]:
    """The keys that only one side has, and those that both have in different forms."""
    changes: dict[str, Changes] = {"terms": _compare_terms(old.terms, new.terms)}
    for kind in KINDS[1:]:
        before, after = (
            {path: planned for path, planned in side.outputs.items() if planned.kind == kind}
            for side in (old, new)
        )
        both = before.keys() & after.keys()
        changes[kind] = Changes(
            added=sorted(Change(address_of(path)) for path in after.keys() - both),
            changed=sorted(Change(address_of(path)) for path in both if before[path] != after[path]),
            removed=sorted(Change(address_of(path)) for path in before.keys() - both),
        )
    return changes


def address_of(path: str) -> str:
    """The address of an output, below SITEURL."""
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
    changes = []
    if before.address != after.address:
        changes.append(f"its address, once {before.address}")
    if before.names != after.names:
        names = (" / ".join(side.names) for side in (before, after))
        changes.append("its name, once {}, now {}".format(*names))
    if before.place != after.place:
        changes.append("its place among the others")
    return changes
