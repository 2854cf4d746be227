"""Markdown → sanitised HTML: what a page, a feed and the search index show of a body."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.toc import slugify as ascii_slug
from markdown.extensions.toc import slugify_unicode
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from pouch.characters import without_void_references
from pouch.markdown.dialect import Footnotes, make_markdown
from pouch.markdown.fast import count_plain_words, first_plain_paragraph, needs_no_cleaning, quicken
from pouch.markdown.images import ImageFile, large_image, too_large
from pouch.markdown.limits import bounded, hidden, shown
from pouch.markdown.links import Target, has_scheme, host_of, image_path, own_address, resolve_link
from pouch.markdown.places import Places
from pouch.markdown.raw import RawHtml
from pouch.markdown.sanitise import allowed_classes, make_cleaner
from pouch.markdown.text import NOTES_MARK, count_words, first_paragraph, tree_of
from pouch.plain import is_plain
from pouch.problems import Problem, Severity

ImageFiles = Callable[[str], ImageFile]
"""Path under content/, such as `images/map.png` → what is there."""


class Link(NamedTuple):
    """A link to a place within the site, to be checked against what the site publishes."""

    target: str  # as it is written
    address: str  # path, prefix included, and fragment; a fragment alone is one that the text itself lacks
    line: int  # counted from 1 within the body
    to_entry: bool  # written as the path of a .md file


class Rendered(NamedTuple):
    """A body as readers get it."""

    html: str
    text_start: str  # the first paragraph as plain text; empty where there is none
    words: int
    links: tuple[Link, ...]
    problems: tuple[Problem, ...]  # their path is empty, their lines are counted from 1 within the body
    anchors: tuple[str, ...] = ()  # ids that a link can lead to


class _Words(NamedTuple):
    """The words that a page adds to a body, in the body's own language."""

    back: str  # the title of a link from a footnote back to the text
    picture: str  # the text of a link to a remote image without a description
    done: str  # what the box of a task says to people who do not see it
    open: str


