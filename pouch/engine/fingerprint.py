"""Freshness: whether a file of the output is still what a clean build would write, and if not, why. Pure.

A page is a function of its template and its model, so three digests decide: the template with its includes and
catalogue, the model, and what every page of that language shows (DESIGN.md, "How a build flows"). The fourth question
is whether the file on disk is still the one that we wrote.
"""

from __future__ import annotations

import msgspec

TEMPLATE, MODEL, VIEW = "its template changed", "what it shows changed", "the site's settings changed"
NEW, MISSING, ALTERED = "it is new", "the file is missing", "the file was altered"


class Fingerprint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Digests of what decides an output's bytes."""

    template: bytes
    model: bytes
    view: bytes


class StoredFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An output's file in the state: its fingerprint, its size and its mtime."""

    fingerprint: Fingerprint
    size: int
    mtime_ns: int


def reasons(fingerprint: Fingerprint, before: Fingerprint | None, stray: str | None) -> tuple[str, ...]:
    """Why an output must be made again; empty where it is fresh.

    `before` is its fingerprint at the last build; `stray` is MISSING or ALTERED where its file is.
    """
    if before is None:
        return (NEW,)
    reasons = []
    if before.template != fingerprint.template:
        reasons.append(TEMPLATE)
    if before.model != fingerprint.model:
        reasons.append(MODEL)
    if before.view != fingerprint.view:
        reasons.append(VIEW)
    if stray is not None:
        reasons.append(stray)
    return tuple(reasons)
