"""`pouch init`: a new, content-only site."""

from __future__ import annotations

from pathlib import Path

import click

from pouch.reporting import say


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default="Briefings", show_default=True, help="The site's name.")
@click.option(
    "--url",
    default="http://localhost:8000",
    show_default=True,
    help="The address where it will stand, with its path if it has one.",
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    default=("en",),
    show_default=True,
    help="A language of the interface; may be repeated, the main one first.",
)
@click.option(
    "--timezone", default="UTC", show_default=True, help="Where dates are taken, as Europe/Brussels."
)
def command(folder: Path, name: str, url: str, languages: tuple[str, ...], timezone: str) -> None:
    """Make a new site in DIR, which must be absent or empty.

    It gets its settings with a fresh site identifier, the full list of topics, an about page, and no entry.
    It builds at once.

    \b
    Example:
        pouch init briefings --name "Harbour Briefings" --url https://harbour.example --lang en --lang fr
        cd briefings && pouch new "First briefing" && pouch serve
    """
    from pouch.scaffold import Choices, make

    for file in make(folder, Choices(name=name, url=url.rstrip("/"), timezone=timezone, languages=languages)):
        say(f"wrote {file}")
    say(f"a new site; next: cd {folder} && pouch build")
