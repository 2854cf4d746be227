"""The one stylesheet that readers get, from the plain files that designers edit.

`static/css/pouch.css` names its parts with CSS's own `@import "tokens.css" layer(tokens);`, so it works as it
stands in a browser; here every import is replaced with the file that it names, inside its cascade layer.
"""

from __future__ import annotations

import re
from pathlib import Path

from pouch.errors import EnvironmentFault

_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']\)?(?:\s+layer\(([\w.-]+)\))?\s*;""")
_INDENT = re.compile(r"\n\s+")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def join_stylesheet(main: Path) -> str:
    """The stylesheet with its imports in place, without comments, indentation and empty lines.

    Raises EnvironmentFault with file and line for an import that names no file.
    """
    source = _read(main, main, 0)
    out: list[str] = []
    end = 0
    for match in _IMPORT.finditer(source):
        out.append(source[end : match.start()])
        name, layer = match.groups()
        line = source.count("\n", 0, match.start()) + 1
        part = _COMMENT.sub("", _read(main.parent / name, main, line)).strip()
        out.append(f"@layer {layer} {{\n{part}\n}}" if layer else part)
        end = match.end()
    out.append(source[end:])
    return _INDENT.sub("\n", _COMMENT.sub("", "".join(out))).strip() + "\n"


def _read(path: Path, main: Path, line: int) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        where = f"{main}:{line}" if line else str(main)
        raise EnvironmentFault(f"{where}: cannot read the stylesheet {path}: {error.strerror}") from error
