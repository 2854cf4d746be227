"""Mistakes of editors where a YAML parser gives up: the line that is wrong, in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import yaml

from pouch.characters import shown_name
from pouch.wording import counted

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

_EQUALS = re.compile(r"^\s*(?P<key>[A-Za-z_][\w-]*)[ \t]*(?P<sign>=)[ \t]*(?P<value>.*)$")
_IN_BRACKETS = re.compile(r"\s*(?:(?P<key>[\w-]+):\s+)?(?P<value>[^\s\"'][^\"']*)")
_COMMENT = re.compile(r"[\s\[{,](?P<sign>#)")


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
    mark, begun = error.problem_mark or error.context_mark, error.context_mark
    lines = block.split("\n")
    last = mark.line if mark else 0
    error_text = f"{error.context or ''} {error.problem or ''}"
    likely = _likely_cause(lines[: last + 1])
    if likely is None and mark is not None and last < len(lines):
        if "flow" in error_text and begun is not None:
            likely = _in_brackets(lines, begun, mark, error_text)
        elif "could not find expected ':'" in error_text:
            # The parser notices it on the next line.
            likely = _without_colon(lines, begun.line if begun else last)
        else:
            likely = _on_line(lines, mark, error_text)
    if likely is not None:
        return likely
    reason = error.problem or error.context or "unreadable"
    message = f"the front matter is not YAML: {reason}"
    return Mistake(last, mark.column + 1 if mark else 0, "yaml", message, _cure(error_text))


def _in_brackets(lines: Sequence[str], begun: Position, mark: Position, error_text: str) -> Mistake | None:
    """The mistake in a list or table between brackets that opens at `begun`; None where there are no brackets."""
    line = lines[mark.line]
    if "did not find expected node content" in error_text:
        if begun.line and (cut := _cut_by_comment(lines, begun.line - 1)):
            return cut
        if line[mark.column : mark.column + 1] != ",":
            return None
        fixed = line[: mark.column].rstrip() + line[mark.column + 1 :]
        return Mistake(
            mark.line, mark.column + 1, "yaml", "a comma stands where an item belongs", "remove it", fixed
        )
    for number in range(begun.line, mark.line + 1):
        if cut := _cut_by_comment(lines, number):
            return cut
    begin = max(line.rfind(sign, 0, mark.column) for sign in ",[{") + 1
    if line[mark.column : mark.column + 1] == ":" and (match := _IN_BRACKETS.match(line, begin, mark.column)):
        end = next((place for place in range(mark.column, len(line)) if line[place] in ",[]{}"), len(line))
        start = match.start("value")
        text = json.dumps(line[start:end].strip(), ensure_ascii=False)
        message = "the text holds a colon and a space, so it needs quotation marks around it"
        hint = f"write {match['key']}: {text}" if match["key"] else f"write {text}"
        return Mistake(mark.line, start + 1, "yaml", message, hint, line[:start] + text + line[end:])
    bracket, closing, what = ("[", "]", "list") if "flow sequence" in error_text else ("{", "}", "table")
    message = f"the bracket {bracket} is opened and not closed, or a comma is missing"
    return Mistake(begun.line, begun.column + 1, "yaml", message, f"end the {what} with {closing}")


def _cut_by_comment(lines: Sequence[str], number: int) -> Mistake | None:
    """The mistake of a line whose last bracket stands in a comment."""
    match = _COMMENT.search(lines[number])
    if match is None or lines[number].rstrip()[-1:] not in ("]", "}"):
        return None
    message = "a # starts a comment, which cuts the text before the bracket is closed"
    hint = "put the text with the # in quotation marks"
    return Mistake(number, match.start("sign") + 1, "yaml", message, hint)


def _without_colon(lines: Sequence[str], number: int) -> Mistake:
    """The mistake on a line that has no key: a slip of the colon, or a text that goes on and is not indented."""
    line = lines[number]
    if match := _NO_SPACE.match(line):
        return _without_space(number, match)
    column = len(line) - len(line.lstrip()) + 1
    if match := _EQUALS.match(line):
        message = "an equals sign stands where a colon belongs"
        form = f"{match['key']}: {_value(match['value'])}"
        return Mistake(number, match.start("sign") + 1, "yaml", message, f"write `{form}`", form)
    if line.strip().replace("-", "").replace("_", "").isalnum():
        return Mistake(
            number, column, "yaml", "a colon is missing after the key", f"write `{line.strip()}: …`"
        )
    message = "the line has no key, and is not indented as a text that goes on"
    hint = (
        "put two more spaces before it if it belongs to the line above; else begin it with a key and a colon"
    )
    return Mistake(number, column, "yaml", message, hint)


def _on_line(lines: Sequence[str], mark: Position, error_text: str) -> Mistake | None:
    """The mistake on the line at which a parser stopped."""
    line, number = lines[mark.line], mark.line
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        message = "the line starts with a tab, and front matter is indented with spaces"
        fixed = indent.replace("\t", "  ") + line.lstrip()
        return Mistake(number, 1, "yaml", message, "replace the tab with two spaces", fixed)
    if "mapping values are not allowed" in error_text:
        if first := _first_without_space(lines[:number]):
            return first
        if match := _COLON_INSIDE.match(line):
            message = "the text holds a colon and a space, so it needs quotation marks around it"
            return _unquoted(number, match, message)
        if indent:
            return _indented(lines, number)
    if match := _SIGN.match(line):
        message = f"a text that starts with {match['sign']} needs quotation marks around it"
        return _unquoted(number, match, message)
    if match := _NO_SPACE.match(line):
        return _without_space(number, match)
    if "<document start>" in error_text and lines[0].startswith(" "):
        return Mistake(
            0, 1, "yaml", "the first line is indented, and this is not", "delete the spaces before it"
        )
    if (
        "did not find expected" in error_text
        and (sign := line[mark.column : mark.column + 1]) in "]}"
        and sign
    ):
        fixed = line[: mark.column] + line[mark.column + 1 :]
        return Mistake(
            number, mark.column + 1, "yaml", f"the bracket {sign} closes nothing", "remove it", fixed
        )
    if "did not find expected" in error_text and mark.column == len(indent):
        return _indented(lines, number)
    return None


def _indented(lines: Sequence[str], number: int) -> Mistake | None:
    """The mistake of a line that is indented otherwise than those which it stands under."""
    is_item = lines[number].lstrip().startswith("- ")
    least, widths = len(lines[number]), set[int]()
    for line in reversed(lines[:number]):
        width = len(line) - len(line.lstrip())
        if line.strip() and width < least:
            least = width
        if line.strip() and width <= least and line.lstrip().startswith("- ") is is_item:
            widths.add(width)
    if not widths:
        return None
    own = len(lines[number]) - len(lines[number].lstrip())
    ways = " or ".join(map(str, sorted(widths)))
    message = f"the line is indented by {counted(own, 'space')}, unlike the lines that it stands under"
    hint = f"indent it by {ways} spaces" if ways != "0" else "delete the spaces before it"
    return Mistake(number, own + 1, "yaml", message, hint)


def _value(text: str) -> str:
    """A value as it can stand behind its key: in quotation marks where YAML would read something else."""
    try:
        yaml.safe_load(f"key: {text}")
    except yaml.YAMLError:
        return json.dumps(text.strip(), ensure_ascii=False)
    return text


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
    value = _value(match["value"])
    if match["dash"]:
        message, hint = "a space is missing after the hyphen", f"write `- {value}`"
        column = match.start("dash") + 1
    else:
        message, hint = "a space is missing after the colon", f"write `{match['key']}: {value}`"
        column = match.end("key") + 1
    begin = match.string[: match.start("value")]
    return Mistake(line, column, "yaml", message, hint, f"{begin} {value}")


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
