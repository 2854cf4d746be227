"""Copies of sources: the bytes as they came, for the day when an address is dead.

Each is a WARC file of one record, compressed (ISO 28500), named after the SHA-256 of its bytes, so that the same bytes
are stored once. index.jsonl has a line for each time that something was read: address, date, SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from pathlib import Path

import msgspec

from pouch import clock
from pouch.errors import EnvironmentFault

INDEX = "index.jsonl"


class Copy(msgspec.Struct, frozen=True):
    """One reading of a source."""

    sha256: str
    date: str  # ISO 8601, UTC
    url: str = ""
    file: str = ""  # the name of the file, of what had no address
    media_type: str = ""
    size: int = 0  # bytes


class Copies:
    """The copies in one folder. Its methods raise EnvironmentFault where it cannot be read or written."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._stored: set[tuple[str, str, str]] | None = None  # SHA-256, address and file of each reading

    def keep(self, data: bytes, url: str, file: str, media_type: str) -> Copy:
        """Store the bytes of an address, or else of a file. What is stored already is left as it is."""
        digest = hashlib.sha256(data).hexdigest()
        date = clock.now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        copy = Copy(digest, date, url, file, media_type, len(data))
        if self._stored is None:
            self._stored = {(each.sha256, each.url, each.file) for each in self._lines()}
        if (digest, url, file) in self._stored:
            return copy
        self._stored.add((digest, url, file))
        try:
            path = self._path(digest)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                partial = path.with_suffix(".partial")
                partial.write_bytes(_warc(data, copy))
                partial.replace(path)
            with (self._folder / INDEX).open("ab") as index:
                index.write(msgspec.json.encode(copy) + b"\n")
        except OSError as error:
            raise EnvironmentFault(
                f"cannot store a copy in {self._folder}: {error.strerror or error}"
            ) from error
        return copy

    def latest(self) -> dict[str, Copy]:
        """The newest copy of each address."""
        return {copy.url: copy for copy in self._lines() if copy.url}

    def read(self, digest: str) -> bytes | None:
        """The bytes of a copy; None where the file is gone or damaged."""
        from warcio.archiveiterator import ArchiveIterator

        try:
            with self._path(digest).open("rb") as file:
                for record in ArchiveIterator(file):
                    data: bytes = record.content_stream().read()
                    return data if hashlib.sha256(data).hexdigest() == digest else None
        except Exception:  # whatever a damaged file does to its reader
            return None
        return None

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.warc.gz"

    def _lines(self) -> Iterator[Copy]:
        try:
            lines = (self._folder / INDEX).read_bytes().splitlines()
        except FileNotFoundError:
            return
        except OSError as error:
            raise EnvironmentFault(f"cannot read {self._folder / INDEX}: {error.strerror}") from error
        for line in lines:
            try:
                yield msgspec.json.decode(line, type=Copy)
            except msgspec.DecodeError:
                # A line that was being written when the machine stopped.
                continue


def _warc(data: bytes, copy: Copy) -> bytes:
    """A WARC file of one resource record."""
    from warcio.warcwriter import WARCWriter

    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    target = copy.url or f"file:///{json.dumps(copy.file)[1:-1]}"
    headers = {
        "WARC-Date": copy.date,
        "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{copy.sha256} {copy.date}').urn}>",
        "WARC-Payload-Digest": f"sha256:{copy.sha256}",
    }
    record = writer.create_warc_record(
        target,
        "resource",
        payload=BytesIO(data),
        length=len(data),
        warc_content_type=copy.media_type or "application/octet-stream",
        warc_headers_dict=headers,
    )
    writer.write_record(record)
    return file.getvalue()
