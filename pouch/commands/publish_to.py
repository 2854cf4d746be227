"""`pouch publish-to DIR`: build the site and let a web server's readers see it, in one step."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.reporting import say, show
from pouch.site import SETTINGS_FILE, Site, jobs_option, load_site, settings_option, site_option, site_root
from pouch.wording import counted

PUBLISHED_SETTINGS = "publishconf.py"
NEWEST = "*"


@click.command(
    "publish-to",
    epilog="""\b
Examples:
  pouch publish-to /srv/www/harbour
  pouch publish-to /srv/www/harbour --rollback
  pouch publish-to /srv/www/harbour --nginx > /etc/nginx/conf.d/harbour.conf
""",
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@site_option
@settings_option
@jobs_option
@click.option(
    "--keep", type=click.IntRange(min=1), default=5, show_default=True, help="How many releases stay in DIR."
)
@click.option(
    "--rollback",
    is_flag=False,
    flag_value=NEWEST,
    metavar="[RELEASE]",
    help="Build nothing; show readers an earlier release, by default the one before.",
)
@click.option("--list", "listing", is_flag=True, help="Build nothing; list the releases in DIR.")
@click.option("--nginx", is_flag=True, help="Build nothing; print a configuration of nginx for DIR.")
def command(
    folder: Path,
    site: Path | None,
    settings: Path | None,
    jobs: int | None,
    keep: int,
    rollback: str | None,
    listing: bool,
    nginx: bool,
) -> None:
    """Build the site, copy it into DIR as a new release, and switch DIR/current to it in one step.

    DIR/current is the root of a web server on this machine. Readers get files of one release or of the other, whole.
    Unchanged files keep their times, and take no room.
    """
    from pouch.releasing.releases import listed, roll_back

    if rollback is not None:
        published = roll_back(folder, "" if rollback == NEWEST else rollback)
        say(f"{folder}: readers see release {published.release}, {published.files:,} files")
        return
    if listing:
        names, current = listed(folder)
        for name in names:
            show(f"{name} (current)" if name == current else name)
        return
    root = site_root(site)
    if settings is None:
        production = root / PUBLISHED_SETTINGS
        settings = production if production.is_file() else root / SETTINGS_FILE
    loaded = load_site(root, settings)
    if nginx:
        from pouch.releasing.nginx import configuration

        show(configuration(loaded, folder), end="")
        return
    _build(loaded, settings, jobs)
    _publish(loaded, folder, keep)


def _build(site: Site, settings: Path, jobs: int | None) -> None:
    if site.foreign_plugins:
        from pouch.hosting import build_under_pelican

        build_under_pelican(site, settings)
        return
    from pouch.engine.build import build
    from pouch.engine.summary import summarise

    summarise(build(site, jobs=jobs), site)


def _publish(site: Site, folder: Path, keep: int) -> None:
    from pouch.engine.lock import locked
    from pouch.engine.state import folder_of
    from pouch.releasing.releases import publish

    # Another build would write into what is copied.
    with locked(folder_of(site)):
        published = publish(Path(site.output), folder, path=site.path, keep=keep)
    if not published.switched:
        say(f"{folder}: release {published.release} has these files already; nothing is switched")
        return
    removed = f"; deleted: {', '.join(published.removed)}" if published.removed else ""
    files = f"{counted(published.files, 'file')}, {published.changed:,} new or changed"
    say(f"{folder}: readers see release {published.release}, {files}{removed}")
