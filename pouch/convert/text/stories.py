"""The stories of a newsletter in plain text: where each begins and ends, and its link.

A story has a line as its heading, prose below it, and a line with the address of the whole of it, below either. One
article with subheads has no such lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from pouch.convert.text.letters import is_frame

LEAST_PROSE = 100
"""Characters of prose below the heading of a story."""
LONGEST_HEADING = 120
LONGEST_CALL = 60
"""Characters beside the address in a line that leads on: "Read the whole story: https://…"."""
MOSTLY_LINKED = 0.6
"""The share of the sections with an address of their own from which they are stories."""
MUCH_SHORTER = 0.7
"""The part of the next line's length below which a line was not wrapped: a heading right above its text."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")
_RULE = re.compile(r"\s*([-=_*~#•·—–+])(?:\s*\1){2,}\s*")
_MARK = re.compile(r"\s*(?:#{1,6}\s+|\d{1,2}[.)]\s+|[-*•►▶>]\s+|\*{1,2}(?=\S))")
_ENDED = (".", ",", ";", ":", "…", "。", "!”", ".”")


class Story(msgspec.Struct, frozen=True):
    """One story of a newsletter."""

    title: str
    lines: tuple[int, int]  # of its text, from 1: the first, and the one behind the last
    url: str | None = None


class _Run(NamedTuple):
    """Lines that belong together."""

    kind: str  # "text", "link", "rule"
    first: int  # from 1
    behind: int
    text: str  # of a link its address


def find_stories(lines: Sequence[str]) -> list[Story]:
    """The stories of a newsletter; none where it has fewer than two with an address."""
    runs = list(_runs(lines))
    heads = [at for at, run in enumerate(runs) if _is_head(runs, at)]
    sections = [_section(runs, head, following) for head, following in pairwise([*heads, len(runs)])]
    stories = [story for story in sections if story is not None]
    addresses = {story.url for story in stories if story.url}
    return stories if len(addresses) >= 2 and len(addresses) >= MOSTLY_LINKED * len(stories) else []


def _runs(lines: Sequence[str]) -> list[_Run]:
    runs: list[_Run] = []
    parted = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            parted = True
        elif _RULE.fullmatch(line):
            runs.append(_Run("rule", number, number + 1, ""))
            parted = True
        elif address := _leads_on(line):
            runs.append(_Run("link", number, number + 1, address))
            parted = True
        elif parted or _is_heading_above(lines[number - 2], line):
            runs.append(_Run("text", number, number + 1, line.strip()))
            parted = False
        else:
            last = runs[-1]
            runs[-1] = last._replace(behind=number + 1, text=f"{last.text} {line.strip()}")
    return runs


def _leads_on(line: str) -> str | None:
    """The address of a line that is little else."""
    address = _ADDRESS.search(line)
    if address is None or len(line.strip()) - len(address.group()) > LONGEST_CALL:
        return None
    return address.group()


def _is_heading_above(line: str, following: str) -> bool:
    """Whether a line is a heading over the line right below it."""
    if line.rstrip().endswith(_ENDED) or not _MARK.sub("", following, count=1)[:1].isupper():
        return False
    letters = [char for char in line if char.isalpha()]
    shouted = bool(letters) and all(char.isupper() for char in letters)
    return shouted or len(line.strip()) < MUCH_SHORTER * len(following.strip())


def _is_head(runs: Sequence[_Run], at: int) -> bool:
    """Whether a run is a heading with prose below it."""
    run = runs[at]
    if (
        run.kind != "text"
        or len(run.text) > LONGEST_HEADING
        or run.text.endswith(_ENDED)
        or is_frame(run.text)
    ):
        return False
    below = next((one for one in runs[at + 1 :] if one.kind == "text"), None)
    if below is None or is_frame(below.text):
        return False
    return len(below.text) > LONGEST_HEADING or below.text.endswith(_ENDED)


def _section(runs: Sequence[_Run], head: int, following: int) -> Story | None:
    """The story from a heading to the next one; None if it is none."""
    url = None
    prose: list[_Run] = []
    for run in runs[head + 1 : following]:
        if run.kind == "link":
            url = url or run.text
            if prose:
                break
        elif run.kind == "rule":
            if prose:
                break
        elif not is_frame(run.text):
            prose.append(run)
    # The kicker of the next story.
    while (
        prose and len(prose[-1].text) <= LONGEST_HEADING and not prose[-1].text.endswith((*_ENDED, "!", "?"))
    ):
        prose.pop()
    if sum(len(run.text) for run in prose) < LEAST_PROSE:
        return None
    title = _MARK.sub("", runs[head].text, count=1).strip(" *_#")
    return Story(title, (prose[0].first, prose[-1].behind), url) if title else None
