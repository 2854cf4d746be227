"""Mistakes of editors where tomllib gives up: the line that is wrong, in plain words, and a form that passes."""

from __future__ import annotations

import json
import re
import tomllib
from typing import NamedTuple

from pouch.characters import shown_name
from pouch.vocabulary.slugs import slugify_title

_PLACE = re.compile(r"^(.*?) \(at line (\d+), column (\d+)\)$")
_UNUSUAL = re.compile(r"[“”„‟‘’«»‹›：＝，\u00a0\u200b\ufeff]")
_COLON = re.compile(r"(?<![\w-])(?P<key>[\w-]+)[ \t]*$")
_VALUE = re.compile(r"[^,}\]]+")
_BARE = re.compile(r"(?P<value>[^\s\"'\[\]{},#][^\"'\[\]{},#]*)")
_NAMED = re.compile(r"(?<![\w-])(?P<key>[\w-]+)\s*=\s*$")
_OPENED_TEXT = re.compile(
    r"""^(?:[^"'#]|"(?:\\.|[^"\\])*"|'[^']*')*(?P<mark>["'])(?:\\.|(?!(?P=mark))[^\\])*$"""
)
_HEADER = re.compile(r"\[(?P<key>[^\[\]\"]+)\]?")


class TomlMistake(NamedTuple):
    """A mistake in a TOML text; line and column are counted from 1, 0 where they are unknown."""

    line: int
    column: int
    message: str
    hint: str


def toml_mistake(text: str, error: tomllib.TOMLDecodeError) -> TomlMistake:
    """The mistake behind tomllib's error, whose place is only in its text on Python 3.11."""
    match = _PLACE.search(str(error))
    lines = text.split("\n")
    if match is None:
        # The text ends too early, such as behind a quotation mark that is not closed.
        number = next((number for number, line in enumerate(lines, 1) if _OPENED_TEXT.search(line)), 0)
        reason, column = str(error).removesuffix(" (at end of document)"), 0
        if not number:
            hint = "is a quotation mark or a bracket not closed?"
            return TomlMistake(0, 0, f"not valid TOML: {_lower(reason)}", hint)
    else:
        reason, number, column = match[1], int(match[2]), int(match[3])
    line = lines[number - 1]
    if "Cannot declare" in reason or "Cannot overwrite" in reason or "Cannot mutate" in reason:
        return _repeated(lines, number)
    if (opened := _OPENED_TEXT.search(line)) and not (match and line[column - 1 :].strip()):
        mark = opened["mark"]
        message = f"the quotation mark {mark} is opened and not closed on its line"
        return TomlMistake(number, opened.start("mark") + 1, message, f"add {mark} at the end of the text")
    if sign := _UNUSUAL.match(line, column - 1) or _UNUSUAL.search(line, 0, column):
        usual = {"：": "equals sign", "＝": "equals sign", "，": "comma"}.get(sign[0], "quotation mark")
        usual = usual if sign[0].isprintable() else "space"
        message = f"{shown_name(sign[0])} stands where an ordinary {usual} belongs"
        return TomlMistake(number, sign.start() + 1, message, f"type the {usual} again")
    rest = line[column - 1 :].lstrip()
    if rest.startswith(":") and (colon := _COLON.search(line[: column - 1])):
        key, value = colon["key"], _VALUE.match(rest[1:])
        written = value[0].strip() if value else ""
        hint = f"write {key} = {written}" if written else f"name the table in brackets, such as [{key}]"
        return TomlMistake(number, column, "a colon stands where an equals sign belongs", hint)
    return _by_reason(lines, number, column, reason)


def _by_reason(lines: list[str], number: int, column: int, reason: str) -> TomlMistake:
    line = lines[number - 1]
    header = _HEADER.fullmatch(line.strip())
    if header and ("table declaration" in reason or "key part" in reason):
        key = header["key"].strip()
        if "]" not in line:
            return TomlMistake(number, column, "the bracket [ is opened and not closed", f"write [{key}]")
        hint = (
            f"write [{slugify_title(key)}]"
            if slugify_title(key)
            else "use letters a to z, digits and hyphens"
        )
        return TomlMistake(number, line.index("[") + 2, f"{key!r} cannot be a key", hint)
    if "key part" in reason and not line[column - 1 :].strip():
        hint = 'write the whole on one line, such as labels = { en = "Trade", fr = "Commerce" }'
        return TomlMistake(number, column, "a table in braces goes on over several lines", hint)
    if "Unclosed" in reason:
        bracket, closing = ("[", "]") if "array" in reason else ("{", "}")
        if line[column - 1 :].strip() and not line.lstrip().startswith("["):
            message = "a comma is missing, or a quotation mark stands inside a text"
            return TomlMistake(
                number, column, message, 'part the values by commas; inside a text write \\" for "'
            )
        begun = next((n for n in range(number, 0, -1) if bracket in _unheaded(lines[n - 1])), number)
        message = f"the bracket {bracket} is opened and not closed"
        at = lines[begun - 1].rindex(bracket) + 1
        return TomlMistake(
            begun, at, message, f"end the {'list' if closing == ']' else 'table'} with {closing}"
        )
    if reason == "Invalid value":
        key = _NAMED.search(line, 0, column - 1)
        if (bare := _BARE.match(line, column - 1)) is None:
            return TomlMistake(
                number, column, "a value is missing after the equals sign", "write a text, or remove the line"
            )
        value = json.dumps(bare["value"].strip(), ensure_ascii=False)
        hint = f"write {key['key']} = {value}" if key else f"write {value}"
        return TomlMistake(number, column, "a text needs quotation marks around it", hint)
    if "after a statement" in reason:
        rest = line[column - 1 :].strip()
        return TomlMistake(
            number,
            column,
            f"{rest!r} stands behind the value",
            "remove it, or put it into the quotation marks",
        )
    if reason.startswith("Unescaped"):
        hint = "write two of them, or put the text between single quotation marks"
        return TomlMistake(number, column, "a backslash stands in a text", hint)
    if "Expected '='" in reason and column > len(line.rstrip()):
        return TomlMistake(number, column, "the key has no value", f'write {line.strip()} = "…"')
    return TomlMistake(
        number,
        column,
        f"not valid TOML: {_lower(reason)}",
        'a line is key = "text", and a table begins with [key]',
    )


def _repeated(lines: list[str], number: int) -> TomlMistake:
    """A table or a key that stands twice."""
    line = lines[number - 1].strip()
    name = _name(line)
    first = 0
    for other in range(number - 1, 0, -1):
        if _name(lines[other - 1]) == name:
            first = other
        if lines[other - 1].startswith("[") and not line.startswith("["):
            break  # the same key in another table is another key
    where = f"line {first} has it already; " if first else ""
    return TomlMistake(number, 1, f"{name} stands twice", f"{where}keep one of them, with the values of both")


def _name(line: str) -> str:
    line = line.strip()
    return line.replace(" ", "") if line.startswith("[") else line.partition("=")[0].split(".")[0].strip()


def _unheaded(line: str) -> str:
    """A line without the bracket of a table's header."""
    return "" if line.lstrip().startswith("[") else line


def _lower(reason: str) -> str:
    return f"{reason[:1].lower()}{reason[1:]}"
