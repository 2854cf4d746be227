"""Inline markup, as Python-Markdown finds it, without looking where there is none.

Text without markup is passed by, inline patterns run only on text that holds the sign which they start from, and a
plain link is read by one regular expression rather than sign by sign.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import STX, AtomicString

# What each inline pattern cannot match without. A pattern that is not named here always runs.
_SIGNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "asterisk": ("*",),
    "underscore": ("_",),
    "not_strong": ("*", "_"),
    "em_strong": ("*", "_"),
    "em_strong2": ("_",),
}
# These find nothing in a text that defines no target for them.
_OF_REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")


def _has_markup(text: str) -> bool:
    # Eight searches for a literal cost a tenth of one search for a class of characters.
    return (
        "*" in text or "[" in text or "_" in text or "<" in text or "&" in text or "`" in text or "\\" in text
        or "  \n" in text
    )  # fmt: skip


class QuickInline(InlineProcessor):
    """Passes by text without markup, and patterns whose sign the text lacks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._all: list[tuple[Any, tuple[str, ...]]] = []
        self._without_references = self._all
        self._steps = self._all

    def prepare(self) -> None:
        """Note which patterns there are; to be called when all are registered."""
        registry = self.inlinePatterns
        names = {id(registry[name]): name for name in _SIGNS if name in registry}
        steps = [(names.get(id(pattern), ""), pattern) for pattern in registry]
        self._all = [(pattern, _SIGNS.get(name, ("",))) for name, pattern in steps]
        self._without_references = [
            (pattern, () if name in _OF_REFERENCES else _SIGNS.get(name, ("",))) for name, pattern in steps
        ]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Find the markup in every element's text and tail."""
        handle: Any = self._InlineProcessor__handleInline
        place: Any = self._InlineProcessor__processPlaceholders  # type: ignore[attr-defined]  # private to the library
        self._steps = self._all if self.md.references else self._without_references
        self.stashed_nodes: dict[str, Element | str] = {}
        waiting = [(tree, [*(ancestors or ()), tree.tag.lower()])]
        for element, above in waiting:
            found: list[tuple[Element, Any]] = []
            for child in element:
                text = child.text
                if text and not isinstance(text, AtomicString) and (STX in text or _has_markup(text)):
                    above.append(child.tag.lower())
                    self.ancestors = above
                    child.text = None
                    nodes = place(handle(text), child)
                    above.pop()
                    waiting += [(node, [*outer, node.tag.lower()]) for node, outer in nodes]
                    found.append((child, nodes))
                tail = child.tail
                if tail and (STX in tail or _has_markup(tail)):
                    self.ancestors = above
                    stand_in = Element("d")
                    child.tail = None
                    nodes = place(handle(tail), stand_in, False)
                    child.tail = stand_in.tail or None
                    at = list(element).index(child) + 1
                    for node, _ in reversed(nodes):
                        element.insert(at, node)
                if len(child):
                    waiting.append((child, [*above, child.tag.lower()]))
            for child, nodes in found:
                for at, (node, _) in enumerate(nodes):
                    child.insert(at, node)
        return tree

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  # theirs
        if isinstance(data, AtomicString) or not _has_markup(data):
            return data
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]  # private to the library
        for index in range(patternIndex, len(self._steps)):
            pattern, signs = self._steps[index]
            start = 0
            matched = True
            while matched:
                for sign in signs:
                    if sign in data:
                        break
                else:
                    break
                data, matched, start = apply(pattern, data, index, start)
        return data


class QuickLink(LinkInlineProcessor):
    """Reads `[text](address)` at once where no sign in it needs a second look."""

    _PLAIN = re.compile(rf"\[([^\[\]]*)\]\(([^\s()<>'\"{STX}]*)\)")

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802  # theirs
        found = self._PLAIN.match(data, m.start())
        if found is None:
            return super().handleMatch(m, data)
        link = Element("a", {"href": found[2]})
        link.text = found[1]
        return link, *found.span()


# Python-Markdown 3.11 has one pattern for emphasis, older ones have several.
_Delimiters: Any = getattr(inlinepatterns, "DelimiterProcessor", object)


class QuickEmphasis(_Delimiters):  # type: ignore[misc]  # typed as Any above
    """Reads `*text*` or `**text**` at once where it is the only emphasis of its text, and finds signs by `re`."""

    _ONLY = re.compile(r"(\*\*?)(?![*\s])([^*_]+)(?<!\s)\1(?=[^*_]*\Z)")

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: N802  # theirs
        found = self._ONLY.match(data, m.start())
        if found is None or self.regions or data.count("*") != 2 * len(found[1]) or "_" in data:
            return super().handleMatch(m, data)
        emphasised = Element("em" if len(found[1]) == 1 else "strong")
        emphasised.text = found[2]
        return emphasised, *found.span()

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """What the library finds by looking at each character."""
        for sign in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[sign[0]]
            found: re.Match[str] | None = delimiter.boundary.match(data, sign.start())
            if found is not None and (delimiter.stack or (found.lastgroup or "")[0] != "e"):
                return found
        return None


def quicken_inline(md: Markdown) -> None:
    """Make the inline patterns of `md` quick; to be called when all are registered."""
    if _Delimiters is not object:
        emphasis = QuickEmphasis("*", "strong,em", md)
        emphasis.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(emphasis, "em_strong", 60)
    md.inlinePatterns.register(QuickLink(LINK_RE, md), "link", 160)
    inline = QuickInline(md)
    md.treeprocessors.register(inline, "inline", 20)
    inline.prepare()
