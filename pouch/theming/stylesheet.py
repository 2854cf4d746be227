"""One file for each stylesheet that readers get, from the plain files that designers edit.

A sheet of `static/` names its parts with CSS's own `@import "css/tokens.css" layer(tokens);`, so it works as it stands
in a browser; here every import is replaced with the file that it names, inside its cascade layer, and what only people
read is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pouch.errors import EnvironmentFault

_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']\)?(?:\s+layer\(([\w.-]+)\))?\s*;""")
# Strings, and comments that begin with an exclamation mark, as licences do: both stay as they are.
_KEPT = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|/\*!.*?\*/)"""
_COMMENT = re.compile(rf"{_KEPT}|/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(rf"{_KEPT}|\s+", re.DOTALL)
# A selector may need the blank before a colon or a parenthesis; nothing needs one beside these signs.
_BESIDE = re.compile(rf"{_KEPT}| ?([{{}};,>]) ?|(:) ", re.DOTALL)
_ZERO = re.compile(rf"{_KEPT}|(?<![\w.#])0(?=\.\d)", re.DOTALL)
_LAST_SEMICOLON = re.compile(rf"{_KEPT}|;(\}})", re.DOTALL)


def join_stylesheet(main: Path) -> str:
    """The stylesheet with its imports in place, without comments and blanks.

    Raises EnvironmentFault with file and line for an import that names no file.
    """
    parts = groupby(_parts(main), key=lambda part: part[0])
    joined = [(layer, "\n".join(text for _, text in group)) for layer, group in parts]
    return _compact("".join(f"@layer {layer} {{{text}}}" if layer else text for layer, text in joined)) + "\n"


def _parts(main: Path) -> Iterator[tuple[str, str]]:
    """The pieces of a stylesheet, each with its layer or an empty name: (layer, text)."""
    source = _read(main, main, 0)
    end = 0
    for match in _IMPORT.finditer(source):
        if before := source[end : match.start()].strip():
            yield "", before
        line = source.count("\n", 0, match.start()) + 1
        yield match[2] or "", _read(main.parent / match[1], main, line)
        end = match.end()
    if rest := source[end:].strip():
        yield "", rest


def _compact(text: str) -> str:
    text = _COMMENT.sub(r"\1", text)
    text = _BLANKS.sub(lambda match: match[1] or " ", text).strip()
    text = _BESIDE.sub(r"\1\2\3", text)
    text = _ZERO.sub(r"\1", text)
    return _LAST_SEMICOLON.sub(r"\1\2", text)


def _read(path: Path, main: Path, line: int) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        where = f"{main}:{line}" if line else str(main)
        raise EnvironmentFault(f"{where}: cannot read the stylesheet {path}: {error.strerror}") from error
