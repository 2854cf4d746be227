"""What a build did: plain facts, told by `pouch.build.summary`."""

from __future__ import annotations

import msgspec

from pouch.problems import Problem


class Report(msgspec.Struct, kw_only=True):
    """What a build did."""

    outputs: int = 0  # files that the site has
    made: int = 0  # rendered
    written: int = 0  # of those, files whose bytes changed
    pruned: int = 0
    read: int = 0  # content files that were read again
    warnings: list[Problem] = msgspec.field(default_factory=list)  # of the files read in this build
    reasons: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)  # why each output was made
    notes: list[str] = msgspec.field(default_factory=list)  # what the person should know
