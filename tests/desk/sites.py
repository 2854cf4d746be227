"""A small site on a desk."""

from __future__ import annotations

from pathlib import Path

from pouch.desk.desk import Desk
from pouch.desk.sheet import Fields, Sheet, changed_fields
from pouch.site import load_site
from tests.engine.sites import WorkSite

ARTICLE = """\
Ships leave Odesa again after the storm

Three ships with grain left the port of Odesa in Ukraine on 5 March 2025, the first since the storm of last week.

Insurers had asked for an inspection of the quays. Turkey and Romania sent divers, the port authority of Ukraine said.

Subscribe to our newsletter

The truce of the winter holds along the coast. Trade through the port had fallen by half since the autumn, figures of \
the port authority show. The port wants to reach its old figures before the summer begins, and hires again.
"""

DRAFT = """\
---
# Kept by the desk.
id: harbour-1   # never touch
title:   'Talks on the harbour'
status:   draft
countries: [UA,   TR]
topics: [trade]
# Candidate key points, taken from the text. Delete these lines, or the # before those to use.
# key_points:
#   - A sentence of the text.
---

The first paragraph.

- an item
- another

The last paragraph names Ukraine.
"""


def make_site(root: Path) -> WorkSite:
    """A site with a published entry and a draft."""
    work = WorkSite(root)
    work.entry("older", countries="UA", topics="trade", body="Grain left the port in Ukraine.")
    work.write("content/entries/drafts/harbour.md", DRAFT)
    return work


OPEN: list[Desk] = []
"""The desks of a test."""


def make_desk(work: WorkSite) -> Desk:
    """The desk of a site."""
    desk = Desk(load_site(work.root), "http://127.0.0.1:8001")
    OPEN.append(desk)
    return desk


def opened(desk: Desk, entry_id: str) -> Sheet:
    """An entry as the browser sends it back before anything was changed."""
    found = desk.open(entry_id)
    assert found is not None
    return Sheet(id=found.id, base=found.base, fields=found.fields, passages=found.passages)


def with_fields(sheet: Sheet, **values: object) -> Sheet:
    """A sheet with some fields edited."""
    before = {name: getattr(sheet.fields, name) for name in Fields.__struct_fields__}
    fields = Fields(**{**before, **values})
    return Sheet(
        id=sheet.id,
        base=sheet.base,
        changed=tuple(changed_fields(sheet.fields, fields)),
        fields=fields,
        passages=sheet.passages,
    )
