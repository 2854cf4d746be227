"""`pouch check [PATH…]`: every problem of the content, in one run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pouch.site import load_site, site_option, site_root


@click.command(
    epilog="""\b
Examples:
  pouch check                                     the whole site
  pouch check content/entries/drafts --fix        mend what has one right answer, list the rest
  pouch check --strict --format github            for a pull request
"""
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH…]")
@site_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How problems are written.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="First mend what has one right answer: repeated items, terms by name, characters that no page may hold.",
)
@click.option("--strict", is_flag=True, help="An entry without a country or without a topic is at fault.")
def command(paths: tuple[Path, ...], site: Path | None, form: str, fix: bool, strict: bool) -> None:
    """List every problem of vocabulary, entries, dossiers and pages; with PATH, those of these files.

    Exit code 1 where there is an error; warnings alone leave 0.
    """
    from pouch.checks.files import Checker, chosen_files, strictly
    from pouch.checks.formats import FORMATS
    from pouch.content.files import content_files
    from pouch.editing.fix import fix_files
    from pouch.problems import has_errors
    from pouch.reporting import progress, say, summary
    from pouch.vocabulary.vocabulary import load_vocabulary

    settings = load_site(site_root(site))
    vocabulary, problems = load_vocabulary(settings)
    checker = Checker(settings, vocabulary)
    chosen = chosen_files(paths, settings) if paths else None
    files = list(content_files(settings))
    if fix:
        wanted = [found for found in files if chosen is None or found.path in chosen]
        fix_files(wanted, checker.context, lambda path: say(f"mended {path}"))
    with progress("Checking", len(files)) as shown:
        for found in files:
            checker.read(found)
            shown.advance()
    problems += checker.problems(last=chosen or ())
    problems = sorted(problem for problem in problems if chosen is None or problem.path in chosen)
    if strict:
        problems = [strictly(problem) for problem in problems]
    click.echo(FORMATS[form](problems), nl=False)
    count = f"{len(files)} file{'s' * (len(files) != 1)} checked"
    say(summary(problems) if problems else f"{count}, no problem")
    sys.exit(1 if has_errors(problems) else 0)
