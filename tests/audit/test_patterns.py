"""Which regular expressions the judge of patterns is shown."""

from __future__ import annotations

from audit.patterns import patterns


def test_the_judge_sees_compiled_and_literal_patterns() -> None:
    """A pattern put together from parts, one that a module holds, and one that a function passes to `re`."""
    places = {place.partition(":")[0]: pattern for pattern, _, place in patterns()}
    assert {
        "pouch/content/addresses.py",  # joined from parts
        "pouch/convert/intake/documents.py",  # compiled
        "pouch/convert/drafts/archive_index.py",  # a literal in a function
        "plugins/pouch_search/words.py",
    } <= set(places)
    assert len(places) > 100
