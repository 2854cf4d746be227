"""Names by which a query may ask for a country, a topic or an organisation: "Swiss", "Suiza", "UN", "Wahlen", "WHO".

Names and demonyms of countries, labels of topics and names of organisations, in all interface languages, are one small
file that the first search fetches. Aliases of topics, and places and institutions that stand for a country, are many:
they lie in files by their first letter, so a search fetches those that a word of the query can be in.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from pouch.archive.briefing import primary_subtag
from pouch.pages.models import Model
from pouch.pages.outputs import Stores
from pouch.tables import table
from pouch.vocabulary.names import ambiguous_names, country_names
from pouch.vocabulary.vocabulary import Vocabulary
from pouch_search.models import LanguageNames, TermNames
from pouch_search.words import keys_of

_PLACES = ("cities", "subdivisions", "institutions")
"""What the tagger knows of a country beside its names: each stands for the country where no text has it."""


PARTS = 16
"""Files of further names."""

Forms = dict[str, tuple[str, ...]]
"""Words for terms, as the keys of their words, by the term's key or code."""


class FurtherNames(Model, frozen=True, kw_only=True):
    """Further words for terms that begin with some letters."""

    topics: dict[str, Forms]  # by language
    countries: Forms


def names_of(
    vocabulary: Vocabulary, languages: Iterable[str], countries: Sequence[str], topics: Sequence[str]
) -> TermNames:
    """The names of these terms in these languages, as keys of words; a form is said once, in the first language.

    A name that says of several countries not which one is meant, "Korea", "Congolese", is a form of each of them.
    """
    # Imported here: only a build that plans the names needs it.
    from pouch.tag.gazetteer import language_data

    seen: set[tuple[str, str]] = set()

    def new_forms(key: str, forms: Iterable[str]) -> tuple[str, ...]:
        new = dict.fromkeys(form for form in forms if form and (key, form) not in seen)
        seen.update((key, form) for form in new)
        return tuple(new)

    named = []
    for lang in languages:
        data = language_data(primary_subtag(lang))
        further: tuple[dict[str, list[str]], ...] = (data.get("names", {}), data.get("demonyms", {}))
        further_names: dict[str, list[str]] = {}
        for name, code in country_names(primary_subtag(lang)):
            further_names.setdefault(code, []).append(name)
        of_countries = {
            code: new_forms(
                code,
                (
                    *map(form_of, vocabulary.known_names("country", code, (lang,))),
                    *map(form_of, further_names.get(code, ())),
                    # "sino-" is half a word.
                    *(form_of(w) for words in further for w in words.get(code, ()) if not w.endswith("-")),
                ),
            )
            for code in countries
        }
        of_topics = {
            key: new_forms(
                key,
                (form_of(vocabulary.label("topic", key, lang)),),
            )
            for key in topics
        }
        for code, name in _shared_names(data):
            if code in of_countries:
                of_countries[code] += new_forms(code, (form_of(name),))
        endings = tuple("".join(keys_of(ending)) for ending in data.get("endings", ("",)))
        named.append(
            LanguageNames(
                lang=lang,
                endings=tuple(dict.fromkeys(endings)),
                countries={code: forms for code, forms in of_countries.items() if forms},
                topics={key: forms for key, forms in of_topics.items() if forms},
            )
        )
    return TermNames(languages=tuple(named), organisations=_organisations())


def _shared_names(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(code, name) for each name and demonym that countries share; `data` is the tagger's for a language."""
    for name, codes in ambiguous_names().items():
        yield from ((code, name) for code in codes)
    for row in data.get("ambiguous", ()):
        for name in row.get("demonyms", ()):
            yield from ((code, name) for code in row["codes"])


@cache
def _organisations() -> tuple[tuple[str, ...], ...]:
    """The forms of each organisation's names and abbreviations, in all languages."""
    return tuple(
        tuple(dict.fromkeys(form for name in names if (form := form_of(name))))
        for names in table("pouch_search", "organisations")["names"]
    )


def further_names(aliases: Mapping[str, Forms], places: Forms) -> list[FurtherNames]:
    """Aliases of topics by language, and places of countries, as PARTS files."""
    return [
        FurtherNames(
            topics={lang: forms for lang, words in aliases.items() if (forms := _in_part(words, part))},
            countries=_in_part(places, part),
        )
        for part in range(PARTS)
    ]


def _in_part(words: Forms, part: int) -> Forms:
    """The words of a part: which it is, the first letter says, in small letters. A browser asks in the same way."""
    chosen = {
        key: tuple(form for form in forms if ord(form.lower()[0]) % PARTS == part)
        for key, forms in words.items()
    }
    return {key: forms for key, forms in chosen.items() if forms}


def aliases_of(vocabulary: Vocabulary, lang: str, topics: Sequence[str]) -> Forms:
    """The aliases of topics in one language."""
    return _forms({key: vocabulary.topics[key].aliases.get(lang, ()) for key in topics})


def places_of(languages: Iterable[str], countries: Sequence[str]) -> Forms:
    """Capitals, and the places and institutions of countries that the tagger knows in these languages."""
    from pouch.tag.gazetteer import language_data
    from pouch.vocabulary.associations import cldr_cities

    words: dict[str, list[str]] = {code: [] for code in countries}
    for lang in map(primary_subtag, languages):
        data = language_data(lang)
        for code, own in words.items():
            own += [word for kind in _PLACES for word in data.get(kind, {}).get(code, ())]
        for code, city, is_capital in cldr_cities(lang):
            if is_capital and code in words:
                words[code].append(city)
    return _forms(words)


def _forms(words: Mapping[str, Iterable[str]]) -> Forms:
    forms = {
        key: tuple(dict.fromkeys(form for each in own if (form := form_of(each))))
        for key, own in words.items()
    }
    return {key: own for key, own in forms.items() if own}


def form_of(name: str) -> str:
    """A name as the keys of its words, "~" behind a stem; empty for one of single letters, such as "É.-U."."""
    keys = " ".join(keys_of(name))
    if max(map(len, keys.split()), default=0) < 2:
        return ""
    return f"{keys}~" if name.endswith("~") else keys


def render_names(model: TermNames, _: Stores) -> bytes:
    """Per language its endings, and the forms of each term between bars; then those of each organisation."""
    return _compressed(
        {
            "languages": [
                {
                    "lang": each.lang,
                    "endings": " ".join(each.endings),
                    "country": _joined(each.countries),
                    "topic": _joined(each.topics),
                }
                for each in model.languages
            ],
            "organisations": ["|".join(forms) for forms in model.organisations],
        }
    )


def render_further_names(model: FurtherNames, _: Stores) -> bytes:
    """The further words for each term between bars: those of topics by language, and those of countries."""
    return _compressed(
        {
            "topic": {lang: _joined(forms) for lang, forms in model.topics.items()},
            "country": _joined(model.countries),
        }
    )


def _joined(words: Forms) -> dict[str, str]:
    return {key: "|".join(forms) for key, forms in words.items()}


def _compressed(value: object) -> bytes:
    return gzip.compress(msgspec.json.encode(value), mtime=0)
