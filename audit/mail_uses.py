"""What the HTML of a mail uses: elements, attributes, and of its styles properties, values, rules and selectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

_VALUE_PARTS = re.compile(r"(?P<function>[a-z-]+)\(|\b\d+(?:\.\d+)?(?P<unit>[a-z]+\b|%)|!(?P<keyword>[a-z]+)")
_COMBINATORS = {">": "child", "+": "adjacent-sibling", "~": "general-sibling"}


class Use(NamedTuple):
    """One use of one feature, and where."""

    kind: (
        str  # element, attribute, link, property, pair, function, unit, keyword, at-rule, selector or pseudo
    )
    name: str
    element: str = ""  # empty in a style sheet
    value: str = ""
    beside: str = ""  # the other declarations


def uses_of(html: str) -> Iterator[Use]:
    """All uses, in their order."""
    parser = _Parser()
    parser.feed(html)
    yield from parser.uses


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.uses: list[Use] = []
        self._in_style = False

    def handle_decl(self, decl: str) -> None:
        self.uses.append(Use("element", "doctype", "doctype", decl))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        self.uses.append(Use("element", tag, tag))
        for name, value in attrs:
            self.uses.append(Use("attribute", name, tag, value or ""))
            if name == "style":
                self.uses += _declarations(value or "", tag)
            elif name == "name" and tag == "meta":
                self.uses.append(Use("meta", value or "", tag))
            elif name == "href" and (value or "").startswith("#"):
                self.uses.append(Use("link", "anchor", tag, value or ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.uses += _sheet(data)


def _sheet(sheet: str) -> Iterator[Use]:
    for prelude, body in re.findall(r"([^{}]+)(?:\{([^{}]*)\}|(?=\{))", sheet):
        words = prelude.strip()
        if words.startswith("@"):
            name, _, condition = words[1:].partition(" ")
            yield Use("at-rule", name, value=words)
            for feature in re.findall(r"\(([a-z-]+)", condition):
                yield Use("at-rule", f"{name} {feature}", value=words)
        else:
            yield from _selectors(words)
            yield from _declarations(body, "")


def _selectors(selectors: str) -> Iterator[Use]:
    if "," in selectors:
        yield Use("selector", "grouping", value=selectors)
    for selector in map(str.strip, selectors.split(",")):
        for part in re.split(r"\s*[>+~]\s*|\s+", selector):
            for sign, name in ((".", "class"), ("#", "id"), ("[", "attribute"), ("*", "universal")):
                if sign in part:
                    yield Use("selector", name, value=selector)
            if part[:1].isalpha():
                yield Use("selector", "type", value=selector)
            if part.count(".") + part.count("#") > 1:
                yield Use("selector", "chaining", value=selector)
            for pseudo in re.findall(r"::?[a-z-]+", part):
                yield Use("pseudo", pseudo, value=selector)
        for sign in re.findall(r"(?<=\S)\s*([>+~ ])\s*(?=\S)", selector):
            yield Use("selector", _COMBINATORS.get(sign, "descendant"), value=selector)


def _declarations(text: str, element: str) -> Iterator[Use]:
    for declaration in filter(str.strip, text.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        yield Use("property", name, element, value, text)
        yield Use("pair", f"{name}:{value}", element, value, text)
        for match in _VALUE_PARTS.finditer(re.sub(r"#[0-9a-fA-F]+", "", value)):
            yield Use(str(match.lastgroup), match[str(match.lastgroup)], element, value, text)
