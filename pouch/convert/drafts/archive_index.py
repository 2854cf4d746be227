"""The archive's index on disk: ids, slugs, source addresses and texts that it already holds.

The index is a cache of the files under content/entries/: `.pouch/articles.sqlite`. An entry's row is valid as long
as its file has the same size and time of change, so a run that was killed costs the next one no more than a look at
the files that it had written last.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from pouch.content.files import entry_stats, read_content
from pouch.content.identity import canonical_address
from pouch.convert.drafts.near_duplicates import ALIKE, TextSignature, text_signature
from pouch.errors import EnvironmentFault
from pouch.site import Site
from pouch.tables import text
from pouch.workers import PoolConfig, default_jobs, parallel_map

_FORM = "2"

CROWD = 64
"""Entries that share one band; further ones are found by their other bands, or by their words."""

_IN_BANDS = "SELECT number, words, sketch, figures FROM band JOIN entry USING (number) WHERE key IN ({})"
_CROWDED = "SELECT key FROM band WHERE key IN ({}) GROUP BY key HAVING count(*) >= ?"
_SAME_WORDS = "SELECT number, words, sketch, figures FROM entry WHERE words = ? LIMIT ?"
_PAIRS_IN_BAND = "SELECT a.number, b.number FROM band a JOIN band b USING (key) WHERE a.number < b.number"
# Of many with the same words, each is reported with the first.
_PAIRS_OF_WORDS = """SELECT first, number FROM entry JOIN (SELECT words, min(number) AS first FROM entry GROUP BY words
                     HAVING count(*) > 1) USING (words) WHERE number > first"""

OFTEN = 256
"""Entries after which the index is committed."""

_FIELD = re.compile(r"^(id|slug|title|source):([^#\n]*)", re.MULTILINE)
_TITLE = re.compile(r"^title:(.*)", re.MULTILINE)
_URL = re.compile(r"""\burl:\s*["']?(https?://[^\s"'},]+)""")
_SLUGS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class IndexedEntry(msgspec.Struct, frozen=True):
    """An entry of the archive, or of this run: the fields by which a duplicate is recognised."""

    id: str
    path: Path
    url: str | None = None  # canonical
    digest: bytes | None = None  # of its title and text, where this run made it
    draft: bool = False  # its front matter plainly says so


class ArchiveIndex:
    """Ids, slugs, source addresses and texts in use. A context manager; one run has it at a time."""

    def __init__(self, site: Site, *, keep: bool = True, pool: PoolConfig | None = None) -> None:
        """Opens the index and brings it up to the files. `keep=False` leaves what is on disk as it is.

        `pool`: the workers that read new files.

        Raises EnvironmentFault where the index cannot be kept, or another run has it.
        """
        self._root = Path(site.root)
        self._inside = f"{site.root}{os.sep}"
        self._file = self._root / ".pouch" / "articles.sqlite"
        self._keep = keep
        self._unsaved = 0
        self._without_id: list[Path] = []
        try:
            self._db = self._open()
            self._db.execute("CREATE TEMP TABLE run (number INTEGER PRIMARY KEY, digest BLOB)")
            self._follow(site, pool or PoolConfig(default_jobs()))
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise EnvironmentFault(
                    "another pouch convert is at work in this site; wait until it is done"
                ) from None
            raise EnvironmentFault(f"the index {self._file} cannot be kept: {error}") from error

    def _open(self) -> sqlite3.Connection:
        file: Path | str = self._file
        if self._keep:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise EnvironmentFault(f"{self._file.parent} cannot be made: {error.strerror}") from error
        else:
            file = ""  # a temporary database, on disk where it grows
        db = sqlite3.connect(file, timeout=1)
        if not self._keep and self._file.exists():
            with (
                contextlib.suppress(sqlite3.Error),
                contextlib.closing(sqlite3.connect(self._file, timeout=1)) as stored_db,
            ):
                # Queried first: `backup` would wait without limit for another run's lock.
                stored_db.execute("SELECT name FROM form")
                stored_db.backup(db)
        if _is_sound(db):
            return db
        db.close()
        if self._keep:
            self._file.unlink(missing_ok=True)
            self._file.with_name(self._file.name + "-journal").unlink(missing_ok=True)
        db = sqlite3.connect(file, timeout=1)
        _make_ours(db)
        db.executescript(text("pouch.convert.drafts", "archive_index.sql"))
        db.execute("INSERT INTO form VALUES (?)", (_FORM,))
        db.commit()
        return db

    def __enter__(self) -> ArchiveIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._db.commit()
        self._db.close()

    # --- from the files -------------------------------------------------------------------------------------

    def _follow(self, site: Site, pool: PoolConfig) -> None:
        """Bring the index up to date with the files."""
        # The files are compared in the database: a million of them need no memory.
        self._db.execute(
            "CREATE TEMP TABLE file (path TEXT PRIMARY KEY, stamp TEXT, time INTEGER) WITHOUT ROWID"
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?)",
            (
                (self._relative(name), _stamp(stat.st_size, stat.st_mtime_ns), stat.st_mtime_ns)
                for name, stat in entry_stats(site)
            ),
        )
        outdated = self._db.execute(
            "SELECT number FROM entry LEFT JOIN file USING (path) WHERE file.stamp IS NOT entry.stamp"
        ).fetchall()
        # In the order in which they were written, so that a killed run goes on as it would have.
        new_files = self._db.execute(
            "SELECT path FROM file LEFT JOIN entry USING (path) WHERE entry.stamp IS NOT file.stamp ORDER BY time, path"
        ).fetchall()
        self._db.execute("DROP TABLE file")
        for (number,) in outdated:
            (sketch,) = self._db.execute("SELECT sketch FROM entry WHERE number = ?", (number,)).fetchone()
            self._forget(number, sketch)
        files = [self._path(relative) for (relative,) in new_files]
        parsed_files = parallel_map(_Signer, (), _Signer.sign, files, pool)
        for file, parsed_file in zip(files, parsed_files, strict=True):
            if parsed_file:
                indexed_entry, slugs, like, stamp = parsed_file
                self._insert(indexed_entry, slugs, like, stamp, None)
            else:
                self._without_id.append(file)
        self._db.commit()

    def _relative(self, name: str) -> str:
        # Any bytes that a file's name has.
        return name.removeprefix(self._inside).encode("utf-8", "surrogateescape").decode("latin-1")

    def _path(self, relative: str) -> Path:
        return self._root / relative.encode("latin-1").decode("utf-8", "surrogateescape")

    def _forget(self, number: int, sketch: bytes) -> None:
        keys = TextSignature(b"", sketch or b"", ()).bands
        self._db.executemany("DELETE FROM band WHERE key = ? AND number = ?", [(key, number) for key in keys])
        self._db.execute("DELETE FROM slug WHERE number = ?", (number,))
        self._db.execute("DELETE FROM entry WHERE number = ?", (number,))

    def _insert(
        self,
        indexed_entry: IndexedEntry,
        slugs: Iterable[str],
        like: TextSignature,
        stamp: str,
        made_from: bytes | None,
    ) -> int:
        relative = self._relative(str(indexed_entry.path))
        if row := self._db.execute("SELECT number, sketch FROM entry WHERE path = ?", (relative,)).fetchone():
            self._forget(*row)
        number = self._db.execute(
            "INSERT INTO entry (path, stamp, id, url, words, sketch, figures, input, draft)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                relative,
                stamp,
                indexed_entry.id,
                indexed_entry.url,
                like.words,
                like.sketch,
                " ".join(like.figures),
                made_from,
                indexed_entry.draft,
            ),
        ).lastrowid
        assert number is not None
        self._db.executemany("INSERT OR IGNORE INTO slug VALUES (?, ?)", [(slug, number) for slug in slugs])
        crowded = {key for (key,) in self._db.execute(_for_each(_CROWDED, like.bands), (*like.bands, CROWD))}
        self._db.executemany(
            "INSERT OR IGNORE INTO band VALUES (?, ?)",
            [(key, number) for key in like.bands if key not in crowded],
        )
        return number

    # --- of this run ----------------------------------------------------------------------------------------

    def add(self, indexed_entry: IndexedEntry, slug: str, like: TextSignature, made_from: bytes) -> None:
        """Add an entry of this run with its id, its address, its slug and its text.

        `made_from` is a digest of what it was converted from, and with what: see `made`.
        """
        try:
            stat = indexed_entry.path.stat()
            stamp = _stamp(stat.st_size, stat.st_mtime_ns)
        except OSError:
            stamp = ""  # a dry run
        number = self._insert(indexed_entry, [slug], like, stamp, made_from)
        self._db.execute("INSERT OR REPLACE INTO run VALUES (?, ?)", (number, indexed_entry.digest))
        self._unsaved += 1
        if self._unsaved >= OFTEN:
            self._db.commit()
            self._unsaved = 0

    def made(self, made_from: bytes) -> IndexedEntry | None:
        """The entry that was converted from the same input, if its file has not changed since."""
        row = self._db.execute("SELECT id, path, stamp FROM entry WHERE input = ?", (made_from,)).fetchone()
        if row is None:
            return None
        indexed_entry = IndexedEntry(row[0], self._path(row[1]))
        try:
            stat = indexed_entry.path.stat()
        except OSError:
            return None
        return indexed_entry if row[2] == _stamp(stat.st_size, stat.st_mtime_ns) else None

    # --- questions ------------------------------------------------------------------------------------------

    def published(self) -> set[str]:
        """The files that may be published entries, as `entry_stats` names them: all but plain drafts.

        A million drafts need not be opened then by who looks for published entries alone.
        """
        rows = self._db.execute("SELECT path FROM entry WHERE NOT draft")
        return {str(self._path(relative)) for (relative,) in rows} | set(map(str, self._without_id))

    def with_id(self, entry_id: str) -> IndexedEntry | None:
        """The entry that has this id; the first to have it."""
        return self._first("entry.id = ?", entry_id)

    def from_address(self, url: str) -> IndexedEntry | None:
        """The entry whose source has this address, in any spelling."""
        return self._first("entry.url = ?", canonical_address(url))

    def owner(self, slug: str) -> str | None:
        """The id of the entry that has or had this slug."""
        row = self._db.execute(
            "SELECT entry.id FROM slug JOIN entry USING (number) WHERE slug = ? ORDER BY number LIMIT 1",
            (slug,),
        ).fetchone()
        return str(row[0]) if row else None

    def alike(self, like: TextSignature) -> Iterator[tuple[IndexedEntry, float, bool]]:
        """Entries with the same text or story: each with the share of shingles, and whether figures disagree."""
        rows: dict[int, list[Any]] = {}
        for number, *row in self._db.execute(_for_each(_IN_BANDS, like.bands), like.bands):
            rows[number] = row
        for number, *row in self._db.execute(_SAME_WORDS, (like.words, CROWD)):
            rows[number] = row
        for number in sorted(rows):
            words, sketch, figures = rows[number]
            other = TextSignature(words, sketch, tuple(figures.split()))
            share = 1.0 if words == like.words else min(0.99, like.share(other))
            if share >= ALIKE:
                indexed_entry = self._first("entry.number = ?", number)
                assert indexed_entry is not None
                yield indexed_entry, share, like.disagrees(other)

    def near_pairs(self) -> Iterator[tuple[Path, Path]]:
        """Every two entries with the same text or story, in order; those whose figures disagree are two stories."""
        pairs = {*self._db.execute(_PAIRS_IN_BAND), *self._db.execute(_PAIRS_OF_WORDS)}
        for pair in sorted(pairs):
            (one, path), (other, other_path) = (self._signed(number) for number in pair)
            same = one.words == other.words
            if same or (one.share(other) >= ALIKE and not one.disagrees(other)):
                yield path, other_path

    def _signed(self, number: int) -> tuple[TextSignature, Path]:
        words, sketch, figures, path = self._db.execute(
            "SELECT words, sketch, figures, path FROM entry WHERE number = ?", (number,)
        ).fetchone()
        return TextSignature(words, sketch, tuple(figures.split())), self._path(path)

    def _first(self, where: str, value: str | int) -> IndexedEntry | None:
        row = self._db.execute(
            f"SELECT entry.id, path, url, digest FROM entry LEFT JOIN run USING (number) WHERE {where} "  # noqa: S608  # our own words
            "ORDER BY entry.number LIMIT 1",
            (value,),
        ).fetchone()
        return IndexedEntry(row[0], self._path(row[1]), row[2], row[3]) if row else None


