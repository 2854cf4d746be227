"""`pouch convert SOURCE…`: articles to drafts."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pouch.completion import complete_country
from pouch.problems import Problem
from pouch.site import jobs_option, load_site, site_option, site_root

if TYPE_CHECKING:
    from pouch.convert.intake.article import Article, Refusal


@click.command(
    epilog="""\b
Examples:
  pouch convert article.txt                       a draft in the folder of its month, with a report
  pouch convert --dry-run --json inbox/*.txt      what would be written, one JSON object a line
  pouch convert --date 2025-03-05 --url https://example.org/story article.txt
  pouch convert --fetch-images https://example.org/story
  pouch convert https://example.org/story https://example.org/feed.xml
"""
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@site_option
@click.option("--dry-run", is_flag=True, help="Write nothing; tell what would be written.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line for each article.")
@jobs_option
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler that shares out the work: tcp://….")
@click.option("--force", is_flag=True, help="Write over files that exist.")
@click.option("--date", metavar="DATE", help="What the briefing is dated, such as 2025-03-05.")
@click.option("--lang", metavar="TAG", help="The articles' language, such as fr; otherwise it is detected.")
@click.option("--url", metavar="URL", help="The article's own address, of a single one.")
@click.option("--source-name", metavar="NAME", help="The organisation that published it.")
@click.option(
    "--home-country",
    metavar="CODE",
    shell_complete=complete_country,
    help="Whose country it is when nothing else is named, such as US.",
)
@click.option("--fetch-images", is_flag=True, help="Store the articles' images instead of linking to them.")
@click.option("--allow-private", is_flag=True, help="Fetch from addresses of private networks too.")
def command(
    sources: tuple[str, ...],
    site: Path | None,
    dry_run: bool,
    as_json: bool,
    jobs: int | None,
    scheduler: str | None,
    force: bool,
    date: str | None,
    lang: str | None,
    url: str | None,
    source_name: str | None,
    home_country: str | None,
    fetch_images: bool,
    allow_private: bool,
) -> None:
    """Turn articles into draft entries, with a report of what was kept, dropped and repaired.

    SOURCE is a file (text, HTML, a saved page .mhtml, a message .eml, a feed, JSONL), a folder, a pattern, the
    address of a page or a feed, or - for standard input. An article that is in the archive already is left alone, so
    converting again changes nothing.
    """
    from pouch.convert.drafts import batch, output
    from pouch.convert.drafts.drafting import options_from
    from pouch.convert.intake.sources import at_most_one, count, read_sources
    from pouch.copies import Copies
    from pouch.reporting import print_problems, progress, show, show_json

    options = options_from(date=date, lang=lang, url=url, source_name=source_name, home_country=home_country)
    settings = load_site(site_root(site))
    keep = None if dry_run else Copies(settings.sources).keep
    articles: Iterable[Article | Refusal] = read_sources(
        sources, sys.stdin.buffer, allow_private=allow_private, keep=keep
    )
    if options.url:
        articles = at_most_one(articles)
    batch_options = batch.BatchOptions(
        jobs,
        scheduler,
        dry_run=dry_run,
        force=force,
        fetch_images=fetch_images,
        allow_private=allow_private,
        full=as_json,
    )
    problems: list[Problem] = []
    failed = False
    with progress("Converting", count(sources) if sys.stderr.isatty() else None) as shown:
        for result in batch.convert(articles, options, settings, batch_options):
            failed = failed or result.outcome == "refused"
            problems += result.problems
            if as_json:
                show_json(output.as_json(result))
            else:
                for line in output.as_lines(result):
                    show(line)
            shown.advance()
        sys.stdout.flush()
    print_problems(problems)
    sys.exit(1 if failed else 0)
