"""A group: outputs that are planned together, so that an edit plans only what it can change.

A group's outputs are a pure function of its inputs and of the site's surroundings: settings, vocabulary, theme,
dossiers, pages, plugins, and the list of terms that have pages. The engine digests the inputs. Where they and the
surroundings are those of the last build, the group would come out as it did then, so it is not planned.

The function gets its inputs and nothing else of the archive, so no list has to be kept of what a page looks at: what
is not among the inputs cannot be shown. A briefing among the inputs counts with its whole records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from pouch.archive.archive import Briefing
from pouch.digests import digest, encode
from pouch.pages.outputs import Output

_MARK = attrgetter("mark")


class Group(msgspec.Struct, frozen=True, gc=False):
    """Outputs that are planned together, if they are planned."""

    key: str  # names it from build to build: "country UA fr"
    function: Callable[..., Iterable[Output]]
    inputs: tuple[Any, ...] = ()  # briefings, sequences of briefings, and plain values

    def outputs(self) -> Iterable[Output]:
        """The group, planned."""
        return self.function(*self.inputs)


class InputDigests:
    """Digests of groups' inputs in one build. A sequence of briefings that many groups share is digested once."""

    def __init__(self) -> None:
        self._sequences: dict[int, tuple[Sequence[Briefing], bytes]] = {}

    def of(self, group: Group) -> bytes:
        """A digest of the group's inputs. Raises TypeError for an input that is no plain value."""
        return digest(b"\0".join([self._one(value) for value in group.inputs]))

    def _one(self, value: Any) -> bytes:
        if isinstance(value, Briefing):
            return value.mark
        if isinstance(value, list | tuple) and value and isinstance(value[0], Briefing):
            # By identity: the sequence is kept, so that no other can take its place in memory.
            stored = self._sequences.get(id(value))
            if stored is None:
                stored = value, digest(b"".join(map(_MARK, value)))
                self._sequences[id(value)] = stored
            return stored[1]
        return encode(value)
