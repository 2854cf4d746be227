"""The state of the last build, in one SQLite file.

The state is a cache. If it is corrupt or outdated it is deleted, and a message says why.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec

from pouch.engine.blobs import CorruptStateError, sealed, unsealed
from pouch.engine.fingerprint import Fingerprint, StoredFile
from pouch.engine.scan import Stamp
from pouch.errors import EnvironmentFault
from pouch.site import Site

if TYPE_CHECKING:
    from pouch.engine.compare import PlannedGroup
    from pouch.engine.parsed_files import ParsedFile
    from pouch.pages.models import SitemapUrl

SCHEMA_VERSION = "13"

# How far the last build came: `meta("stage")`. A build that found faults ends at READ, one that was killed at WRITING.
COMPLETE, READ, WRITING = "complete", "read", "writing"

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE sources (folder TEXT PRIMARY KEY, stamps BLOB) WITHOUT ROWID;
CREATE TABLE parsed (path TEXT PRIMARY KEY, parsed BLOB) WITHOUT ROWID;
CREATE TABLE outputs (path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, fingerprint BLOB) WITHOUT ROWID;
CREATE TABLE groups (key TEXT PRIMARY KEY, planned BLOB) WITHOUT ROWID;
CREATE TABLE listed (key TEXT PRIMARY KEY, urls BLOB) WITHOUT ROWID;
CREATE TABLE blobs (key TEXT PRIMARY KEY, data BLOB);
"""

_stamps = msgspec.msgpack.Decoder(dict[str, Stamp]).decode
_fingerprint = msgspec.msgpack.Decoder(Fingerprint)
_encode = msgspec.msgpack.Encoder().encode


def folder_of(site: Site) -> Path:
    """The folder with the state of this site's output folder: below .pouch/ in the site's folder."""
    try:
        name = Path(site.output).relative_to(site.root).as_posix().replace("/", "-")
    except ValueError:
        name = hashlib.blake2b(site.output.encode(), digest_size=8).hexdigest()
    return Path(site.root) / ".pouch" / name


