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
