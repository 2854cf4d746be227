"""`pouch publish ENTRY…`: drafts become published entries."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.completion import complete_entry
from pouch.site import load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch publish content/entries/drafts/talks.md
  pouch publish 7f3k9q2mzx --date 2025-03-05
  pouch publish talks-in-jeddah --until 2031-03-05T18:00+01:00
"""
)
@click.argument("entries", nargs=-1, required=True, metavar="ENTRY…", shell_complete=complete_entry)
@site_option
@click.option("--date", metavar="DATE", help="The date of entries without one, such as 2025-03-05.")
@click.option("--until", metavar="MOMENT", help="Hold them back until then (an embargo).")
def command(entries: tuple[str, ...], site: Path | None, date: str | None, until: str | None) -> None:
    """Stamp `publish_at`, set `status` and file the entry under YEAR/MONTH; print where it is now.

    Its date, its embargo, its countries and topics are shown, and what it lacks.
    ENTRY is an id, a slug or a path. An embargo is `publish_at` in the entry's front matter; one that is still to come
    stays. Where one entry cannot be published, none is.
    """
    from pouch import clock
    from pouch.content.files import site_path
    from pouch.editing.cli_values import date_of
    from pouch.editing.publish import carry_out, facts, plan_publications
    from pouch.reporting import say, show
    from pouch.vocabulary.vocabulary import load_vocabulary

    settings = load_site(site_root(site))
    vocabulary, _ = load_vocabulary(settings)
    day = date_of(date) if date else None
    end = date_of(until, "--until") if until else None
    now = clock.now()
    planned = plan_publications(entries, site=settings, vocabulary=vocabulary, now=now, date=day, until=end)
    carry_out(planned)
    for item in planned:
        path = site_path(item.target, settings)
        say(f"published already: {path}" if item.already else f"{path}: {item.entry.title}")
        for line in facts(item.entry, settings, vocabulary, now):
            say(f"  {line}")
        show(path)
