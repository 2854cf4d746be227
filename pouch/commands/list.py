"""`pouch list`: the entries of the archive, newest first, or some of them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pouch.completion import complete_country, complete_topic
from pouch.site import Site, load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch list --status draft
  pouch list --status waiting              published, with a date that is still to come
  pouch list --country UA --topic ceasefire --json
  pouch list --mentions US --find "grain corridor"
"""
)
@site_option
@click.option(
    "--country",
    metavar="NAME",
    shell_complete=complete_country,
    help="Code or name of a country that they are about.",
)
@click.option(
    "--mentions",
    metavar="NAME",
    shell_complete=complete_country,
    help="Code or name of a country that they name in passing.",
)
@click.option(
    "--topic",
    metavar="NAME",
    shell_complete=complete_topic,
    help="Key or name of a topic; those under it count too.",
)
@click.option("--status", type=click.Choice(["draft", "published", "waiting"]), help="Only these.")
@click.option("--lang", metavar="TAG", help="Only those in this language, such as fr.")
@click.option(
    "--find",
    "words",
    metavar="WORDS",
    help="Only those with all these words in title, summary, key points, source or text.",
)
@click.option("--duplicates", is_flag=True, help="Only those that share text or source address with another.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(
    site: Path | None,
    country: str | None,
    mentions: str | None,
    topic: str | None,
    status: str | None,
    lang: str | None,
    words: str | None,
    duplicates: bool,
    as_json: bool,
) -> None:
    """List entries, newest first: id, date, status, path and title, separated by tabs.

    The status of a published entry that is not due is "waits until" and the moment.
    """
    from pouch import clock
    from pouch.content.entry_files import errors_of, read_entries
    from pouch.editing.cli_values import country_of, language_of, topic_of
    from pouch.editing.overview import Filter, rows
    from pouch.reporting import print_problems, show
    from pouch.vocabulary.vocabulary import load_vocabulary

    settings = load_site(site_root(site))
    vocabulary, _ = load_vocabulary(settings)
    chosen = Filter(
        country=country_of(country, vocabulary) if country else None,
        mentions=country_of(mentions, vocabulary, "--mentions") if mentions else None,
        topic=topic_of(topic, vocabulary) if topic else None,
        status=status,
        lang=language_of(lang) if lang else None,
        words=words,
        paths=_duplicates(settings) if duplicates else None,
    )
    readings = read_entries(settings, vocabulary)
    for row in rows(readings, chosen, settings, vocabulary, clock.now()):
        show(row.as_json() if as_json else row.as_text())
    # What could not be read might belong in the list.
    problems = [problem for reading in readings for problem in errors_of(reading)]
    print_problems(problems)
    sys.exit(1 if problems else 0)


def _duplicates(site: Site) -> frozenset[str]:
    """The paths of entries that share their text or their source's address with another."""
    from pouch.engine.check.checking import records_of
    from pouch.engine.check.duplicates import duplicate_pairs

    pairs = duplicate_pairs(records_of(site), site)
    return frozenset(record.path for pair in pairs for record in (pair.earlier, pair.later))
