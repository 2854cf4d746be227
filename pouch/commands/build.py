"""`pouch build`: bring the output up to date."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.reporting import show
from pouch.site import SETTINGS_FILE, jobs_option, load_site, settings_option, site_option, site_root

ALL = "*"


@click.command(
    "build",
    epilog="Example: pouch build --settings publishconf.py --output /tmp/site --explain",
)
@site_option
@settings_option
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Where to, other than SITE/output."
)
@jobs_option
@click.option("--clean", is_flag=True, help="Ignore cached state and rebuild everything.")
@click.option(
    "--explain",
    is_flag=False,
    flag_value=ALL,
    metavar="[PATH]",
    help="Print why each output was made; with PATH, why that one was or was not.",
)
def command(
    site: Path | None,
    settings: Path | None,
    output: Path | None,
    jobs: int | None,
    clean: bool,
    explain: str | None,
) -> None:
    """Build the site: only what changed is made again, and the result is that of a clean build."""
    from pouch.engine.build import build
    from pouch.engine.summary import summarise

    # A corpus without a settings file of its own can be built with another's.
    root = site.resolve() if site is not None and settings is not None else site_root(site)
    chosen = settings if settings is not None else root / SETTINGS_FILE
    loaded = load_site(root, chosen, output)
    if loaded.foreign_plugins:
        from pouch.hosting import build_under_pelican

        build_under_pelican(loaded, chosen)
        if explain is not None:
            names = ", ".join(loaded.foreign_plugins)
            show(
                f"{'every page' if explain == ALL else explain}: made again, since {names} may change any page"
            )
        return
    report = build(loaded, jobs=jobs, clean=clean)
    click.get_current_context().ensure_object(list).append(report)  # see `pouch.cli.main`
    summarise(report, loaded)
    if explain is not None:
        from pouch.engine.explaining import explanations

        for line in explanations(report, None if explain == ALL else explain, loaded):
            show(line)
