"""Gives a term another slug. Its identity stays, and its old slug is kept among its former ones.

The file is changed in place: comments, order and line ends are the editor's, and stay theirs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from pouch.errors import EnvironmentFault
from pouch.site import Site
from pouch.vocabulary.positions import TOKEN, positions
from pouch.vocabulary.slugs import is_slug, reserved
from pouch.vocabulary.terms import Country, Topic
from pouch.vocabulary.vocabulary import Vocabulary

TermKind = Literal["country", "topic"]


class Renaming(NamedTuple):
    """A file as it is and as it will be; nothing is written yet."""

    file: Path
    before: str
    after: str
    identity: str  # code, key or id
    old: str  # slug
    new: str
    formerly: tuple[str, ...]  # the slugs that redirect from now on


def plan_term_renaming(kind: TermKind, given: str, new: str, site: Site, vocabulary: Vocabulary) -> Renaming:
    """What renaming a term would write. `given` is its code or key, its slug, or a former one.

    Raises EnvironmentFault where there is no such term, or where `new` cannot be its slug.
    """
    terms = vocabulary.countries if kind == "country" else vocabulary.topics
    term = find_term(kind, given, terms)
    refuse_slug(new, site)
    for other in terms.values():
        if other.key != term.key and new in (other.slug, *other.formerly):
            state = "is the slug of" if new == other.slug else "was once the slug of"
            raise EnvironmentFault(f"{new!r} {state} {other.key}; choose another")
    file = site.vocabulary_path / ("countries.toml" if kind == "country" else "topics.toml")
    before = _read(file)
    formerly = former_slugs(term.slug, new, term.formerly)
    after = before if new == term.slug else _edited(before, term.key, new, formerly, file)
    return Renaming(file, before, after, term.key, term.slug, new, formerly)


def find_term(
    kind: TermKind, given: str, terms: Mapping[str, Country] | Mapping[str, Topic]
) -> Country | Topic:
    """The term that `given` means: its key, its slug, else a former one. Raises EnvironmentFault."""
    if given in terms:
        return terms[given]
    for term in terms.values():
        if term.slug == given:
            return term
    for term in terms.values():
        if given in term.formerly or (kind == "country" and term.key == given.upper()):
            return term
    what = "country has the code" if kind == "country" else "topic has the key"
    raise EnvironmentFault(f"no {what} or the slug {given!r}")


def refuse_slug(slug: str, site: Site) -> None:
    """Raises EnvironmentFault where `slug` cannot stand in an address, or has a meaning of its own there."""
    if not is_slug(slug):
        from pouch.vocabulary.slugs import slugify_title

        close = slugify_title(slug)
        hint = (
            f"did you mean {close!r}?"
            if close
            else "lower-case letters a to z, digits, and hyphens between them"
        )
        raise EnvironmentFault(f"{slug!r} cannot be an address; {hint}")
    if reserved(slug, site):
        raise EnvironmentFault(f"{slug!r} has a meaning of its own in addresses; choose a longer slug")


def former_slugs(old: str, new: str, formerly: tuple[str, ...]) -> tuple[str, ...]:
    """The former slugs once `new` has taken the place of `old`: going back to one's own takes it out of them."""
    found = formerly if new == old else (*formerly, old)
    return tuple(slug for slug in dict.fromkeys(found) if slug != new)


def _read(file: Path) -> str:
    try:
        # Bytes, so that line ends and a byte order mark stay as they are.
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault(f"{file} cannot be read: {error}") from error


def _edited(text: str, key: str, slug: str, formerly: tuple[str, ...], file: Path) -> str:
    """The text with the two values set. Raises EnvironmentFault where the file is written in a way we do not know."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    plain = text.removeprefix(mark).replace("\r\n", "\n")
    wanted = tomllib.loads(plain)
    wanted.setdefault(key, {}).update({"slug": slug, "formerly": list(formerly)})
    quoted = ", ".join(f'"{former}"' for former in formerly)
    lines = {"slug": f'"{slug}"', "formerly": f"[{quoted}]"}
    changed = plain
    # The slug last: where both are new, it comes to stand first.
    for name in ("formerly", "slug"):
        changed = _set(changed, key, name, lines[name])
    try:
        done = tomllib.loads(changed) == wanted
    except tomllib.TOMLDecodeError:
        done = False
    if not done:
        raise EnvironmentFault(
            f"{file}: the table of {key} is written in a way that cannot be changed safely; set in it, by hand, "
            f"slug = {lines['slug']} and formerly = {lines['formerly']}"
        )
    return mark + changed.replace("\n", newline)


def _set(text: str, key: str, name: str, value: str) -> str:
    places = positions(text)
    lines = text.splitlines(keepends=True)
    if (key, name) in places:
        start, end = _value(text, _offset(lines, places[key, name]))
        return text[:start] + value + text[end:]
    if (key,) in places:
        line = places[key,][0]
        head = "".join(lines[:line])
        head += "" if head.endswith("\n") else "\n"
        return head + f"{name} = {value}\n" + "".join(lines[line:])
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[{key}]\n{name} = {value}\n"


def _offset(lines: list[str], place: tuple[int, int]) -> int:
    return sum(len(line) for line in lines[: place[0] - 1]) + place[1] - 1


def _value(text: str, key: int) -> tuple[int, int]:
    """Where the value begins and ends whose key stands at `key`: one string, or an array that may run over lines."""
    depth = 0
    start = -1
    for token in TOKEN.finditer(text, key):
        word = token.group()
        if start < 0:
            if word == "=":
                start = token.end()
            continue
        if token.lastgroup in ("space", "comment") or (word == "\n" and depth):
            continue
        if depth == 0 and word not in "[{":
            return token.start(), token.end()
        if depth == 0:
            start = token.start()
        depth += (word in ("[", "{")) - (word in ("]", "}"))
        if depth == 0:
            return start, token.end()
    return start, len(text)
