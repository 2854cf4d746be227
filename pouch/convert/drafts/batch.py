"""Many articles: worked on in processes or on a cluster, written one after the other, reported in the input's order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import msgspec

from pouch import __version__
from pouch.convert.drafts import drafting
from pouch.convert.drafts.archive_index import ArchiveIndex
from pouch.convert.drafts.drafting import Draft, Options
from pouch.convert.drafts.imagestore import ImageStore
from pouch.convert.drafts.newsletters import one_by_one
from pouch.convert.drafts.result import Result
from pouch.convert.drafts.writing import Writer
from pouch.convert.intake.article import Article, Refusal
from pouch.digests import digest
from pouch.site import Site
from pouch.tag.archive import learned_topics
from pouch.tag.learning import Model
from pouch.vocabulary.vocabulary import Vocabulary, sound_vocabulary
from pouch.workers import Finished, PoolConfig, default_jobs, parallel_map

CHUNK = 32
"""Articles that go to a worker at once: on a cluster a task costs as much as an article. Of pages HEAVY allows less."""

HEAVY = 500_000
"""Characters from which a chunk is full, however few its articles."""

FEW = 40
"""So many articles are done before a second process has loaded its gazetteer."""


class BatchOptions(msgspec.Struct, frozen=True):
    """The way a batch is done. It does not decide what articles say, or what is left out of them."""

    jobs: int | None = None  # processes; None: one for each core, as soon as the batch is worth starting them
    scheduler: str | None = None  # the address of a Dask scheduler, in place of processes
    dry_run: bool = False
    force: bool = False
    fetch_images: bool = False  # store the images that drafts would otherwise link to
    allow_private: bool = False  # from addresses of private networks too
    full: bool = True  # every result with its entry and report, also of articles that are there already


def convert(
    articles: Iterable[Article | Refusal],
    options: Options,
    site: Site,
    batch_options: BatchOptions | None = None,
) -> Iterator[Result]:
    """Each article's result, in the order of the input, which the number of processes does not change.

    Drafts are written as they come. A batch that was ended, however, goes on where it was: what its first run had
    written is left alone, and unless `batch_options.full`, not even read again. Raises ContentError where the
    vocabulary has errors, and EnvironmentFault where the site's files, the index or the cluster give way.
    """
    batch_options = batch_options or BatchOptions()
    vocabulary = sound_vocabulary(site)
    config = PoolConfig(
        jobs=batch_options.jobs or default_jobs(),
        chunk=CHUNK,
        min_tasks=0 if batch_options.jobs else FEW,
        weight=_size,
        max_weight=HEAVY,
        start_method="spawn",  # a forked process would have the progress bar's locks without its threads
        scheduler=batch_options.scheduler,
    )
    made_with = _digest_of([__version__, options])
    with ArchiveIndex(site, keep=not batch_options.dry_run) as index:
        images = ImageStore(
            site, fetching=batch_options.fetch_images, allow_private=batch_options.allow_private
        )
        writer = Writer(site, index, images, dry_run=batch_options.dry_run, force=batch_options.force)
        index_of_earlier_runs = None if batch_options.full or batch_options.force else index
        tasks = _tasks(one_by_one(articles), index_of_earlier_runs, site, made_with)
        tools = (options, site, vocabulary, learned_topics(site, vocabulary, index.published()))
        drafts: Iterator[Draft | Refusal | Result] = parallel_map(
            Drafter, tools, Drafter.draft, tasks, config, _lost
        )
        for draft in drafts:
            if isinstance(draft, Result):
                yield draft
            elif isinstance(draft, Refusal):
                yield Result.of_refusal(draft)
            else:
                yield writer.put(draft, _digest_of([made_with, draft.article]))


def input_mark(article: Article, options: Options) -> bytes:
    """The mark by which later runs see that this very article was converted: see `ArchiveIndex.made`."""
    return _digest_of([_digest_of([__version__, options]), article.without_images()])


class Drafter:
    """The state of a worker process."""

    def __init__(self, options: Options, site: Site, vocabulary: Vocabulary, model: Model | None) -> None:
        self._tools = (options, site, vocabulary, model)

    def draft(self, article: Article) -> Draft | Refusal | Result:
        """The article's draft, or why there is none."""
        try:
            return drafting.draft(article, *self._tools)
        except Exception as error:  # an exception in one article must not end the batch
            message = f"it could not be converted: {type(error).__name__}: {error}"
            hint = "this is a fault of Pouch; please report it with the article"
            return article.refused("failed", message, hint)


def _tasks(
    articles: Iterable[Article | Refusal], index: ArchiveIndex | None, site: Site, made_with: bytes
) -> Iterator[Article | Finished[Refusal | Result]]:
    """The articles to convert. A refusal, and an article that the archive has already, is passed on as finished."""
    for article in articles:
        if isinstance(article, Refusal):
            yield Finished(article)
        elif index and (indexed_entry := index.made(_digest_of([made_with, article.without_images()]))):
            path = indexed_entry.path.relative_to(site.root).as_posix()
            yield Finished(
                Result("unchanged", article.origin, article.line, article.input_id, path, id=indexed_entry.id)
            )
        else:
            yield article


def _size(article: Article) -> int:
    return len(article.text or article.html or "") + sum(len(data) for _, data in article.images)


def _lost(article: Article) -> Refusal:
    message = "the process that converted it died, twice: killed by the system, as a rule for want of memory"
    return article.refused("failed", message, "convert it alone")


def _digest_of(value: object) -> bytes:
    # JSON can encode lone surrogates; UTF-8 cannot.
    encoded = json.dumps(msgspec.to_builtins(value, enc_hook=repr))
    return digest(encoded.encode("ascii"))
