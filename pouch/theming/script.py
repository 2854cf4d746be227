"""One file for each script that readers get, from the modules that developers edit.

A script of `static/` names its parts with JavaScript's own `import { name } from "./js/part.js";`, so it works as it
stands in a browser; here every import is replaced with the module that it names, once. All modules then share one
scope, so two of them may not declare the same name, and no import may rename what it takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pouch.errors import EnvironmentFault

_IMPORT = re.compile(
    r"""^import\s+(?:\{[\w$\s,]*\}\s+from\s+)?["'](\./[^"']+|\.\./[^"']+)["'];?\n?""", re.MULTILINE
)
_ANY_IMPORT = re.compile(r"^import\b(?!\s*\()", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?=async|class|const|function|let)", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async\s+)?(?:class|const|function\*?|let)\s+([\w$]+)", re.MULTILINE)


def join_script(main: Path) -> str:
    """The script with its modules in place, each after those that it imports.

    Raises EnvironmentFault with file and line for an import that names no file or that no joined script can have, and
    for a name that two modules declare.
    """
    declared: dict[str, Path] = {}
    parts = []
    for path, text in _modules(main, set()):
        for name in _DECLARED.findall(text):
            if declared.setdefault(name, path) is not path:
                raise EnvironmentFault(
                    f"{path}: {name} is declared in {declared[name]} too; {main.name} joins both into one scope"
                )
        parts.append(text.strip())
    return "\n".join(parts) + "\n"


def _modules(path: Path, seen: set[Path], asked_by: str = "") -> Iterator[tuple[Path, str]]:
    """A module without its imports, after the modules that it imports: (path, text)."""
    seen.add(path)
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise EnvironmentFault(
            f"{asked_by or path}: cannot read the script {path}: {error.strerror}"
        ) from error
    for match in _IMPORT.finditer(source):
        part = (path.parent / match[1]).resolve()
        if part not in seen:
            yield from _modules(part, seen, f"{path}:{_line(source, match.start())}")
    text = _IMPORT.sub("", source)
    if other := _ANY_IMPORT.search(text):
        line = _line(source, source.index(text[other.start() :]))
        raise EnvironmentFault(
            f'{path}:{line}: write `import {{ name }} from "./js/part.js";`, since modules are joined into one file'
        )
    yield path, _EXPORT.sub("", text) if asked_by else text


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
