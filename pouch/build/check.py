"""What can be wrong with an archive beyond single files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pouch.build.readings import Reading
from pouch.entries.crosscheck import cross_check
from pouch.problems import Problem, Severity


def archive_problems(readings: Iterable[Reading]) -> Iterator[Problem]:
    """Every problem of every file, and what files must agree on among themselves."""
    readings = list(readings)
    for reading in readings:
        yield from reading.problems
    keys = [reading.key for reading in readings if reading.key is not None]
    yield from cross_check(keys)
    ids = {key.id for key in keys}
    for reading in readings:
        if reading.dossier is not None:
            for entry in reading.dossier.pinned:
                if entry not in ids:
                    yield Problem(
                        reading.path,
                        1,
                        0,
                        "unknown-entry",
                        f"pinned: no entry has the id {entry!r}",
                        "`pouch list` shows the ids",
                        Severity.ERROR,
                    )
