"""Names of authors, as bibliographies order them."""

from __future__ import annotations

import re
from typing import NamedTuple

# What is no person's name: BibTeX would take a bare "and" for the end of the name.
_JOINED = re.compile(r"(?<!\S)and(?!\S)|&", re.IGNORECASE)
_LONGEST = 4
"""A name of more words is taken for that of an organisation."""


class Name(NamedTuple):
    """A person's family and given name; an organisation, or a name that is not split, has a family name alone."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """ "Family, Given", or the whole name."""
        return f"{self.family}, {self.given}" if self.given else self.family


def split_name(name: str) -> Name:
    """A name in its parts. "Ludwig van Beethoven" is "van Beethoven, Ludwig"; a comma parts family and given name.

    A name of one word, of many, or with an "and" stays whole. The rule is that of static/cite.js.
    """
    if _JOINED.search(name):
        return Name(" ".join(name.split()))
    family, comma, given_name = (part.strip() for part in name.partition(","))
    if comma and family and given_name:
        return Name(family, given_name)
    words = name.split()
    if not 2 <= len(words) <= _LONGEST:
        return Name(" ".join(words))
    # Particles in lower case belong to the family name.
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]))