_SIMPLER = "write them less deep"
_WORDS = {
    "en": _Words("Back to note {} in the text", "Picture", "Done", "To do"),
    "fr": _Words("Retour à l’appel de note {}", "Image", "Fait", "À faire"),
    "de": _Words("Zurück zu Anmerkung {} im Text", "Bild", "Erledigt", "Offen"),
    "es": _Words("Volver a la nota {} en el texto", "Imagen", "Hecho", "Pendiente"),
}
_LANGUAGE_VALUE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class Renderer:
    """Renders bodies, one after the other; make one for each process.

    `prefix` is the path of SITEURL, "" or "/archive": links from the root get it. `url` is SITEURL: addresses that
    start with it are links within the site too.
    """

    def __init__(self, prefix: str, images: ImageFiles, url: str = "") -> None:
        self.prefix = prefix
        self.url = url
        self._host = host_of(url)
        self.images = images
        self._plain = is_plain()
        self._start()
        self._cleaner = make_cleaner(self._attribute)
        self._begin("", _WORDS["en"])

    def _begin(self, markdown: str, words: _Words) -> None:
        """Forget the body before."""
        self._words = words
        self._places = Places(markdown, lambda: self._blocks.code)
        self._ids: dict[str, int] = {}  # of the body → the number of the last id that was made of it
        self._links: list[Link] = []
        self._problems: list[Problem] = []

    def render(self, markdown: str, *, entry_id: str, lang: str = "en") -> Rendered:
        """The HTML of a body. Body headings start at h2; ids of footnotes carry `entry_id`."""
        self._begin(markdown, _WORDS.get(lang.partition("-")[0], _WORDS["en"]))
        self._raw.reset()
        self._blocks.reset()
        self._footnotes.prefix = f"{entry_id}-"
        self._footnotes.setConfig("BACKLINK_TITLE", self._words.back)
        self._markdown.reset()
        text, fault = bounded(markdown)
        if fault:
            self._problems.append(
                Problem("", fault.line, 0, "too-intricate", fault.message, fault.hint, Severity.WARNING)
            )
        # No-break spaces are written as the cleaner writes them, whether it is needed or not.
        html = (
            self._convert(markdown, text, hid=fault is not None)
            .replace("\u00a0", "&nbsp;")
            .replace("&#160;", "&nbsp;")
        )
        self._raw.finish()
        if (deep := self._blocks.deep_line) is not None:
            message = "lists or quotations lie too deep inside one another; their markers are shown as text"
            self._problems.append(
                Problem("", deep + 1, 0, "too-intricate", message, _SIMPLER, Severity.WARNING)
            )
        to_clean = self._plain or self._markdown.htmlStash.html_counter or not needs_no_cleaning(html)
        # The cleaner is what sees links; to our own host they are to be checked.
        if to_clean or (self._host and self._host in html):
            html = self._cleaner.clean(without_void_references(html)).strip()
        if to_clean or NOTES_MARK in html:
            tree = tree_of(html)
            text_start, words = first_paragraph(tree), count_words(tree)
        else:
            text_start, words = first_plain_paragraph(html), count_plain_words(html)
        return Rendered(html, text_start, words, tuple(self._links), tuple(self._problems), tuple(self._ids))

    def _convert(self, markdown: str, text: str, *, hid: bool) -> str:
        """The HTML of `text`, which stands for `markdown`; `hid`: some of it is hidden from the parser."""
        try:
            html = self._markdown.convert(text)
        except RecursionError:
            # The library's own state may be inconsistent now.
            self._start()
            message = "lists or quotations lie too deep; the text is shown as it is written"
            self._problems.append(Problem("", 1, 0, "too-intricate", message, _SIMPLER, Severity.WARNING))
            paragraphs = (part for part in hidden(markdown).split("\n\n") if part.strip())
            return shown("".join(f"<p>{part}</p>\n" for part in paragraphs))
        return shown(html) if hid else html

    def _start(self) -> None:
        self._footnotes = Footnotes()
        self._raw = RawHtml(self._raw_image, self.warn)
        self._markdown, self._blocks = make_markdown(self._footnotes, self._raw, self.warn)
        self._markdown.treeprocessors.register(_PageTree(self._markdown, self), "page", 12)
        if not self._plain:
            quicken(self._markdown)

    # Called back by the tree processor, the HTML reader and the cleaner

    def report(
        self, markup: str, code: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a fault on the line of `markup`."""
        self._problems.append(Problem("", self._places.line_of(markup), 0, code, message, hint, severity))

    def warn(self, markup: str, code: str, message: str, hint: str, line: int = 0) -> None:
        """Note a warning about `line`, or about the line of `markup`."""
        line = line or self._places.line_of(markup)
        self._problems.append(Problem("", line, 0, code, message, hint, Severity.WARNING))

    def _raw_image(self, attributes: Mapping[str, str | None]) -> str:
        """An image written as HTML is what one written as Markdown is."""
        return to_html_string(
            self.image(*(unescape(attributes.get(name) or "") for name in ("src", "alt", "title")))
        )

    def new_id(self, preferred: str) -> str:
        """`preferred`, with a number if the body has that id already."""
        name = preferred
        while name in self._ids:
            self._ids[preferred] += 1
            name = f"{preferred}_{self._ids[preferred]}"
        self._ids[name] = 0
        return name

    @property
    def task_words(self) -> tuple[str, str]:
        """The words for the box of a task, done and open."""
        return self._words.done, self._words.open

    def keep_id(self, name: str) -> None:
        """Let the cleaner pass an id of ours."""
        self._ids[name] = 0

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        """The value of an attribute of the allow-list that the cleaner keeps; None to remove the attribute."""
        if name == "href":
            return self._address(value)
        if name == "class":
            return allowed_classes(tag, value)
        if name == "id":
            return value if value in self._ids else None
        if name == "src":
            # `image` has resolved the addresses of images already.
            return value if value.startswith(f"{self.prefix}/images/") else None
        if name == "lang":
            return value if _LANGUAGE_VALUE.fullmatch(value) else None
        if name == "dir":
            return value if value in ("ltr", "rtl", "auto") else None
        return value

    def _address(self, target: str) -> str | None:
        if target.startswith("#") and len(target) > 1:
            notes = self._footnotes.prefix
            if unquote(target[1:]) not in self._ids and not target.startswith(
                (f"#fn-{notes}", f"#fnref-{notes}")
            ):
                self._links.append(Link(target, target, self._places.line_of_link(target), to_entry=False))
            return target
        resolved = resolve_link(target, self.prefix)
        if resolved.fault:
            self.report_link(target, resolved)
        elif resolved.kind in ("site", "entry", "image") and resolved.address:
            self._links.append(
                Link(target, resolved.address, self._places.line_of_link(target), resolved.kind == "entry")
            )
        elif resolved.kind == "remote" and self._host and (own := own_address(target, self.url)):
            self._links.append(Link(target, own, self._places.line_of_link(target), to_entry=False))
        return resolved.address

    def report_link(self, target: str, resolved: Target) -> None:
        """Note a link that readers cannot follow."""
        message = f"the link {target!r} leads nowhere: {resolved.fault}"
        self.report(target, "bad-link", message, resolved.hint, Severity.WARNING)

    # Images

    def image(self, source: str, alt: str, title: str) -> Element:
        """The element that stands for an image: the image, a link to it, or its description."""
        if not has_scheme(source) and (path := image_path(source)):
            file = self.images(path)
            if file.fault:
                message = f"the image {path!r} cannot be shown: {file.fault}"
                self.report(source, "broken-image", message, file.hint)
            else:
                if too_large(file):
                    self.report(source, "large-image", *large_image(path, file), Severity.WARNING)
                shown = Element("img", {"src": f"{self.prefix}/{quote(path)}", "alt": alt})
                if file.width and file.height:
                    shown.set("width", str(file.width))
                    shown.set("height", str(file.height))
                shown.set("loading", "lazy")
                if title:
                    shown.set("title", title)
                return shown
        elif has_scheme(source) and resolve_link(source, "").kind == "remote":
            link = Element("a", {"href": source, "class": "remote-image"})
            link.text = AtomicString(alt or title or f"{self._words.picture} ({host_of(source)})")
            if title and alt:
                link.set("title", title)
            return link
        else:
            hint = "a local image is written images/name.png, a remote one with https://"
            self.report(
                source, "bad-image", f"the image {source!r} can be shown from nowhere", hint, Severity.WARNING
            )
        described = Element("em")
        described.text = AtomicString(alt or title)
        return described


class _PageTree(Treeprocessor):
    """Adapts the tree to our pages: headings start at h2 and have ids, images have sizes or become links."""

    def __init__(self, md: Markdown, renderer: Renderer) -> None:
        super().__init__(md)
        self.renderer = renderer

    def run(self, root: Element) -> None:
        headings: list[Element] = []
        images = False
        for element in root.iter():
            tag = element.tag
            if tag == "p" or (tag == "li" and "id" not in element.attrib):
                continue
            if tag == "img":
                images = True
            elif tag == "a":
                self._check(element)
            elif tag == "input":
                element.set("aria-label", self.renderer.task_words["checked" not in element.attrib])
            elif len(tag) == 2 and tag[0] == "h" and tag != "hr":
                headings.append(element)
            elif (name := element.get("id")) and tag in ("li", "sup"):
                self.renderer.keep_id(name)
        if headings:
            self._headings(headings)
        if images:
            self._images(root)

    def _check(self, link: Element) -> None:
        """Remove an address whose scheme is not allowed, and report it: the cleaner would remove it silently."""
        target = link.get("href", "")
        if has_scheme(target) and (resolved := resolve_link(target, "")).fault:
            del link.attrib["href"]
            self.renderer.report_link(target, resolved)

    def _headings(self, headings: list[Element]) -> None:
        """The first level in use becomes h2, and no level is skipped on the way down."""
        used = sorted({heading.tag for heading in headings})
        last = 1
        for heading in headings:
            level = min(used.index(heading.tag) + 2, last + 1, 6)
            last = level
            heading.tag = f"h{level}"
            text = unescape("".join(heading.itertext()))
            slug = ascii_slug(text, "-") or slugify_unicode(text, "-") or "section"
            heading.set("id", self.renderer.new_id(slug))

    def _images(self, root: Element) -> None:
        # From the leaves up: a paragraph that holds one image alone becomes a figure.
        for parent in reversed(list(root.iter())):
            for place, child in enumerate(parent):
                if child.tag == "img":
                    parent[place] = self._image(child)
                elif child.tag == "p" and (figure := _figure(child)) is not None:
                    parent[place] = figure

    def _image(self, image: Element) -> Element:
        shown = self.renderer.image(*(image.get(name, "") for name in ("src", "alt", "title")))
        shown.tail = image.tail
        return shown


def _figure(paragraph: Element) -> Element | None:
    """A paragraph that holds one image and nothing else, as a figure; its caption is the image's title."""
    if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
        return None
    shown = paragraph[0]
    remote = shown.get("class") == "remote-image"
    if shown.tag != "img" and not remote:
        return None
    figure = Element("figure")
    figure.tail = paragraph.tail
    shown.tail = None
    figure.append(shown)
    caption = shown.attrib.pop("title", "")
    if remote:
        figure.set("class", "remote-image")
        host = host_of(shown.get("href", ""))
        caption = f"{caption} ({host})" if caption else host
        del shown.attrib["class"]
    if caption:
        SubElement(figure, "figcaption").text = AtomicString(caption)
    return figure
