"""`pouch init`: a new, content-only site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from pouch.installation import requirement
from pouch.reporting import say
from pouch.scaffold import PARTS, Choices, branch_of, make, translations, untranslated
from pouch.site import load_site


def _part_options(function: Callable[..., None]) -> Callable[..., None]:
    """Adds `--no-PART` for each part that a new site can do without."""
    for part, paths in reversed(PARTS.items()):
        function = click.option(f"--no-{part}", is_flag=True, help=f"Leave out {' and '.join(paths)}.")(
            function
        )
    return function


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
@click.option(
    "--install",
    metavar="TEXT",
    help="What installs Pouch in the workflow, as pip takes it: git+https://…, or a wheel in the repository.",
)
@_part_options
def command(
    folder: Path,
    name: str,
    url: str,
    languages: tuple[str, ...],
    timezone: str,
    install: str | None,
    **parts: bool,
) -> None:
    """Make a new site in DIR: absent, empty, or a new repository with only README, licence and git's files.

    It gets its settings with a new site identifier, the full list of topics, an about page, and no entry;
    and, unless left out: publishconf.py, a workflow that publishes on GitHub Pages, .gitattributes, a
    pre-commit hook, tasks and completion for VS Code, and a README for editors.

    \b
    Example:
        pouch init briefings --name "Harbour Briefings" --url https://harbour.example --lang en --lang fr
        cd briefings && pouch new "First briefing" && pouch serve
    """
    choices = Choices(
        name=name,
        url=url.rstrip("/"),
        timezone=timezone,
        languages=languages,
        install=install or requirement(),
        branch=branch_of(folder),
        without=frozenset(part for part in PARTS if parts[f"no_{part.replace('-', '_')}"]),
    )
    for file in make(folder, choices):
        say(f"wrote {file}")
    if "vscode" not in choices.without:
        say(f"wrote {_write_snippets(folder)}")
    if not install and "@" not in choices.install and not {"workflow", "readme"} <= choices.without:
        say(
            f"note: the workflow and README.md install {choices.install!r}, and no package index has it yet; put what "
            "does install it in its place, such as git+https://… (--install says it at once)"
        )
    for tag in untranslated(languages):
        say(
            f"warning: the theme has no translation for {tag}, so its pages are in English; "
            f"there are {', '.join(translations())} (docs/theming.md tells how to add one)"
        )
    enter = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    say(f"a new site; next: {enter}pouch serve (`pouch help editing` is the editors' guide)")


def _write_snippets(folder: Path) -> Path:
    """Write what VS Code completes in the new site's front matter."""
    from pouch.commands.schema import snippets_text

    file = folder / ".vscode" / "pouch.code-snippets"
    file.write_text(snippets_text(load_site(folder)), encoding="utf-8", newline="\n")
    return file
