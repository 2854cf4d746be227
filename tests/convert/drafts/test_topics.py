"""Which of the suggested topics a draft names."""

from __future__ import annotations

import pytest

from pouch.convert.drafts.drafting import likely_topics
from pouch.tag.analysis import TopicTag
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.terms import Topic
from pouch.vocabulary.vocabulary import Vocabulary

PARENTS = {"war": None, "truce": "war", "siege": "war", "trade": None, "rail": None, "tariffs": "trade"}


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        ({}, ""),
        ({"war": 0.4}, ""),
        ({"war": 0.55}, "war"),
        ({"war": 0.55, "rail": 0.6}, "rail"),
        ({"war": 0.95, "rail": 0.87}, "war rail"),
        ({"truce": 0.95, "rail": 0.87, "trade": 0.87}, "truce rail"),
        ({"truce": 0.95, "siege": 0.94, "rail": 0.93, "trade": 0.92}, "truce siege rail"),
        # The more specific topic takes the place of the one above it, unless much less speaks for it.
        ({"war": 0.9, "truce": 0.75}, "truce"),
        ({"war": 0.9, "truce": 0.3}, "war"),
        ({"war": 0.9, "truce": 0.6, "trade": 0.8}, "war"),
        # A topic that is itself not sure enough takes no place.
        ({"war": 0.55, "truce": 0.49}, "war"),
        ({"rail": 0.95, "war": 0.88, "truce": 0.8}, "rail war"),
        # Nothing is named twice, nor beside what stands above it.
        ({"war": 0.97, "truce": 0.95, "siege": 0.94}, "truce siege"),
    ],
)
def test_topics_that_a_draft_names(sure: dict[str, float], expected: str) -> None:
    """The surest first; each further one must be surer."""
    topics = {key: Topic(key=key, slug=key, parent=parent) for key, parent in PARENTS.items()}
    vocabulary = Vocabulary(registry_countries(), topics, registry_regions())
    tags = [TopicTag(key, None, 0.5, (), confidence) for key, confidence in sure.items()]
    assert likely_topics(tags, vocabulary) == tuple(expected.split())
