"""The vocabulary of an archive: its countries, topics and regions, found by name and shown by label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Literal

import msgspec

from pouch.errors import ContentError
from pouch.problems import Problem, has_errors
from pouch.site import Site
from pouch.vocabulary.associations import associated
from pouch.vocabulary.lists import WORTHWHILE, Lists, store_lists, stored_lists, texts
from pouch.vocabulary.names import (
    MAIN_LANGUAGES,
    ORGANISATIONS,
    UNIONS,
    ambiguous_names,
    cldr_names,
    code_in_another_form,
    country_of_part,
    fold,
    languages_in_order,
    name_index,
    own_names,
    region_index,
)
from pouch.vocabulary.terms import Country, Region, Topic, above
from pouch.wording import closest

Kind = Literal["country", "topic", "region"]

# CLDR names Antarctica as a country only.
_CLDR_CODES = {"010": "AQ"}


MAX_SUGGESTIONS = 40
"""Unknown names of one file that get a suggestion: each is compared with some thousand names."""
_LONGEST_NAME = 120
"""Characters of a text that are compared with names; no name is longer."""
_LONG_ALIAS = 6
"""Characters of an alias from which on it serves as a suggestion: shorter words resemble too many."""


class Vocabulary:
    """The controlled lists of one archive. Plain and picklable; caches are not pickled."""

    def __init__(
        self,
        countries: Mapping[str, Country],
        topics: Mapping[str, Topic],
        regions: Mapping[str, Region],
        *,
        lang: str = "en",
        languages: Iterable[str] = (),
    ) -> None:
        self.countries = countries  # the whole registry by code, the archive's additions merged
        self.topics = topics  # by key, in the file's order
        self.regions = regions  # by M49 code
        self.lang = lang  # the site's language
        self.languages = tuple(dict.fromkeys((lang, *languages)))
        self._labels: dict[tuple[Kind, str, str], str] = {}
        # A name that was removed may stand in thousands of entries, and a comparison with all names takes a while.
        self._suggested: dict[tuple[Kind, str], str | None] = {}

    def __reduce__(self) -> tuple[object, ...]:
        make = partial(Vocabulary, lang=self.lang, languages=self.languages)
        return make, (self.countries, self.topics, self.regions)

    def encoded(self) -> bytes:
        """Bytes that are equal for two vocabularies of the same terms in the same order."""
        return msgspec.msgpack.encode((self.countries, self.topics, self.regions, self.lang, self.languages))

    # Finding

    def find_country(self, text: str) -> str | None:
        """The code that `text` means: a code (exact, upper case), or a name in any language of CLDR.

        Names of the archive come first, then those of its languages, then of the main ones; case, accents and
        the kind of apostrophe do not matter. None too for a name of several countries: see `countries_named`.
        """
        if text in self.countries:
            return text
        name = fold(text)
        if not name:
            return None
        if name in self._own_countries:
            return self._own_countries[name]
        if name in ambiguous_names():
            return None
        if name in self._country_slugs:
            return self._country_slugs[name]
        for lang in languages_in_order(self.languages):
            if code := name_index(lang, self._codes).get(name):
                return code
        return None

    def countries_named(self, text: str) -> tuple[str, ...]:
        """The countries that an ambiguous name may mean, such as "CD (Congo-Kinshasa)"; empty for any other text."""
        name = fold(text)
        if name in self._own_countries:
            return ()
        return tuple(
            self._code_with_name(code) for code in ambiguous_names().get(name, ()) if code in self.countries
        )

    def is_region(self, text: str) -> bool:
        """Whether `text` names a continent, another region, or an organisation of states."""
        languages = dict.fromkeys((*self.languages, *MAIN_LANGUAGES[:7]))
        return (
            text in UNIONS
            or fold(text) in ORGANISATIONS
            or any(fold(text) in region_index(lang.partition("-")[0]) for lang in languages)
        )

    def find_topic(self, text: str) -> str | None:
        """The key that `text` means: a key, a slug (live or former), or a label or alias in any language."""
        return text if text in self.topics else self._topic_index.get(fold(text))

    def suggest_country(self, text: str) -> str | None:
        """The country that was probably meant, such as "GB (United Kingdom)"; all that it may be, joined by "or".

        What a name means comes before how it is spelt: Scotland is a part of GB, and no slip for Estonia, "Polish"
        is PL, and "Kinshasa" CD.
        """
        if (code := text.upper()) in self.countries:
            return self._code_with_name(code)
        if (other_form := code_in_another_form(text)) and other_form in self.countries:
            return self._code_with_name(other_form)
        name = fold(text)
        association = associated(name, self.languages)
        # Vienne is Vienna, and a part of France.
        sure_codes = [*(association.codes if association.is_clear else ()), country_of_part(name)]
        codes = dict.fromkeys(code for code in sure_codes if code in self.countries)
        # Two or three letters resemble too much: EU is not a slip of the pen for EUA, the United States.
        if not codes and len(text) > 3:
            # Columbia is a city of the United States, and may be a slip for Colombia.
            close = self._closest("country", text, self._suggestible_countries)
            codes = dict.fromkeys(
                code for code in (close or "", *association.codes) if code in self.countries
            )
        return " or ".join(map(self._code_with_name, codes)) or None

    def suggest_topic(self, text: str) -> str | None:
        """The key of the topic that was probably meant."""
        return self._closest("topic", text, self._suggestible_topics)

    def _closest(self, kind: Kind, text: str, names: Mapping[str, str]) -> str | None:
        """The key of the most similar name; each text is compared once."""
        folded = fold(text)[:_LONGEST_NAME]
        if (kind, folded) not in self._suggested:
            close = closest(folded, names, 0.7)
            if close and kind == "topic" and close not in self._topic_names:
                # Who reads the key does not see which alias was meant: it must be a slip of the pen.
                close = closest(folded, [close], 0.8)
            self._suggested[kind, folded] = names[close] if close else None
        return self._suggested[kind, folded]

    @cached_property
    def _topic_names(self) -> frozenset[str]:
        """Folded keys, slugs and labels of topics."""
        return frozenset(
            fold(name)
            for topic in self.topics.values()
            for name in (topic.key, topic.slug, *topic.labels.values())
        )

    @cached_property
    def _suggestible_topics(self) -> Mapping[str, str]:
        """Folded names of topics, and their long aliases in the site's languages."""
        names: dict[str, str] = {}
        for topic in self.topics.values():
            for name in (topic.key, topic.slug, *topic.labels.values()):
                names.setdefault(fold(name), topic.key)
        for topic in self.topics.values():
            for lang in (*self.languages, "en"):
                for alias in topic.aliases.get(lang, ()):
                    if len(name := fold(alias)) >= _LONG_ALIAS:
                        names.setdefault(name, topic.key)
        return names

    @cached_property
    def _suggestible_countries(self) -> Mapping[str, str]:
        """Folded names of countries, in the site's and the main languages, for suggestions."""
        names: dict[str, str] = {}
        for lang in dict.fromkeys((*self.languages, *MAIN_LANGUAGES[:7])):
            for name, code in name_index(lang.partition("-")[0], self._codes).items():
                names.setdefault(name, code)
        names.update(self._own_countries)
        return names

    def _code_with_name(self, code: str) -> str:
        return f"{code} ({self.label('country', code, self.lang)})"

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(self.countries)

    @cached_property
    def _own_countries(self) -> Mapping[str, str]:
        """Folded names that the archive itself gives."""
        index: dict[str, str] = {}
        for country in self.countries.values():
            if country.line:
                names = (
                    *country.labels.values(),
                    *(name for names in country.aliases.values() for name in names),
                )
                for name in names:
                    index.setdefault(fold(name), country.code)
        return index

    @cached_property
    def _country_slugs(self) -> Mapping[str, str]:
        """Folded slugs, live ones before former ones."""
        index: dict[str, str] = {}
        for country in self.countries.values():
            index.setdefault(fold(country.slug), country.code)
        for country in self.countries.values():
            for slug in country.formerly:
                index.setdefault(fold(slug), country.code)
        return index

    @cached_property
    def _topic_index(self) -> Mapping[str, str]:
        index: dict[str, str] = {}

        def offer(names: Iterable[str], key: str) -> None:
            for name in names:
                index.setdefault(fold(name), key)

        topics = self.topics.values()
        for topic in topics:
            offer((topic.key,), topic.key)
        for topic in topics:
            offer((topic.slug,), topic.key)
        for topic in topics:
            offer(topic.labels.values(), topic.key)
        for topic in topics:
            offer((name for names in topic.aliases.values() for name in names), topic.key)
            offer(topic.formerly, topic.key)
        return index

    # Showing

    def label(self, kind: Kind, key: str, lang: str) -> str:
        """The name to show in `lang`: the archive's own, else CLDR's; failing both, the name in the site's
        language, then in English, then the key itself.
        """
        label = self._labels.get((kind, key, lang))
        if label is None:
            label = next((name for name in self._names(kind, key, lang) if name), key)
            self._labels[kind, key, lang] = label
        return label

    def _names(self, kind: Kind, key: str, lang: str) -> Iterator[str | None]:
        term: Country | Topic | None = None
        if kind == "country":
            term = self.countries.get(key)
        elif kind == "topic":
            term = self.topics.get(key)
        for name_lang in dict.fromkeys((lang, self.lang, "en")):
            if term:
                yield term.labels.get(name_lang)
                yield term.labels.get(name_lang.partition("-")[0])
            if kind != "topic":
                yield cldr_names(name_lang).get(_CLDR_CODES.get(key, key))

    def known_names(
        self, kind: Literal["country", "topic"], key: str, languages: Iterable[str]
    ) -> tuple[str, ...]:
        """Every name of a term in these languages, each once: labels and aliases."""
        languages = tuple(languages)
        names = dict.fromkeys(self.label(kind, key, lang) for lang in languages)
        term: Country | Topic | None = self.countries.get(key) if kind == "country" else self.topics.get(key)
        for lang in languages:
            if kind == "country":
                names.update(dict.fromkeys(own_names(lang).get(key, ())))
            if term is not None:
                names.update(dict.fromkeys(term.aliases.get(lang, ())))
        return tuple(names)

    # The trees of regions and topics

    def regions_of(self, country: str) -> tuple[str, ...]:
        """M49 codes of the regions that a country is in, the narrowest first, the continent last."""
        region = self.countries[country].region
        return (region, *above(region, self.regions)) if region in self.regions else ()

    def continent(self, country: str) -> str:
        """The M49 code of the widest region that a country is in; empty for a country of no known region."""
        return next(reversed(self.regions_of(country)), "")

    def ancestors(self, topic: str) -> tuple[str, ...]:
        """Keys of the topics above it, nearest first, without itself."""
        return above(topic, self.topics)

    def children(self, topic: str) -> tuple[str, ...]:
        """Keys of the topics right under it, in the file's order."""
        return self._children.get(topic, ())

    def descendants(self, topic: str) -> tuple[str, ...]:
        """Keys of all topics under it, each followed by its own, in the file's order."""
        return tuple(key for child in self.children(topic) for key in (child, *self.descendants(child)))

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, tuple[str, ...]] = {}
        for topic in self.topics.values():
            if topic.parent is not None:
                children[topic.parent] = (*children.get(topic.parent, ()), topic.key)
        return children


