"""Addresses without any markup, which GitHub's preview makes links: `https://…`, `www.…` and `name@host`.

The rules are those of GitHub Flavored Markdown ("Autolinks (extension)"), as its parser applies them. Other
schemes than http, https and mailto stay text, since a page cannot link to them. An address ends before a no-break space
too, and before quotation marks and other signs of any script that end a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE, STX, AtomicString

_START = r"(?<![A-Za-z])[Hh][Tt][Tt][Pp][Ss]?://|(?<![^ \t\n\x0b\x0c\r*_~(])www\."
# Up to white space, a tag, or a placeholder of the library's, which stands for other markup or an escaped sign.
_REST = re.compile(f"[^\\s<{STX}{ETX}]*")
_ESCAPED = re.compile(f"{STX}([0-9]+){ETX}")
_MAIL = (
    r"(?<![A-Za-z0-9.+_-])(?:mailto:)?[A-Za-z0-9.+_-]++@"
    r"((?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))++)"
)
_STARTS = re.compile(_START)
_MANY_LABELS = 10
# No text of a link is longer; so far back is looked for the start of one.
_LOOK_BACK = 500


class _Bare(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def _link(self, address: str, text: str) -> Element:
        """A link that shows its address; `&copy` in it is no entity."""
        link = Element("a", {"href": address.replace("&", "&amp;")})
        link.text = AtomicString(text.replace("&", "&amp;"))
        return link

    def _is_in_html_link(self, data: str, at: int) -> bool:
        """Whether a place lies between the tags of a link that is written as HTML."""
        if not self.md.htmlStash.html_counter:
            return False
        inside = False
        for number in HTML_PLACEHOLDER_RE.findall(self.unescape(data[max(0, at - _LOOK_BACK) : at])):
            tag = str(self.md.htmlStash.rawHtmlBlocks[int(number)]).lower()
            inside = not tag.startswith("</a") and (inside or tag.startswith(("<a ", "<a>")))
        return inside


class WebAddress(_Bare):
    """`https://…` and `www.…`."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(_START, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]  # noqa: N802
        start, end = m.span()
        if not _has_domain(data, m) or _in_brackets(data, start) or self._is_in_html_link(data, start):
            return None, start, end
        end = _rest_end(data, end)
        while escaped := self._escaped(data, end):
            end = _rest_end(data, escaped.end())
        end = _trimmed_end(data, start, end)
        address = _ESCAPED.sub(lambda code: chr(int(code[1])), self.unescape(data[start:end]))
        return self._link(f"http://{address}" if m[0] == "www." else address, address), start, end

    def _escaped(self, data: str, at: int) -> re.Match[str] | None:
        """The placeholder at a place, if it is that of an escaped sign that addresses may hold."""
        match = INLINE_PLACEHOLDER_RE.match(data, at)
        code = _ESCAPED.fullmatch(self.unescape(match[0])) if match else None
        return match if code and chr(int(code[1])) not in "<&" else None


class MailAddress(_Bare):
    """`name@host.example`."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(_MAIL, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]  # noqa: N802
        start, end = m.span()
        host = m[1]
        if data[end : end + 1] == "@":
            # What stands before a second sign may be the name of the next address.
            return None, start, end - len(host)
        if "." not in host or not host[-1].isalpha() or self._follows_escaped(data, start):
            return None, start, end
        if self._is_in_html_link(data, start):
            return None, start, end
        return self._link(f"mailto:{m[0].removeprefix('mailto:')}", m[0]), start, end

    def _follows_escaped(self, data: str, at: int) -> bool:
        """Whether a sign with a backslash stands before a place: it belongs to the address, which is text then."""
        placeholder = data.rfind(STX, max(0, at - _LOOK_BACK), at)
        return data[at - 1 : at] == ETX and bool(_ESCAPED.fullmatch(self.unescape(data[placeholder:at])))


class MailInBrackets(InlineProcessor):
    """`<name@host.example>`. A backslash belongs to no such address, so what holds one is text."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(rf"<([Mm][Aa][Ii][Ll][Tt][Oo]:)?([^<> !@{STX}]+@[^<> @{STX}]+)>", md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        link = Element("a", {"href": f"mailto:{m[2]}"})
        link.text = AtomicString(m[2])
        return link, m.start(), m.end()


def bare_addresses(text: str) -> list[tuple[int, int]]:
    """The places of web addresses in a text without any markup: of each the start and the end."""
    places: list[tuple[int, int]] = []
    if "://" not in text and "www." not in text:  # neither of the patterns' literals, as in most texts
        return places
    for match in _STARTS.finditer(text):
        start, end = match.span()
        if (
            (not places or start >= places[-1][1])
            and _has_domain(text, match)
            and not _in_brackets(text, start)
        ):
            places.append((start, _trimmed_end(text, start, _rest_end(text, end))))
    return places


def _rest_end(data: str, at: int) -> int:
    match = _REST.match(data, at)
    return match.end() if match else at


def _has_domain(data: str, match: re.Match[str]) -> bool:
    """Whether a host stands behind a scheme, or from `www.` on; its last two labels hold no underscores."""
    dotted = match[0] == "www."
    at = match.start() if dotted else match.end()
    if at >= len(data) or not _is_host_sign(data[at]):
        return False
    labels = ["" if data[at] != "_" else "_"]
    # Their parser leaves out the last character.
    for sign in data[at + 1 : len(data) - 1]:
        if sign == ".":
            labels.append("")
        elif sign == "_":
            labels[-1] += sign
        elif sign != "-" and not _is_host_sign(sign):
            break
    if any(labels[-2:]) and len(labels) <= _MANY_LABELS + 1:
        return False
    return len(labels) > 1 or not dotted


def _is_host_sign(sign: str) -> bool:
    if sign.isascii():
        return sign.isalnum()
    return not sign.isspace() and unicodedata.category(sign)[0] != "P"


def _in_brackets(data: str, at: int) -> bool:
    """Whether a square bracket is open before a place."""
    return data.rfind("[", 0, at) > data.rfind("]", 0, at)


def _trimmed_end(data: str, start: int, end: int) -> int:
    """The end of an address without the punctuation of the sentence around it."""
    opening, closing = data.count("(", start, end), data.count(")", start, end)
    while end > start:
        last = data[end - 1]
        if last == ")":
            if closing <= opening:
                break
            closing -= 1
        elif last == ";":
            name = end - 1
            while data[name - 1].isascii() and data[name - 1].isalpha() and name > start:
                name -= 1
            if name < end - 1 and data[name - 1] == "&":
                end = name - 1
                continue
        elif last not in "?!.,:*_~'\"" and (last.isascii() or unicodedata.category(last)[0] != "P"):
            break
        end -= 1
    return end
