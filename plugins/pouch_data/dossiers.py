"""The dossiers that have files of their own: those of countries and topics with briefings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pouch.archive.briefing import Briefing
from pouch.pages.view import View
from pouch.vocabulary.vocabulary import Kind


def dossiers(view: View) -> Iterator[tuple[Kind, str, Sequence[Briefing]]]:
    """(kind, key, briefings) of each; none where the site has no pages of terms for the files to stand beside."""
    if view.interface.link("indexes"):
        for key, members in view.archive.of_country.items():
            yield "country", key, members
        for key, members in view.archive.of_topic.items():
            yield "topic", key, members
