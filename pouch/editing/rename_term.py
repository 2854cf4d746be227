"""Gives a term another slug or label. Its identity stays, and its old slug is kept among its former ones."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from pouch.editing.terms import TermKind, find_term
from pouch.editing.vocabulary_file import changed, read_text
from pouch.errors import EnvironmentFault
from pouch.site import Site
from pouch.vocabulary.slugs import is_slug, reserved, slug_cure, why_reserved
from pouch.vocabulary.vocabulary import Vocabulary


class Renaming(NamedTuple):
    """A file as it is and as it will be; nothing is written yet."""

    file: Path
    before: str
    after: str
    identity: str  # code, key or id
    old: str  # slug
    new: str
    formerly: tuple[str, ...]  # the slugs that redirect from now on


def plan_term_renaming(
    kind: TermKind,
    name: str,
    new: str | None,
    site: Site,
    vocabulary: Vocabulary,
    label: tuple[str, str] | None = None,
) -> Renaming:
    """The files that renaming a term writes. `name` is any of its names; `new` its slug, None to leave it as it is;
    `label` is a language and the label in it.

    Raises EnvironmentFault where there is no such term, or where `new` cannot be its slug.
    """
    terms = vocabulary.countries if kind == "country" else vocabulary.topics
    term = find_term(kind, name, vocabulary)
    new = term.slug if new is None else new
    if new != term.slug:
        refuse_slug(new, site)
    for other in terms.values():
        if other.key != term.key:
            refuse_taken(new, other.slug, other.formerly, other.key)
    file = site.vocabulary_path / ("countries.toml" if kind == "country" else "topics.toml")
    before = read_text(file)
    formerly = former_slugs(term.slug, new, term.formerly)
    values: dict[str, Any] = {}
    if new != term.slug:
        values |= {"slug": new, "formerly": list(formerly)}
    if label is not None and term.labels.get(label[0]) != label[1]:
        values["labels"] = {**term.labels, label[0]: label[1]}
    after = changed(before, file, {term.key: values}) if values else before
    return Renaming(file, before, after, term.key, term.slug, new, formerly)


def refuse_slug(slug: str, site: Site) -> None:
    """Raises EnvironmentFault where `slug` cannot stand in an address, or has a meaning of its own there."""
    if not is_slug(slug):
        raise EnvironmentFault(f"{slug!r} cannot be an address; {slug_cure(slug)}")
    if reserved(slug, site):
        raise EnvironmentFault(f"{slug!r} {why_reserved(slug)}; choose a longer slug")


def refuse_taken(new: str, slug: str, formerly: Collection[str], owner: str) -> None:
    """Raises EnvironmentFault where `new` is or was the slug of another term or entry."""
    if new == slug or new in formerly:
        state = "is the slug of" if new == slug else "was once the slug of"
        raise EnvironmentFault(f"{new!r} {state} {owner}; choose another")


def former_slugs(old: str, new: str, formerly: tuple[str, ...]) -> tuple[str, ...]:
    """The former slugs once `new` has taken the place of `old`: going back to one's own takes it out of them."""
    earlier = formerly if new == old else (*formerly, old)
    return tuple(slug for slug in dict.fromkeys(earlier) if slug != new)
