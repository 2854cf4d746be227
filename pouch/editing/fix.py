"""`pouch check --fix`: every fault that has only one possible fix is fixed in its file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator

from pouch.content.fields import Context
from pouch.content.files import ContentFile, read_content, write_whole
from pouch.content.frontmatter import FrontMatterError, compose, normalise, split
from pouch.content.parse import read_text
from pouch.editing.edit import with_fixes, without_forbidden

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_MOST_LINES = 50
"""Lines of one file that are repaired before its front matter can be parsed."""


def fix_files(files: Iterable[ContentFile], context: Context, report: Callable[[str], None]) -> None:
    """Fix what has only one possible fix; `report` gets a line for each place that changed: `PATH:LINE: TEXT`."""
    for file in files:
        if file.kind != "entry":
            continue
        try:
            before = read_content(file.file)
            text = before.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        after = fixed_text(text, file.path, context)
        if after != text:
            write_whole(file.file, after.encode("utf-8"))
            for line, change in _changes(text, after):
                report(f"{file.path}:{line}: {change}")


def fixed_text(text: str, path: str, context: Context) -> str:
    """The text of an entry's file with every fix made."""
    text = _parsable(without_forbidden(text))
    # A term by its name may turn out to be there twice once it is a code: once more settles that.
    for _ in range(2):
        fixes = read_text(text, path, context).fixes
        if not fixes:
            break
        text = with_fixes(text, fixes)
    return text


def _parsable(text: str) -> str:
    """The text with the lines repaired that keep its front matter from being parsed; itself where that fails."""
    repaired = text
    for _ in range(_MOST_LINES):
        try:
            compose(split(normalise(repaired)).block)
        except FrontMatterError as fault:
            if not fault.fixed:
                return text
            lines = _LINE.findall(repaired)
            old = lines[fault.line - 1]
            mark = "\ufeff" if old.startswith("\ufeff") else ""
            lines[fault.line - 1] = mark + fault.fixed + old[len(old.rstrip("\r\n")) :]
            repaired = "".join(lines)
        else:
            return repaired
    return text


def _changes(before: str, after: str) -> Iterator[tuple[int, str]]:
    """Each place that differs: its line in `after`, and what it says now."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    for kind, _, _, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for number in range(start, end) if kind != "equal" else ():
            yield number + 1, new[number].strip()
        if kind == "delete":
            yield start + 1, "a line was removed"
