"""`pouch merge topic A B`: one topic of two."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.completion import complete_named
from pouch.site import load_site, site_option, site_root
from pouch.wording import counted, diff_lines


@click.command(
    epilog="""\b
Examples:
  pouch merge topic truce ceasefire --dry-run
  pouch merge topic truce ceasefire
"""
)
@click.argument("kind", type=click.Choice(["topic"]))
@click.argument("old", metavar="A", shell_complete=complete_named)
@click.argument("new", metavar="B", shell_complete=complete_named)
@site_option
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def command(kind: str, old: str, new: str, site: Path | None, dry_run: bool) -> None:
    """Merge topic A into topic B: afterwards there is B alone.

    Entries on A are on B, topics under A are under B, and the dossiers of A are those of B. The addresses and feeds of
    A go on for those who follow them, and what A was called means B in front matter. A and B are keys, or any name of
    the topic. Print the files that changed.
    """
    from pouch.content.files import site_path
    from pouch.editing.merge_topic import plan_merge
    from pouch.reporting import say, show
    from pouch.vocabulary.vocabulary import sound_vocabulary

    settings = load_site(site_root(site))
    vocabulary = sound_vocabulary(settings)
    merge = plan_merge(old, new, settings, vocabulary)
    if not dry_run:
        merge.carry_out()
    for file in sorted({*merge.changes, *merge.moves, *merge.removed}):
        path = site_path(file, settings)
        if dry_run and file in merge.changes:
            before, after = merge.changes[file]
            show("\n".join(diff_lines(before, after, path)))
        elif file in merge.moves:
            show(f"{path} → {site_path(merge.moves[file], settings)}")
        else:
            show(f"{path} deleted" if file in merge.removed else path)
    is_now = "would be" if dry_run else "is now"
    entries = counted(merge.entries, "entry", "entries")
    say(f"{kind} {merge.old.key} {is_now} {merge.new.key}: {entries} changed")
    if merge.children:
        say(f"under {merge.new.key} {'would be' if dry_run else 'are now'}: {', '.join(merge.children)}")
    say(f"addresses that stay alive: {', '.join(merge.formerly)}")
    if merge.removed:
        say("two introductions are one text now; read it once")
