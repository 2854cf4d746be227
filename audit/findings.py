"""What a judge finds."""

from __future__ import annotations

import msgspec


class Finding(msgspec.Struct, frozen=True, order=True):
    """One complaint about one output."""

    judge: str
    path: str  # below the output folder
    message: str

    def __str__(self) -> str:
        """`judge: path: message`."""
        return f"{self.judge}: {self.path}: {self.message}"
