"""Fields of news: how much a text speaks for each root of the topics that Pouch brings.

A learner that knows only an archive's own entries has never seen most words of the next article. The standard
topics' words are knowledge of the world beside them: "striker" and "midfielder" both say sport, whatever the archive
calls its topics, and even where its vocabulary has no aliases at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pouch.tag.aliases import AliasMatcher, Span
from pouch.tag.document import Document
from pouch.vocabulary.standard import standard_topics
from pouch.vocabulary.terms import Topic


@cache
def field_names() -> tuple[str, ...]:
    """The keys of the standard topics that have no parent, in the order of the file."""
    return tuple(key for key, topic in standard_topics().items() if topic.parent is None)


@cache
def _matcher(lang: str) -> AliasMatcher:
    return AliasMatcher(lang, standard_topics())


def fields_of(
    document: Document, lang: str, weighed: Mapping[str, tuple[float, list[Span]]] | None = None
) -> tuple[float, ...]:
    """A number from 0 to 1 for each of `field_names`: the best score of a topic under it.

    `weighed` is the result of an AliasMatcher of the same topics.
    """
    matcher = _matcher(lang)
    best = dict.fromkeys(field_names(), 0.0)
    for key, (score, _) in (matcher.weigh(document) if weighed is None else weighed).items():
        root = matcher.roots[key]
        best[root] = max(best[root], score)
    return tuple(best.values())


def are_standard(topics: Mapping[str, Topic]) -> bool:
    """Whether a vocabulary's topics have the standard ones' words, so that one search serves both."""
    return {key: _words(topic) for key, topic in topics.items()} == {
        key: _words(topic) for key, topic in standard_topics().items()
    }


def _words(topic: Topic) -> tuple[object, ...]:
    return topic.parent, topic.labels, topic.aliases
