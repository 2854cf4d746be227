"""The summary that a build prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pouch.engine.report import Report
from pouch.hosts import Published, excesses, hosts, in_megabytes
from pouch.problems import Problem
from pouch.reporting import print_problems, say
from pouch.site import SETTINGS_FILE, Site
from pouch.wording import counted


def summarise(report: Report, site: Site) -> None:
    """Notes, warnings, and one line that says what is published, on stderr."""
    for note in report.notes:
        say(f"pouch: {note}")
    print_problems((*report.warnings, *too_large_for_host(report, site)))
    for line in report.waiting:
        say(line)
    where = Path(site.output)
    shown = where.relative_to(site.root) if where.is_relative_to(site.root) else where
    say(f"{shown}: {in_words(report)}")


def in_words(report: Report) -> str:
    """The size of the site and the work of this build: "3,214 files, 41 MB; 12 written, 3,202 unchanged"."""
    files = f"{counted(report.outputs, 'file')}, {in_megabytes(report.size)}"
    if not report.made and not report.pruned:
        return f"{files}; up to date"
    removed = f", {report.pruned:,} removed" if report.pruned else ""
    return f"{files}; {report.written:,} written, {report.outputs - report.written:,} unchanged{removed}"


def too_large_for_host(report: Report, site: Site) -> Iterator[Problem]:
    """Warnings of what POUCH_HOST does not take."""
    if site.host:
        # Imported here: a build without such a host needs no registry.
        from pouch.checks.registry import checks

        published = Published(report.paths, report.size, report.largest)
        for excess in excesses(hosts()[site.host], published):
            yield checks()["too-large-for-host"].problem(SETTINGS_FILE, excess)
