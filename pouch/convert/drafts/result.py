"""Results: the outcome for each article that was to be converted."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from pouch.content.entry import Entry
from pouch.convert.intake.article import Refusal
from pouch.convert.text.report import Report
from pouch.problems import Problem

Outcome = Literal["written", "would be written", "unchanged", "duplicate", "refused"]


class Result(msgspec.Struct, frozen=True):
    """The result of converting one article. Fields about an entry are None where there is none."""

    outcome: Outcome
    origin: str  # the file or address that the article is from
    line: int  # of the input; 0 for all of it
    input_id: Any = None
    path: str | None = None  # relative to the site's folder: where it was written, or lies already
    entry: Entry | None = None
    date_from: str | None = None
    text: str | None = None
    report: Report | None = None
    problems: tuple[Problem, ...] = ()
    id: str | None = None  # the entry's
    key_point_candidates: tuple[str, ...] = ()  # sentences that could be its key points, where it has none

    @staticmethod
    def of_refusal(refusal: Refusal) -> Result:
        """The result of what is no article."""
        problem = refusal.problem
        return Result("refused", problem.path, problem.line, refusal.input_id, problems=(problem,))
