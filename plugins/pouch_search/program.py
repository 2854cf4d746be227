"""Runs Pagefind over a pipe: its input is stubs in order, its output the files of an index.

The program can read a folder too, but in the order of the file system, which differs between disks,
and numbers pages by it. Over the pipe the order is ours, a killed build leaves no files on the disk, and one
process builds shard after shard. Pagefind's own Python and Node packages use the same protocol; theirs
waits a tenth of a second for each response, so we send all requests at once.
"""

from __future__ import annotations

import os
import tempfile
import threading
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from pouch.errors import EnvironmentFault

# Postings in a chunk of the index. Pagefind's own 20,000 make chunks of 60 kB, and a search fetches one for each word.
# `pouch_search.canonical` puts small chunks together.
CHUNK = 1500
NAMES = ("pagefind_extended", "pagefind", "pagefind_extended.exe", "pagefind.exe")


@cache  # every link to the search calls it
def find() -> Path | None:
    """The program from the package pagefind-bin; None on a platform for which there is none."""
    from importlib.util import find_spec

    spec = find_spec("pagefind_bin")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return next((folder / name for name in NAMES if (folder / name).is_file()), None)


class Program:
    """A running Pagefind. Use it as a context manager, or close it."""

    def __init__(self) -> None:
        """Raises EnvironmentFault if there is no program, or if it cannot be started."""
        # Imported here: every build looks for the program, and few start it.
        import subprocess

        program = find()
        if program is None:
            raise EnvironmentFault("Pagefind's program is not installed; pip install pagefind-bin")
        # Its folder has no settings file of Pagefind's, and the environment none of its variables.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        environment |= {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK), "RAYON_NUM_THREADS": "1"}
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the program runs
        try:
            self._process = subprocess.Popen(  # noqa: S603  # a program that our own dependency installed
                [program, "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                cwd=program.parent,
                env=environment,
            )
        except OSError as error:
            raise EnvironmentFault(f"cannot start {program}: {error.strerror}") from error
        self._indexes = 0

    def index(self, lang: str, stubs: Sequence[tuple[str, str]]) -> dict[str, bytes]:
        """The files of one index over `stubs`, each (address, HTML), by their path.

        All words go through the stemmer of `lang`. Raises EnvironmentFault with the program's message.
        """
        number = self._indexes
        self._indexes += 1
        requests: list[dict[str, Any]] = [{"type": "NewIndex", "config": {"force_language": lang}}]
        requests += [
            {"type": "AddFile", "index_id": number, "url": address, "file_contents": html}
            for address, html in stubs
        ]
        requests += [{"type": kind, "index_id": number} for kind in ("GetFiles", "DeleteIndex")]
        # In a thread: the program may stop reading until its output has been read.
        writing = threading.Thread(target=self._ask, args=(requests,), daemon=True)
        writing.start()
        files = {}
        for payload in self._answers(len(requests)):
            if payload["type"] == "Error":
                raise EnvironmentFault(f"Pagefind cannot index the archive: {payload['message']}")
            if payload["type"] == "GetFiles":
                files = {file["path"]: b64decode(file["content"]) for file in payload["files"]}
        writing.join()
        return files

    def _ask(self, payloads: list[dict[str, Any]]) -> None:
        assert self._process.stdin is not None
        try:
            for number, payload in enumerate(payloads):
                message = msgspec.json.encode({"message_id": number, "payload": payload})
                self._process.stdin.write(b64encode(message) + b",")
            self._process.stdin.flush()
        except OSError:
            return  # it has ended: `_answers` reports that

    def _answers(self, count: int) -> list[dict[str, Any]]:
        assert self._process.stdout is not None
        payloads: list[dict[str, Any]] = []
        rest: list[bytes] = []
        while len(payloads) < count:
            data = self._process.stdout.read1(1 << 20)  # type: ignore[attr-defined]  # a BufferedReader
            if not data:
                raise EnvironmentFault(f"Pagefind stopped: {self._last_error()}")
            head, *more = data.split(b",")
            rest.append(head)
            for piece in more:
                payloads.append(msgspec.json.decode(b64decode(b"".join(rest)))["payload"])
                rest = [piece]
        return payloads

    def _last_error(self) -> str:
        code = self._process.wait()
        self._stderr.seek(0)
        text = self._stderr.read().decode("utf-8", "replace").strip()
        return text.rpartition("\n")[2] or f"exit code {code}"

    def close(self) -> None:
        """Close its input, at whose end it exits."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        self._process.wait()
        self._stderr.close()

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
