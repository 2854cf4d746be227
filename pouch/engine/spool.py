"""The encoded models of outputs that are to be made, in a file without a name.

Neither the builder nor its workers hold all of them: a hundred thousand pages have a gigabyte of models. Forked workers
inherit the open file.
"""

from __future__ import annotations

import os
import tempfile
from functools import cached_property
from pathlib import Path
from typing import IO

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The place of a model, in bytes."""

    start: int
    size: int


class Spool:
    """Models of one build."""

    def __init__(self, folder: Path) -> None:
        """`folder` is that of the state. The file is made when the first model comes, and gone with this object."""
        self._folder = folder
        self._size = 0

    def add(self, model: bytes) -> Span:
        """Put a model at the end. Raises OSError, as on a full disk."""
        span = Span(self._size, len(model))
        left = memoryview(model)
        while left:
            left = left[self._file.write(left) :]
        self._size += span.size
        return span

    def get(self, span: Span) -> bytes:
        """A model. Raises OSError."""
        return os.pread(self._file.fileno(), span.size, span.start)

    @cached_property
    def _file(self) -> IO[bytes]:
        # Without a buffer, which forked workers would write once more.
        return tempfile.TemporaryFile(buffering=0, dir=self._folder)
