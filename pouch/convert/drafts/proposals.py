"""Proposals in a draft: YAML comments in its front matter, which an editor turns into fields or deletes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pouch.content.render import write_key

_END = "---\n"
_NOTE = "Candidate key points, taken from the text. Delete these lines, or the # before those to use.\n"
_WRITTEN = re.compile(rf"^# {re.escape(_NOTE[:-1])}\r?\n# key_points:\r?\n(?:#   - .*\r?\n)*", re.MULTILINE)


def with_proposals(rendered: str, key_points: Sequence[str]) -> str:
    """The text of an entry's file with candidate key points at the end of its front matter, as comments.

    Without "# " the lines are the field. A file without candidates stays as it is.
    """
    if not key_points:
        return rendered
    field = write_key("key_points", "texts", tuple(key_points))
    comment = "".join(f"# {line}\n" for line in (_NOTE + field).splitlines())
    end = rendered.index(f"\n{_END}", len(_END)) + 1
    return f"{rendered[:end]}{comment}{rendered[end:]}"


def without_proposals(text: str) -> str:
    """The text of an entry's file without the candidates that `with_proposals` wrote; other comments stay."""
    return _WRITTEN.sub("", text)
