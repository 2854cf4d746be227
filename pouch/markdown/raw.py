"""HTML within Markdown: what of it is published, what is text, and what is left out with a warning.

It is read tag by tag before anything else sees it. So nothing that follows a tag is taken for a part of it, and the
cleaner behind it gets whole tags of the allow-list and nothing else:

- a comment is left out without a warning;
- a tag of the allow-list is published, without the attributes that it may not have;
- any other tag of HTML is left out, and what stands inside the element is published; a script, a style and the like
  are left out with what they hold, if they end; a frame, a video or a sound leaves a link to its address;
- everything else is text: `<redacted>`, `<name withheld>`, `<line 3>`, `<?php`, `<!DOCTYPE html>`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import NamedTuple, Protocol

from pouch.markdown.callbacks import HtmlBlock
from pouch.markdown.sanitise import HEADINGS, TAGS, allowed_classes, allowed_on

# Every element of HTML, with the obsolete ones (HTML Standard, sections 4 and 16.2).
_ELEMENTS = TAGS | frozenset(
    """
    acronym address applet area article aside audio base basefont bgsound big blink body button canvas center
    command content data datalist details dialog dir embed fieldset font footer form frame frameset h1 head header
    hgroup html iframe image input isindex keygen label legend link listing main map marquee math menu menuitem meta
    meter multicol nav nextid nobr noembed noframes noscript object optgroup option output param picture plaintext
    portal progress rb rbc rtc script search section select slot source spacer strike style summary svg template
    textarea title track tt video xmp
    """.split()  # noqa: SIM905  # a list of words
)
# Elements whose content is code, or never shown.
_LEFT_OUT_WHOLE = frozenset({"script", "style", "template", "iframe", "svg", "math", "noembed", "noframes"})
# Elements that show what stands at an address, and the attribute that holds it.
_EMBEDS = {**dict.fromkeys(("iframe", "frame", "embed", "video", "audio", "source"), "src"), "object": "data"}
# Of what stands within these, one link is enough.
_MEDIA = ("video", "audio", "picture", "object")
# HTML lets these go without an end tag.
_NOT_CLOSED = frozenset(
    """
    area base br col colgroup dd dt embed frame hr img image input li link meta p param rp rt source tbody td tfoot
    th thead tr track wbr
    """.split()  # noqa: SIM905
)
# They start an HTML block that goes on to an empty line, whatever follows them on their line
# (CommonMark spec 0.31, "HTML blocks", condition 6).
_BLOCKS = frozenset(
    """
    address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
    title tr track ul
    """.split()  # noqa: SIM905
)
AROUND_BLOCKS = ("del", "ins")
"""Inline elements of a text that may stand around whole paragraphs."""
_INLINE = TAGS - _BLOCKS - _NOT_CLOSED - frozenset({*HEADINGS, "pre", *AROUND_BLOCKS})
# The words that HTML knows as attributes without a value.
_BARE_ATTRIBUTES = frozenset(
    """
    allowfullscreen alt async autofocus autoplay checked compact controls default defer disabled download formnovalidate
    hidden inert ismap itemscope loop multiple muted nomodule noshade novalidate nowrap open playsinline readonly
    required reversed selected
    """.split()  # noqa: SIM905
)

_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>]|$)")
_ATTRIBUTE = r"""\s+([a-zA-Z_:][\w.:-]*+)(?:\s*=\s*([^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:{_ATTRIBUTE})*+)\s*/?>")
_ATTRIBUTES = re.compile(_ATTRIBUTE)


class Warn(Protocol):
    """Notes a warning about what is written on a line; without a line it is looked for in the body."""

    def __call__(self, markup: str, code: str, message: str, hint: str, line: int = 0) -> None: ...


class _Tag(NamedTuple):
    name: str
    closes: bool
    attributes: Mapping[str, str | None]
    markup: str
    end: int


class RawHtml:
    """Reads the HTML of one body after the other.

    `image` gives the HTML in the place of an `<img>`, by its attributes.
    """

    def __init__(self, image: Callable[[Mapping[str, str | None]], str], warn: Warn) -> None:
        self._image = image
        self._warn = warn
        self.reset()

    def reset(self) -> None:
        """Forget the body before."""
        self._left_out: Counter[str] = Counter()  # start tags without their end tags, by name
        self._published: dict[str, list[str]] = {}  # the same of tags on the allow-list, as they are written
        self._cut: set[str] = set()  # start tags of inline elements that their paragraph does not close
        self._linked = ""

    def tag_end(self, text: str, at: int) -> int:
        """The place after the tag at a place; 0 if there is none."""
        match = _TAG.match(text, at)
        return match.end() if match else 0

    def block_start(self, text: str, line: int, stands_below: Callable[[str], bool]) -> HtmlBlock | None:
        """The way an HTML block goes on that a line starts; None where it starts none."""
        if text.startswith("<!--"):
            if stands_below("-->"):
                return HtmlBlock("-->", True)
            message = "the comment has no end; it is shown as text"
            self._warn("<!--", "unclosed-html", message, "end it with -->", line)
            return None
        match = _NAME.match(text)
        if not match or (name := match[1].lower()) not in _ELEMENTS:
            return None
        tag = _tag_at(text, 0)
        if tag and not _is_html(tag):
            return None
        if text[1] != "/" and (name in _LEFT_OUT_WHOLE or name in ("pre", "textarea")):
            if stands_below(f"</{name}>"):
                return HtmlBlock(
                    f"</{name}>", name in _BLOCKS or name in ("script", "style", "pre", "textarea")
                )
            if name not in _BLOCKS and name != "pre":
                return None
        if name in _BLOCKS or name == "pre":
            return HtmlBlock("", True)
        return HtmlBlock("", False) if tag and not text[tag.end :].strip() else None

    def clean(self, html: str) -> str:
        """An HTML block as it is published: its tags read one by one, every other `<` a sign of the text."""
        parts = []
        at = 0
        while (sign := html.find("<", at)) >= 0:
            parts.append(html[at:sign])
            piece, at = self.piece(html, sign) or ("&lt;", sign + 1)
            parts.append(piece)
        return "".join((*parts, html[at:])).strip()

    def piece(self, text: str, at: int) -> tuple[str, int] | None:
        """The published form of the tag or comment at a place, and the place after it; None if it is text."""
        if text.startswith("<!--", at):
            for short in ("<!-->", "<!--->"):
                if text.startswith(short, at):
                    return "", at + len(short)
            end = text.find("-->", at + 4)
            return ("", end + 3) if end >= 0 else None
        tag = _tag_at(text, at)
        if tag is None or tag.name not in _ELEMENTS or not _is_html(tag):
            return None
        if tag.name in ("img", "image"):
            return ("" if tag.closes else self._image(tag.attributes)), tag.end
        if tag.name in TAGS:
            return self._allowed(tag, text), tag.end
        return self._forbidden(tag, text)

    def finish(self) -> None:
        """Warn of the elements that nothing closed, once all of a body is read."""
        for name, open_tags in self._published.items():
            if open_tags and name not in _NOT_CLOSED:
                hint = f"write </{name}> where it ends; to show the tag itself, write \\{open_tags[-1]}"
                self._warn(open_tags[-1], "unclosed-html", f"{open_tags[-1]} is never closed", hint)

    def _allowed(self, tag: _Tag, text: str) -> str:
        open_tags = self._published.setdefault(tag.name, [])
        if not tag.closes:
            open_tags.append(tag.markup)
            if self._ends_before_its_tag(tag, text):
                self._cut.add(tag.markup)
        elif open_tags:
            if (start := open_tags.pop()) in self._cut:
                self._cut.discard(start)
                message = f"{start} is closed in another paragraph, and may end before"
                hint = f"close it in its own, and open it again in the next; to show the tag itself, write \\{start}"
                self._warn(start, "unclosed-html", message, hint)
        elif tag.name not in _NOT_CLOSED:
            hint = f"delete it; to show the tag itself, write \\{tag.markup}"
            self._warn(tag.markup, "unclosed-html", f"{tag.markup} closes nothing", hint)
        attributes = [
            name
            for name, value in tag.attributes.items()
            if name == "id"
            or name not in allowed_on(tag.name)
            or (name == "class" and not allowed_classes(tag.name, value or ""))
        ]
        if attributes:
            some, fate = ("attributes", "they are") if len(attributes) > 1 else ("attribute", "it is")
            message = f"pages cannot hold the {some} {', '.join(attributes)} of <{tag.name}>: {fate} left out"
            self._warn(tag.markup, "html-left-out", message, f"delete the {some}")
        return tag.markup

    def _ends_before_its_tag(self, tag: _Tag, text: str) -> bool:
        """Whether inline markup begins in a paragraph that does not close it: browsers carry on some of it, not all."""
        inline = tag.name in _INLINE or (tag.name in AROUND_BLOCKS and text.strip() != tag.markup)
        return inline and not _find_closing(tag.name, text, tag.end)

    def _forbidden(self, tag: _Tag, text: str) -> tuple[str, int]:
        name, end = tag.name, tag.end
        if tag.closes:
            if self._left_out[name] > 0:
                self._left_out[name] -= 1
            else:
                self._report(tag, "it is left out")
            return "", end
        whole = False
        if name in _LEFT_OUT_WHOLE and (closing := _find_closing(name, text, end)):
            end = closing
            whole = True
        elif name not in _NOT_CLOSED:
            if not any(self._left_out[media] for media in _MEDIA):
                self._linked = ""  # what follows is within another element
            self._left_out[name] += 1
        link = self._link(tag)
        if link:
            self._report(tag, "a link to its address stands in its place")
        elif whole:
            self._report(tag, "it is left out with what it holds")
        elif name != "source" or not any(self._left_out[media] for media in _MEDIA):
            self._report(tag, "it is left out, the text after it stays")
        return link, end

    def _report(self, tag: _Tag, fate: str) -> None:
        shown = f"</{tag.name}>" if tag.closes else f"<{tag.name}>"
        hint = f"use Markdown instead; to show the tag itself, write \\{shown} or `{shown}`"
        self._warn(tag.markup, "html-left-out", f"pages cannot hold {shown}: {fate}", hint)

    def _link(self, tag: _Tag) -> str:
        """A link to what an embedding element shows; empty if it has no address, or that of the element before."""
        address = unescape(tag.attributes.get(_EMBEDS.get(tag.name, "")) or "").strip()
        scheme, colon, _ = address.partition(":")
        if not address or address == self._linked or (colon and scheme.lower() not in ("http", "https")):
            return ""
        if tag.name == "source" and self._linked:
            return ""
        self._linked = address
        title = unescape(tag.attributes.get("title") or "") or address
        return f'<a href="{escape(address)}">{escape(title)}</a>'


def _tag_at(text: str, at: int) -> _Tag | None:
    match = _TAG.match(text, at)
    if not match:
        return None
    attributes: dict[str, str | None] = {}
    for name, value in (attribute.groups() for attribute in _ATTRIBUTES.finditer(match[3])):
        attributes.setdefault(name.lower(), value[1:-1] if value and value[0] in "'\"" else value)
    return _Tag(match[2].lower(), bool(match[1]), attributes, match[0], match.end())


def _is_html(tag: _Tag) -> bool:
    """Whether a tag is meant as one: `<time unknown>` has the name of an element, but says something else."""
    return all(value is not None or name in _BARE_ATTRIBUTES for name, value in tag.attributes.items())


def _find_closing(name: str, text: str, at: int) -> int:
    """The place after an element's end tag; 0 if it has none."""
    while (at := text.find("</", at)) >= 0:
        match = _NAME.match(text, at)
        if match and match[1].lower() == name and (end := text.find(">", match.end())) >= 0:
            return end + 1
        at += 2
    return 0
