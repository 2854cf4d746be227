"""Load: files that changed are parsed in workers; all parsed files together become the archive.

`pouch build` and `pouch check` share it, so they find the same problems.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from pouch.archive.archive import Archive
from pouch.archive.records import Record
from pouch.checks.site import DossierKey, PageKey, disagreements
from pouch.engine.due import far_dates
from pouch.engine.garbage import uncollected
from pouch.engine.parsed_files import (
    ParsedFile,
    Parser,
    body_key,
    decode_parsed,
    encode_parsed,
    stale_files,
)
from pouch.engine.preview.facts import preview_facts, with_last_good, without_contradictions
from pouch.engine.preview.read_so_far import Parts, ReadSoFar, newest_first
from pouch.engine.report import Report
from pouch.engine.scan import ARCHIVED, ENTRY, STATIC, VOCABULARY, Scan, Source
from pouch.engine.state import READ, State
from pouch.errors import ContentError
from pouch.problems import Problem, has_errors
from pouch.reporting import progress
from pouch.site import Site
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from pouch.workers import PoolConfig, parallel_map

FILES_A_BATCH = 512
"""So many parsed files are stored together."""


class Revision(NamedTuple):
    """An entry as a foreign plugin left it."""

    title: str
    html: str  # sanitised
    summary: str | None = None  # plain text; None where it was left as it was


class Loader:
    """From sources to the archive, with what earlier builds parsed."""

    def __init__(
        self,
        site: Site,
        state: State,
        pool: PoolConfig,
        report: Report,
        reading: Callable[[ReadSoFar], object] = lambda _: None,
    ) -> None:
        """`reading` is called with what the first build of a preview has read so far."""
        self.site = site
        self._reading = reading
        self.state = state
        self.pool = pool
        self.report = report
        self.parsed: dict[str, ParsedFile] = {}
        """Every file, by path, once they are loaded."""
        self.changed: frozenset[str] = frozenset()
        """Paths of the files that were parsed by this loader."""
        self.vocabulary_problems: list[Problem] = []
        self.place_problems: tuple[Problem, ...] = ()
        """Of files and folders that are not read, or must not be published."""
        self._vocabulary: Vocabulary | None = None
        self._consistent = False  # no file changed in a way that affects cross-file checks

    def load(self, scanned: Scan, settings: str, ready: Callable[[], object] = lambda: None) -> None:
        """Parse what changed. `ready` is called before workers are started."""
        self.place_problems = scanned.problems
        self._vocabulary, self.vocabulary_problems = load_vocabulary(self.site)
        self.parsed = self._parse(scanned, self._vocabulary, settings, ready)

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary, once it is loaded."""
        assert self._vocabulary is not None  # `load` comes first
        return self._vocabulary

    def problems(self, last: Collection[str] = ()) -> list[Problem]:
        """All problems of places, of the vocabulary, of every file, and across files; a faulty vocabulary's alone.

        Where two files disagree, one of `last` (paths) is named rather than another.
        """
        if has_errors(self.vocabulary_problems):
            # What follows from a fault in a vocabulary, such as a thousand unknown topics, would hide it.
            return list(self.vocabulary_problems)
        problems = [*self.place_problems, *self.vocabulary_problems, *self._file_problems()]
        if not self._consistent or last:
            problems += self._cross_file_problems(last)
        return problems

    def archive(self, now: datetime, revisions: Mapping[str, Revision]) -> Archive:
        """The archive at the moment `now`. Raises ContentError with the problems of all files."""
        vocabulary = self.vocabulary
        self._revise(revisions)
        with uncollected():
            problems = self.problems()
            parsed: Collection[ParsedFile] = self.parsed.values()
            if not has_errors(problems):
                self.state.put_meta({"consistent": "yes"})
            elif not self.site.preview or has_errors(self.vocabulary_problems):
                raise ContentError(set(problems))
            else:
                parsed = without_contradictions(parsed, self._cross_file_problems(()))
            # An earlier build has reported the problems of files that did not change.
            reported = (problem for problem in self._file_problems() if problem.path not in self.changed)
            self.report.warnings += set(problems).difference(reported)
            self.report.warnings += far_dates(self.records(), self.site, vocabulary, now)
            archive = Archive(
                self.site,
                vocabulary,
                [each.entry for each in parsed if each.entry is not None],
                [each.dossier for each in parsed if each.dossier is not None],
                [each.page for each in parsed if each.page is not None],
                now=now,
                remember=self.state.remembered,
            )
            if self.site.preview:
                self.report.preview = preview_facts(archive, problems, self.parsed.values())
            return archive

    def records(self) -> list[Record]:
        """The record of every entry that has no errors, drafts too."""
        return [each.entry for each in self.parsed.values() if each.entry is not None]

    def _cross_file_problems(self, last: Collection[str]) -> Iterable[Problem]:
        parsed = self.parsed.values()
        return disagreements(
            self.site,
            [each.key for each in parsed if each.key is not None],
            [
                DossierKey(each.path, d.kind, d.key, d.lang, d.pinned, each.pinned_line)
                for each in parsed
                if (d := each.dossier) is not None
            ],
            [PageKey(each.path, p.slug, p.lang) for each in parsed if (p := each.page) is not None],
            [(each.path, link) for each in parsed for link in each.links],
            last,
        )

    def _file_problems(self) -> Iterable[Problem]:
        return (problem for parsed in self.parsed.values() for problem in parsed.problems)

    def _parse(
        self, scanned: Scan, vocabulary: Vocabulary, settings: str, ready: Callable[[], object]
    ) -> dict[str, ParsedFile]:
        """All parsed files by path. Those that changed are parsed and stored with their HTML."""
        state = self.state
        with uncollected():
            parsed_files = {} if state.meta("read_settings") not in ("", settings) else state.parsed_files()
        sources = {source.path: source for source in scanned.sources.values() if source.kind in ARCHIVED}
        removed_paths = [path for path in parsed_files if path not in sources]
        outdated = [parsed_files.pop(path) for path in removed_paths]
        digests = {
            "read_vocabulary": scanned.digest((VOCABULARY,)).hex(),
            "read_statics": scanned.digest((STATIC,)).hex(),
        }
        stale = {path for path in sources if _is_stale(path, scanned, parsed_files.get(path))}
        stale |= stale_files(
            parsed_files,
            vocabulary,
            self.site,
            # Compared with when files were last parsed: the last build may have failed after that.
            vocabulary_changed=state.meta("read_vocabulary") != digests["read_vocabulary"],
            statics_changed=state.meta("read_statics") != digests["read_statics"],
        )
        stale_sources = [sources[path] for path in sorted(stale)]
        if self.site.preview and not parsed_files:
            stale_sources = newest_first(stale_sources)
        changed = self._parse_stale(stale_sources, scanned, parsed_files, ready)
        earlier = [parsed_files.get(parsed.path) for parsed in changed]
        self._consistent = (
            state.meta("consistent") == "yes"
            and not removed_paths
            and all(
                before is not None and before.shared == parsed.shared
                for before, parsed in zip(earlier, changed, strict=True)
            )
        )
        outdated += [before for before in earlier if before is not None]
        parsed_files.update((parsed.path, parsed) for parsed in changed)
        state.drop_blobs({_body_of(each) for each in outdated} - {_body_of(each) for each in changed})
        state.drop_fragments_of(_ids_of(outdated) - _ids_of(changed))
        state.put_parsed((), removed_paths)
        consistent = "yes" if self._consistent else ""
        state.put_meta({"stage": READ, "consistent": consistent, "read_settings": settings} | digests)
        # Stored even if the build fails later: a fault in one file must not cost parsing ten thousand.
        state.put_stamps(scanned.new_stamps(archived=True), ())
        state.db.commit()
        self.report.read = len(changed)
        self.changed = frozenset(parsed.path for parsed in changed)
        return dict(sorted(parsed_files.items()))

    def _parse_stale(
        self,
        sources: Sequence[Source],
        scanned: Scan,
        parsed_files: Mapping[str, ParsedFile],
        ready: Callable[[], object],
    ) -> list[ParsedFile]:
        """These files, parsed in workers, and stored with their HTML; `parsed_files` are those of earlier builds."""
        state = self.state
        changed: list[ParsedFile] = []
        bodies: list[tuple[str, bytes]] = []
        rows: list[tuple[str, bytes]] = []
        all_entries = sum(source.kind == ENTRY for source in sources)
        parts = Parts(all_entries, self._reading) if self.site.preview and not parsed_files else None
        if len(sources) >= self.pool.min_tasks:
            ready()
        with progress("Reading", len(sources)) as bar:
            for path, contents, encoded, html in parallel_map(
                Parser, (self.site, self.vocabulary), Parser.encoded, sources, self.pool
            ):
                scanned.hashed(path, contents)
                parsed = decode_parsed(encoded)
                key = _body_of(parsed)
                if parts is not None:
                    parts.add(parsed, scanned.sources[path].kind, html)
                elif self.site.preview:
                    parsed = with_last_good(parsed, parsed_files.get(path))
                    encoded = encode_parsed(parsed)  # what is stored is what is used
                changed.append(parsed)
                rows.append((path, encoded))
                if key and key == _body_of(parsed):  # an entry may be all key points, without a body
                    bodies.append((key, html))
                if len(rows) >= FILES_A_BATCH:
                    state.put_blobs(bodies)
                    state.put_parsed(rows, ())
                    bodies.clear()
                    rows.clear()
                bar.advance()
        state.put_blobs(bodies)
        state.put_parsed(rows, ())
        return changed

    def _revise(self, revisions: Mapping[str, Revision]) -> None:
        for path, (title, html, summary) in revisions.items():
            parsed = self.parsed.get(path)
            if parsed is not None and (record := parsed.entry) is not None:
                key = body_key(path, html)
                self.state.put_blobs([(key, html.encode())])
                record = msgspec.structs.replace(record, title=title, body=key)
                if summary is not None:
                    record = msgspec.structs.replace(record, summary=summary, summary_is_own=True)
                self.parsed[path] = msgspec.structs.replace(parsed, entry=record)


def _is_stale(path: str, scanned: Scan, parsed: ParsedFile | None) -> bool:
    """Whether a file has to be parsed again. After a power cut, part of the state may be of the build before."""
    return path in scanned.changed or parsed is None or parsed.contents != scanned.stamps[path].digest


def _body_of(parsed: ParsedFile) -> str:
    record = parsed.entry or parsed.dossier or parsed.page
    return record.body if record else ""


def _ids_of(parsed: Iterable[ParsedFile]) -> set[str]:
    return {each.entry.id for each in parsed if each.entry is not None}
