"""Inflected names of countries in languages that decline them: stems from CLDR's nominative.

A stem is written "word~"; the endings that may follow it are in `endings` of data/LANG.toml. The rules cut the
nominative's ending as the language's declension does; they need not be complete, only never cut too much. Names of
several words are declined word by word: a combination of cases that no sentence has costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from pouch.tables import table
from pouch.vocabulary.names import country_names

_CUT: Mapping[str, list[str]] = table("pouch.tag", "inflection")["cut"]
_KEEP = {"ru": "и", "uk": "і", "pl": "i", "sl": "ij"}
_CASES: Mapping[str, Mapping[str, str]] = table("pouch.tag", "inflection")["cases"]
_DERIVED: Mapping[str, Mapping[str, str]] = table("pouch.tag", "inflection")["derived"]
_SHORTEST = 4
# Declined, these are a man's name (Доминик) or an everyday word (sl. samo); other codes are CLDR's for groups.
_NAMESAKES = frozenset({"DM", "WS", "EU", "EZ", "QO", "UN", "ZZ", "XA", "XB"})


@cache
def inflected_names(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Code → stems of its one-word names in `lang`; empty for languages that do not decline names."""
    if lang not in _CUT:
        return {}
    stems_by_code: dict[str, dict[str, None]] = {}
    for name, code in country_names(lang):
        words = name.split()
        if len(words) != 1 or name.isupper() or code in _NAMESAKES:
            continue
        stem = _stem(lang, name)
        if len(stem) >= _SHORTEST:
            stems_by_code.setdefault(code, {})[f"{stem}~"] = None
    return {code: tuple(stems) for code, stems in stems_by_code.items()}


def _stem(lang: str, name: str) -> str:
    for ending in _CUT[lang]:
        if name.endswith(ending) and len(name) - len(ending) >= _SHORTEST - 1:
            stem = name.removesuffix(ending)
            if lang == "cs" and ending in ("sko", "cko"):
                return stem + ending[:2]
            if lang == "cs" and ending == "ie":
                return stem + "i"
            if lang == "sl" and ending in ("ska", "ška"):
                return stem + ending[:2]
            if lang in _KEEP and len(ending) > 1 and ending.startswith(_KEEP[lang]):
                return stem + _KEEP[lang]
            return stem
    return name


def declined(lang: str, name: str) -> Iterator[str]:
    """The cases of a name of two to four words; nothing for others, and in languages that do not decline names."""
    words = name.split()
    if lang in _CASES and 2 <= len(words) <= 4:
        yield from map(" ".join, product(*(_cases(lang, word) for word in words)))


def _cases(lang: str, word: str) -> list[str]:
    # Short words and abbreviations stay as they are.
    if len(word) < _SHORTEST or word.isupper() or word[:1].islower():
        return [word]
    for ending, cases in _CASES[lang].items():
        if word.endswith(ending) and (ending or word[-1] not in "аеёиоуыэюяєії" + "aeiouyáéíóúůýě"):
            stem = word.removesuffix(ending)
            return [stem + case for case in cases.split(" ")]
    return [word]


def derived(lang: str, demonym: str) -> Iterator[str]:
    """The forms of a demonym that its stem, as data/LANG.toml has it, does not begin: words, and stems with "~"."""
    stem = demonym.removesuffix("~")
    if stem == demonym or len(stem) < _SHORTEST:
        return
    for ending, forms in _DERIVED.get(lang, {}).items():
        if stem.endswith(ending):
            yield from (stem.removesuffix(ending) + form for form in forms.split())
            return


# The masculine's ending in French → those of its other forms, where more is changed than an e or s that is added.
_FRENCH = (
    ("teur", ("trice", "trices", "teuse", "teuses")), ("eur", ("euse", "euses")), ("ien", ("ienne", "iennes")),
    ("el", ("elle", "elles")), ("if", ("ive", "ives")), ("eux", ("euse", "euses")), ("er", ("ère", "ères")),
    ("al", ("aux",)),
)  # fmt: skip
# The forms of a verb in -er that news is written in, "é" declined as other words are. Without "ant": many of those are
# other words ("important").
_FRENCH_VERB = ("é", "e", "ent", "ait", "aient", "era", "eront", "èrent", "a")
# Nouns that end as such a verb does: its forms would be those of another word ("reporté", "étrange").
_FRENCH_NOUNS = frozenset({
    "boucher", "boulanger", "cancer", "corner", "dealer", "étranger", "hacker", "horloger", "messager", "passager",
    "reporter", "skipper", "supporter", "trader",
})  # fmt: skip
_SHORTEST_FRENCH = 6


def other_forms(lang: str, word: str) -> tuple[str, ...]:
    """The forms of a common French word that `word` is not the stem of: "policière", "électoraux", "vaccinent"."""
    if lang != "fr" or len(word) < _SHORTEST_FRENCH or not word.isalpha() or not word.islower():
        return ()
    if word.endswith("er") and not word.endswith("ier") and word not in _FRENCH_NOUNS:
        return _verb_forms(word)
    for ending, forms in _FRENCH:
        if word.endswith(ending):
            return tuple(word.removesuffix(ending) + form for form in forms)
    return ()


def _verb_forms(infinitive: str) -> tuple[str, ...]:
    """The forms of a verb in -er; before an a, "ng" and "nc" keep their sound as "nge" and "nç"."""
    stem = infinitive.removesuffix("er")
    before_a = f"{stem}e" if stem.endswith("g") else f"{stem[:-1]}ç" if stem.endswith("c") else stem
    return tuple((before_a if form.startswith("a") else stem) + form for form in _FRENCH_VERB)


def genitives(lang: str, name: str) -> tuple[str, ...]:
    """The genitive of a name where the language adds an s to it: "Frankreichs"."""
    if lang not in ("de", "nl") or len(name) < 4 or name.endswith(("s", "x", "z", "ß")):
        return ()
    return (f"{name}s",)
