"""Compiled templates, kept from build to build: to compile a theme takes as long as all else that an edit needs.

Jinja gives the code of a template to a `BytecodeCache` and asks for it again. It tells templates apart by name, file
and text, but not by what else made the code: our environment's options, and the filters and tests, which it calls while
it compiles where all arguments are literal (`{{ "quay" | upper }}`). So all of that goes into the seal, without which
nothing is loaded: damaged code could end the interpreter.
"""

from __future__ import annotations

import jinja2
from jinja2.bccache import Bucket

from pouch.caching import Cache
from pouch.code import engine_digest


class CompiledTemplates(jinja2.BytecodeCache):
    """The compiled templates of one site, one for each file, so that messages name the file where it is today."""

    def __init__(self, cache: Cache, functions: bytes) -> None:
        """`functions` is a digest of the filters and tests that are not Pouch's: the settings' and the plugins'."""
        self._cache = cache
        self._functions = functions.hex()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if what is kept was made of the very same."""
        code = self._cache.get(_name(bucket), self._made_of(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self._cache.put(_name(bucket), bucket.bytecode_to_string(), self._made_of(bucket))

    def _made_of(self, bucket: Bucket) -> bytes:
        return f"{engine_digest()} {self._functions} {bucket.key} {bucket.checksum}".encode()


def _name(bucket: Bucket) -> str:
    return f"template-{bucket.key}"
