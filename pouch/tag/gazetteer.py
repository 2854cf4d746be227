"""Evidence for a country in a text, by language: names, demonyms, places, institutions, leaders.

Names come from `pouch.vocabulary.names`, capitals and well-known cities from CLDR, the rest from data/*.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from pouch.tables import table
from pouch.tag.inflection import declined, derived, genitives, inflected_names
from pouch.tag.language import LANGUAGES
from pouch.tag.namesakes import Namesakes, namesake_data, namesakes
from pouch.tag.prefixes import adjectives, prefixed
from pouch.vocabulary.associations import cldr_cities
from pouch.vocabulary.names import country_names
from pouch.vocabulary.vocabulary import Vocabulary

Kind = Literal[
    "name",
    "demonym",
    "capital",
    "city",
    "subdivision",
    "leader",
    "institution",
    "dateline",
    "alias",
    "learned",
]

SHARED_NAMES = frozenset(
    {"Georgia", "Maine", "Virginia", "Montana", "B.C.", "Victoria", "Florida", "Nevada", "Washington"}
)
"""English names of states and provinces that are words or other places elsewhere."""

Guard = Literal["", "weak", "shy", "surname"]
"""What a form must not stand beside, or must: see [weak] in data/en.toml."""


class Clue(msgspec.Struct, frozen=True):
    """The meaning of one surface form."""

    kind: Kind | Literal["none"]  # "none": only looks like a country
    codes: tuple[str, ...]  # several where it depends on the text
    guard: Guard = ""
    stem: bool = False  # one of the language's endings must follow
    short: str = ""  # the condition of an abbreviation: "comma": only after a town and a comma
    every: bool = False  # names all of its codes: "the two Koreas"
    term: tuple[str, str] = ("", "")  # from, to: ISO dates between which a leader is in office


class Gazetteer(msgspec.Struct, frozen=True):
    """The data for tagging in one language."""

    lang: str
    clues: dict[str, Clue]  # by surface form, normalised as `Document.text` is
    endings: frozenset[str]
    guards: dict[str, Guard]  # by form as it is written: [weak] of the data file
    cues: dict[tuple[str, ...], dict[str, tuple[str, ...]]]  # codes of an ambiguous form → code → words
    places: frozenset[str]  # words before a place
    shy_places: frozenset[str]
    titles: frozenset[str]  # words before a person's name
    trivia: frozenset[str]  # words after a demonym that say where a dish or a breed comes from
    languages: frozenset[str]  # demonyms that name a language too
    language_verbs: frozenset[str]  # words before a language
    boilerplate: tuple[str, ...]
    credits: tuple[str, ...]  # phrases of a line that says who reported
    namesakes: Namesakes
    listed: tuple[str, ...]  # words before a stock exchange's place
    articles: frozenset[str]  # words before a noun of nationality
    speaks: frozenset[str]  # what a person does, in the singular
    shared: frozenset[str]  # institutions that other countries have too
    offices: frozenset[str]  # words before a leader's name that are no first name


def language_data(lang: str) -> dict[str, Any]:
    """The table data/LANG.toml; empty where there is none."""
    return table("pouch.tag", lang)


def build_gazetteer(lang: str, vocabulary: Vocabulary) -> Gazetteer:
    """The gazetteer of `lang` (a primary language subtag), with the archive's own names of countries."""
    data = language_data(lang)
    context = data.get("context", {})
    weak = data.get("weak", {})
    guards: dict[str, Guard] = dict.fromkeys(weak.get("surnames", ()), "surname")
    guards |= dict.fromkeys(weak.get("names", ()), "weak")
    guards |= dict.fromkeys(weak.get("shy", ()), "shy")
    forms = _Forms(frozenset(data.get("endings", ("",))), guards)
    # The first meaning of a form is kept, so the order of these steps decides.
    shared = namesake_data()
    _add_namesakes(forms, lang, data, shared)
    cues: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
    for row in data.get("ambiguous", ()):
        codes = tuple(row["codes"])
        cues[codes] = {code: tuple(words) for code, words in row["cues"].items()}
        forms.add(row.get("names", ()), "name", codes)
        forms.add(row.get("demonyms", ()), "demonym", codes)
    _add_countries(forms, lang, data, vocabulary)
    _add_places(forms, lang, data)
    return Gazetteer(
        lang=lang,
        clues=forms.clues,
        endings=forms.endings,
        guards=guards,
        cues=cues,
        places=frozenset(context.get("places", ())),
        shy_places=frozenset(context.get("shy_places", ("in", "at", "near", "outside"))),
        titles=frozenset(context.get("titles", ())),
        trivia=frozenset(context.get("trivia", ())),
        languages=frozenset(context.get("languages", ())),
        language_verbs=frozenset(context.get("language_verbs", ())),
        boilerplate=tuple(context.get("boilerplate", ())),
        credits=tuple(shared["credits"].get(lang, ())),
        namesakes=namesakes(lang),
        listed=tuple(context.get("listed", ())),
        articles=frozenset(context.get("articles", ())),
        speaks=frozenset(context.get("speaks", ())),
        shared=frozenset(context.get("shared", ())),
        offices=frozenset(context.get("offices", ())),
    )


