"""`pouch new "Title"`: a fresh draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pouch.completion import complete_country, complete_entry, complete_topic
from pouch.reporting import show
from pouch.site import load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch new "Ceasefire talks in Jeddah" --country UA --topic ceasefire
  pouch new "Pourparlers à Djeddah" --lang fr --translation-of ceasefire-talks-in-jeddah
"""
)
@click.argument("title")
@site_option
@click.option("--lang", metavar="TAG", help="The briefing's language, such as fr. Default: the site's.")
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_country,
    help="Code or name; may be repeated.",
)
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_topic,
    help="Key or name; may be repeated.",
)
@click.option(
    "--translation-of",
    metavar="ENTRY",
    shell_complete=complete_entry,
    help="The original, by id, slug or path: its id and date are taken over, its terms hold for both. Needs --lang.",
)
@click.option("--date", metavar="DATE", help="What the briefing is dated, such as 2025-03-05.")
def command(
    title: str,
    site: Path | None,
    lang: str | None,
    countries: tuple[str, ...],
    topics: tuple[str, ...],
    translation_of: str | None,
    date: str | None,
) -> None:
    """Make a draft with a new id in content/entries/drafts/, and print its path."""
    from pouch.characters import find_forbidden, is_blank, one_line
    from pouch.content.entry import Entry
    from pouch.content.entry_files import find_entry, read_entries
    from pouch.content.files import site_path, write_whole
    from pouch.editing.cli_values import country_of, date_of, language_of, topic_of
    from pouch.editing.new import free_id, new_draft
    from pouch.vocabulary.vocabulary import load_vocabulary

    settings = load_site(site_root(site))
    if is_blank(title) or find_forbidden(title):
        raise click.BadParameter("a title has letters, and no control characters", param_hint="TITLE")
    vocabulary, _ = load_vocabulary(settings)
    readings = read_entries(settings, vocabulary)
    original: dict[str, Any] = {}
    if translation_of is not None:
        if lang is None or countries or topics:
            raise click.UsageError(
                "--translation-of needs --lang, and takes the original's countries and topics"
            )
        original = find_entry(translation_of, readings, settings).values
    entry = Entry(
        id=free_id(readings),
        title=one_line(title),
        status="draft",
        lang=language_of(lang) if lang else None,
        countries=tuple(dict.fromkeys(country_of(name, vocabulary) for name in countries)),
        topics=tuple(dict.fromkeys(topic_of(name, vocabulary) for name in topics)),
        date=date_of(date) if date else original.get("date"),
        # A translation of a translation is one of the same original.
        translation_of=original.get("translation_of") or original.get("id"),
    )
    file, text = new_draft(entry, settings, readings)
    write_whole(file, text.encode("utf-8"))
    show(site_path(file, settings))
