"""What can be wrong with an archive: the faults of every file, and what files must agree on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pouch.checks.site import DossierKey, PageKey, disagreements
from pouch.engine.readings import Reading
from pouch.problems import Problem
from pouch.site import Site


def archive_problems(readings: Iterable[Reading], site: Site) -> Iterator[Problem]:
    """Every problem, as `pouch check` finds it."""
    readings = list(readings)
    for reading in readings:
        yield from reading.problems
    yield from disagreements(
        site,
        [reading.key for reading in readings if reading.key is not None],
        [
            DossierKey(reading.path, d.kind, d.key, d.lang, d.pinned, reading.pinned_line)
            for reading in readings
            if (d := reading.dossier) is not None
        ],
        [PageKey(reading.path, p.slug, p.lang) for reading in readings if (p := reading.page) is not None],
        [(reading.path, link) for reading in readings for link in reading.links],
    )
