"""A theme's static files as readers get them: stylesheets and scripts joined, without comments; others as they are.

Files of `static/css/` and `static/js/` are parts of the stylesheets and scripts beside these folders. A name that ends
in .min.css or .min.js says that there is nothing to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import rjsmin

from pouch.errors import EnvironmentFault
from pouch.theming.script import join_script
from pouch.theming.stylesheet import join_stylesheet

MAIN_SHEET = "pouch.css"
"""The stylesheet of every page."""
_PARTS = ("css", "js")
_TEMPLATE = re.compile(r"`([^`]*)`")


def asset_files(theme: Path) -> Iterator[tuple[str, Path]]:
    """The static files that the theme in this folder publishes: (path below the output folder, file), in order of path.

    Raises EnvironmentFault where the stylesheet of every page is missing.
    """
    static = theme / "static"
    if not (static / MAIN_SHEET).is_file():
        raise EnvironmentFault(f"the theme has no stylesheet: {static / MAIN_SHEET} is missing")
    for path in sorted(static.rglob("*")):
        below = path.relative_to(static)
        if path.is_file() and below.parts[0] not in _PARTS:
            yield f"theme/{below.as_posix()}", path


def is_made(path: str) -> bool:
    """Whether a static file of a theme is published in another form than it has."""
    return path.endswith((".css", ".js")) and not path.endswith((".min.css", ".min.js"))


def asset_bytes(file: Path) -> bytes:
    """The bytes that are published of a static file. Raises EnvironmentFault for a part that is missing, OSError."""
    if not is_made(file.name):
        return file.read_bytes()
    if file.suffix == ".css":
        return join_stylesheet(file).encode()
    text = join_script(file)
    if _is_plain(text):
        with suppress(Exception):  # comments of a script that the minifier cannot read do no harm
            text = rjsmin.jsmin(text, keep_bang_comments=True)
    return text.strip().encode() + b"\n"


def _is_plain(script: str) -> bool:
    """Whether no template literal holds another one or a line break: rjsmin takes the inner one for code."""
    for line in script.split("\n"):
        texts = _TEMPLATE.findall(line)
        if 2 * len(texts) != line.count("`") or any(text.count("{") != text.count("}") for text in texts):
            return False
    return True
