"""Compiled templates, kept from build to build: to compile a theme takes as long as all else that an edit needs.

They lie in the site's .pouch/, one file for each template, and change nothing but time. Jinja gives the code of a
template to a `BytecodeCache` and asks for it again. It tells templates apart by name, file and text, but not by what
else made the code: our environment's options, and the filters, which it calls while it compiles where all arguments are
literal. So all of that goes into the seal, without which nothing is loaded: damaged code could end the interpreter.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from pouch.caching import keep, kept
from pouch.code import engine_digest
from pouch.site import Site

MOST = 1000
"""Files kept at most, each of some ten kilobytes. What is of no use any more is only told apart by clearing out all."""
_SUFFIX = ".bytecode"


class CompiledTemplates(jinja2.BytecodeCache):
    """The compiled templates of one site. Any number of processes may read and write them at once."""

    def __init__(self, site: Site) -> None:
        self._folder = _folder(site)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if what lies here was made of the very same."""
        code = kept(self._file(bucket), _made_of(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code, if the folder lets us."""
        with contextlib.suppress(OSError):
            if sum(1 for _ in self._folder.iterdir()) >= MOST:
                _clear(self._folder)
        keep(bucket.bytecode_to_string(), self._file(bucket), _made_of(bucket))

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / (bucket.key + _SUFFIX)


def forget_compiled(site: Site) -> None:
    """Let nothing be believed that was compiled earlier."""
    _clear(_folder(site))


def _folder(site: Site) -> Path:
    return Path(site.root) / ".pouch" / "templates"


def _clear(folder: Path) -> None:
    # Leavings of killed builds among them. What another build removes at this moment is gone as well.
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if file.name.endswith((_SUFFIX, ".tmp")):
                file.unlink(missing_ok=True)


def _made_of(bucket: Bucket) -> bytes:
    return f"{engine_digest()} {bucket.key} {bucket.checksum}".encode()
