"""Mistakes of editors where a YAML parser gives up: the line that is wrong, in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import yaml

from pouch.characters import shown_name

_OPENED = re.compile(r"""^\s*(?:- +)*(?:[\w-]+[ \t]*:[ \t]+|- +)(?:- +)*(?P<mark>["'])(?P<rest>.*)$""")
_CLOSED = {
    '"': re.compile(r"""(?:[^"\\]|\\.)*"(?P<after>.*)$"""),
    "'": re.compile(r"""(?:[^']|\'\')*'(?P<after>.*)$"""),
}
_UNUSUAL_COLON = re.compile(
    r"^\s*(?:- +)?[\w-]+[ \t]*(?P<sign>:(?:[^\S \t]|[\u200b-\u200f\u2060\ufeff])|[：﹕∶︓]|[^\S \t]+:?)"
)
_UNUSUAL_START = re.compile(r"^[ \t]*(?P<sign>[^\S \t]|[\u200b-\u200f\u2060\ufeff])")

_KEY = r"(?:- +)?(?P<key>[\w-]+)"
_COLON_INSIDE = re.compile(rf"^\s*{_KEY}:[ \t]+(?P<value>[^\s\"'\[{{|>#&*!%@`].*?:(?:\s.*)?)$")
_NO_SPACE = re.compile(r"^\s*(?:(?P<dash>-)(?=[^\s-])|(?P<key>[A-Za-z_][\w-]*):(?=[^\s/]))(?P<value>.*)$")
_SIGN = re.compile(rf"^\s*(?:{_KEY}:[ \t]+|-[ \t]+)(?P<value>(?P<sign>[@`%*&!?|>])(?!\s*$).*)$")

_COMMENT = re.compile(r"\s(?P<sign>#).*[\]}]\s*$")


class Position(Protocol):
    """A place in a block, both counted from 0; PyYAML's marks are such."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Mistake(NamedTuple):
    """A mistake and its place. `line` is counted from 0, within the block; `column` from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    fixed: str = ""  # the line as it is to be written, if there is only one way


def mistake_in(block: str, error: yaml.MarkedYAMLError) -> Mistake:
    """The mistake behind a parser's error."""
    mark = error.problem_mark or error.context_mark
    lines = block.split("\n")
    last = mark.line if mark else 0
    if likely := _likely_cause(lines[: last + 1]):
        return likely
    error_text = f"{error.context or ''} {error.problem or ''}"
    begun = error.context_mark
    if begun is not None and ("flow sequence" in error_text or "flow mapping" in error_text):
        bracket = "[" if "flow sequence" in error_text else "{"
        closing = "]" if bracket == "[" else "}"
        for number in range(begun.line, min(last + 1, len(lines))):
            if cut := _COMMENT.search(lines[number]):
                message = (
                    "a # after a space starts a comment, which cuts the text before the bracket is closed"
                )
                hint = "put the text with the # in quotation marks"
                return Mistake(number, cut.start("sign") + 1, "yaml", message, hint)
        message = f"the bracket {bracket} is opened and not closed, or a comma is missing"
        hint = f"end the {'list' if bracket == '[' else 'table'} with {closing}"
        return Mistake(begun.line, begun.column + 1, "yaml", message, hint)
    if "could not find expected ':'" in error_text:
        # The parser notices it on the next line.
        last = begun.line if begun else last
        if match := _NO_SPACE.match(lines[last]):
            return _without_space(last, match)
    if last < len(lines):
        line = lines[last]
        if "\t" in line[: len(line) - len(line.lstrip())]:
            message = "the line starts with a tab, and front matter is indented with spaces"
            begin = line[: len(line) - len(line.lstrip())].replace("\t", "  ")
            return Mistake(last, 1, "yaml", message, "replace the tab with two spaces", begin + line.lstrip())
        if "mapping values are not allowed" in error_text and (first := _first_without_space(lines[:last])):
            return first
        if "mapping values are not allowed" in error_text and (match := _COLON_INSIDE.match(line)):
            message = "the text holds a colon and a space, so it needs quotation marks around it"
            return _unquoted(last, match, message)
        if match := _SIGN.match(line):
            message = f"a text that starts with {match['sign']} needs quotation marks around it"
            return _unquoted(last, match, message)
        if match := _NO_SPACE.match(line):
            return _without_space(last, match)
    column = mark.column + 1 if mark else 0
    reason = error.problem or error.context or "unreadable"
    return Mistake(
        mark.line if mark else 0, column, "yaml", f"the front matter is not YAML: {reason}", _cure(error_text)
    )


def _first_without_space(lines: Sequence[str]) -> Mistake | None:
    """The first of the last lines that are `key:value`: a parser takes them for one text, and faults the next key."""
    first = None
    for number in range(len(lines) - 1, -1, -1):
        match = _NO_SPACE.match(lines[number])
        if match is None or not match["key"]:
            break
        first = _without_space(number, match)
    return first


def item_without_space(lines: Sequence[str], start: Position, end: Position) -> Mistake | None:
    """A hyphen without its space that a parser takes for more text of the list's item before it.

    `start` and `end` are those of the item's text. Text that goes on below its item stands under its first letter.
    """
    for number in range(start.line + 1, end.line + 1):
        match = _NO_SPACE.match(lines[number])
        if match is not None and match["dash"] and match.start("dash") < start.column:
            glued = _without_space(number, match)
            dash = lines[start.line].rfind("-", 0, start.column)
            return (
                glued._replace(fixed=f"{lines[start.line][:dash]}{glued.fixed.lstrip()}")
                if dash >= 0
                else glued
            )
    return None


def _without_space(line: int, match: re.Match[str]) -> Mistake:
    if match["dash"]:
        message, hint = "a space is missing after the hyphen", f"write `- {match['value']}`"
        column = match.start("dash") + 1
    else:
        message, hint = "a space is missing after the colon", f"write `{match['key']}: {match['value']}`"
        column = match.end("key") + 1
    begin = match.string[: match.start("value")]
    return Mistake(line, column, "yaml", message, hint, f"{begin} {match['value']}")


def _unquoted(line: int, match: re.Match[str], message: str) -> Mistake:
    """A text that needs quotation marks."""
    text = json.dumps(match["value"].strip(), ensure_ascii=False)
    hint = f"write {match['key']}: {text}" if match["key"] else f"write - {text}"
    start = match.start("value")
    return Mistake(line, start + 1, "yaml", message, hint, match.string[:start] + text)


def _cure(error_text: str) -> str:
    if "cannot start any token" in error_text:
        return "indent with spaces, not tabs; text that starts with a sign such as @ needs quotation marks"
    if "quoted scalar" in error_text:
        return "is a quotation mark not closed? Inside '…' write an apostrophe twice"
    if "could not find expected ':'" in error_text:
        return "write `key: value`"
    if "block mapping" in error_text or "block collection" in error_text or "block sequence" in error_text:
        return "check the indentation, and put quotation marks around text with signs in it"
    if "alias" in error_text or "anchor" in error_text:
        return "a text that starts with * or & needs quotation marks"
    return "put quotation marks around text with signs in it"


def _likely_cause(lines: Sequence[str]) -> Mistake | None:
    """The mistake on one of these lines that a YAML parser notices only later or cannot name."""
    for number, line in enumerate(lines):
        if sign := _UNUSUAL_COLON.match(line) or _UNUSUAL_START.match(line):
            unusual = next(character for character in sign["sign"] if not character.isascii())
            usual = "colon" if unusual in "：﹕∶︓" else "space"
            what = f"{shown_name(unusual)} stands where an ordinary {usual} belongs"
            hint = "type the colon and the space after it again: `key: value`"
            return Mistake(number, sign.start("sign") + 1, "unusual-character", what, hint)
        if (opened := _OPENED.match(line)) is None:
            continue
        closed = _CLOSED[opened["mark"]].match(opened["rest"])
        column = opened.start("mark") + 1
        mark = opened["mark"]
        if closed is None:
            message = f"the quotation mark {mark} is opened and not closed on its line"
            return Mistake(number, column, "yaml", message, f"add {mark} at the end of the text")
        after = closed["after"].strip()
        if after and after[0] not in "#,]}:":
            message = f"the quotation mark {mark} is closed before the text ends"
            inside = "write an apostrophe twice" if mark == "'" else 'write \\" for a quotation mark'
            hint = f"put the whole text between one pair of quotation marks; inside them {inside}"
            return Mistake(number, column, "yaml", message, hint)
    return None
