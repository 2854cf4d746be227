"""`pouch sources`: are the documents behind briefings still there, and are there copies of them?"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pouch.checks.formats import format_option, written
from pouch.site import Site, load_site, site_option, site_root

if TYPE_CHECKING:
    from pouch.content.parse import ParsedEntry
    from pouch.sourcing.visiting import Visitor


@click.command(
    epilog="""\b
Examples:
  pouch sources --check                     for a weekly run
  pouch sources --check --format github
  pouch sources --archive --limit 20
"""
)
@click.option(
    "--check", "checks", is_flag=True, help="Visit every source, and list those gone, moved or changed."
)
@click.option("--archive", is_flag=True, help="Have a copy made of each source without one, and note it.")
@click.option(
    "--days",
    type=click.IntRange(0),
    default=6,
    show_default=True,
    metavar="N",
    help="Do not visit again what was there within so many days.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many sources.")
@format_option
@click.option("--allow-private", is_flag=True, help="Visit addresses of private networks too.")
@site_option
def command(
    checks: bool,
    archive: bool,
    days: int,
    limit: int | None,
    form: str,
    allow_private: bool,
    site: Path | None,
) -> None:
    """Look after the sources of published entries: --check, --archive, or both.

    One request a host a second; robots.txt is respected; failures are tried three times.
    """
    from pouch.content.entry_files import errors_of, read_entries
    from pouch.reporting import print_problems
    from pouch.sourcing.visiting import Visitor
    from pouch.vocabulary.vocabulary import load_vocabulary

    if not checks and not archive:
        raise click.UsageError("say what to do: --check, --archive, or both")
    loaded = load_site(site_root(site))
    vocabulary, _ = load_vocabulary(loaded)
    readings = read_entries(loaded, vocabulary)
    # What cannot be read may name sources too.
    unread = [problem for reading in readings for problem in errors_of(reading)]
    print_problems(unread)
    visitor = Visitor(allow_private=allow_private)
    failed = bool(unread)
    if archive:
        failed = not _archive(loaded, readings, visitor, limit) or failed
        readings = read_entries(loaded, vocabulary)
    if checks:
        failed = not _check(loaded, readings, visitor, days, limit, form) or failed
    sys.exit(1 if failed else 0)


def _check(
    site: Site, readings: list[ParsedEntry], visitor: Visitor, days: int, limit: int | None, form: str
) -> bool:
    """Whether no source is gone. Prints the problems."""
    from pouch import clock
    from pouch.problems import has_errors
    from pouch.reporting import progress, say, show, summary
    from pouch.sourcing.checking import check_sources, places, problem_of

    named = list(islice(places(readings), limit))
    problems = []
    counts: Counter[str] = Counter()
    with progress("Visiting", len({place.url for place in named})) as bar:
        for _, judgement, of_url in check_sources(named, site, visitor, clock.now(), days):
            counts[judgement.verdict] += 1
            problems += [problem for place in of_url if (problem := problem_of(judgement, place))]
            bar.advance()
    problems.sort()
    show(written(problems, form, Path(site.root)), end="")
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    say(f"{sum(counts.values())} sources: {verdicts or 'none'}")
    if problems:
        say(summary(problems))
    return not has_errors(problems)


def _archive(site: Site, readings: list[ParsedEntry], visitor: Visitor, limit: int | None) -> bool:
    """Whether every copy that was asked for was made. Prints the address of each."""
    from pouch.convert.intake.fetching import FetchError
    from pouch.reporting import say, show
    from pouch.sourcing.archiving import archived, note
    from pouch.sourcing.checking import places

    urls = dict.fromkeys(place.url for place in places(readings) if not place.archived)
    refused = 0
    for url in islice(urls, limit):
        try:
            copy = archived(url, site.web_archive, visitor)
        except FetchError as error:
            refused += 1
            say(f"{url}: no copy: {error}")
            continue
        # Noted at once: a run that is interrupted has lost nothing.
        for reading in readings:
            if reading.entry is not None and note(Path(site.root) / reading.path, reading.entry, {url: copy}):
                show(f"{reading.path}: {copy.url}")
        readings = _again(readings, url, site)
    return not refused


def _again(readings: list[ParsedEntry], url: str, site: Site) -> list[ParsedEntry]:
    """The readings, those that name the address read again."""
    from pouch.content.entry_files import read_path
    from pouch.content.fields import Context
    from pouch.vocabulary.vocabulary import load_vocabulary

    context = Context(site, load_vocabulary(site)[0])
    return [
        read_path(reading.path, context)
        if reading.entry is not None and any(source.url == url for source in reading.entry.sources)
        else reading
        for reading in readings
    ]
