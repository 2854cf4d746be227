"""Text that no reader of a page sees: hidden by an attribute or a style, and no panel that a reader can unfold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from pouch.convert.page.segments import Segment, is_unseen

_REFERENCES = ("aria-controls", "data-target", "data-bs-target", "data-controls", "href")
_PANEL = re.compile(r"accordion|collaps|expand|fold|toggle|panel|tab-?pane|reveal|spoiler", re.IGNORECASE)
_FRAME = frozenset(("nav", "header", "footer", "aside"))

MOSTLY = 0.5
"""The share of the chosen text from which hidden text is an article that a script shows."""


class _Verdicts:
    """The elements of a page that no reader sees, each judged once."""

    def __init__(self) -> None:
        self._verdicts: dict[Any, bool] = {}
        self._unfolded: set[str] | None = None

    def is_hidden(self, element: Any) -> bool:
        """Whether an element or one around it is hidden."""
        chain = []
        while element is not None and element.tag not in ("body", "html") and element not in self._verdicts:
            chain.append(element)
            element = element.getparent()
        verdict = self._verdicts.get(element, False)
        for inner in reversed(chain):
            verdict = verdict or (is_unseen(inner) and not self._unfolds(inner))
            self._verdicts[inner] = verdict
        return verdict

    def _unfolds(self, element: Any) -> bool:
        """Whether a hidden element is a panel that a reader can unfold."""
        name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        if _PANEL.search(name) or element.get("hidden") == "until-found" or element.get("aria-labelledby"):
            return True
        if not (own := element.get("id")):
            return False
        if self._unfolded is None:
            self._unfolded = {name for control in _folding(element) for name in _names(control)}
        return own in self._unfolded


def hidden(segments: Sequence[Segment]) -> list[bool]:
    """For each segment whether no reader sees it."""
    verdicts = _Verdicts()
    return [verdicts.is_hidden(segment.parent) for segment in segments]


def without_hidden(
    segments: Sequence[Segment], chosen: Sequence[bool], unseen: Sequence[bool] | None = None
) -> list[bool]:
    """`chosen` without what no reader sees, unless that is most of it: some pages show their article by a script.

    `unseen` is what `hidden` says, where the caller has asked.
    """
    unseen = hidden(segments) if unseen is None else unseen
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
    if not segments:
        return controls
    folding = {
        element
        for element in _folding(segments[0].parent)
        if element.get("aria-controls") or element.get("aria-expanded") is not None
    }
    if not folding:
        return controls
    for number, segment in enumerate(segments):
        around = islice(_outward(segment.parent), 2)
        inline = (element for _, elements in segment.runs for element in elements)
        own = folding.intersection((*around, *inline))
        if own and not any(element.tag in _FRAME for element in _outward(segment.parent)):
            for element in own:
                for name in _names(element):
                    controls.setdefault(name, []).append(number)
    return controls


def _folding(element: Any) -> list[Any]:
    """The elements of a page, of which one is given, that say that they fold and unfold others, or may."""
    elements = element.getroottree().getroot().iterdescendants()
    return [
        one
        for one in elements
        if one.get("aria-controls") is not None or one.get("aria-expanded") is not None
    ]


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
