"""The installed version of Pagefind, and whether this version of Pouch supports its index format.

Pagefind promises nothing about its files, and 1.6 wrote another form than 1.5. So the program is asked once for an
index of one page. What it answers is cached until the program is another one.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from pouch.caching import build_cache
from pouch.errors import EnvironmentFault
from pouch_search.program import Program, find

_CACHE = "pagefind"
_PAGE = (
    '<!doctype html><html lang="en"><body data-pagefind-body><i data-pagefind-meta="title[title]" title="Title"></i>'
    '<i data-pagefind-filter="year[title]" title="2025"></i><p>Words</p></body></html>'
)


class Form(msgspec.Struct, frozen=True):
    """The version of the installed program, and whether Pouch supports its index format."""

    version: str  # empty if the program does not report it
    is_known: bool


def installed_form(root: str) -> Form:
    """The form that the installed program writes; `root` is the site's folder, whose cache it uses.

    A program that fails here fails when it is asked for the real index, and is reported then.
    """
    program = find()
    if program is None:
        return Form("", is_known=True)
    cache = build_cache(root)
    stamp = _stamp(program)
    if (stored := cache.get(_CACHE, stamp)) is not None:
        return msgspec.json.decode(stored, type=Form)
    try:
        form = _asked_form()
    except EnvironmentFault:
        return Form("", is_known=True)
    cache.put(_CACHE, msgspec.json.encode(form), stamp)
    return form


def _stamp(program: Path) -> bytes:
    stat = program.stat()
    return f"{program} {stat.st_size} {stat.st_mtime_ns}".encode()


def _asked_form() -> Form:
    from pouch_search.canonical import UnknownFormError, canonical
    from pouch_search.models import ENTRY
    from pouch_search.shards import FEW

    with Program() as program:
        files = program.index("en", [("/", _PAGE)])
    try:
        version = str(msgspec.json.decode(files[ENTRY])["version"])
    except (KeyError, TypeError, msgspec.MsgspecError):
        version = ""
    try:
        canonical(files, {"/": "2025-03-05"}, "0", first=True, packing=FEW)
    except UnknownFormError:
        return Form(version, is_known=False)
    return Form(version, is_known=True)
