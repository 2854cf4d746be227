"""`pouch digest`: a week's briefings as a mail."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from pouch.site import load_site, settings_option, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch digest
  pouch digest --week 2025-W20 --country UA --lang fr --output ukraine.eml
"""
)
@click.option(
    "--week",
    "named",
    metavar="WEEK",
    help="A week of ISO 8601, such as 2025-W20. Default: the last that is over.",
)
@click.option("--country", metavar="NAME", help="Only briefings about this country: its code or a name.")
@click.option("--topic", metavar="NAME", help="Only those on this topic or one under it: its key or a name.")
@click.option("--lang", metavar="TAG", help="An interface language of the site. Default: its main one.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The message. Default: digest-WEEK….eml here.",
)
@settings_option
@site_option
def command(
    named: str | None,
    country: str | None,
    topic: str | None,
    lang: str | None,
    output: Path | None,
    settings: Path | None,
    site: Path | None,
) -> None:
    """Write what entered the archive in a week as a mail, in HTML and plain text, for any program that sends mail."""
    from pouch import clock
    from pouch.content.files import write_whole
    from pouch.content.weeks import parse_week, week_of
    from pouch.digesting.issue import issue
    from pouch.editing.cli_values import country_of, topic_of
    from pouch.reporting import say, show
    from pouch.vocabulary.vocabulary import load_vocabulary

    loaded = load_site(site_root(site), settings)
    now = clock.now()
    last = week_of(now.astimezone(loaded.zone).date() - timedelta(days=7))
    week = parse_week(named) if named is not None else last
    if week is None:
        raise click.BadParameter(f"{named!r} is no week; write such as 2025-W20", param_hint="--week")
    tag = (lang or loaded.lang).lower()
    tags = {each.lower(): each for each in loaded.languages}
    if tag not in tags:
        raise click.BadParameter(
            f"{lang!r} is no interface language; the site has {', '.join(loaded.languages)}",
            param_hint="--lang",
        )
    vocabulary, _ = load_vocabulary(loaded)
    code = country_of(country, vocabulary) if country else ""
    key = topic_of(topic, vocabulary) if topic else ""
    made, left_out = issue(loaded, week, tags[tag], now, country=code, topic=key)
    name = "-".join(part for part in ("digest", str(week), code, key, lang or "") if part)
    file = output or Path(f"{name}.eml")
    write_whole(file, made.as_bytes())
    show(str(file))
    if left_out:
        say(f"{left_out} of the briefings found no room; the mail says so")
