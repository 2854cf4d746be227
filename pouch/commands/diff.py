"""`pouch diff REV`: what a change publishes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pouch.completion import complete_revision
from pouch.site import load_site, settings_option, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch diff HEAD                                 what the uncommitted edits would publish
  pouch diff main...                              what this branch changes, whatever came to main since
  pouch diff origin/main --format markdown        a comment for a pull request
  pouch diff origin/main --check                  fails if subscribers would see an old briefing as new
"""
)
@click.argument("revision", metavar="REV", shell_complete=complete_revision)
@site_option
@settings_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How the difference is written.",
)
@click.option(
    "--all", "every", is_flag=True, help="List every page, feed and file, and not only their numbers."
)
@click.option("--check", is_flag=True, help="Exit code 1 if an id was changed or reused; see below.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(
    revision: str,
    site: Path | None,
    settings: Path | None,
    form: str,
    every: bool,
    check: bool,
    as_json: bool,
) -> None:
    """Say what differs from the git revision REV: texts by field, what subscribers see, pages and feeds.

    REV is a commit, a branch or a tag; `REV...` is the commit at which this branch left it. The other side is the
    site's folder as it lies on disk. Nothing is built, and neither the folder nor git's index is touched. Exit code 1
    where one of the two has faults. An id that was changed or reused, and an original that became a translation, are
    errors: subscribers would see an old briefing as new.
    """
    from pouch import clock
    from pouch.diff.difference import differences
    from pouch.diff.formats import FORMATS
    from pouch.reporting import print_problems, say, show

    loaded = load_site(site_root(site), settings)
    difference = differences(loaded, revision, clock.now(), settings)
    form = "json" if as_json else form
    show(FORMATS[form](difference, every=every), end="")
    if form != "json" and not difference.seen:
        drafts = "; drafts and texts differ" * bool(difference.texts)
        say(f"nothing: readers see what they saw at {revision}{drafts}")
    if loaded.foreign_plugins:
        say(f"pouch: what {', '.join(loaded.foreign_plugins)} may change is not compared")
    print_problems(difference.problems)
    if difference.problems and check:
        sys.exit(1)
