"""The active parts of an SVG image: a browser that opens the file by itself runs them with the rights of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Elements that run code, or bring in a document that may (SVG 2, sections 12 and 15; HTML in foreignObject).
_ACTIVE = frozenset(
    "script handler listener iframe object embed frame frameset applet portal meta base link form".split()  # noqa: SIM905
)
_ADDRESS = re.compile(
    r"(?:javascript|vbscript|livescript|mocha):|data:(?!image/(?:png|jpe?g|gif|webp|avif)[;,])", re.IGNORECASE
)
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
# Without one of these an SVG in an encoding that agrees with ASCII is a drawing and nothing else.
_SUSPECT = re.compile(
    r"on\w+\s*=|[\"']\s*on\w|script|<!\s*(?:DOCTYPE|ENTITY)|<\?xml-stylesheet|&#|data:|foreignObject"
    rf"|<(?:\w+:)?(?:{'|'.join(sorted(_ACTIVE))})\b|encoding\s*=\s*[\"'](?!utf-8|us-ascii)".encode(),
    re.IGNORECASE,
)
_PLAIN = re.compile(rb"[^\x00\xfe\xff]*+")
_SHOWN = 60


class ActivePart(NamedTuple):
    """Something in a drawing that is no drawing."""

    line: int  # counted from 1; 0 where the reader cannot tell
    what: str  # in words


def active_parts(data: bytes) -> Iterator[ActivePart]:
    """Whatever in an SVG file runs a script or loads a document; nothing for a drawing.

    A file that is no well-formed XML is read as far as browsers read it, and its fault is one of the parts: they run
    what stands before the fault.
    """
    if _PLAIN.fullmatch(data) and not _SUSPECT.search(data):
        return
    # Imported here: most drawings need no parser.
    from lxml import etree

    # Entities of the file itself are put in, since browsers do; others are never read (lxml 5 and newer).
    parser = etree.XMLParser(recover=True, resolve_entities="internal", no_network=True)  # type: ignore[arg-type]
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        yield ActivePart(0, "it is no XML that can be read")
        return
    if any(fault.level >= etree.ErrorLevels.ERROR for fault in parser.error_log):
        fault = parser.error_log[0]
        yield ActivePart(fault.line, f"it is no well-formed XML: {fault.message}")
    before = root.getprevious()
    while before is not None:
        yield from _instruction(before)
        before = before.getprevious()
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield from _instruction(element)
            continue
        line = getattr(element, "sourceline", 0) or 0
        if (name := _local(element.tag)) in _ACTIVE:
            yield ActivePart(line, f"the element <{name}>")
        for attribute, value in element.attrib.items():
            attribute_name, text = _local(str(attribute)), str(value)
            bare = _BLANKS.sub("", text)
            if attribute_name.startswith("on") or (
                attribute_name == "attributename" and bare.lower().startswith("on")
            ):
                yield ActivePart(line, f"the attribute {attribute_name}")
            elif _ADDRESS.search(bare):
                shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
                yield ActivePart(line, f"{attribute_name}={shown!r}")


def _local(name: str) -> str:
    """A name without its namespace, in small letters."""
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def _instruction(node: object) -> Iterator[ActivePart]:
    """A processing instruction that has the drawing rewritten by XSLT."""
    if getattr(node, "target", "") == "xml-stylesheet" and "css" not in (getattr(node, "text", "") or ""):
        yield ActivePart(getattr(node, "sourceline", 0) or 0, "an XSLT stylesheet")
