"""`pouch help`: the documentation, which comes with the program."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from pouch.completion import complete_page
from pouch.wording import closest


@click.command(
    epilog="""\b
Examples:
  pouch help
  pouch help editing
  pouch help publish | less
"""
)
@click.argument("page", required=False, shell_complete=complete_page)
def command(page: str | None) -> None:
    """Print a page of the documentation, as Markdown; without PAGE, list the pages.

    PAGE is the name of a file in docs/ without its ending, such as `editing`, or the name of a command.
    """
    from pouch.documents import documents, title_of
    from pouch.errors import EnvironmentFault
    from pouch.reporting import show

    pages = documents()
    if page is None:
        width = max(map(len, pages))
        for name, listed in pages.items():
            show(f"{name:<{width}}  {title_of(listed)}")
        return
    file = pages.get(page) or pages.get(f"commands/{page}")
    if file is None:
        names = [name.removeprefix("commands/") for name in pages]
        close = closest(page.removesuffix(".md"), names)
        suggestion = f"did you mean {close!r}? " if close else _about(page, pages)
        raise EnvironmentFault(
            f"the documentation has no page {page!r}; {suggestion}`pouch help` lists them all"
        )
    text = file.read_text("utf-8")
    if sys.stdout.isatty():
        click.echo_via_pager(text)
    else:
        show(text, end="")


def _about(word: str, pages: Mapping[str, Path]) -> str:
    """The pages that speak of a word most often, in a clause; empty where none does."""
    pattern = re.compile(rf"\b{re.escape(word.removesuffix('s').removesuffix('e'))}", re.IGNORECASE)
    # The lists of checks and commands speak of everything.
    guides = {name: file for name, file in pages.items() if name != "checks" and not name.endswith("README")}
    times = {name: len(pattern.findall(file.read_text("utf-8"))) for name, file in guides.items()}
    most = [
        name.removeprefix("commands/") for name in sorted(times, key=lambda name: -times[name]) if times[name]
    ]
    return f"{word!r} is found most in {', '.join(most[:3])}; " if most else ""
