"""The files that `pouch check` is asked about, and what `--strict` makes of their problems."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pouch.content.files import content_files, site_path
from pouch.errors import EnvironmentFault
from pouch.problems import Problem, Severity
from pouch.site import Site

STRICT = frozenset({"no-country", "no-topic"})
"""Codes of the warnings that `--strict` makes errors."""


def chosen_files(paths: Iterable[Path], site: Site) -> set[str]:
    """The paths of the content files that these files and folders hold.

    Raises EnvironmentFault for one that holds none.
    """
    every = {content_file.file.resolve(): content_file.path for content_file in content_files(site)}
    for file in sorted(site.vocabulary_path.glob("*.toml")):
        every[file.resolve()] = site_path(file, site)
    chosen: set[str] = set()
    for chosen_path in paths:
        place = chosen_path.resolve()
        inside = {path for file, path in every.items() if file == place or file.is_relative_to(place)}
        if not inside:
            raise EnvironmentFault(
                f"{chosen_path} is no entry, dossier, page or vocabulary file of {site.root}"
            )
        chosen |= inside
    return chosen


def lies_in(problem: Problem, paths: Iterable[Path], site: Site) -> bool:
    """Whether a problem is about one of these files, or about a file in one of these folders."""
    places = [site_path(Path(os.path.abspath(path)), site) for path in paths]  # noqa: PTH100  # resolve follows links
    return any(problem.path == place or problem.path.startswith(f"{place}/") for place in places)


def strictly(problem: Problem) -> Problem:
    """The problem as `--strict` sees it."""
    if problem.code in STRICT:
        return msgspec.structs.replace(problem, severity=Severity.ERROR)
    return problem


def vocabulary_files(site: Site) -> set[str]:
    """The paths of the vocabulary's files, as problems name them."""
    return {site_path(file, site) for file in (site.content_path / "vocabulary").glob("*.toml")}
