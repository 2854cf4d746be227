"""Values under `extra`, by the core schema of YAML 1.2 (YAML 1.2.2, section 10.3.2)."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from pouch.content.nodes import Items, Node, Scalar, Table

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OCTAL = re.compile(r"0o[0-7]+", re.ASCII)
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_SPECIAL = re.compile(r"(?P<sign>[-+]?)\.(inf|Inf|INF)|\.(nan|NaN|NAN)", re.ASCII)

_WHOLE = range(-(2**63), 2**63)


class ExtraValueError(ValueError):
    """A value that JSON could not carry."""

    def __init__(self, node: Scalar, message: str) -> None:
        super().__init__(message)
        self.node = node


def value_of(node: Node) -> Any:
    """The Python value of a node: dict, list, str, int, float, bool or None.

    Keys are the texts that they are written as; of a repeated key the first counts. Raises ExtraValueError.
    """
    if isinstance(node, Table):
        table: dict[str, Any] = {}
        for key, value in node.pairs:
            table.setdefault(key.text, value_of(value))
        return table
    if isinstance(node, Items):
        return [value_of(item) for item in node.nodes]
    return _scalar(node) if node.plain else node.text


def is_text(text: str) -> bool:
    """Whether `text`, without quotation marks, is text and nothing else."""
    return not (
        text in _NULL
        or text in _BOOL
        or any(p.fullmatch(text) for p in (_INTEGER, _OCTAL, _HEXADECIMAL, _FLOAT, _SPECIAL))
    )


def _scalar(node: Scalar) -> Any:
    text = node.text
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if text[0] not in "+-.0123456789":
        return text
    for pattern, base in ((_INTEGER, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
        if pattern.fullmatch(text):
            # Python refuses to read thousands of digits; nothing that reads JSON wants more than 64 bits.
            number = int(text, base) if len(text) < 40 else 2**64
            if number not in _WHOLE:
                raise ExtraValueError(node, "a number of more than 64 bits")
            return number
    if _FLOAT.fullmatch(text):
        if not isfinite(value := float(text)):
            raise ExtraValueError(node, "a number beyond all bounds")
        return value
    if _SPECIAL.fullmatch(text):
        raise ExtraValueError(node, f"{text}, which JSON does not know")
    return text
