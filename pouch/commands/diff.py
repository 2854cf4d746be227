"""`pouch diff REV`: what a change publishes."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.site import load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch diff HEAD                                 what the uncommitted edits would publish
  pouch diff origin/main --json                   what a pull request would publish, for a program
"""
)
@click.argument("revision", metavar="REV")
@site_option
@click.option(
    "--settings",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    metavar="FILE",
    help="A settings file other than pelicanconf.py.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(revision: str, site: Path | None, settings: Path | None, as_json: bool) -> None:
    """List the terms, pages, feeds and files that differ from those of the git revision REV.

    REV is a commit, a branch or a tag; the other side is the site's folder as it lies on disk. Nothing is built, and
    neither the folder nor git's index is touched. Exit code 1 where one of the two has faults.
    """
    import msgspec

    from pouch import clock
    from pouch.engine.difference import differences
    from pouch.reporting import say

    loaded = load_site(site_root(site), settings)
    found = differences(loaded, revision, clock.now(), settings)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for kind, changes in found.items():
        signed = (("+", changes.added), ("~", changes.changed), ("-", changes.removed))
        if not any(listed for _, listed in signed):
            continue
        click.echo(f"{kind}: {', '.join(f'{len(listed)} {word}' for word, listed in _counted(changes))}")
        for sign, listed in signed:
            for change in listed:
                click.echo(f"  {sign} {change.address}{f'  ({change.what})' if change.what else ''}")
    if not any(changes.added or changes.changed or changes.removed for changes in found.values()):
        say(f"nothing: readers see what they saw at {revision}")
    if loaded.foreign_plugins:
        say(f"pouch: what {', '.join(loaded.foreign_plugins)} may change is not compared")


def _counted(changes: object) -> list[tuple[str, list[object]]]:
    """The lists that hold something, with their names."""
    return [(word, listed) for word in ("added", "changed", "removed") if (listed := getattr(changes, word))]
