# ruff: noqa: E501  # a table of small texts
"""Slips in a vocabulary's TOML: each message names the line and, in plain words, a form that passes."""

from __future__ import annotations

import tomllib

import pytest

from pouch.vocabulary.toml_mistakes import toml_mistake

# What is written → line, what the message has, what the hint has, the text with the cure.
SLIPS: list[tuple[str, int, str, str, str]] = [
    ('[a]\nlabels = { en = "T }\n', 2, 'the quotation mark " is opened', 'add "', '[a]\nlabels = { en = "T" }\n'),
    ("[a]\nparent = 'war\n", 2, "the quotation mark ' is opened", "add '", "[a]\nparent = 'war'\n"),
    ("[a]\nparent = war\n", 2, "needs quotation marks", 'write parent = "war"', '[a]\nparent = "war"\n'),
    ("[a]\nlabels={en=Talks}\n", 2, "needs quotation marks", 'write en = "Talks"', '[a]\nlabels={en="Talks"}\n'),
    ("[a]\nlabels={en=“T”}\n", 2, "U+201C", "type the quotation mark", '[a]\nlabels={en="T"}\n'),
    ('[a]\nparent: "war"\n', 2, "a colon stands", 'write parent = "war"', '[a]\nparent = "war"\n'),
    ('[a]\nlabels = {en: "T"}\n', 2, "a colon stands", 'write en = "T"', '[a]\nlabels = {en = "T"}\n'),
    ("UA:\n  labels:\n", 1, "a colon stands", "such as [UA]", "[UA]\n"),
    ("[peace talks]\n", 1, "'peace talks' cannot be a key", "write [peace-talks]", "[peace-talks]\n"),
    ("[Météo]\n", 1, "'Météo' cannot be a key", "write [meteo]", "[meteo]\n"),
    ("[a\nslug = 'b'\n", 1, "the bracket [ is opened", "write [a]", "[a]\nslug = 'b'\n"),
    ('[a]\nlabels = {\n en = "T"}\n', 2, "several lines", "on one line", '[a]\nlabels = { en = "T"}\n'),
    ('[a]\nlabels = { en = "T"\n\n[b]\n', 2, "the bracket { is opened", "with }", '[a]\nlabels = { en = "T" }\n'),
    ('[a]\nformerly = ["b"\n[c]\n', 2, "the bracket [ is opened", "with ]", '[a]\nformerly = ["b"]\n[c]\n'),
    ('[a]\nformerly = ["b" "c"]\n', 2, "a comma is missing", "by commas", '[a]\nformerly = ["b", "c"]\n'),
    ('[a]\nlabels = { en = "A" fr = "B" }\n', 2, "a comma is missing", "by commas", '[a]\nlabels = { en = "A", fr = "B" }\n'),
    ('[a]\nlabels = { en = "A "B" C" }\n', 2, "inside a text", 'write \\"', '[a]\nlabels = { en = "A \\"B\\" C" }\n'),
    ("[a]\n\n[b]\n\n[a]\n", 5, "[a] stands twice", "line 1 has it", "[a]\n\n[b]\n"),
    ('[a]\nslug = "b"\n[c]\nslug = "d"\nslug = "e"\n', 5, "slug stands twice", "line 4 has it", '[c]\nslug = "e"\n'),
    ("[a]\nslug\n", 2, "the key has no value", 'write slug = "…"', '[a]\nslug = "b"\n'),
    ("[a]\nslug = \n", 2, "a value is missing", "write a text", '[a]\nslug = "b"\n'),
    ('[a]\nslug = "b",\n', 2, "',' stands behind the value", "remove it", '[a]\nslug = "b"\n'),
    ('[a]\nslug = "b\\q"\n', 2, "a backslash", "write two", '[a]\nslug = "b\\\\q"\n'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "hint", "cured"), SLIPS)
def test_a_slip_is_named_on_its_line_with_a_form_that_passes(
    text: str, line: int, message: str, hint: str, cured: str
) -> None:
    """An editor who never read of TOML learns which line is wrong and what to write there."""
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    mistake = toml_mistake(text, error.value)
    assert (mistake.line, message in mistake.message, hint in mistake.hint) == (line, True, True), mistake
    assert tomllib.loads(cured) is not None


@pytest.mark.parametrize(
    "text", ['x = """y\n', "- a\n", "étage = 'x'\n", "{a}\n", "a = 2025-13-01\n", "=\n", "'"]
)
def test_whatever_else_is_no_toml_has_a_hint_too(text: str) -> None:
    """No message ends without a word on what a line looks like."""
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    assert toml_mistake(text, error.value).hint
