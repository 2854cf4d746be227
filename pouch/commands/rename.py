"""`pouch rename topic|country|entry OLD NEW`: another address, the same identity."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.site import load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch rename topic ceasefire truce --dry-run
  pouch rename country UA ukraine
  pouch rename entry 7f3k9q2mzx talks-in-jeddah
"""
)
@click.argument("kind", type=click.Choice(["topic", "country", "entry"]))
@click.argument("old")
@click.argument("new")
@site_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def command(kind: str, old: str, new: str, site: Path | None, dry_run: bool) -> None:
    """Give a topic, a country or an entry the slug NEW.

    OLD is a key, a code, an id, a slug or a path. The old slug is recorded as `formerly`: pages there lead on, and
    feeds go on for those who follow them. Going back to a former slug of one's own is allowed; taking another's
    is not.
    """
    from difflib import unified_diff

    from pouch.content.files import site_path, write_whole
    from pouch.editing.rename_entry import plan_entry_renaming
    from pouch.editing.rename_term import plan_term_renaming
    from pouch.pages import addresses
    from pouch.reporting import say
    from pouch.vocabulary.vocabulary import load_vocabulary

    settings = load_site(site_root(site))
    vocabulary, _ = load_vocabulary(settings)
    if kind == "entry":
        found = plan_entry_renaming(old, new, settings, vocabulary)
        before, after = addresses.briefing(found.old), addresses.briefing(found.new)
    else:
        found = plan_term_renaming("topic" if kind == "topic" else "country", old, new, settings, vocabulary)
        before, after = addresses.term(kind, found.old), addresses.term(kind, found.new)
    path = site_path(found.file, settings)
    if found.before == found.after:
        say(f"{kind} {found.identity} is at {after} already")
        return
    if dry_run:
        lines = unified_diff(
            found.before.splitlines(), found.after.splitlines(), path, path, n=2, lineterm=""
        )
        click.echo("\n".join(lines))
    else:
        write_whole(found.file, found.after.encode("utf-8"))
    say(f"{kind} {found.identity}: {before} {'would become' if dry_run else 'becomes'} {after}")
    say(f"addresses that stay alive: {', '.join(found.formerly)}")
    if not dry_run:
        click.echo(path)