class State:
    """The open state of one output folder. Use it as a context manager."""

    def __init__(self, folder: Path, engine: str, *, clean: bool = False) -> None:
        """Open or create. `engine` identifies the code and its libraries; `clean` ignores an earlier state.

        After opening, `discarded` says why an earlier state was deleted, or is empty.
        Raises EnvironmentFault where the folder cannot be written.
        """
        self.file = folder / "state.sqlite"
        self.discarded = ""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentFault(f"cannot keep the build's state in {folder}: {error.strerror}") from error
        if clean:
            self._remove()
        reason = self._reason_to_discard(engine, self.file)
        if reason is not None:
            self.discarded = reason
            self._remove()
        try:
            self.db = self._connect()
            if not self.db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self.db.executescript(_TABLES)
                self.put_meta({"schema": SCHEMA_VERSION, "engine": engine})
                self.db.commit()
        except sqlite3.Error as error:
            raise EnvironmentFault(f"cannot keep the build's state in {self.file}: {error}") from error

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.file, isolation_level="DEFERRED", timeout=10)
        # Readers in worker processes go on while we write. Losing the state at a power cut costs a rebuild, no more.
        # Bodies fill pages of this size well: a third fewer bytes, in half the time. Only a new file takes it.
        db.execute("PRAGMA page_size=16384")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=OFF")
        return db

    def _reason_to_discard(self, engine: str, file: Path) -> str | None:
        """Why the state in `file` cannot be used; None if it can, or if there is none."""
        if not file.exists():
            return None
        try:
            with contextlib.closing(sqlite3.connect(file, timeout=10)) as db:
                meta = dict(db.execute("SELECT key, value FROM meta"))
                # Cheap, and finds a truncated file; damage inside a row is found when the row is read.
                db.execute("SELECT count(*) FROM outputs").fetchone()
        except sqlite3.Error as error:
            return f"it cannot be read ({error})"
        if meta.get("schema") != SCHEMA_VERSION:
            return "it has another form"
        if meta.get("engine") != engine:
            return "Pouch or one of its libraries has changed"
        return None

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                self.file.with_name(self.file.name + suffix).unlink()

    def __enter__(self) -> State:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()

    # -- small facts

    def meta(self, key: str) -> str:
        """A small fact, or an empty text."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def put_meta(self, facts: Mapping[str, str]) -> None:
        """Remember small facts."""
        self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())

    def published_size(self) -> tuple[int, int]:
        """Bytes of all files that the last build left, and of the largest of them."""
        total, _, largest = self.meta("size").partition(" ")
        return (int(total), int(largest)) if total.isdecimal() and largest.isdecimal() else (0, 0)

    def measure_outputs(self) -> tuple[int, int]:
        """The size of the outputs as they are recorded now, and the largest of them."""
        total, largest = self.db.execute("SELECT TOTAL(size), MAX(size) FROM outputs").fetchone()
        return int(total), int(largest or 0)

    def same_due(self, now: datetime) -> bool:
        """Whether the entries that were due at the last build are those that are due now."""
        last, coming = self.meta("last_due"), self.meta("next_due")
        try:
            return (not coming or datetime.fromisoformat(coming) > now) and (
                not last or datetime.fromisoformat(last) <= now
            )
        except ValueError as error:
            raise CorruptStateError("a moment has been damaged") from error

    # -- tables of encoded values

    def stamps(self) -> dict[str, Stamp]:
        """Sources as of the last build, by path."""
        stamps: dict[str, Stamp] = {}
        # A row holds those of a folder: a row for each file would take as long as the file's stat.
        for folder, row in self.db.execute("SELECT folder, stamps FROM sources"):
            stamps |= _stamps(unsealed("sources", folder, row))
        return stamps

    def put_stamps(self, stamps: Mapping[str, Stamp], removed: Iterable[str]) -> None:
        """Store these stamps, by path; delete those of `removed` files."""
        changes: dict[str, dict[str, Stamp | None]] = {}
        for path, stamp in (*dict.fromkeys(removed).items(), *stamps.items()):
            changes.setdefault(path.rpartition("/")[0], {})[path] = stamp
        rows = {}
        for folder, changed in changes.items():
            row = self.db.execute("SELECT stamps FROM sources WHERE folder = ?", (folder,)).fetchone()
            before = _stamps(unsealed("sources", folder, row[0])) if row else {}
            rows[folder] = {path: stamp for path, stamp in (before | changed).items() if stamp is not None}
        self._put("sources", rows.items())
        self._forget("sources", [folder for folder, files in rows.items() if not files], "folder")

    def parsed_files(self) -> dict[str, ParsedFile]:
        """Every parsed file, by path, in order of path."""
        # Imported here: a build that has nothing to do never needs what a parsed file holds.
        from pouch.engine.parsed_files import decode_parsed as decode

        rows = self.db.execute("SELECT path, parsed FROM parsed ORDER BY path")
        return {path: decode(unsealed("parsed", path, blob)) for path, blob in rows}

    def put_parsed(self, parsed: Iterable[tuple[str, bytes]], removed: Iterable[str]) -> None:
        """Store these encoded files, by path; delete the `removed` ones."""
        rows = ((path, sealed("parsed", path, each)) for path, each in parsed)
        self.db.executemany("INSERT OR REPLACE INTO parsed VALUES (?, ?)", rows)
        self._forget("parsed", removed)

    def fingerprint(self, path: str) -> Fingerprint | None:
        """The fingerprint of an output at the last build; None if there was none."""
        row = self.db.execute("SELECT fingerprint FROM outputs WHERE path = ?", (path,)).fetchone()
        if row is None:
            return None
        if not isinstance(row[0], bytes):
            raise CorruptStateError("a fingerprint has been damaged")
        return _fingerprint.decode(row[0])

    def put_outputs(self, outputs: Iterable[tuple[str, StoredFile]], removed: Iterable[str]) -> None:
        """Store these files; delete the `removed` ones."""
        # Without a checksum: at worst, a damaged row makes its file be rendered once more than needed.
        self.db.executemany(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)",
            # In the order of the table: two thirds of the time went to finding places all over it.
            sorted((path, file.size, file.mtime_ns, _encode(file.fingerprint)) for path, file in outputs),
        )
        self._forget("outputs", removed)

    def groups(self) -> dict[str, PlannedGroup]:
        """The records of the last plan's groups, by key."""
        from pouch.engine.compare import PlannedGroup

        decode = msgspec.msgpack.Decoder(PlannedGroup).decode
        rows = self.db.execute("SELECT key, planned FROM groups")
        return {key: decode(unsealed("groups", key, blob)) for key, blob in rows}

    def listed(self) -> dict[str, tuple[SitemapUrl, ...]]:
        """The sitemap's entries of each group's pages."""
        from pouch.pages.models import SitemapUrl

        decode = msgspec.msgpack.Decoder(tuple[SitemapUrl, ...]).decode
        rows = self.db.execute("SELECT key, urls FROM listed")
        return {key: decode(unsealed("listed", key, blob)) for key, blob in rows}

    def put_groups(
        self,
        planned: Mapping[str, PlannedGroup],
        listed: Mapping[str, tuple[SitemapUrl, ...]],
        removed: Collection[str],
    ) -> None:
        """Store these groups; delete the `removed` ones."""
        self._put("groups", planned.items())
        self._put("listed", listed.items())
        for table in ("groups", "listed"):
            self._forget(table, removed, "key")

    def _put(self, table: str, rows: Iterable[tuple[str, object]]) -> None:
        self.db.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?)",  # noqa: S608  # table names are ours
            sorted((key, sealed(table, key, _encode(value))) for key, value in rows),
        )

    def _forget(self, table: str, keys: Iterable[str], column: str = "path") -> None:
        self.db.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((key,) for key in keys))  # noqa: S608  # likewise

    def borrow_parsed(self, file: Path, engine: str) -> None:
        """Copy the parsed files of the state in `file`, if it can be used, so that only files that differ are parsed.

        For planning alone: bodies stay where they are.
        """
        if file == self.file or not file.exists() or self._reason_to_discard(engine, file) is not None:
            return
        self.db.execute("ATTACH ? AS lender", (str(file),))
        try:
            for table in ("sources", "parsed"):
                self.db.execute(f"INSERT INTO {table} SELECT * FROM lender.{table}")  # noqa: S608  # names are ours
            self.db.execute("INSERT OR IGNORE INTO meta SELECT * FROM lender.meta WHERE key LIKE 'read_%'")
            self.db.commit()
        except sqlite3.Error:
            # Another build has it at this moment; then everything is read.
            self.db.rollback()
        self.db.execute("DETACH lender")

    # -- bodies and feed items

    def put_blobs(self, blobs: Iterable[tuple[str, bytes]]) -> None:
        """Store pieces by key."""
        rows = ((key, sealed("blobs", key, data)) for key, data in blobs)
        self.db.executemany("INSERT OR REPLACE INTO blobs VALUES (?, ?)", rows)

    def remembered(self, name: str, mark: bytes, make: Callable[[], bytes]) -> bytes:
        """The bytes that `make` gives, from the state where they were stored under this name with this mark.

        `mark` is a digest of all that they depend on.
        """
        row = self.db.execute("SELECT data FROM blobs WHERE key = ?", (name,)).fetchone()
        if row is not None and (stored := unsealed("blobs", name, row[0])).startswith(mark):
            return stored[len(mark) :]
        made = make()
        self.put_blobs([(name, mark + made)])
        return made

    def fragment_keys(self, prefixes: Iterable[str]) -> set[str]:
        """Keys of all stored fragments that begin with one of these names, or with a name and what it is of."""
        rows = (
            self.db.execute("SELECT key FROM blobs WHERE key > ? AND key < ?", (f"{prefix}:", f"{prefix};"))
            for prefix in prefixes
        )
        return {key for of_prefix in rows for (key,) in of_prefix}

    def drop_fragments_of(self, entries: Collection[str]) -> None:
        """Forget the fragments of entries that are gone, by id."""
        if entries:
            keys = self.db.execute("SELECT key FROM blobs").fetchall()
            self.drop_blobs(key for (key,) in keys if key.rpartition(":")[0].rpartition(":")[2] in entries)

    def drop_blobs(self, keys: Iterable[str]) -> None:
        """Forget pieces."""
        self.db.executemany("DELETE FROM blobs WHERE key = ?", ((key,) for key in keys))
