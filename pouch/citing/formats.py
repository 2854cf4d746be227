"""References as text: BibTeX, RIS and CSL-JSON. A briefing is a report whose institution is the archive.

static/cite.js writes the same bytes in the page of a briefing; tests/browser compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pouch.citing.names import split_name
from pouch.citing.references import Reference

GENRE = "Briefing"
"""The kind of report, as styles print it."""
# Braces are spelt out: BibTeX counts those after a backslash too.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}


class Format(NamedTuple):
    """A format of bibliographies."""

    ending: str  # of its files
    label: str
    write: Callable[[Iterable[Reference]], str]


def bibtex(references: Iterable[Reference]) -> str:
    """BibTeX, in UTF-8: an @techreport for each reference. Titles stand in double braces, which keep their capitals."""
    return "\n".join(_bibtex_entry(reference) for reference in references)


def _bibtex_entry(reference: Reference) -> str:
    year, month, _ = reference.date.split("-")
    fields = [
        ("title", f"{{{_tex(reference.title)}}}"),
        ("author", " and ".join(_tex_name(name) for name in reference.authors)),
        ("institution", f"{{{_tex(reference.publisher)}}}"),
        ("type", GENRE),
        ("year", year),
        ("month", str(int(month))),
        ("date", reference.date),
        ("langid", reference.lang),
        ("url", _tex_address(reference.url)),
        ("abstract", _tex(reference.abstract)),
    ]
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@techreport{{{reference.key},\n{lines}}}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(mark, mark) for mark in _line(text))


def _tex_name(name: str) -> str:
    """A name of a list whose names are joined by "and"; one that is not split stands in braces."""
    parts = split_name(name)
    if not parts.given:
        return f"{{{_tex(parts.family)}}}"
    return ", ".join(_tex(part) for part in (parts.family, parts.suffix, parts.given) if part)


def _tex_address(url: str) -> str:
    """BibTeX's packages print addresses as they are; only braces would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D")


def ris(references: Iterable[Reference]) -> str:
    """RIS, as EndNote, Zotero and Mendeley read it: lines end with CRLF."""
    return "".join(_ris_record(reference) for reference in references)


def _ris_record(reference: Reference) -> str:
    fields = [
        ("TY", "RPRT"),
        ("ID", reference.key),
        ("TI", reference.title),
        *[("AU", split_name(name).inverted) for name in reference.authors],
        ("PY", reference.date[:4]),
        ("DA", reference.date.replace("-", "/")),
        ("PB", reference.publisher),
        ("M3", GENRE),
        ("LA", reference.lang),
        ("UR", reference.url),
        ("AB", reference.abstract),
    ]
    lines = [f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value]
    return "".join((*lines, "ER  - \r\n\r\n"))


def csl_json(references: Iterable[Reference]) -> str:
    """CSL-JSON: an array of items (https://docs.citationstyles.org/en/stable/specification.html, appendix III)."""
    return json.dumps([_csl_item(reference) for reference in references], ensure_ascii=False, indent=1) + "\n"


def _csl_item(reference: Reference) -> dict[str, Any]:
    item = {
        "id": reference.key,
        "type": "report",
        "genre": GENRE,
        "title": _line(reference.title),
        "author": [_csl_name(name) for name in reference.authors],
        "issued": {"date-parts": [[int(part) for part in reference.date.split("-")]]},
        "publisher": _line(reference.publisher),
        "language": reference.lang,
        "URL": reference.url,
        "abstract": _line(reference.abstract),
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    parts = split_name(name)
    if not parts.given:
        return {"literal": parts.family}
    return {name: part for name, part in parts._asdict().items() if part}


def _line(text: str) -> str:
    """On one line, with plain spaces: which of them may not break is for the page that prints the reference to say."""
    return " ".join(text.split())


FORMATS = (
    Format("bib", "BibTeX", bibtex),
    Format("ris", "RIS", ris),
    Format("json", "CSL-JSON", csl_json),
)
