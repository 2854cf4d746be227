"""`pouch ping --before DIR`: notifies the hub of changed feeds."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.site import load_site, settings_option, site_option, site_root
from pouch.wording import counted

_FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)


@click.command(
    epilog="""\b
Example, after the new output/ has been deployed and with the former one kept beside it:
  pouch ping --before /srv/www/before
"""
)
@click.option("--before", required=True, type=_FOLDER, metavar="DIR", help="The tree that was live.")
@click.option("--output", type=_FOLDER, metavar="DIR", help="The tree that is live. Default: SITE/output.")
@settings_option
@click.option("--dry-run", is_flag=True, help="List the feeds, and notify no hub.")
@site_option
def command(
    before: Path, output: Path | None, settings: Path | None, dry_run: bool, site: Path | None
) -> None:
    """Tell the WebSub hub of exactly those feeds whose bytes differ from the tree that was live.

    Prints the address of each. Ping after deploying: the hub fetches each feed at once.
    """
    from pouch.errors import EnvironmentFault
    from pouch.reporting import say, show
    from pouch.websub import announce, announcements, changed_feeds

    live = output or Path(load_site(site_root(site), settings).output)
    if not live.is_dir():
        raise EnvironmentFault(f"no folder {live}; build the site first, or name the tree with --output")
    changed = announcements(live, before)
    if not changed and any(changed_feeds(live, before)):
        raise EnvironmentFault("no feed that changed names a hub; set POUCH_HUB, build and deploy, then ping")
    if dry_run:
        for each in changed:
            show(each.topic)
        return
    refused = 0
    for each, reason in announce(changed):
        if reason:
            refused += 1
            say(f"{each.hub} refused {each.topic}: {reason}")
        else:
            show(each.topic)
    if refused:
        raise EnvironmentFault(f"the hub refused {refused} of {len(changed)} feeds; ping again later")
    say(f"{counted(len(changed), 'feed')} announced")
