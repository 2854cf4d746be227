"""`pouch tag`: what articles are about, without converting them."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pouch.site import site_option


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--lang", help="Language of articles that do not say theirs, such as fr. Default: detected.")
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date of articles that do not say theirs: leaders count only while in office.",
)
@click.option(
    "--home-country", metavar="CODE", help="The country that is meant where none is named, such as US."
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Worker processes.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler that shares out the work: tcp://….")
@site_option
def command(
    sources: tuple[str, ...],
    lang: str | None,
    on: datetime | None,
    home_country: str | None,
    jobs: int,
    scheduler: str | None,
    site: Path | None,
) -> None:
    """Suggest countries and topics for articles, with the evidence.

    SOURCE is a JSONL file of {id, title, text, date, lang} objects, a text file whose first line is the title, or
    '-' for standard input. Prints one JSON object a line, in the order of the input; `start` counts characters in
    title + newline + text.

    Example: pouch tag --lang fr articles.jsonl | jq '.countries[].code'
    """
    from pouch.errors import ContentError
    from pouch.problems import Problem, has_errors
    from pouch.reporting import print_problems
    from pouch.site import load_site, site_root
    from pouch.tag.archive import learned_topics
    from pouch.tag.batch import Options, crew_of, read_articles, tag_articles
    from pouch.vocabulary.vocabulary import load_vocabulary

    for source in sources:
        if source != "-" and not Path(source).is_file():
            raise click.BadParameter(f"no file {source!r}", param_hint="SOURCE")
    settings = load_site(site_root(site))
    vocabulary, problems = load_vocabulary(settings)
    if has_errors(problems):
        raise ContentError(problems)
    home = vocabulary.find_country(home_country) if home_country else None
    if home_country and home is None:
        raise click.BadParameter(f"no country {home_country!r}", param_hint="--home-country")
    options = Options(lang=lang, on=on.date() if on else None, home_country=home)
    found: list[Problem] = []
    output = sys.stdout.buffer
    model = learned_topics(settings, vocabulary)
    for line in tag_articles(read_articles(sources), vocabulary, options, crew_of(jobs, scheduler), model):
        if isinstance(line, Problem):
            found.append(line)
        else:
            output.write(line + b"\n")
    output.flush()
    if has_errors(found):
        raise ContentError(found)
    print_problems(found)
