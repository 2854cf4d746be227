"""`pouch rename topic|country|entry OLD [NEW]`: another address or label, the same identity."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from pouch.completion import complete_named
from pouch.site import load_site, site_option, site_root
from pouch.wording import diff_lines

if TYPE_CHECKING:
    from pouch.editing.terms import TermKind

_LANGUAGE_AND_LABEL = re.compile(r"\s*([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*[=:]\s*(\S.*)")
"""A label as the vocabulary has it, `en = …`."""


@click.command(
    epilog="""\b
Examples:
  pouch rename topic ceasefire truce --dry-run
  pouch rename country UA ukraine
  pouch rename topic defence --label "Defence and security"
  pouch rename topic trade --label Commerce --lang fr
  pouch rename entry 7f3k9q2mzx talks-in-jeddah
"""
)
@click.argument("kind", type=click.Choice(["topic", "country", "entry"]))
@click.argument("old", shell_complete=complete_named)
@click.argument("new", required=False)
@site_option
@click.option("--label", metavar="TEXT", help="What readers see the topic or country called.")
@click.option("--lang", metavar="TAG", help="The language of the label. Default: the site's.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def command(
    kind: str,
    old: str,
    new: str | None,
    site: Path | None,
    label: str | None,
    lang: str | None,
    dry_run: bool,
) -> None:
    """Give a topic, a country or an entry the slug NEW, or with --label another label, or both.

    OLD is any name of it: a key, code, id, slug or path, or a label or alias in any language. The old slug is recorded
    as `formerly`: pages there lead on, and feeds go on for those who follow them. Going back to a former slug of one's
    own is allowed; taking another's is not.
    """
    from pouch.characters import one_line
    from pouch.content.files import site_path, write_whole
    from pouch.editing.cli_values import language_of
    from pouch.editing.rename_entry import plan_entry_renaming
    from pouch.editing.rename_term import plan_term_renaming
    from pouch.reporting import say, show
    from pouch.vocabulary.vocabulary import load_vocabulary

    _refuse_what_does_not_fit(kind, new, label, lang)
    settings = load_site(site_root(site))
    vocabulary, _ = load_vocabulary(settings)
    language = language_of(lang) if lang else settings.lang
    if kind == "entry":
        assert new is not None  # refused above
        renaming = plan_entry_renaming(old, new, settings, vocabulary)
        shown = None
    else:
        new_label = (language, one_line(label)) if label is not None else None
        term = cast("TermKind", kind)
        renaming = plan_term_renaming(term, old, new, settings, vocabulary, new_label)
        shown = vocabulary.label(term, renaming.identity, language)
    path = site_path(renaming.file, settings)
    if renaming.before == renaming.after:
        called = f", and is called {label!r}" if label is not None else ""
        say(f"{kind} {renaming.identity} is at {_address(kind, renaming.new)} already{called}")
        return
    would = "would become" if dry_run else "becomes"
    if dry_run:
        show("\n".join(diff_lines(renaming.before, renaming.after, path)))
    else:
        write_whole(renaming.file, renaming.after.encode("utf-8"))
    if renaming.old != renaming.new:
        before, after = _address(kind, renaming.old), _address(kind, renaming.new)
        say(f"{kind} {renaming.identity}: {before} {would} {after}")
        say(f"addresses that stay alive: {', '.join(renaming.formerly)}")
    if label is not None:
        say(f"its label in {language!r}, {shown!r}, {would} {one_line(label)!r}")
    elif shown is not None:
        say(f"its label stays {shown!r}; --label changes what readers see")
    if not dry_run:
        show(path)


def _address(kind: str, slug: str) -> str:
    from pouch.pages import addresses

    return addresses.briefing(slug) if kind == "entry" else addresses.term(kind, slug)


def _refuse_what_does_not_fit(kind: str, new: str | None, label: str | None, lang: str | None) -> None:
    """Raise UsageError for options that do not go together."""
    from pouch.characters import find_forbidden, is_blank

    if new is None and label is None:
        raise click.UsageError("say the new slug, or the new label with --label")
    if lang is None and (pair := _LANGUAGE_AND_LABEL.fullmatch(label or "")):
        cure = f"write --label {shlex.quote(pair[2])} --lang {pair[1]}"
        raise click.BadParameter(f"a label is text alone; {cure}", param_hint="--label")
    if label is not None and (kind == "entry" or is_blank(label) or find_forbidden(label)):
        what = "an entry has a title, in its file" if kind == "entry" else "a label has letters"
        raise click.BadParameter(what, param_hint="--label")
    if lang is not None and label is None:
        raise click.BadParameter("is the language of a --label", param_hint="--lang")
