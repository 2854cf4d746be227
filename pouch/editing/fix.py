"""`pouch check --fix`: every fault that has only one possible fix is fixed in its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pouch.content.fields import Context
from pouch.content.files import ContentFile, read_content, write_whole
from pouch.content.parse import read_text
from pouch.editing.edit import with_fixes, without_forbidden


def fix_files(files: Iterable[ContentFile], context: Context, report: Callable[[str], None]) -> None:
    """Fix what has only one possible fix; `report` gets the path of each file that changed."""
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
            report(file.path)


def fixed_text(text: str, path: str, context: Context) -> str:
    """The text of an entry's file with every fix made."""
    text = without_forbidden(text)
    # A term by its name may turn out to be there twice once it is a code: once more settles that.
    for _ in range(2):
        fixes = read_text(text, path, context).fixes
        if not fixes:
            break
        text = with_fixes(text, fixes)
    return text
