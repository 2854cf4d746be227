"""What a browser would make of HTML that we publish: nothing in it runs, and no address has a scheme that could."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import html5lib

ACTIVE = frozenset({
    "script", "style", "iframe", "object", "embed", "applet", "svg", "math", "form", "button", "textarea", "select",
    "template", "frame", "frameset", "base", "link", "meta",
})  # fmt: skip
ADDRESSES = frozenset({
    "href", "src", "action", "formaction", "srcset", "poster", "data", "background", "cite", "longdesc", "usemap",
    "ping", "manifest",
})  # fmt: skip
SCHEMES = frozenset(("", "http", "https", "mailto"))


def faults(html: str) -> list[str]:
    """What in a fragment of HTML could run, as the HTML standard parses it (section 13.2)."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [fault for element in tree.iter() for fault in _faults(element)]


def page_faults(html: str) -> list[str]:
    """What in a whole page could run, beside the scripts and forms of the theme's own."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return [fault for element in tree.iter() if not _is_ours(element) for fault in _faults(element)]


def _is_ours(element: Any) -> bool:
    """Whether an element is one that only the theme writes: bodies and fields cannot hold it at all."""
    name = element.tag
    attributes: dict[str, str] = element.attrib
    if name == "script":
        own = attributes.get("src", "").startswith("/theme/") and not element.text
        return own or attributes.get("type") == "application/ld+json"
    if name == "meta":
        return attributes.get("http-equiv", "Content-Security-Policy") == "Content-Security-Policy"
    if name == "link":
        return attributes.keys() <= {"rel", "href", "type", "title", "hreflang"}
    if name == "form":
        return attributes.get("action") == "/search/"
    if name == "input":
        return attributes.get("id") == "_search" and attributes.get("type") == "search"
    if name == "button":
        return attributes.get("type") in ("submit", "button")
    return name in ("svg", "{http://www.w3.org/2000/svg}svg") and attributes.get("aria-hidden") == "true"


def _faults(element: Any) -> list[str]:
    if not isinstance(element.tag, str):
        return []  # a comment
    name = element.tag.rpartition("}")[2].lower()
    found = [f"<{name}>"] if name in ACTIVE else []
    if name == "input" and element.get("type") != "checkbox":
        found.append("<input>")
    for key, value in element.attrib.items():
        attribute = str(key).rpartition("}")[2].lower()
        if attribute.startswith("on") or attribute in ("style", "srcdoc"):
            found.append(f"{name}.{attribute}")
        # A browser passes over white space and controls in a scheme.
        address = "".join(sign for sign in value if sign > " " and sign != "\x7f")
        if attribute in ADDRESSES and _scheme(address) not in SCHEMES:
            found.append(f"{name}.{attribute}={value!r}")
    return found


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""
