"""`pouch tag`: what articles are about, without converting them."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pouch.completion import complete_country, complete_topic
from pouch.site import site_option
from pouch.wording import counted


@click.command(
    epilog="""\b
Examples:
  pouch tag article.txt page.html inbox/
  pouch tag https://example.org/feed.xml
  pouch tag --lang fr articles.jsonl | jq '.countries[].code'
  pouch tag --entries --topic railways
  pouch tag --entries --topic railways --apply
"""
)
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option(
    "--entries",
    is_flag=True,
    help="Tag the archive's entries; SOURCE names some of them by id, slug or path.",
)
@click.option(
    "--topic",
    metavar="TOPIC",
    shell_complete=complete_topic,
    help="With --entries: print where this topic fits and is not.",
)
@click.option(
    "--apply", "write", is_flag=True, help="With --topic: write it to the entries that are printed."
)
@click.option("--lang", help="Language of articles that name none, such as fr. Default: detected.")
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date of articles that name none: leaders count only while in office.",
)
@click.option(
    "--home-country",
    metavar="CODE",
    shell_complete=complete_country,
    help="The country to assume if none is named, such as US.",
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Worker processes.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler that shares out the work: tcp://….")
@click.option("--allow-private", is_flag=True, help="Fetch from addresses of private networks too.")
@site_option
def command(
    sources: tuple[str, ...],
    entries: bool,
    topic: str | None,
    write: bool,
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

    With --entries, tags what is in the archive, and each line also has the entry's own terms. With --topic it prints no
    JSON but the entries on which that topic fits; --apply adds it there, in the place of a topic above it.
    """
    if not entries:
        if topic or write:
            raise click.UsageError("--topic and --apply need --entries")
        if not sources:
            raise click.UsageError("name a SOURCE, or --entries")
    elif write and not topic:
        raise click.UsageError("--apply needs --topic")
    from pouch.convert.intake.sources import read_sources
    from pouch.convert.tagging import Options, pool_config, tag_articles
    from pouch.errors import ContentError
    from pouch.problems import Problem, has_errors
    from pouch.reporting import print_problems, show_json
    from pouch.site import load_site, site_root
    from pouch.tag.archive import learned_topics
    from pouch.vocabulary.vocabulary import sound_vocabulary

    if entries:
        _tag_entries(sources, topic, jobs, site, write=write)
        return
    articles = read_sources(sources, sys.stdin.buffer, allow_private=allow_private, headlines=True)
    settings = load_site(site_root(site))
    vocabulary = sound_vocabulary(settings)
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


def _tag_entries(
    names: tuple[str, ...], topic: str | None, jobs: int, site: Path | None, *, write: bool
) -> None:
    import msgspec

    from pouch.convert.retagging import apply, chosen_entries, originals, proposals, retag
    from pouch.convert.tagging import CHUNK
    from pouch.editing.terms import find_term
    from pouch.errors import ContentError
    from pouch.problems import has_errors
    from pouch.reporting import print_problems, say, show, show_json
    from pouch.site import load_site, site_root
    from pouch.tag.archive import learned_topics
    from pouch.vocabulary.vocabulary import sound_vocabulary
    from pouch.workers import PoolConfig

    settings = load_site(site_root(site))
    vocabulary = sound_vocabulary(settings)
    key = find_term("topic", topic, vocabulary).key if topic else ""
    archive = chosen_entries(names, settings, vocabulary)
    chosen = originals(archive.entries) if key else archive.entries
    config = PoolConfig(jobs, CHUNK, min_tasks=0, start_method="spawn")
    lines = retag(chosen, vocabulary, config, learned_topics(settings, vocabulary))
    if not key:
        encode = msgspec.json.Encoder().encode
        for line in lines:
            show_json(encode(line) + b"\n")
        sys.stdout.flush()
    else:
        fitting = proposals(lines, key, vocabulary)
        for each in fitting:
            words = ", ".join(each.words[:5])
            show(f"{each.path}  {each.title}")
            show(f"    {each.score:.2f}  {words}")
            show(f"    topics: [{', '.join(each.before)}] → [{', '.join(each.after)}]")
        entries = counted(len(fitting), "entry", "entries")
        if write:
            apply(fitting, settings)
            say(f"{key} was added to {entries}")
        elif fitting:
            say(
                f"{key} fits {entries} that have it not; --apply adds it to them, or to those that you name by id, "
                "slug or path"
            )
        else:
            say(f"{key} fits no entry that has it not; its labels and aliases are what is looked for")
    if has_errors(archive.problems):
        raise ContentError(archive.problems)
    print_problems(archive.problems)
