"""Text that no reader of a page sees: hidden by an attribute or a style, and no panel that a reader can unfold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml.html import HtmlElement

from pouch.convert.page.segments import Segment, is_unseen

_REFERENCES = ("aria-controls", "data-target", "data-bs-target", "data-controls", "href")
_PANEL = re.compile(r"accordion|collaps|expand|fold|toggle|panel|tab-?pane|reveal|spoiler", re.IGNORECASE)
_FRAME = frozenset(("nav", "header", "footer", "aside"))

MOSTLY = 0.5
"""The share of the chosen text from which hidden text is an article that a script shows."""


def hidden(segments: Sequence[Segment]) -> list[bool]:
    """For each segment whether no reader sees it."""
    unseen: dict[Any, bool] = {}
    return [_is_hidden(segment.parent, unseen) for segment in segments]


def without_hidden(segments: Sequence[Segment], chosen: Sequence[bool]) -> list[bool]:
    """`chosen` without what no reader sees, unless that is most of it: some pages show their article by a script."""
    unseen = hidden(segments)
    sizes = [len(segment.text) if keep else 0 for segment, keep in zip(segments, chosen, strict=True)]
    lost = sum(size for size, out in zip(sizes, unseen, strict=True) if out)
    if lost >= MOSTLY * sum(sizes):
        return list(chosen)
    return [keep and not out for keep, out in zip(chosen, unseen, strict=True)]


def with_panels(segments: Sequence[Segment], chosen: Sequence[bool]) -> list[bool]:
    """`chosen` with the headings of chosen panels, and with the panels whose heading is between chosen segments."""
    controls = _controls(segments)
    if not controls:
        return list(chosen)
    members: dict[str, list[int]] = {}
    for number, segment in enumerate(segments):
        for element in _outward(segment.parent):
            if (name := element.get("id")) in controls:
                members.setdefault(str(name), []).append(number)
    extended = list(chosen)
    first = next((number for number, keep in enumerate(chosen) if keep), 0)
    last = max((number for number, keep in enumerate(chosen) if keep), default=0)
    for name, panel in members.items():
        control = [number for number in controls[name] if number not in panel]
        if any(extended[number] for number in panel):
            for number in control:
                extended[number] = True
        elif any(first < number < last and _is_heading(segments[number]) for number in control):
            for number in (*control, *panel):
                extended[number] = True
    return extended


def _controls(segments: Sequence[Segment]) -> dict[str, list[int]]:
    """By the id of a panel, the segments that fold and unfold it."""
    controls: dict[str, list[int]] = {}
    for number, segment in enumerate(segments):
        around = list(_outward(segment.parent))
        if any(element.tag in _FRAME for element in around):
            continue
        inline = (element for _, elements in segment.runs for element in elements)
        for element in {*around[:2], *inline}:
            if element.get("aria-controls") or element.get("aria-expanded") is not None:
                for name in _names(element):
                    controls.setdefault(name, []).append(number)
    return controls


def _names(element: Any) -> set[str]:
    """The ids of the panels that an element unfolds."""
    values = (element.get(attribute) or "" for attribute in _REFERENCES)
    names = (name.lstrip("#") for value in values for name in value.split() if "/" not in name)
    return {name for name in names if name}


def _is_heading(segment: Segment) -> bool:
    return any(element.tag in ("h2", "h3", "h4", "h5", "h6") for element in _outward(segment.parent))


def _outward(element: Any) -> Any:
    while element is not None and element.tag not in ("body", "html"):
        yield element
        element = element.getparent()


def _is_hidden(element: HtmlElement, verdicts: dict[Any, bool]) -> bool:
    chain = []
    while element is not None and element.tag not in ("body", "html") and element not in verdicts:
        chain.append(element)
        element = element.getparent()
    verdict = verdicts.get(element, False)
    for inner in reversed(chain):
        verdict = verdict or (is_unseen(inner) and not _unfolds(inner))
        verdicts[inner] = verdict
    return verdict


def _unfolds(element: Any) -> bool:
    """Whether a hidden element is a panel that a reader can unfold."""
    name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    if _PANEL.search(name) or element.get("hidden") == "until-found" or element.get("aria-labelledby"):
        return True
    if not (own := element.get("id")):
        return False
    tree = element.getroottree()
    return any(own in _names(one) for one in tree.iterfind(".//*[@aria-controls]")) or any(
        own in _names(one) for one in tree.iterfind(".//*[@aria-expanded]")
    )