def _for_each(query: str, values: Sequence[int]) -> str:
    """A query with a place for each of the values: one search for all bands instead of one each."""
    return query.format(", ".join("?" * len(values)))


def _make_ours(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA locking_mode=EXCLUSIVE")
    # The next start compares it with the files anyway, so a power cut may lose it.
    db.execute("PRAGMA synchronous=OFF")


def _is_sound(db: sqlite3.Connection) -> bool:
    """Whether a database is an index of ours, of this form, and undamaged.

    Raises sqlite3.OperationalError where another process has it.
    """
    try:
        _make_ours(db)
        form = db.execute("SELECT name FROM form").fetchone()
        return bool(form == (_FORM,) and db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise
        return False


def _stamp(size: int, mtime_ns: int) -> str:
    return f"{size}:{mtime_ns}"


# --- an entry's file ------------------------------------------------------------------------------------------


class _Signer:
    """Reads and signs texts, one signer in each process."""

    def sign(self, path: Path) -> tuple[IndexedEntry, list[str], TextSignature, str] | None:
        return _read(path)


def _read(path: Path) -> tuple[IndexedEntry, list[str], TextSignature, str] | None:
    """The fields of an entry's file, read without YAML, since there may be tens of thousands. None without an id."""
    try:
        stat = path.stat()
        text = read_content(path).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return None
    text = text.removeprefix("\ufeff")
    if not text.startswith("---"):
        return None
    head, _, body = text[3:].partition("\n---")
    fields = {name: value.strip(" \t").strip("\"'") for name, value in _FIELD.findall(head)}
    if not (entry_id := fields.get("id", "")):
        return None
    url = None
    if "source" in fields:
        source = re.search(r"^source:.*(?:\n[ \t]+.*)*", head, re.MULTILINE)
        if source and (address := _URL.search(source.group())):
            with contextlib.suppress(ValueError):
                url = canonical_address(address.group(1))
    former = re.search(r"^formerly:(.*(?:\n[ \t]*-.*|\n[ \t]+.*)*)", head, re.MULTILINE)
    slugs = [fields.get("slug") or path.stem, *(_SLUGS.findall(former.group(1)) if former else ())]
    indexed_entry = IndexedEntry(entry_id, path, url, draft="\nstatus: draft\n" in f"{head}\n")
    return indexed_entry, slugs, text_signature(_title(head), body), _stamp(stat.st_size, stat.st_mtime_ns)


def _title(head: str) -> str:
    match = _TITLE.search(head)
    title = match.group(1).strip(" \t") if match else ""
    if title.startswith('"'):
        with contextlib.suppress(ValueError):
            return str(json.loads(title))
    return title.strip("'").replace("''", "'")
