"""Write drafts: each gets its id and its path. An article that the archive has already is reported, not rewritten."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec

from pouch.content.files import write_whole
from pouch.content.identity import candidates, canonical_address
from pouch.content.render import render_entry
from pouch.convert.drafts.archive_index import ArchiveIndex, IndexedEntry
from pouch.convert.drafts.drafting import Draft
from pouch.convert.drafts.imagestore import ImageStore
from pouch.convert.drafts.proposals import with_proposals
from pouch.convert.drafts.result import Outcome, Result
from pouch.problems import Problem, Severity
from pouch.site import Site

_IMAGE = re.compile(r"^!\[.*\]\(.*\)$\n*", re.MULTILINE)

SAME_ARTICLE = 0.5
"""The share of an article's words from which an entry that has them is the article, edited."""


class Writer:
    """Gives each draft its id and its path, and writes it."""

    def __init__(
        self, site: Site, index: ArchiveIndex, images: ImageStore, *, dry_run: bool, force: bool
    ) -> None:
        self._site = site
        self._index = index
        self._images = images
        self._dry_run = dry_run
        self._force = force

    def put(self, item: Draft, made_from: bytes) -> Result:
        """Writes one draft; an article that is already there is left alone. Raises EnvironmentFault.

        `made_from` lets the next run recognise the same article: see `ArchiveIndex.made`.
        """
        entry_id, indexed_entry = self._identity(item)
        item = msgspec.structs.replace(item, entry=replace(item.entry, id=entry_id))
        if indexed_entry is None and item.entry.source and item.entry.source.url:
            indexed_entry = self._index.from_address(item.entry.source.url)
        if indexed_entry is not None and (not self._force or indexed_entry.digest is not None):
            return self._is_there(item, indexed_entry)
        if indexed_entry is None and (similar := self._like_another(item)) is not None:
            if isinstance(similar, Result):
                return similar
            item = msgspec.structs.replace(item, problems=(*item.problems, similar))
        return self._write(item, indexed_entry.path if indexed_entry else None, made_from)

    def _identity(self, item: Draft) -> tuple[str, IndexedEntry | None]:
        """The draft's id, and the entry that already has it, if this article is in the archive."""
        url = item.entry.source.url if item.entry.source else None
        canonical = canonical_address(url) if url else None
        for entry_id in candidates(item.seed):
            indexed_entry = self._index.with_id(entry_id)
            # Two addresses and two texts are two articles. One address may have been corrected by an editor, and
            # a text without an address may have received one: both are the same article.
            if (
                indexed_entry is None
                or not (indexed_entry.url and canonical and indexed_entry.url != canonical)
                or _is_same_article(item, indexed_entry)
            ):
                return entry_id, indexed_entry
        # Five clashes of 50 bits each: no archive has so many articles.
        raise AssertionError(f"no id is left for {item.article.origin}")

    def _result(self, outcome: Outcome, item: Draft, path: Path, problems: Iterable[Problem] = ()) -> Result:
        article = item.article
        return Result(
            outcome,
            article.origin,
            article.line,
            article.input_id,
            self._relative(path),
            item.entry,
            item.date_from,
            item.text,
            item.report,
            (*item.problems, *problems),
            item.entry.id,
            item.key_point_candidates,
        )

    def _relative(self, path: Path) -> str:
        return (
            path.relative_to(self._site.root).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
        )

    # --- articles that the archive has ------------------------------------------------------------------------

    def _is_there(self, item: Draft, indexed_entry: IndexedEntry) -> Result:
        """The result of an article that the archive, or this run, has already."""
        path = self._relative(indexed_entry.path)
        if indexed_entry.digest is not None:
            if indexed_entry.digest == digest(item):
                message = f"the same article stands earlier in the input; it is {path}"
                problem = item.article.problem("duplicate", message, "leave it out of the input")
                return self._result("duplicate", item, indexed_entry.path, [problem])
            return self._result(
                "refused",
                item,
                indexed_entry.path,
                [self._other_text(item, indexed_entry, path, Severity.ERROR)],
            )
        share = _share_kept(item, indexed_entry.path)
        if share == 1.0:
            return self._result("unchanged", item, indexed_entry.path)
        # Where most words are still there an editor has worked on it, which is what drafts are for.
        severity = Severity.WARNING if share >= SAME_ARTICLE else Severity.ERROR
        problem = self._other_text(item, indexed_entry, path, severity)
        return self._result(
            "unchanged" if severity is Severity.WARNING else "refused", item, indexed_entry.path, [problem]
        )

    def _other_text(self, item: Draft, indexed_entry: IndexedEntry, path: str, severity: Severity) -> Problem:
        if indexed_entry.id == item.entry.id:
            message = f"{path} has its id {indexed_entry.id} and another text; left as it is"
        else:
            message = f"{path} has the same source address and another id, {indexed_entry.id}; left as it is"
        hint = "its source has changed since, or the entry was edited; --force converts it again"
        return item.article.problem("same-id-other-text", message, hint, severity)

    def _like_another(self, item: Draft) -> Result | Problem | None:
        """The result if another entry has the same text or story; a warning if only its figures differ."""
        update = None
        for indexed_entry, share, disagrees in self._index.alike(item.signature):
            path = self._relative(indexed_entry.path)
            if not disagrees and not self._force:
                message = (
                    f"the same text is {path} already"
                    if share == 1.0
                    else f"the same story is {path} already: {share:.0%} alike"
                )
                hint = "--force writes it as an entry of its own"
                problem = item.article.problem("duplicate", f"{message}; not written again", hint)
                return self._result("duplicate", item, indexed_entry.path, [problem])
            if update is None:
                reason = "with other figures" if disagrees else "and written because of --force"
                message = f"it is {share:.0%} like {path}, {reason}"
                hint = "an update of the same story? then correct that entry, and delete this draft"
                update = item.article.problem("similar", message, hint)
        return update

    # --- new articles -----------------------------------------------------------------------------------------

    def _write(self, item: Draft, over: Path | None, made_from: bytes) -> Result:
        path = over or self._place(item)
        if not self._force and path.exists():
            message = f"{self._relative(path)} exists and is another entry"
            problem = item.article.problem("file-exists", message, "--force overwrites it", Severity.ERROR)
            return self._result("refused", item, path, [problem])
        if faults := [problem for problem in item.checked if problem.severity is Severity.ERROR]:
            return self._result("refused", item, path, faults)
        if not self._dry_run:
            # Before the draft is written, so that it never refers to a missing image.
            item = self._images.store(item)
            text = with_proposals(render_entry(item.entry), item.key_point_candidates)
            write_whole(path, text.encode())
        url = item.entry.source.url if item.entry.source else None
        indexed_entry = IndexedEntry(
            item.entry.id,
            path,
            canonical_address(url) if url else None,
            digest(item),
            draft=item.entry.status == "draft",
        )
        self._index.add(indexed_entry, path.stem, item.signature, made_from)
        return self._result("would be written" if self._dry_run else "written", item, path, item.checked)

    def _place(self, item: Draft) -> Path:
        """The file of a draft: its slug, with the opening of its id where another entry has or had that slug."""
        slug = item.slug or item.entry.id
        if self._index.owner(slug) not in (None, item.entry.id):
            slug = f"{slug}-{item.entry.id[:4]}"
        if self._index.owner(slug) not in (None, item.entry.id):
            slug = f"{item.slug or 'briefing'}-{item.entry.id}"
        return self._site.entries_path / item.folder / f"{slug}.md"


def digest(item: Draft) -> bytes:
    """Of a draft's title and text; the title too, for two of the same words under two titles are two articles."""
    return hashlib.sha256(f"{item.entry.title}\n{item.text}".encode("utf-8", "surrogatepass")).digest()


def _is_same_article(item: Draft, indexed_entry: IndexedEntry) -> bool:
    return (
        indexed_entry.digest == digest(item)
        if indexed_entry.digest
        else _share_kept(item, indexed_entry.path) >= SAME_ARTICLE
    )


def _share_kept(item: Draft, path: Path) -> float:
    """The share of the draft's words that the file still has; 1.0 where it has its very text."""
    try:
        file_text = path.read_text("utf-8", errors="replace")
    except OSError:
        return 0.0  # removed or unreadable: nothing can be compared
    # An image's address is not part of the text: the image may have been stored since.
    body, file_text = (_IMAGE.sub("", text) for text in (item.entry.body, file_text))
    if body.strip() and body.strip() in file_text:
        return 1.0
    there = set(file_text.split())
    words = body.split()
    return min(0.99, sum(word in there for word in words) / len(words)) if words else 1.0
