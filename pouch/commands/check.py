"""`pouch check [PATH…]`: every problem of the content, in one run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pouch.checks.formats import format_option, written
from pouch.completion import complete_code
from pouch.reporting import show
from pouch.site import load_site, site_option, site_root
from pouch.wording import closest, counted


@click.command(
    epilog="""\b
Examples:
  pouch check                                     the whole site
  pouch check content/entries/drafts --fix        fix what has only one possible fix, list the rest
  pouch check --strict --format github            for a pull request
  pouch check --explain slug-taken                what a code means, and its cure
"""
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH…]")
@site_option
@format_option
@click.option(
    "--fix",
    is_flag=True,
    help="First fix what has only one possible fix: slips of YAML, repeated items, terms by name, characters that no "
    "page may hold.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Make an entry without country or topic an error; tell unused topics and translations with other terms.",
)
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=complete_code,
    help="Print what a problem code means and how to fix it, and stop.",
)
def command(
    paths: tuple[Path, ...], site: Path | None, form: str, fix: bool, strict: bool, explain: str | None
) -> None:
    """List every problem of vocabulary, entries, dossiers and pages; with PATH, those of these files.

    Exit code 1 if there is an error; warnings alone leave 0.
    """
    if explain is not None:
        show(_explained(explain, site), end="")
        return
    from pouch.checks.files import chosen_files, lies_in, strictly, vocabulary_files
    from pouch.content.fields import Context
    from pouch.content.files import content_files
    from pouch.editing.fix import fix_files
    from pouch.engine.check.checking import site_problems
    from pouch.problems import Severity, has_errors
    from pouch.reporting import say, summary
    from pouch.theming.catalogues import untranslated
    from pouch.vocabulary.vocabulary import load_vocabulary

    settings = load_site(site_root(site))
    if settings.foreign_plugins:
        from pouch.hosting.foreign import refuse_unusable

        refuse_unusable(settings)
    chosen = chosen_files(paths, settings) if paths else None
    if fix:
        files = [file for file in content_files(settings) if chosen is None or file.path in chosen]
        fix_files(files, Context(settings, load_vocabulary(settings)[0]), lambda path: say(f"fixed {path}"))
    result = site_problems(settings, last=chosen or (), strict=strict)
    # A fault in a vocabulary hides all others, so it is reported for any choice of files.
    shown = None if chosen is None else {*chosen, *vocabulary_files(settings)}
    problems = [
        problem
        for problem in result.problems
        if shown is None or problem.path in shown or lies_in(problem, paths, settings)
    ]
    if strict:
        problems = [strictly(problem) for problem in problems]
    show(written(problems, form, Path(settings.root)), end="")
    if settings.ignored_settings:
        say(f"settings that have no effect and are ignored: {', '.join(settings.ignored_settings)}")
    for line in (*untranslated(Path(settings.theme), settings.languages), *result.waiting):
        say(line)
    count = f"{counted(result.files, 'file')} checked"
    notes = sum(problem.severity is Severity.NOTE for problem in problems)
    if notes < len(problems):
        say(summary(problems))
    else:
        say(f"{count}, no problem" + (f", {counted(notes, 'note')}" if notes else ""))
    sys.exit(1 if has_errors(problems) else 0)


def _explained(code: str, site: Path | None) -> str:
    """The explanation of a code. The codes of a site's own plugins are known inside the site."""
    from pouch.checks.registry import checks, explanation
    from pouch.errors import EnvironmentFault
    from pouch.plugins import load_plugins

    known_checks = dict(checks())
    try:
        settings = load_site(site_root(site))
    except EnvironmentFault:
        # Outside of a site, Pouch's own codes are explained all the same.
        pass
    else:
        plugins = load_plugins(settings.plugins, settings.plugin_paths)
        known_checks |= {check.code: check for plugin in plugins for check in plugin.checks}
    if code not in known_checks:
        close = closest(code, known_checks)
        cure = f"did you mean {close}?" if close else f"there are {', '.join(sorted(known_checks))}"
        raise EnvironmentFault(f"no problem has the code {code!r}; {cure}")
    return explanation(known_checks[code])
