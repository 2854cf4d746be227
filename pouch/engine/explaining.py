"""The reasons why an output was rendered or not: `pouch build --explain`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pouch.engine.report import Report
from pouch.errors import EnvironmentFault
from pouch.site import Site
from pouch.wording import closest

FRESH, REMOVED = "nothing that decides its bytes changed", "removed: the site no longer has it"


def explanations(report: Report, address: str | None, site: Site) -> Iterator[str]:
    """A line for each output that was made or removed, or the one of the file that `address` means.

    Raises EnvironmentFault where the site has no such file.
    """
    made = {path: ", ".join(why) for path, why in report.reasons.items()}
    made |= dict.fromkeys(report.removed, REMOVED)
    if address is None:
        yield from (f"{path}: {why}" for path, why in sorted(made.items()))
        return
    for path in _possible_paths(address, site):
        if path in made or path in report.paths:
            yield f"{path}: {made.get(path, FRESH)}"
            return
    raise EnvironmentFault(f"--explain: the site has no file {address!r}{_cure(address, report, site)}")


def _possible_paths(address: str, site: Site) -> Iterator[str]:
    """Paths below the output folder that an address, a URL or the name of a file may stand for, likeliest first."""
    text = address.partition("#")[0].partition("?")[0]
    if site.url and text.startswith(site.url):
        text = text[len(site.url) :]
    elif site.path and text.startswith(f"{site.path}/"):
        text = text[len(site.path) :]
    elif (file := Path(text).absolute()).is_relative_to(site.output):
        text = file.relative_to(site.output).as_posix()
    text = text.lstrip("/").removeprefix("./")
    yield text
    yield f"{text.rstrip('/')}/index.html".lstrip("/")


def _cure(address: str, report: Report, site: Site) -> str:
    if Path(address).absolute().is_relative_to(site.content) and Path(address).exists():
        return ": that is a source; name what is made of it, such as /briefings/<slug>/ or feed.xml"
    file, page = _possible_paths(address, site)
    close = closest(file if Path(file).suffix else page, report.paths)
    return f"; did you mean {close!r}?" if close else ""
