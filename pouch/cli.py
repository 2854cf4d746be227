"""The command line: `pouch COMMAND`. Each command is one module of `pouch.commands`.

Exit codes: 0 done · 1 the content has faults, all listed · 2 wrong usage or environment.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from pouch import __version__
from pouch.errors import ContentError, PouchError
from pouch.wording import closest

COMMANDS = (
    "convert", "tag", "check", "new", "list", "publish", "unpublish",
    "build", "publish-to", "serve", "desk", "lsp", "rename", "merge", "diff", "ping", "digest",
    "export", "import", "sources", "schema", "init", "help",
)  # fmt: skip


class _Commands(click.Group):
    """Loads a command's module only when that command is called: a build that has nothing to do stays quick."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; Ctrl-C ends it with the code that shells know (128 + SIGINT), since 1 means faults."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from pouch.reporting import say

            say("pouch: interrupted")
            ctx.exit(128 + signal.SIGINT)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A name that is no command's is answered with the one that was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if close := closest(args[0], COMMANDS):
                raise click.UsageError(f"{error.message} Did you mean {close!r}?", ctx) from error
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return [name for name in COMMANDS if find_spec(_module(name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        if cmd_name not in COMMANDS or not find_spec(_module(cmd_name)):
            return None
        command: click.Command = import_module(_module(cmd_name)).command
        return command


def _module(command: str) -> str:
    return f"pouch.commands.{command.replace('-', '_')}"


@click.command(
    cls=_Commands,
    epilog="""\b
`pouch help` lists the pages of the documentation, `pouch help editing` prints
the editors' guide, `pouch help commands` tells how a shell completes
commands and values. In a checkout they are the files in docs/.
""",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="pouch")
def pouch() -> None:
    """Curate a briefing archive: convert articles, check entries, build and publish the site."""


def main(args: list[str] | None = None) -> Any:
    """Run the command line and exit; a PouchError becomes its message and its exit code."""
    from pouch.reporting import empty_stdout, escape_unencodable, open_closed_streams, print_problems, say

    open_closed_streams()
    escape_unencodable()
    left_to_exit: list[object] = []
    try:
        try:
            return pouch.main(args, standalone_mode=True, obj=left_to_exit)
        finally:
            sys.stdout.flush()
    except SystemExit as end:
        if args is None and left_to_exit and not end.code:
            # Freeing hundreds of thousands of objects one by one takes longer than an edit's page (mypy ends likewise).
            sys.stderr.flush()
            os._exit(0)
        raise
    except ContentError as error:
        print_problems(error.problems)
        sys.exit(error.exitcode)
    except PouchError as error:
        say(f"pouch: {error}")
        sys.exit(error.exitcode)
    except BrokenPipeError:
        # The program that reads our output has ended (`pouch list | head`).
        empty_stdout()
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        # A disk that is full, a folder that may not be written: stdout itself has no name.
        empty_stdout()
        say(f"pouch: {error.filename or 'the output'}: {error.strerror or error}")
        sys.exit(2)
