"""Proposals in a draft: candidate key points as comments."""

from __future__ import annotations

import yaml

from pouch.content.entry import Entry
from pouch.content.render import render_entry
from pouch.convert.drafts.proposals import with_proposals

ENTRY = Entry(id="case", title="Port opens", lang="en", status="draft", body="A line.\n\n---\n\nAnother.")
CANDIDATES = ("The port: it opened.", 'They said "no".', "# 3 ships came.")


def _front_matter(text: str) -> str:
    return text.split("\n---\n", 1)[0].removeprefix("---\n")


def test_candidates_are_comments_and_no_fields() -> None:
    """A draft with candidates has the fields and the text that it has without them."""
    plain, written = render_entry(ENTRY), with_proposals(render_entry(ENTRY), CANDIDATES)
    assert yaml.safe_load(_front_matter(written)) == yaml.safe_load(_front_matter(plain))
    assert written.split("\n---\n", 1)[1] == plain.split("\n---\n", 1)[1]


def test_candidates_become_the_field_without_their_signs() -> None:
    """An editor who deletes the "# " before the lines has the key points."""
    written = _front_matter(with_proposals(render_entry(ENTRY), CANDIDATES))
    lines = [line for line in written.splitlines() if not line.startswith("# Candidate")]
    used = yaml.safe_load("\n".join(line.removeprefix("# ") for line in lines))
    assert tuple(used["key_points"]) == CANDIDATES


def test_a_draft_without_candidates_stays_as_it_is() -> None:
    """Nothing is added where nothing is proposed."""
    assert with_proposals(render_entry(ENTRY), ()) == render_entry(ENTRY)
