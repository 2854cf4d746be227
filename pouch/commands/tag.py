"""`pouch tag`: what articles are about, without converting them."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pouch.site import site_option


@click.command(
    epilog="""\b
Examples:
  pouch tag article.txt page.html inbox/
  pouch tag https://example.org/feed.xml
  pouch tag --lang fr articles.jsonl | jq '.countries[].code'
"""
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--lang", help="Language of articles that name none, such as fr. Default: detected.")
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date of articles that name none: leaders count only while in office.",
)
@click.option("--home-country", metavar="CODE", help="The country to assume if none is named, such as US.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Worker processes.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler that shares out the work: tcp://….")
@click.option("--allow-private", is_flag=True, help="Fetch from addresses of private networks too.")
@site_option
def command(
    sources: tuple[str, ...],
    lang: str | None,
    on: datetime | None,
    home_country: str | None,
    jobs: int,
    scheduler: str | None,
    allow_private: bool,
    site: Path | None,
) -> None:
    """Suggest countries and topics for articles, with the evidence.

    SOURCE is what `pouch convert` takes: a file (text, HTML, a saved page .mhtml, a message .eml, a feed, JSONL), a
    folder, a pattern, the address of a page or a feed, or - for standard input. Prints one JSON object a line, in the
    order of the input; `start` counts characters in title + newline + text.
    """
    from pouch.convert.intake.sources import read_sources
    from pouch.convert.tagging import Options, pool_config, tag_articles
    from pouch.errors import ContentError
    from pouch.problems import Problem, has_errors
    from pouch.reporting import print_problems, show_json
    from pouch.site import load_site, site_root
    from pouch.tag.archive import learned_topics
    from pouch.vocabulary.vocabulary import load_vocabulary

    articles = read_sources(sources, sys.stdin.buffer, allow_private=allow_private, headlines=True)
    settings = load_site(site_root(site))
    vocabulary, problems = load_vocabulary(settings)
    if has_errors(problems):
        raise ContentError(problems)
    home = vocabulary.find_country(home_country) if home_country else None
    if home_country and home is None:
        raise click.BadParameter(f"no country {home_country!r}", param_hint="--home-country")
    options = Options(lang=lang, on=on.date() if on else None, home_country=home)
    tag_problems: list[Problem] = []
    model = learned_topics(settings, vocabulary)
    for tagged in tag_articles(articles, vocabulary, options, pool_config(jobs, scheduler), model):
        tag_problems += tagged.problems
        if tagged.line is not None:
            show_json(tagged.line + b"\n")
    sys.stdout.flush()
    if has_errors(tag_problems):
        raise ContentError(tag_problems)
    print_problems(tag_problems)
