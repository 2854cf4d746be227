"""Data blocks: facts for programs in a script element that no browser runs."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import msgspec
from markupsafe import Markup

_encode = msgspec.json.Encoder().encode
# What could end a script element or start markup, and how JSON may write it.
_ESCAPES = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"))


def json_ld(facts: Mapping[str, Any]) -> Markup:
    """The facts that are not empty, as a JSON text that is safe inside a script element: without "<", ">", "&"."""
    text = _encode({name: fact for name, fact in facts.items() if fact})
    for mark, escape in _ESCAPES:
        text = text.replace(mark, escape)
    return Markup(text.decode())  # noqa: S704  # escaped just above, as JSON is


def source_hash(text: str) -> Markup:
    """The hash-source by which a policy knows an inline block (CSP Level 3, 2.3.1).

    Browsers never run a data block and need no permission for it; checkers ask for one all the same.
    """
    return Markup(f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")  # noqa: S704  # base64
