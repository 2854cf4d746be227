"""Compiled templates, kept from build to build: to compile a theme takes as long as all else that an edit needs.

Jinja gives the code of a template to a `BytecodeCache` and asks for it again. It tells templates apart by name, file
and text, but not by what else made the code: our environment's options, and the filters, which it calls while it
compiles where all arguments are literal. So all of that goes into the seal, without which nothing is loaded: damaged
code could end the interpreter.
"""

from __future__ import annotations

import jinja2
from jinja2.bccache import Bucket

from pouch.caching import Cache
from pouch.code import engine_digest


class CompiledTemplates(jinja2.BytecodeCache):
    """The compiled templates of one site, one for each file, so that messages name the file where it is today."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if what is kept was made of the very same."""
        code = self._cache.get(_name(bucket), _made_of(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self._cache.put(_name(bucket), bucket.bytecode_to_string(), _made_of(bucket))


def _name(bucket: Bucket) -> str:
    return f"template-{bucket.key}"


def _made_of(bucket: Bucket) -> bytes:
    return f"{engine_digest()} {bucket.key} {bucket.checksum}".encode()
