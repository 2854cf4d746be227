"""The outline of a page: what it says in its headings and running text, apart from what stands around any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property
from typing import Final

from lxml import html

from pouch.sourcing.patterns import is_name, phrase_in
from pouch.sourcing.texts import SENTENCE, count_words

_NO_TEXT = "//script | //style | //template | //noscript | //iframe | //svg | //select | //button | //textarea | //nav"
_AROUND = (
    "//footer | //aside | //header[not(.//h1)] | //dialog[not(@open)] | //*[@hidden or @aria-hidden='true']"
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STATE = re.compile(
    r"""["']?\b(status_?code|http_?status|error_?code|page_?(type|name|category|template)|response_?status|page)["']?\s*[:=]\s*
    ["']?/?_?(404|410|error[-_ ]?404|404[-_ ]?(page|error)|page[-_ ]?not[-_ ]?found|not[-_ ]?found)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BLOCKS = frozenset(
    """address article blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure form h1
    h2 h3 h4 h5 h6 header hr label legend li main ol p pre section summary table tbody td th tr ul""".split()  # noqa: SIM905
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHORT = 60
"""Words of a heading, at most."""
_TEASERS = 3
_MOST = 500
"""Headings of one kind that are read: more than a page has in any sense."""
_LONGEST = 100
"""Words of a teaser, at most."""
_MOSTLY = 0.6


class Outline:
    """The headings and the running text of a page, and what its markup says."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self._tree: Final = tree

    @cached_property
    def title(self) -> list[str]:
        """The parts of its title, the site's name among them."""
        text = " ".join(str(self._tree.xpath("string(//title)")).split())
        return [part for part in re.split(r"\s[|–—·»:-]{1,2}\s|\s*\|\s*", text) if part]

    @cached_property
    def headings(self) -> list[str]:
        """Its title, first headings, and what is marked as an error, each on one line; without long ones."""
        parts = (
            self._body.xpath("//h1") + self._body.xpath("//h2 | //h3 | //h4 | //h5 | //h6")[:3] + self._marked
        )
        texts = [*self.title, *(" ".join(str(part.text_content()).split()) for part in parts)]
        if not self.words:
            texts += map(str, self._body.xpath("//img/@alt"))
        return [text for text in dict.fromkeys(texts) if 0 < count_words(text) < _SHORT]

    @cached_property
    def sentences(self) -> list[str]:
        """Its running text, that of its main part if there is any: no headings, lists, teasers, links."""
        inner = next(iter(self._body.xpath("//main | //*[@role='main']")), None)
        return (self._sentences_of(inner) if inner is not None else []) or self._sentences_of(self._body)

    def _sentences_of(self, part: html.HtmlElement) -> list[str]:
        return [
            sentence.strip()
            for tag, text, linked in self._blocks_of(part)
            if tag not in _HEADINGS and linked < _MOSTLY * len(text)
            for sentence in SENTENCE.split(text)
            if sentence.strip() and not phrase_in("newsletter", sentence)
        ]

    @cached_property
    def words(self) -> int:
        """The number of words of its running text."""
        return sum(map(count_words, self.sentences))

    @cached_property
    def is_list(self) -> bool:
        """Whether it has little text but teasers and links, as home pages and sections do."""
        links = sum(
            1
            for _, text, linked in self._blocks_of(self._body)
            if linked >= _MOSTLY * len(text) and len(text) > 15
        )
        many = len(self._teasers) >= _TEASERS or links >= 2 * _TEASERS
        beside = sum(map(count_words, self._listed))
        return many and self.words < max(_SHORT // 2, beside // 2)

    @cached_property
    def is_marked(self) -> bool:
        """Whether its markup says that it stands for a lost document, whatever its language."""
        outer = [self._tree, *self._tree.xpath("//body | //main")]
        if any(is_name("lost", name) for part in outer for name in _names(part)):
            return True
        marked = [str(part.text_content()) for part in self._marked if self._is_lost(part)]
        if any(0 < count_words(text) >= self.words / 2 for text in marked):
            return True
        if self._tree.xpath("//meta[@name='prerender-status-code'][@content='404' or @content='410']"):
            return True
        return any(_STATE.search(str(script)) for script in self._tree.xpath("//script/text()"))

    @cached_property
    def asks_for_password(self) -> bool:
        """Whether it has a form to sign in."""
        return bool(self._tree.xpath("//input[@type='password']"))

    @cached_property
    def without_scripts(self) -> list[str]:
        """The lines that it has for those who run no scripts."""
        return [
            " ".join(str(text).split()) for text in self._tree.xpath("//noscript//text()") if text.strip()
        ]

    @cached_property
    def canonical(self) -> list[str]:
        """The addresses that it says are its own."""
        return [
            str(address).strip()
            for address in self._tree.xpath(
                "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"
            )
        ]

    @cached_property
    def links(self) -> list[str]:
        """The addresses that its text links, each once."""
        return list(dict.fromkeys(str(address).strip() for address in self._body.xpath("//a/@href")))

    @staticmethod
    def _is_lost(part: html.HtmlElement) -> bool:
        return any(is_name("lost", name) for name in _names(part))

    @cached_property
    def _marked(self) -> list[html.HtmlElement]:
        marked = self._body.xpath(
            """//*[contains(@class, 'error') or contains(@class, 'not-found') or contains(@class, '404')
            or contains(@id, 'error') or contains(@id, 'not-found') or contains(@id, '404')]"""
        )
        return [part for part in marked if part.tag not in ("body", "html")]

    @cached_property
    def _repeated(self) -> list[html.HtmlElement]:
        """Parts of one kind beside each other that each begin with a link or a picture that is one."""
        kinds: dict[tuple[object, ...], list[html.HtmlElement]] = {}
        for part in self._body.iter("div", "article", "section", "li", "tr", "dd", "dt"):
            if _begins_with_link(part):
                kinds.setdefault((part.getparent(), part.tag, part.get("class")), []).append(part)
        alike = [part for parts in kinds.values() if len(parts) >= _TEASERS for part in parts]
        return [part for part in alike if count_words(str(part.text_content())) <= _LONGEST]

    @cached_property
    def _body(self) -> html.HtmlElement:
        """The page without its frame."""
        body = deepcopy(self._tree)
        total = len(body.text_content()) or 1
        sides = body.xpath(_NO_TEXT) + body.xpath(_AROUND)
        sides += [part for part in body.xpath("//*[@style]") if _UNSEEN.search(part.get("style"))]
        for part in body.xpath("//*[@class or @id]"):
            if any(is_name("side", name) for name in _names(part)) and not part.xpath(".//h1"):
                sides.append(part)
        for part in sides:
            is_most = len(part.text_content()) > _MOSTLY * total and part.tag not in ("script", "style")
            if part.getparent() is not None and part.tag not in ("body", "main") and not is_most:
                part.clear(keep_tail=True)
        return body

    @cached_property
    def _teasers(self) -> list[html.HtmlElement]:
        """The parts that each hold one heading that is a link."""
        headings = []
        for tag in _HEADINGS:
            linked = [part for part in self._body.iter(tag) if part.xpath(".//a[@href] | ancestor::a")][
                :_MOST
            ]
            # One linked heading of a kind may be the document's own.
            headings += linked if len(linked) >= _TEASERS or tag != "h1" else []
        around: dict[html.HtmlElement, int] = {}
        for heading in headings:
            for outer in heading.iterancestors():
                around[outer] = around.get(outer, 0) + 1
        teasers = []
        for heading in headings:
            part = heading
            for outer in heading.iterancestors():
                if (
                    around[outer] > 1
                    or outer.tag in ("body", "main", "html")
                    or (outer.xpath("count(.//h1)") and heading.tag != "h1")
                ):
                    break
                part = outer
            if count_words(str(part.text_content())) <= _LONGEST:
                teasers.append(part)
        return list(dict.fromkeys((*teasers, *self._repeated)))

    @cached_property
    def _listed(self) -> list[str]:
        """The texts of teasers, list items and links."""
        items = self._body.xpath("//li")
        return [str(part.text_content()) for part in (*self._teasers, *items)]

    def _blocks_of(self, part: html.HtmlElement) -> list[tuple[str, str, int]]:
        """Tag, text and characters within links of each block of a part outside teasers and lists."""
        out = {*self._teasers, *self._body.xpath("//li")}
        return [
            (tag, text, linked) for tag, raw, linked in _texts(part, out) if (text := " ".join(raw.split()))
        ]


def _begins_with_link(part: html.HtmlElement) -> bool:
    """Whether nothing stands before the first link of a part."""
    link = next(part.iter("a"), None)
    if link is None or link.get("href") is None:
        return False
    before = ""
    for each in part.iter():
        if each is link:
            return not before.strip()
        before += (each.text or "") if isinstance(each.tag, str) else ""
    return False


def _names(part: html.HtmlElement) -> list[str]:
    return f"{part.get('class') or ''} {part.get('id') or ''}".split()


def _texts(body: html.HtmlElement, out: set[html.HtmlElement]) -> Iterator[tuple[str, str, int]]:
    """Each block's tag, text and number of linked characters; without the parts that are `out` and the title."""
    tag, text, linked = "body", "", 0
    in_link = 0
    stack: list[tuple[str, html.HtmlElement]] = [("open", body)]
    while stack:
        step, part = stack.pop()
        is_element = isinstance(part.tag, str)
        if step == "open":
            if not is_element or part in out or part.tag in ("head", "title"):
                if part is not body:
                    text += part.tail or ""
                    linked += len(part.tail or "") if in_link else 0
                continue
            if part.tag in _BLOCKS:
                yield tag, text, linked
                tag, text, linked = part.tag, "", 0
            in_link += part.tag == "a"
            text += part.text or ""
            linked += len(part.text or "") if in_link else 0
            stack.append(("close", part))
            stack.extend(("open", child) for child in reversed(part))
            continue
        in_link -= part.tag == "a"
        if part.tag in _BLOCKS:
            yield tag, text, linked
            outer = next((each.tag for each in part.iterancestors() if each.tag in _BLOCKS), "body")
            tag, text, linked = outer, "", 0
        if part is not body:
            text += part.tail or ""
            linked += len(part.tail or "") if in_link else 0
    yield tag, text, linked
