"""Other people's parsers read every reference: bibtexparser, rispy, and citeproc for CSL-JSON."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import msgspec
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from pouch.citing.formats import bibtex, csl_json, ris
from pouch.citing.references import Reference, reference_of
from tests.archives import a_record, a_site

PLAIN = Reference(
    key="quay-reopens",
    title="The quay reopens",
    authors=("Jo Dunn", "International Committee of the Red Cross", "Fish and Chips"),
    publisher="Harbour & Sea",
    date="2025-03-05",
    lang="en-GB",
    url="https://harbour.example/briefings/quay-reopens/",
    abstract="It was closed for 10 % of the year.",
)
HOSTILE = Reference(
    key="a",
    title='100 % of {braces}, a } alone, \\input{x}, "quotes", #1 & a_b ~ c^d $5',
    authors=("O’Neil {x}, Æ",),
    publisher="A\nB",
    date="0999-01-31",
    lang="zh-Hant",
    url="https://example.org/a_b%20c?d={e}#f",
    abstract="ER  - not the end\nTY  - nor a beginning",
)
BOTH = [PLAIN, HOSTILE]
_SPELT = {"\\textbackslash{}": "\\", "\\textbraceleft{}": "{", "\\textbraceright{}": "}"}
_SPELT |= {"\\textasciitilde{}": "~", "\\textasciicircum{}": "^", **{f"\\{mark}": mark for mark in "&%$#_"}}


def read_tex(text: str) -> str:
    """A BibTeX field as a person reads it."""
    spelt = "|".join(re.escape(each) for each in _SPELT)
    return re.sub(f"({spelt})|[{{}}]", lambda found: _SPELT.get(found[0], ""), text)


def test_bibtex_is_read() -> None:
    """Entries, fields and names come out as they went in; nothing fails to parse."""
    library = parse_string(bibtex(BOTH))
    assert not library.failed_blocks
    first, second = library.entries
    assert (first.entry_type, first.key) == ("techreport", "quay-reopens")
    fields = {field.key: read_tex(field.value) for field in first.fields}
    assert fields["title"] == PLAIN.title
    assert fields["institution"] == PLAIN.publisher
    assert fields["abstract"] == PLAIN.abstract
    assert (fields["year"], fields["month"], fields["date"]) == ("2025", "3", "2025-03-05")
    assert fields["url"] == PLAIN.url
    # BibTeX splits a list of names at each "and" outside braces.
    assert first["author"] == "Dunn, Jo and {International Committee of the Red Cross} and {Fish and Chips}"
    assert read_tex(second["title"]) == HOSTILE.title
    assert second["url"] == "https://example.org/a_b%20c?d=%7Be%7D#f"


def test_a_suffix_stands_where_each_format_has_it() -> None:
    """BibTeX behind the family name, RIS behind the given name, CSL-JSON in a variable of its own."""
    reference = msgspec.structs.replace(PLAIN, authors=("Dr. Al Ray, Jr.", "Dr. Oz"))
    assert "author = {Ray, Jr., Al and {Oz}}" in bibtex([reference])
    assert "AU  - Ray, Al, Jr.\r\nAU  - Oz\r\n" in ris([reference])
    assert json.loads(csl_json([reference]))[0]["author"] == [
        {"family": "Ray", "given": "Al", "suffix": "Jr."},
        {"literal": "Oz"},
    ]


def test_spaces_may_break_wherever_a_reference_is_printed() -> None:
    """A French title has no-break spaces on its page; bibliographies compare titles with plain ones."""
    spaced = msgspec.structs.replace(PLAIN, title="Gaza\u00a0: une\u202ftrêve", abstract="10\u00a0%")
    for write in (bibtex, ris, csl_json):
        text = write([spaced])
        assert "Gaza : une trêve" in text
        assert not {"\u00a0", "\u202f"} & set(text)


def test_ris_is_read() -> None:
    """Each line is a field: a text with line ends neither ends a record nor begins one."""
    first, second = rispy.loads(ris(BOTH))
    assert first["type_of_reference"] == "RPRT"
    assert first["title"] == PLAIN.title
    assert first["authors"] == ["Dunn, Jo", "International Committee of the Red Cross", "Fish and Chips"]
    assert (first["year"], first["date"]) == ("2025", "2025/03/05")
    assert (first["publisher"], first["language"]) == (PLAIN.publisher, "en-GB")
    assert first["urls"] == [PLAIN.url]
    assert second["title"] == HOSTILE.title
    assert second["abstract"] == "ER - not the end TY - nor a beginning"


def test_csl_json_is_read_and_printed() -> None:
    """citeproc takes every variable and prints a bibliography in a Harvard style."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # so it tells of a variable that it does not know
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        source = CiteProcJSON(json.loads(csl_json(BOTH)))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem("quay-reopens")]))
    printed = str(bibliography.bibliography()[0])
    for part in ("Dunn, J.", "Red Cross", "2025", "The quay reopens", "Harbour & Sea"):
        assert part in printed


@given(
    st.lists(
        st.builds(
            Reference,
            key=st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True),
            title=st.text(
                st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1
            ),
            authors=st.lists(st.text("aB {}\\,.%-", min_size=1).filter(str.strip)).map(tuple),
            publisher=st.just("Harbour"),
            date=st.dates().map(str),
            lang=st.just("en"),
            url=st.just("https://example.org/"),
            abstract=st.text(),
        ),
        max_size=3,
        unique_by=lambda each: each.key,
    )
)
def test_no_text_breaks_a_file(references: list[Reference]) -> None:
    """Whatever a title or name holds, each file has as many references as there are, with their titles."""
    library = parse_string(bibtex(references))
    assert not library.failed_blocks
    assert [read_tex(entry["title"]) for entry in library.entries] == [each.title for each in references]
    assert len(ris(references).split("\r\nER  - \r\n\r\n")) == len(references) + 1
    assert [item["title"] for item in json.loads(csl_json(references))] == [each.title for each in references]


@pytest.mark.parametrize(
    ("changes", "abstract"),
    [
        ({"summary": "A quay."}, "A quay."),
        ({"summary": "", "key_points": ("One.", "Two.")}, "One. Two."),
        ({"summary": "Title of a"}, ""),
    ],
)
def test_the_abstract_is_the_summary(changes: dict[str, Any], abstract: str) -> None:
    """Or the key points; what repeats the title is left out."""
    reference = reference_of(a_record("a", authors=("Jo Dunn",), **changes), a_site())
    assert reference.abstract == abstract
    assert (reference.url, reference.publisher) == ("https://example.org/briefings/a/", "Test archive")
    assert (reference.date, reference.authors) == ("2025-03-05", ("Jo Dunn",))
