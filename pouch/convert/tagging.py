"""Many articles in, one analysis each out: in the order of the input, in bounded memory, faults collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from pouch.content.dates import day_of
from pouch.content.entry import Moment
from pouch.convert.drafts.newsletters import one_by_one
from pouch.convert.intake.article import Article, Refusal
from pouch.convert.text.dates import parse_date
from pouch.problems import Problem, Severity
from pouch.tag.analysis import CountryTag, Tagger, TopicTag
from pouch.tag.language import finds_inflected
from pouch.tag.learning import Model
from pouch.vocabulary.vocabulary import Vocabulary
from pouch.workers import Finished, PoolConfig, parallel_map

CHUNK = 32
"""Articles that a worker process is given at once."""

HEAVY = 500_000
"""Characters from which a chunk is full, however few its articles: pages take longer than texts."""


class Line(msgspec.Struct):
    """One line of `pouch tag`."""

    id: Any  # the input's; of a file or an address itself
    lang: str
    lang_sure: bool
    title: str
    countries: tuple[CountryTag, ...]
    topics: tuple[TopicTag, ...]


class Tagged(msgspec.Struct, frozen=True):
    """An article's encoded line, if there is one, and its problems."""

    line: bytes | None
    problems: tuple[Problem, ...] = ()


class Options(msgspec.Struct, frozen=True):
    """Defaults for articles that do not state these facts."""

    lang: str | None = None
    on: date | None = None
    home_country: str | None = None


def tag_articles(
    articles: Iterable[Article | Refusal],
    vocabulary: Vocabulary,
    options: Options,
    config: PoolConfig,
    model: Model | None = None,
) -> Iterator[Tagged]:
    """The result for each article, in the order of the input."""
    tasks = (
        Finished(Tagged(None, (one.problem,))) if isinstance(one, Refusal) else one.without_images()
        for one in one_by_one(articles)
    )
    return parallel_map(_Worker, (vocabulary, options, model), _Worker.tag, tasks, config)


def pool_config(jobs: int, scheduler: str | None = None) -> PoolConfig:
    """The configuration of the worker pool, or of the cluster."""
    return PoolConfig(
        jobs, CHUNK, min_tasks=0, weight=_size, max_weight=HEAVY, start_method="spawn", scheduler=scheduler
    )


def _size(article: Article) -> int:
    return len(article.text or article.html or "")


class _Worker:
    def __init__(self, vocabulary: Vocabulary, options: Options, model: Model | None) -> None:
        self.tagger = Tagger(vocabulary, model)
        self.options = options
        self.encode = msgspec.json.Encoder().encode

    def tag(self, article: Article) -> Tagged:
        """The article's line."""
        problems = list(article.warnings)
        title, text, declared, dated = _read(article)
        if not title.strip() and not text.strip():
            message = "no article is left when the boilerplate is taken out"
            return Tagged(None, (*problems, article.problem("no-article", message, severity=Severity.ERROR)))
        if article.date and (article_date := parse_date(article.date)) is None:
            message = f"{article.date!r} is no date"
            problems.append(article.problem("bad-date", message, "YYYY-MM-DD"))
        else:
            dated = article_date if article.date else dated
        analysis = self.tagger.analyse(
            title,
            text,
            lang=article.lang or self.options.lang or declared,
            home_country=self.options.home_country,
            on=day_of(dated) or self.options.on,
        )
        if not finds_inflected(analysis.lang):
            message = f"in this language ({analysis.lang}) countries are found by their plain names only"
            hint = "check which countries it names"
            problems.append(article.problem("countries-unsure", message, hint))
        line = Line(
            _id(article), analysis.lang, analysis.lang_sure, title, analysis.countries, analysis.topics
        )
        return Tagged(self.encode(line), tuple(problems))


def _read(article: Article) -> tuple[str, str, str | None, Moment | None]:
    """Title, text, the language that a page declares, and its date.

    A text is taken as it was given, so that evidence is found in it by its place; the first line of one that was not
    handed in with a title is its title, but for a line of JSONL, where a title would have its own key.
    """
    if article.html is not None:
        return _page(article)
    title, text = article.title or article.headline, article.text or ""
    if title is None and not article.line:
        title, _, text = text.lstrip("\ufeff \t\r\n").partition("\n")
    return (title or "").strip(), text, None, None


def _page(article: Article) -> tuple[str, str, str | None, Moment | None]:
    # Imported here: texts need no HTML parser.
    from pouch.convert.drafts.drafting import declared_language, parse_article
    from pouch.convert.page.parts import OUTSIDE

    parts = parse_article(article)
    block = parts.first("title")
    title = article.title or (block.text if block else parts.title) or article.headline or ""
    # A fragment of a page may have no recognisable article.
    text = parts.full_text() or "\n".join(one.text for one in parts.report.dropped if one.rule == OUTSIDE)
    return title.strip(), text, declared_language(parts.lang, title, text)[0], parts.date


def _id(article: Article) -> Any:
    if article.input_id is not None or article.line or article.origin == "-":
        return article.input_id
    return article.origin
