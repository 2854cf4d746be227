"""Names by which a query may ask for a country or a topic: "Swiss", "Suiza", "UN", "Wahlen".

Names and demonyms of countries and labels of topics, in all interface languages, are one small file that the first
search fetches. Aliases of topics are many, and have a file for each language. That of the interface is fetched too, the
others where a word stands in no text.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence

import msgspec

from pouch.archive.briefing import primary_subtag
from pouch.pages.models import Model
from pouch.pages.outputs import Stores
from pouch.vocabulary.names import country_names
from pouch.vocabulary.vocabulary import Vocabulary
from pouch_search.models import LanguageNames, TermNames
from pouch_search.words import keys_of


class Aliases(Model, frozen=True, kw_only=True):
    """Further words for topics in one language, by key."""

    topics: dict[str, tuple[str, ...]]


def names_of(
    vocabulary: Vocabulary, languages: Iterable[str], countries: Sequence[str], topics: Sequence[str]
) -> TermNames:
    """The names of these terms in these languages, as keys of words; a form is said once, in the first language."""
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
        endings = tuple("".join(keys_of(ending)) for ending in data.get("endings", ("",)))
        named.append(
            LanguageNames(
                lang=lang,
                endings=tuple(dict.fromkeys(endings)),
                countries={code: forms for code, forms in of_countries.items() if forms},
                topics={key: forms for key, forms in of_topics.items() if forms},
            )
        )
    return TermNames(languages=tuple(named))


def aliases_of(vocabulary: Vocabulary, lang: str, topics: Sequence[str]) -> Aliases:
    """The aliases of topics in one language."""
    aliases = {
        key: tuple(
            dict.fromkeys(
                form_of(word) for word in vocabulary.topics[key].aliases.get(lang, ()) if form_of(word)
            )
        )
        for key in topics
    }
    return Aliases(topics={key: words for key, words in aliases.items() if words})


def form_of(name: str) -> str:
    """A name as the keys of its words, "~" behind a stem; empty for one of single letters, such as "É.-U."."""
    keys = " ".join(keys_of(name))
    if max(map(len, keys.split()), default=0) < 2:
        return ""
    return f"{keys}~" if name.endswith("~") else keys


def render_names(model: TermNames, _: Stores) -> bytes:
    """Per language: its endings, and the forms of each term between bars."""
    return _compressed(
        [
            {
                "lang": each.lang,
                "endings": " ".join(each.endings),
                "country": {code: "|".join(forms) for code, forms in each.countries.items()},
                "topic": {key: "|".join(forms) for key, forms in each.topics.items()},
            }
            for each in model.languages
        ]
    )


def render_aliases(model: Aliases, _: Stores) -> bytes:
    """The aliases of each topic between bars."""
    return _compressed({key: "|".join(words) for key, words in model.topics.items()})


def _compressed(value: object) -> bytes:
    return gzip.compress(msgspec.json.encode(value), mtime=0)
