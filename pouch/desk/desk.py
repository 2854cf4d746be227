"""The desk of one site: what comes in, what is open, how it is looked at and saved. The server calls it, nothing else.

Every public method may be called from any thread. `lock` guards files and pages, `analysing` the tagger, so that a page
waits for no analysis. Code that needs both takes `lock` first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from pouch.content.dates import instant
from pouch.content.entry import Entry
from pouch.content.fields import Context
from pouch.content.files import site_path, write_whole
from pouch.content.frontmatter import FrontMatterError
from pouch.content.parse import read_bytes
from pouch.content.render import render_entry
from pouch.convert.drafts.archive_index import ArchiveIndex
from pouch.convert.drafts.batch import input_mark
from pouch.convert.drafts.drafting import Draft, Options, draft, parse_article, with_entry
from pouch.convert.drafts.imagestore import ImageStore
from pouch.convert.drafts.newsletters import one_by_one
from pouch.convert.drafts.proposals import with_proposals
from pouch.convert.drafts.writing import Writer
from pouch.convert.intake.article import Article, Refusal
from pouch.convert.intake.documents import read_document
from pouch.convert.text.blocks import Structure
from pouch.desk.answers import Earlier, Evidence, Listed, Look, Opened, Saved
from pouch.desk.files import EntryFile, EntryFiles, open_index
from pouch.desk.inbox import Inbox, Waiting
from pouch.desk.loading import LoadedArchive
from pouch.desk.marks import analysed_text, dates_in, fact_marks, marks_of, reasons_of
from pouch.desk.near_duplicates import entries_like, identity_of
from pouch.desk.passages import merged, of_article, of_body, plain_text
from pouch.desk.sheet import FieldError, Sheet, digest_of, edited, edited_text, fields_of, typed_moment
from pouch.errors import ContentError
from pouch.site import Site
from pouch.tag.analysis import Analysis, analyse
from pouch.tag.sentences import candidate_key_points
from pouch.vocabulary.names import fold
from pouch.vocabulary.vocabulary import Vocabulary, sound_vocabulary
from pouch.wording import diff_lines

MOST_EARLIER = 8
"""Earlier briefings that are listed."""

MOST_FOUND = 5
"""Published briefings that a search lists."""

MOST_KEPT = 64
"""Drafts of the inbox, and texts of files as they were opened, that are kept in memory."""

Value = TypeVar("Value")

_OPTIONS = Options()

_FIRST = f"<title>First</title><h1>First</h1><p>{'On 5 March 2025 a first article names a port in Norway. ' * 9}</p>"
"""An article that nobody sees: `Desk.warm` reads it."""


class Desk:
    """One site on the desk."""

    def __init__(self, site: Site, address: str) -> None:
        """`address` is the desk's own. Raises ContentError, EnvironmentFault."""
        self.site = site
        self.shown_site = msgspec.structs.replace(site, url=f"{address}/site", path="/site", preview=True)
        vocabulary = sound_vocabulary(site)
        self.vocabulary: Vocabulary = vocabulary
        self.inbox = Inbox(site)
        self.lock = threading.RLock()
        self.analysing = threading.RLock()
        self.loaded = LoadedArchive(site, self.shown_site, vocabulary)
        self._drafts: dict[str, tuple[str, Draft]] = {}
        self._texts: dict[str, str] = {}  # by digest: files as they were opened
        self.files = EntryFiles(site, vocabulary)

    def warm(self) -> None:
        """Load the archive, its index, the gazetteer and the templates, so that the first article does not wait."""
        self.loaded.pages()
        with self.lock, open_index(self.site):
            pass
        for article in read_document(_FIRST.encode(), "first.html"):
            made = self._made(article) if isinstance(article, Article) else None
            if isinstance(made, Draft):
                passages = tuple(of_article(parse_article(made.article)))
                self.evidence(Sheet(id="first", fields=fields_of(made.entry), passages=passages))

    # --- what comes in ----------------------------------------------------------------------------------------

    def take_in(self, articles: Iterable[Article | Refusal]) -> tuple[list[Waiting], list[str]]:
        """Put articles into the inbox; what is none is named in a sentence. An article that is there is named too."""
        waiting: list[Waiting] = []
        refused: list[str] = []
        for article in one_by_one(articles):  # which may wait for the network
            made = article if isinstance(article, Refusal) else self._made(article)
            if isinstance(made, Refusal):
                problem = made.problem
                refused.append(f"{problem.message}; {problem.hint}" if problem.hint else problem.message)
            else:
                assert isinstance(article, Article)
                with self.lock:
                    waiting.append(self._received(article, made))
        return waiting, refused

    def _made(self, article: Article) -> Draft | Refusal:
        with self.analysing:
            return draft(article, _OPTIONS, self.site, self.vocabulary, self.loaded.model())

    def _received(self, article: Article, made: Draft) -> Waiting:
        with open_index(self.site) as index:
            entry_id, same_entry = identity_of(made, index)
            like = list(entries_like(index, self.files, made.entry, entry_id))
        source = made.entry.source
        waiting = Waiting(
            same_entry.id if same_entry else entry_id,
            made.entry.title,
            made.entry.lang or "",
            (source.name or source.url or "") if source else "",
            made.entry.countries,
            like[0].path if like else site_path(same_entry.path, self.site) if same_entry else "",
            like[0].share if like else 1.0 if same_entry else 0.0,
        )
        if same_entry is None:
            self.inbox.put(waiting, article)
            _remember(self._drafts, entry_id, (self.loaded.taught, made))
        return waiting

    def waiting(self) -> list[Waiting]:
        """The articles of the inbox that have no file, the newest first."""
        with self.lock:
            waiting = list(self.inbox.waiting())
            if not waiting:
                return []
            with open_index(self.site) as index:
                return [each for each in waiting if index.with_id(each.id) is None]

    def drafts(self) -> list[Listed]:
        """The drafts of the archive, in order of path."""
        with self.lock:
            self.loaded.changed()
            return [Listed.of(entry_file) for entry_file in self.files.drafts()]

    def published(self, word: str) -> list[Earlier]:
        """The newest published briefings whose titles hold these words, in any spelling of capitals and accents."""
        words = fold(word).split()
        versions = (
            version
            for briefing in reversed(self.loaded.pages().archive.briefings)
            for version in briefing.versions.values()
        )
        matching = (each for each in versions if all(part in fold(each.title) for part in words))
        return [Earlier.of(record) for record in islice(matching, MOST_FOUND)]

    def discard(self, entry_id: str) -> None:
        """Take an article out of the inbox."""
        with self.lock:
            self.inbox.discard(entry_id)
            self._drafts.pop(entry_id, None)

    # --- what is open -----------------------------------------------------------------------------------------

    def open(self, entry_id: str) -> Opened | None:
        """An entry, or an article of the inbox; None where there is none. Raises ContentError for a faulty file."""
        made = self._draft(entry_id)
        with self.lock, open_index(self.site) as index:
            entry_file = self.files.of(entry_id, index)
            if entry_file is not None:
                if entry_file.entry is None:
                    raise ContentError(entry_file.problems)
                return self._opened_file(entry_file, entry_file.entry, made, index)
            if made is None:
                return None
            entry = replace(made.entry, id=entry_id)
            return Opened(
                id=entry_id,
                fields=fields_of(entry),
                passages=tuple(of_article(self._parts(entry_id))),
                candidates=made.key_point_candidates,
                date_from=made.date_from or "",
                notes=tuple(problem.message for problem in made.problems),
                like=tuple(entries_like(index, self.files, entry, entry_id)),
                image=entry.image.file if entry.image else "",
            )

    def _opened_file(
        self, entry_file: EntryFile, entry: Entry, made: Draft | None, index: ArchiveIndex
    ) -> Opened:
        renderer = self.loaded.pages().renderer
        passages = of_body(entry.body, renderer, entry.lang or self.site.lang)
        if made is not None:
            passages = merged(of_article(self._parts(entry.id)), passages)
        text = analysed_text(passages)[0]
        lang = (entry.lang or self.site.lang).partition("-")[0]
        summary = [entry.summary] if entry.summary else []
        candidates = (
            () if entry.key_points else candidate_key_points(entry.title, text, lang, without=summary)
        )
        return Opened(
            id=entry.id,
            path=entry_file.path,
            base=self._remembered(entry_file.data),
            status=entry.status,
            fields=fields_of(entry),
            passages=tuple(passages),
            candidates=candidates,
            date_from=(made.date_from or "") if made else "",
            like=tuple(entries_like(index, self.files, entry, entry.id)),
            image=entry.image.file if entry.image else "",
        )

    def evidence(self, sheet: Sheet) -> Evidence:
        """The marks on a sheet's text, and what speaks for each term."""
        with self.lock:
            lang = sheet.fields.lang or self.site.lang
            renderer = self.loaded.pages().renderer
            passages = [
                each
                if each.text
                else msgspec.structs.replace(each, text=plain_text(each.markdown, renderer, lang))
                for each in sheet.passages
            ]
        text, starts = analysed_text(passages)
        with self.analysing:
            analysis = self._analyse(sheet.fields.title, text, sheet.fields.lang, sheet.fields.date)
        marks = [*marks_of(analysis, sheet.fields.title, passages, starts)]
        marks += fact_marks(passages, sheet.fields.source_author, typed_moment(sheet.fields.date))
        return Evidence(
            marks=tuple(marks),
            reasons=tuple(reasons_of(analysis)),
            texts=tuple(each.text for each in passages),
            lang=analysis.lang,
            dates=tuple(dates_in(passages)),
        )

    def look(self, sheet: Sheet) -> Look:
        """The page of a sheet as it would stand, what `check` says of it, and what came before."""
        made = None if sheet.base else self._draft(sheet.id, newest=False)
        with self.lock:
            try:
                # The article of the inbox is at hand: to look for a file would take long in a large archive.
                path, text = self._draft_text(made, sheet) if made else self._text(sheet)
            except FieldError as error:
                return Look(field=error.field, fault=str(error))
            except FrontMatterError as error:
                return Look(fault=error.message)
            pages = self.loaded.pages()
            page = pages.page(path, text)
            earlier = pages.earlier(page.record, MOST_EARLIER) if page.record else ()
            return Look(
                html=page.html,
                problems=page.problems,
                earlier=tuple(Earlier.of(briefing.original) for briefing in earlier),
            )

    # --- saving -----------------------------------------------------------------------------------------------

    def save(self, sheet: Sheet, *, anyway: bool = False) -> Saved:
        """Write a sheet's file. Where the file is not as it was opened, nothing is written, and the difference shown.

        `anyway` writes an article although the archive has one like it.
        """
        with self.lock:
            try:
                entry_file = self.files.of(sheet.id) if sheet.base else None
                if entry_file is None:
                    with open_index(self.site) as index:
                        entry_file = self.files.of(sheet.id, index)
                        if entry_file is None:
                            return self._write_new(sheet, index, anyway=anyway)
                if digest_of(entry_file.data) != sheet.base:
                    return self._conflict(entry_file, sheet)
                if entry_file.entry is None:  # somebody else broke it, and was shown as a conflict
                    return Saved(outcome="refused", message="; ".join(map(str, entry_file.problems)))
                text = self._text(sheet, entry_file)[1]
            except FieldError as error:
                return Saved(outcome="refused", field=error.field, message=str(error))
            except FrontMatterError as error:
                return Saved(outcome="refused", message=error.message)
            context = Context(self.site, self.vocabulary)
            after = read_bytes(text.encode(), entry_file.path, context)
            if after.entry is None:
                return Saved(outcome="refused", message="; ".join(map(str, after.problems)))
            write_whole(entry_file.file, text.encode())
            self.loaded.changed()
            return Saved(outcome="saved", path=entry_file.path, base=self._remembered(text.encode()))

    def _write_new(self, sheet: Sheet, index: ArchiveIndex, *, anyway: bool) -> Saved:
        made = self._draft(sheet.id, newest=False)
        article = self.inbox.article(sheet.id)
        if made is None or article is None:
            return Saved(outcome="refused", message="The article is not in the inbox any more.")
        entry = edited(made.entry, sheet)
        candidates_left = [each for each in made.key_point_candidates if each not in sheet.rejected]
        made = with_entry(made, entry, self.site, self.vocabulary)
        made = msgspec.structs.replace(
            made, key_point_candidates=() if entry.key_points else tuple(candidates_left)
        )
        same_entry = identity_of(made, index)[1]
        if same_entry is not None:
            path = site_path(same_entry.path, self.site)
            return Saved(outcome="duplicate", path=path, other=same_entry.id, message=f"it is {path} already")
        images = ImageStore(self.site, fetching=False, allow_private=False)
        writer = Writer(self.site, index, images, dry_run=False, force=anyway)
        result = writer.put(made, input_mark(made.article, _OPTIONS))
        message = "; ".join(problem.message for problem in result.problems)
        if result.outcome != "written" or result.path is None:
            outcome = "duplicate" if result.outcome in ("duplicate", "unchanged") else "refused"
            return Saved(outcome=outcome, path=result.path or "", message=message)
        self.loaded.changed()
        data = (Path(self.site.root) / result.path).read_bytes()
        return Saved(outcome="saved", path=result.path, base=self._remembered(data), message=message)

    def _conflict(self, entry_file: EntryFile, sheet: Sheet) -> Saved:
        """The file on disk beside what would be written over it."""
        theirs = entry_file.data.decode("utf-8", "replace")
        try:
            ours = self._text(sheet, entry_file)[1]
        except (FieldError, FrontMatterError):
            ours = theirs
        return Saved(
            outcome="conflict",
            path=entry_file.path,
            base=digest_of(entry_file.data),
            message=f"{entry_file.path} was changed since you opened it",
            theirs=tuple(diff_lines(self._texts.get(sheet.base, ours), theirs)),
            diff=tuple(diff_lines(theirs, ours)),
        )

    def _text(self, sheet: Sheet, entry_file: EntryFile | None = None) -> tuple[str, str]:
        """The path of a sheet's file, and what a save would write. Raises FieldError, FrontMatterError."""
        entry_file = entry_file or self.files.of(sheet.id)
        if entry_file is not None:
            text = entry_file.data.decode("utf-8", "replace")
            entry = entry_file.entry or Entry(id=sheet.id, title="")
            return entry_file.path, edited_text(text, entry, sheet)
        made = self._draft(sheet.id, newest=False)
        if made is None:
            raise FieldError("", "The article is not in the inbox any more.")
        return self._draft_text(made, sheet)

    def _draft_text(self, made: Draft, sheet: Sheet) -> tuple[str, str]:
        entry = replace(edited(made.entry, sheet), id=sheet.id)
        candidates_left = [each for each in made.key_point_candidates if each not in sheet.rejected]
        text = with_proposals(render_entry(entry), () if entry.key_points else candidates_left)
        return f"content/entries/drafts/{made.slug or sheet.id}.md", text

    # --- the parts that these share -----------------------------------------------------------------------------

    def _analyse(self, title: str, text: str, lang: str, day: str) -> Analysis:
        moment = typed_moment(day)
        on = instant(moment, self.site.zone).astimezone(self.site.zone).date() if moment else None
        return analyse(title, text, self.vocabulary, lang=lang or None, on=on, model=self.loaded.model())

    def _remembered(self, data: bytes) -> str:
        """The digest of a file that is opened or written, whose text a conflict will be compared with."""
        digest = digest_of(data)
        _remember(self._texts, digest, data.decode("utf-8", "replace"))
        return digest

    def _draft(self, entry_id: str, *, newest: bool = True) -> Draft | None:
        """The draft of an article in the inbox; `newest`: with what the archive teaches now."""
        cached = self._drafts.get(entry_id)
        if cached is not None and (not newest or cached[0] == self.loaded.taught):
            return cached[1]
        article = self.inbox.article(entry_id)
        made = self._made(article) if article else None
        if not isinstance(made, Draft):
            return None
        _remember(self._drafts, entry_id, (self.loaded.taught, made))
        return made

    def _parts(self, entry_id: str) -> Structure:
        article = self.inbox.article(entry_id)
        assert article is not None
        return parse_article(article)


def _remember(values: dict[str, Value], key: str, value: Value) -> None:
    """Keep a value, and drop the oldest where there are many."""
    values.pop(key, None)
    for oldest in list(values)[: max(0, len(values) - MOST_KEPT + 1)]:
        values.pop(oldest, None)
    values[key] = value
