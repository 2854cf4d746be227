"""Inline markup as Python-Markdown parses it, without searching text that has none.

Text without markup is passed by, text with plain links and one emphasis is split by one regular expression, and in
any other an inline pattern runs only where there is the sign that it starts from.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, STX, AtomicString

# What each inline pattern cannot match without. A pattern that is not named here always runs.
_SIGNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "escaped_entity": ("\\&",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "backslash_break": ("\\\n",),
    "html": ("<",),
    "web_address": ("://", "www."),
    "mail_address": ("@",),
    "entity": ("&",),
    "em_strong": ("*", "_", "~"),
}
# Text whose only markup is plain links and one emphasis. No other markup can occur in it.
_T = rf"[^*_~\[\]<&`\\{STX}]"
_LINK = rf"(?<!!)\[(?!\^)({_T}*+)\]\(([^\s()<>'\"&*\[\]`\\{STX}]*+)\)"
_LINKED = rf"{_T}*+(?:{_LINK}{_T}*+)*+"
_PLAIN = re.compile(rf"{_LINKED}(?:(?:\*(?!\s){_T}++(?<!\s)\*|\*\*(?!\s){_T}++(?<!\s)\*\*){_LINKED})?")
# None of them is inside a link.
_HOLDERS = frozenset({"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_PIECES = re.compile(rf"{_LINK}|\*(\*?)({_T}++)\*\*?")


def _has_markup(text: str) -> bool:
    # Eight searches for a literal cost a tenth of one search for a class of characters.
    return (
        "*" in text or "[" in text or "_" in text or "<" in text or "&" in text or "`" in text or "\\" in text
        or "~" in text or "  \n" in text or _may_hold_address(text)
    )  # fmt: skip


def _may_hold_address(text: str) -> bool:
    return "://" in text or "www." in text or "@" in text


class QuickInline(InlineProcessor):
    """Passes by text without markup, parts what is plain, and passes by patterns whose sign the text lacks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._steps: list[tuple[Any, tuple[str, ...]]] = []
        self._emphasis: object = None

    def prepare(self) -> None:
        """Index the patterns; to be called when all are registered."""
        registry = self.inlinePatterns
        self._emphasis = registry["em_strong"]
        names = {id(registry[name]): name for name in _SIGNS if name in registry}
        self._steps = [(pattern, _SIGNS.get(names.get(id(pattern), ""), ("",))) for pattern in registry]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Find the markup in every element's text and tail."""
        handle: Any = self._InlineProcessor__handleInline
        place: Any = self._InlineProcessor__processPlaceholders  # type: ignore[attr-defined]  # private to the library
        self.stashed_nodes: dict[str, Element | str] = {}
        waiting = [(tree, [*(ancestors or ()), tree.tag.lower()])]
        for element, above in waiting:
            placed: list[tuple[Element, Any]] = []
            for child in element:
                text = child.text
                nested = len(child) > 0
                if (
                    text
                    and not isinstance(text, AtomicString)
                    and (INLINE_PLACEHOLDER_PREFIX in text or _has_markup(text))
                    and not self._place_plain(text, child)
                ):
                    above.append(child.tag.lower())
                    self.ancestors = above
                    child.text = None
                    nodes = place(handle(text), child)
                    above.pop()
                    waiting += [(node, [*outer, node.tag.lower()]) for node, outer in nodes]
                    placed.append((child, nodes))
                tail = child.tail
                if tail and (INLINE_PLACEHOLDER_PREFIX in tail or _has_markup(tail)):
                    self.ancestors = above
                    stand_in = Element("d")
                    child.tail = None
                    nodes = place(handle(tail), stand_in, False)
                    child.tail = stand_in.tail or None
                    at = list(element).index(child) + 1
                    for node, _ in reversed(nodes):
                        element.insert(at, node)
                if nested:
                    waiting.append((child, [*above, child.tag.lower()]))
            for child, nodes in placed:
                for at, (node, _) in enumerate(nodes):
                    child.insert(at, node)
        return tree

    def _place_plain(self, text: str, parent: Element) -> bool:
        """Put the links and the emphasis of a plain text into `parent`, where it has no more markup than that."""
        # Regions that remain from an earlier text would be applied to this one.
        open_regions: object = getattr(self._emphasis, "regions", None)
        if (
            (open_regions and "*" in text)
            or parent.tag not in _HOLDERS
            or "  \n" in text
            or not _PLAIN.fullmatch(text)
        ):
            return False
        before, *parts = _PIECES.split(text)
        # The text of a link holds no further link.
        if _may_hold_address(text) and any(
            map(_may_hold_address, filter(None, (before, *parts[3::5], *parts[4::5])))
        ):
            return False
        parent.text = before or None
        for at, (label, address, strong, emphasised, after) in enumerate(
            zip(*[iter(parts)] * 5, strict=True)
        ):
            if emphasised:
                node = Element("strong" if strong else "em")
                node.text = emphasised
            else:
                node = Element("a", {"href": address})
                node.text = label
            node.tail = after or None
            # The node is counted like the library's own: its output depends on the numbers of placeholders.
            self.stashed_nodes[f"{len(self.stashed_nodes):04d}"] = node
            parent.insert(at, node)
        return True

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


def _search(delimiters: Any, data: str, start: int) -> re.Match[str] | None:
    """The match of `DelimiterProcessor.search`, which tests each character in Python; here `re` finds the signs."""
    for sign in delimiters.compiled_re.finditer(data, start):
        delimiter = delimiters.delimiters[sign[0]]
        match: re.Match[str] | None = delimiter.boundary.match(data, sign.start())
        if match is not None and (delimiter.stack or (match.lastgroup or "")[0] != "e"):
            return match
    return None


def quicken_inline(md: Markdown) -> None:
    """Make the inline patterns of `md` faster; to be called when all are registered."""
    emphasis: Any = md.inlinePatterns["em_strong"]
    emphasis.search = partial(_search, emphasis)
    inline = QuickInline(md)
    md.treeprocessors.register(inline, "inline", 20)
    inline.prepare()
