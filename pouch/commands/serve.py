"""`pouch serve`: the live preview."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.site import Site, jobs_option, settings_option, site_option, site_root


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option(
    "--bind",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on. 0.0.0.0 lets a phone in the same network look.",
)
@settings_option
@jobs_option
@site_option
def command(port: int, bind: str, settings: Path | None, jobs: int | None, site: Path | None) -> None:
    """Preview the site, and rebuild it whenever content, theme or settings change.

    Drafts and entries that wait for their date have pages too; /_drafts/ lists them. A fault is listed here,
    at /_faults/, and on its page, which shows the last good text until it is fixed. The preview is built
    into .pouch/preview/, so output/ stays as it is.

    \b
    Example:
        pouch serve --port 8080
    """
    from pouch.engine.build import build
    from pouch.engine.report import Events, Report
    from pouch.serve.preview import Preview

    def rebuild(site: Site, events: Events) -> Report:
        return build(site, jobs=jobs, events=events)

    preview = Preview(site_root(site), settings, rebuild, bind=bind, port=port)
    try:
        preview.run()
    except KeyboardInterrupt:
        preview.close()
