"""`pouch help`: the documentation, which comes with the program."""

from __future__ import annotations

import sys

import click

from pouch.completion import complete_page


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
    from difflib import get_close_matches

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
        close = get_close_matches(page.removesuffix(".md"), names, 1, 0.6)
        suggestion = f"did you mean {close[0]!r}? " if close else ""
        raise EnvironmentFault(
            f"the documentation has no page {page!r}; {suggestion}`pouch help` lists them all"
        )
    text = file.read_text("utf-8")
    if sys.stdout.isatty():
        click.echo_via_pager(text)
    else:
        show(text, end="")
