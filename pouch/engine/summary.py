"""What a build prints for the person who started it."""

from __future__ import annotations

from pathlib import Path

from pouch.engine.report import Report
from pouch.reporting import print_problems, say
from pouch.site import Site


def summarise(report: Report, site: Site) -> None:
    """Notes, warnings of the files that were read, and one line of counts, on stderr."""
    for note in report.notes:
        say(f"pouch: {note}")
    print_problems(report.warnings)
    for line in report.waiting:
        say(line)
    where = Path(site.output)
    shown = where.relative_to(site.root) if where.is_relative_to(site.root) else where
    if not report.made and not report.pruned:
        say(f"{shown}: up to date, {report.outputs} files")
        return
    pruned = f", {report.pruned} pruned" if report.pruned else ""
    say(f"{shown}: {report.outputs} files, {report.made} made, {report.written} changed{pruned}")