def load_vocabulary(site: Site) -> tuple[Vocabulary, list[Problem]]:
    """The vocabulary of a site, and every problem of its two files, in order of file and line.

    A term with a fault is in the vocabulary as far as it could be read, so that entries which use it are not
    reported too. A missing file is an empty one.
    """
    text = texts(site)
    to_cache = text if text and len(text) >= WORTHWHILE else None
    lists = stored_lists(site, to_cache) if to_cache else None
    problems: list[Problem] = []
    if lists is None:
        lists, problems = _read_lists(site)
        # Only if the texts were not edited while they were read.
        if to_cache and not problems and texts(site) == to_cache:
            store_lists(lists, site, to_cache)
    vocabulary = Vocabulary(
        lists.countries, lists.topics, lists.regions, lang=site.lang, languages=site.languages
    )
    return vocabulary, problems


def sound_vocabulary(site: Site) -> Vocabulary:
    """The vocabulary of a site. Raises ContentError if its files have errors."""
    vocabulary, problems = load_vocabulary(site)
    if has_errors(problems):
        raise ContentError(problems)
    return vocabulary


def _read_lists(site: Site) -> tuple[Lists, list[Problem]]:
    # Imported here: a cached vocabulary needs no parser.
    from pouch.vocabulary.loading import read_countries, read_topics
    from pouch.vocabulary.registry import registry_regions

    countries, country_problems = read_countries(site)
    topics, topic_problems = read_topics(site)
    return Lists(countries, topics, registry_regions()), sorted(country_problems + topic_problems)
