"""The report of a conversion: what was kept, dropped and repaired, so that no text disappears unreported.

The unit is a line of a plain text, numbered from 1, or a block of a page's visible text, numbered likewise.
Each unit with visible text stands exactly once among the kept and the dropped, as the input had it; `rebuild`
gives the input's text back. A repair names the unit in which it was made, the words before and the words after.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

ANOTHER_STORY = "another-story"
"""The rule that drops what stands in another draft of the same newsletter."""


class Kept(msgspec.Struct, frozen=True):
    """A unit that went into the entry, with the part that it plays there."""

    unit: int
    text: str  # as the input had it
    role: str  # "title", "key point", "paragraph", "subhead", …: see `pouch.convert.text.blocks.Role`


class Dropped(msgspec.Struct, frozen=True):
    """A unit that is no part of the article, and the rule that says so."""

    unit: int
    text: str  # as the input had it
    rule: str


class Repair(msgspec.Struct, frozen=True):
    """A corrected typing error. `before` is in the unit, `after` in the entry."""

    unit: int
    before: str
    after: str
    rule: str


class Report(msgspec.Struct, frozen=True):
    """Every decision of one conversion, in the order of the input."""

    kept: tuple[Kept, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    repairs: tuple[Repair, ...] = msgspec.field(default=(), name="mended")  # the name that `--json` promises

    def after(self, preamble: Sequence[tuple[str, str]]) -> Report:
        """A copy with lines before it: each with the rule that drops it, or "" where it is kept."""
        if not preamble:
            return self
        count = len(preamble)
        lines = [(unit, text, rule) for unit, (text, rule) in enumerate(preamble, 1) if text.strip()]
        shifted = msgspec.structs.replace
        return Report(
            (
                *(Kept(unit, text, "front matter") for unit, text, rule in lines if not rule),
                *(shifted(one, unit=one.unit + count) for one in self.kept),
            ),
            (
                *(Dropped(unit, text, rule) for unit, text, rule in lines if rule),
                *(shifted(one, unit=one.unit + count) for one in self.dropped),
            ),
            tuple(shifted(one, unit=one.unit + count if one.unit else 0) for one in self.repairs),
        )

    def rebuild(self) -> str:
        """The input's text, from the report alone: each unit on its line, units without visible text empty."""
        texts = {kept_unit.unit: kept_unit.text for kept_unit in self.kept}
        texts.update((dropped_unit.unit, dropped_unit.text) for dropped_unit in self.dropped)
        return "\n".join(texts.get(unit, "") for unit in range(1, max(texts, default=0) + 1))


def beside(unit: int, story: Sequence[tuple[int, int]]) -> str | None:
    """The rule that drops a unit from one story of a newsletter; None where it is of the story.

    `story` are the first unit and the one behind the last, of this story and then of each other.
    """
    inside = [first <= unit < behind for first, behind in story]
    if inside[0]:
        return None
    return ANOTHER_STORY if any(inside) else "beside-stories"