def _add_namesakes(forms: _Forms, lang: str, data: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
    """Names that several countries share, and words that look like a country's name and are none."""
    for row in shared["both"].get(lang, ()):
        forms.add(row["names"], "name", tuple(row["codes"]), every=True)
    for code, words in shared["regions"].items():
        forms.add(words, "subdivision", (code,))
    for code, words in language_data("clubs").items():
        forms.add(words, "institution", (code,))
    forms.add(shared["things"].get(lang, ()), "none", ())
    for code, words in data.get("lookalikes", {}).items():
        forms.add(words, "subdivision" if code else "none", (code,) if code else ())


def _add_countries(forms: _Forms, lang: str, data: Mapping[str, Any], vocabulary: Vocabulary) -> None:
    """Names and adjectives of countries, the archive's own first."""
    for country in vocabulary.countries.values():
        if country.line:
            own_names = [*country.aliases.get(lang, ()), *filter(None, [country.labels.get(lang)])]
            forms.add(own_names, "alias", (country.code,))
    # Stems first: where the nominative is a stem too, its other cases must be found.
    for names in (data.get("inflected", {}), inflected_names(lang), data.get("names", {})):
        for code, words in names.items():
            forms.add((form for word in words for form in (word, *prefixed(lang, word))), "name", (code,))
    for name, code in country_names(lang):
        if code in vocabulary.countries:
            forms.add((name, *genitives(lang, name), *declined(lang, name)), "name", (code,))
            forms.add(prefixed(lang, name), "name", (code,))
            forms.add(adjectives(lang, name), "demonym", (code,))
    if lang != "en":
        # International abbreviations and a few names that stay as they are in every language.
        forms.add(("USA", "U.S.A."), "name", ("US",))
    for code, words in data.get("demonyms", {}).items():
        forms.add(words, "demonym", (code,))
        forms.add((form for word in words for form in derived(lang, word)), "demonym", (code,))


def _add_places(forms: _Forms, lang: str, data: Mapping[str, Any]) -> None:
    """Cities, provinces, institutions and leaders."""
    for code, city, capital in cldr_cities(lang):
        forms.add((city, *genitives(lang, city)), "capital" if capital else "city", (code,))
    for code, words in data.get("cities", {}).items():
        forms.add(words, "city", (code,))
    if lang != "en" and lang in LANGUAGES:
        # The states and provinces of news in English have the same names in most languages.
        for code, words in language_data("en").get("subdivisions", {}).items():
            forms.add((word for word in words if word not in SHARED_NAMES), "subdivision", (code,))
    for code, words in data.get("subdivisions", {}).items():
        forms.add(words, "subdivision", (code,))
    for code, words in data.get("institutions", {}).items():
        forms.add(words, "institution", (code,))
    for row in language_data("leaders").get("leader", ()):
        forms.add(
            row["names"], "leader", (row["country"],), term=(row["from"].isoformat(), row.get("to", "9999"))
        )
    for code, words in language_data("cities").items():
        forms.add(words, "city", (code,))
    for code, words in data.get("subdivision_abbreviations", {}).items():
        forms.add(words, "subdivision", (code,), short="comma")


class _Forms:
    """Collects surface forms; the first meaning of a form is kept."""

    def __init__(self, endings: frozenset[str], guards: Mapping[str, Guard]) -> None:
        self.clues: dict[str, Clue] = {}
        self.endings = endings
        self.guards = guards

    def add(
        self,
        words: Iterable[str],
        kind: Kind | Literal["none"],
        codes: tuple[str, ...],
        *,
        short: str = "",
        every: bool = False,
        term: tuple[str, str] = ("", ""),
    ) -> None:
        for word in words:
            stem = word.endswith("~")
            plain = word.removesuffix("~").replace("’", "'")
            clue = Clue(kind, codes, self.guards.get(plain, ""), stem, short, every, term)
            for form in _variants(plain, name=kind == "name" and not stem):
                existing = self.clues.setdefault(form, clue)
                if not stem or existing.stem:
                    continue
                if existing.codes == codes:
                    self.clues[form] = msgspec.structs.replace(existing, stem=True)
                elif existing.kind == "none":  # "Deutsch" is a language, "Deutsche" are not
                    whole = msgspec.structs.replace(clue, stem=False)
                    for ending in filter(None, self.endings):
                        self.clues.setdefault(form + ending, whole)


def _variants(word: str, *, name: bool) -> Iterator[str]:
    """The ways of writing a word: as it is, at a sentence's start, in capitals, without accents.

    A `name` of several words may also have them all capitalised, or blanks for hyphens: "Arabie Saoudite".
    """
    yield word
    if word[:1].islower():
        yield word[:1].upper() + word[1:]
    if len(word) < 4:
        return
    bare = _without_accents(word)
    yield bare
    if name and (" " in word or "-" in word):
        for spelling in dict.fromkeys((word, bare)):
            yield _WORD.sub(lambda match: match[0] if match[0] in _SMALL else match[0].capitalize(), spelling)
            yield spelling.replace("-", " ")
    yield word.upper()
    yield bare.upper()


_WORD = re.compile(r"[^\W\d_][\w']*")
_SMALL = frozenset(
    {"and", "of", "the", "et", "de", "du", "des", "d", "la", "le", "les", "und", "y", "e", "del", "di", "da"}
)


def _without_accents(word: str) -> str:
    # In Cyrillic, й and и are different letters.
    if word.isascii() or any("\u0400" <= char <= "\u04ff" for char in word):
        return word
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
