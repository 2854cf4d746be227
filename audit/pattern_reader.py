"""regexploit over patterns: which take more than the square of a text's length.

    python pattern_reader.py < [[pattern, flags, place], …] as JSON

Runs in audit/.venv, where the library is. Prints [[place, a text that takes long], …].
"""

import json
import re
import sys

from regexploit.ast.sre import SreOpParser  # type: ignore[import-not-found]  # of audit/.venv only
from regexploit.redos import find  # type: ignore[import-not-found]  # likewise

SQUARE = 2
"""Texts are short enough for this power of their length."""


class _Parser(SreOpParser):  # type: ignore[misc]  # likewise
    """The library's parser, with what Python's patterns have got since."""

    def from_POSSESSIVE_REPEAT(self, data):  # type: ignore[no-untyped-def]  # noqa: N802  # the library's form
        """Never tried again: as good as one."""
        least, _, elements = data
        return self.from_MAX_REPEAT((least, max(least, 1), elements))

    def from_ATOMIC_GROUP(self, elements):  # type: ignore[no-untyped-def]  # noqa: N802  # likewise
        """Read as if it could be tried again, which is the worse case."""
        return self.sequence_or_singleton(elements)


slow = []
for pattern, flags, place in json.load(sys.stdin):
    for weakness in find(_Parser().parse_sre(pattern, flags & ~re.DEBUG)):
        if weakness.starriness > SQUARE:
            slow.append([place, weakness.example()])
            break
json.dump(slow, sys.stdout)
