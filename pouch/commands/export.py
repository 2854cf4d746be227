"""`pouch export`: the archive as JSON Lines, CSV and SQLite."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.site import load_site, settings_option, site_option, site_root
from pouch.wording import counted


@click.command(
    epilog="""\b
Examples:
  pouch export data
  pouch export --sqlite archive.db && datasette archive.db
  pouch export backup --drafts
"""
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--sqlite",
    "database",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write an SQLite database too, or alone.",
)
@click.option("--drafts", is_flag=True, help="Drafts and entries that wait for their date as well.")
@settings_option
@site_option
def command(
    folder: Path | None, database: Path | None, drafts: bool, settings: Path | None, site: Path | None
) -> None:
    """Write the archive as data into DIR: briefings.jsonl, briefings.csv and terms.json, with a datapackage.json that
    describes them. `pouch import` makes the entries of briefings.jsonl again.
    """
    from pouch import clock
    from pouch.content.entry_files import errors_of, read_entries
    from pouch.errors import ContentError
    from pouch.exporting.package import package
    from pouch.exporting.rows import rows_of
    from pouch.exporting.sqlite import write_database
    from pouch.exporting.terms import terms_of
    from pouch.reporting import say, show
    from pouch.vocabulary.vocabulary import load_vocabulary

    if folder is None and database is None:
        raise click.UsageError("name a folder, or a database with --sqlite FILE")
    loaded = load_site(site_root(site), settings)
    vocabulary, _ = load_vocabulary(loaded)
    readings = read_entries(loaded, vocabulary)
    if problems := [problem for reading in readings for problem in errors_of(reading)]:
        raise ContentError(problems)
    rows = rows_of(readings, loaded, clock.now(), drafts=drafts)
    terms = terms_of(rows, vocabulary, loaded)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in package(rows, terms, loaded).items():
            (folder / name).write_bytes(data)
            show(str(folder / name))
    if database is not None:
        database.parent.mkdir(parents=True, exist_ok=True)
        write_database(database, rows, terms, loaded.lang)
        show(str(database))
    say(f"{counted(len(rows), 'entry', 'entries')} exported")
