"""`pouch import`: entries from briefings.jsonl."""
# ruff: noqa: N999  # the module has the command's name

from __future__ import annotations

from pathlib import Path

import click

from pouch.site import load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch import data/briefings.jsonl --dry-run
  pouch import data/briefings.jsonl
"""
)
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--force", is_flag=True, help="Replace entries that are there and differ.")
@site_option
def command(file: Path, dry_run: bool, force: bool, site: Path | None) -> None:
    """Write the entries of FILE, JSON Lines as `pouch export` writes them.

    One faulty line, and nothing is written. A file that is there and says something else needs --force.
    """
    from pouch.content.fields import Context
    from pouch.content.files import write_whole
    from pouch.errors import ContentError
    from pouch.exporting.importing import changes, conflicts, read_rows
    from pouch.reporting import print_problems, say, show
    from pouch.vocabulary.vocabulary import load_vocabulary

    loaded = load_site(site_root(site))
    vocabulary, problems = load_vocabulary(loaded)
    if problems:
        raise ContentError(problems)
    imported = read_rows(file, Context(loaded, vocabulary))
    root = Path(loaded.root)
    differences = list(changes(imported, root))
    if not force and (refused := list(conflicts(differences, file))):
        print_problems(refused)
        raise SystemExit(1)
    written = 0
    for each, what in differences:
        if what == "same":
            continue
        written += 1
        show(each.path)
        if not dry_run:
            write_whole(root / each.path, each.text.encode())
    verb = "would be written" if dry_run else "written"
    say(f"{written} of {len(differences)} {verb}, {len(differences) - written} as they are")
