"""`pouch lsp`: a language server for editors."""

from __future__ import annotations

import click

from pouch.errors import EnvironmentFault
from pouch.installation import installs


@click.command()
def command() -> None:
    """Serve an editor over stdin and stdout (Language Server Protocol 3.17).

    Faults appear as you type, as `pouch check` reports them. Countries, topics, ids and keys of front
    matter are completed by any of their names; hovering shows a term's label, parents and entries; a quick
    fix makes the fixes of `pouch check --fix`. It needs the library pygls, the extra `lsp`.

    \b
    Example, for Helix, in languages.toml; it starts `pouch lsp`:
        [language-server.pouch]
        command = "pouch"
        args = ["lsp"]
        [[language]]
        name = "markdown"
        language-servers = ["pouch"]
    """
    try:
        from pouch.lsp.server import make_server
    except ImportError as error:
        raise EnvironmentFault(f"the language server needs pygls: {installs('pygls')}") from error
    make_server().start_io()
