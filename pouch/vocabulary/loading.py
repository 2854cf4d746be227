"""Reads content/vocabulary/: every fault of both files is a Problem with its line, and reading goes on after it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pouch.characters import CONFLICT, UNRESOLVED
from pouch.problems import Problem, Severity
from pouch.site import Site
from pouch.vocabulary.names import ambiguous_names, fold, name_index
from pouch.vocabulary.positions import positions
from pouch.vocabulary.registry import registry_countries
from pouch.vocabulary.slugs import is_slug, reserved, slug_cure, slugify_title, why_reserved
from pouch.vocabulary.terms import Country, Topic, above
from pouch.vocabulary.toml_mistakes import toml_mistake
from pouch.wording import closest

TOPIC_KEYS = ("slug", "formerly", "labels", "aliases", "parent", "iptc", "description")
COUNTRY_KEYS = tuple(key for key in TOPIC_KEYS if key != "parent")

_BY_LANGUAGE = frozenset(("labels", "aliases", "description"))
_OTHER_KEYS = {"name": "labels", "names": "labels", "title": "labels", "words": "aliases", "keywords": "aliases",
               "synonyms": "aliases", "text": "description", "under": "parent", "category": "parent"}  # fmt: skip
"""What people call a key → ours."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_IPTC = re.compile(r"medtop:\d{8}")
_HEADER = re.compile(r"^\[\s*+[\"']?([^\"'\]]++)[\"']?\s*+\]", re.MULTILINE)


class VocabularyFile:
    """One file of content/vocabulary/ while it is being checked; collects its problems."""

    def __init__(self, path: Path, site: Site, keys: tuple[str, ...]) -> None:
        self.site = site
        self.keys = keys
        self.problems: list[Problem] = []
        self.name = path.relative_to(site.root).as_posix() if path.is_relative_to(site.root) else str(path)
        self.text = ""
        self._positions: dict[tuple[str | int, ...], tuple[int, int]] | None = None
        try:
            self.text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except FileNotFoundError:
            pass
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
            self._add((0, 0), "unreadable-file", reason, "give your user the right to read it")
        except UnicodeDecodeError as error:
            before = path.read_bytes()[: error.start]
            place = (before.count(b"\n") + 1, 0)
            self._add(place, "not-utf-8", "is not UTF-8", "save the file as UTF-8")
        self.tables: dict[str, Any] = {}
        if marker := CONFLICT.search(self.text):
            place = (self.text.count("\n", 0, marker.start()) + 1, 1)
            self._add(place, "merge-conflict", *UNRESOLVED)
            self.text = ""
        try:
            self.tables = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line, column, message, hint = toml_mistake(self.text, error)
            self._add((line, column), "toml-syntax", message, hint)
        self.lines: dict[str, int] = {}
        line, end = 1, 0
        for header in _HEADER.finditer(self.text):
            line += self.text.count("\n", end, header.start())
            end = header.start()
            self.lines.setdefault(header[1].strip(), line)

    def _add(
        self,
        place: tuple[int, int],
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.problems.append(Problem(self.name, *place, code, message, hint, severity))

    def fault(self, path: tuple[str | int, ...], code: str, message: str, hint: str = "") -> Any:
        """Note an error at the key or value that `path` leads to; None, which stands for the faulty value."""
        self._add(self._place(path), code, message, hint)
        return None

    def warn(self, path: tuple[str | int, ...], code: str, message: str, hint: str = "") -> None:
        """Note a warning, likewise."""
        self._add(self._place(path), code, message, hint, Severity.WARNING)

    def _place(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        if self._positions is None:
            self._positions = positions(self.text)
        while path and path not in self._positions:
            path = path[:-1]
        return self._positions.get(path, (0, 0))

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every table with the values in it that have the right shape."""
        for key, table in self.tables.items():
            if not isinstance(table, dict):
                self.fault((key,), "wrong-type", f"`{key}` is not a table", f"a term is a table: [{key}]")
                continue
            checked = {name: self._checked(key, name, value) for name, value in table.items()}
            yield key, {name: value for name, value in checked.items() if value is not None}

    def _checked(self, key: str, name: str, value: Any) -> Any:
        path = (key, name)
        if name not in self.keys:
            close = _OTHER_KEYS.get(name.lower()) or closest(name.lower(), self.keys)
            hint = f"did you mean `{close}`?" if close else f"known keys: {', '.join(self.keys)}"
            if close and (form := self._form_by_language(close, value)):
                hint = f"write {form}"
            return self.fault(path, "unknown-key", f"unknown key `{name}`", hint)
        if name == "formerly":
            return self._texts(path, value)
        if name in _BY_LANGUAGE:
            if not isinstance(value, dict):
                hint = f"write {self._form_by_language(name, value or '…')}"
                return self.fault(path, "wrong-type", f"`{name}` must be a table by language", hint)
            by_language = {lang: self._by_language(path, lang, text) for lang, text in value.items()}
            return {lang: text for lang, text in by_language.items() if text is not None}
        if not isinstance(value, str):
            message = f"`{name}` must be text, not {_toml_type(value)}"
            return self.fault(path, "wrong-type", message, f'{name} = "…"')
        if name == "slug":
            return value if self.slug_is_fine(path, value) else None
        if name == "iptc" and not _IPTC.fullmatch(value):
            hint = 'an IPTC Media Topic is "medtop:" and eight digits, such as "medtop:16000000"'
            return self.fault(path, "bad-iptc", f"{value!r} is no IPTC Media Topic code", hint)
        return value

    def _form_by_language(self, name: str, value: Any) -> str:
        """The form in which to write a value without its language; empty where the key `name` does not take one."""
        texts = [value] if isinstance(value, str) else value
        if name not in _BY_LANGUAGE or not isinstance(texts, list) or not texts:
            return ""
        if not all(isinstance(text, str) for text in texts):
            texts = ["…"]
        listed = json.dumps(texts, ensure_ascii=False)
        return f"{name} = {{ {self.site.lang} = {listed if name == 'aliases' else listed[1:-1]} }}"

    def _by_language(self, path: tuple[str, ...], lang: str, value: Any) -> Any:
        path = (*path, lang)
        if not _LANGUAGE.fullmatch(lang):
            hint = 'a code such as "en" or "pt-BR"'
            return self.fault(path, "bad-language", f"{lang!r} is no language code", hint)
        if path[1] == "aliases":
            return self._texts(path, value)
        if not isinstance(value, str):
            message = f"`{path[1]}.{lang}` must be text, not {_toml_type(value)}"
            return self.fault(path, "wrong-type", message, f'{lang} = "…"')
        if not value.strip():
            hint = "give a text, or remove the line"
            return self.fault(path, "empty-text", f"`{path[1]}.{lang}` is empty", hint)
        return value.strip()

    def _texts(self, path: tuple[str, ...], value: Any) -> Any:
        name = ".".join(path[1:])
        if not isinstance(value, list):
            return self.fault(path, "wrong-type", f"`{name}` must be a list of texts", f'{path[-1]} = ["…"]')
        texts = []
        for index, text in enumerate(value):
            if not isinstance(text, str):
                message = f"`{name}` holds {_toml_type(text)}, not text"
                self.fault((*path, index), "wrong-type", message, "put quotation marks around it")
            elif not text.strip():
                self.fault((*path, index), "empty-text", f"`{name}` holds an empty text", "remove it")
            elif path[1] != "formerly" or self.slug_is_fine((*path, index), text):
                texts.append(text.strip())
        return tuple(texts)

    def slug_is_fine(self, path: tuple[str | int, ...], slug: str) -> bool:
        """Whether `slug` can be an address; notes a fault where not."""
        if not is_slug(slug):
            self.fault(path, "bad-slug", f"{slug!r} cannot be an address", slug_cure(slug))
            return False
        if reserved(slug, self.site):
            self.fault(path, "reserved-slug", f"{slug!r} {why_reserved(slug)}", "choose a longer slug")
            return False
        return True

    def check_names(self, terms: Mapping[str, Country] | Mapping[str, Topic]) -> None:
        """Two terms with one name are a warning at the later one: front matter and readers cannot distinguish them."""
        labels: dict[str, str] = {}
        for key, term in terms.items():
            for lang, label in term.labels.items():
                if (other := labels.setdefault(fold(label), key)) != key:
                    message = f"the label {label!r} of {key} is that of {other} too"
                    hint = "readers cannot tell the two apart; give one another label, or `pouch merge topic`"
                    self.warn((key, "labels", lang), "name-taken", message, hint)
        for key, term in terms.items():
            for lang, names in term.aliases.items():
                for index, name in enumerate(names):
                    # A word may well suggest a topic and one under it.
                    if (other := labels.get(fold(name), key)) != key and not _related(terms, key, other):
                        message = f"the alias {name!r} of {key} is the label of {other}"
                        place = (key, "aliases", lang, index)
                        self.warn(place, "name-taken", message, "remove it here or there")

    def check_slugs(self, terms: Mapping[str, Country] | Mapping[str, Topic]) -> None:
        """Two terms at one address, be it live or former, are faults of the later one."""
        owners: dict[str, str] = {}
        for key, term in terms.items():
            owners.setdefault(term.slug, key)
        for key, term in terms.items():
            if (other := owners[term.slug]) != key:
                # A registry country keeps its slug: the fault is the archive's, whatever the order.
                mine, theirs = (key, other) if term.line else (other, key)
                message = f"the slug {term.slug!r} of {mine} is that of {theirs} too"
                self.fault((mine, "slug"), "slug-taken", message, "give one of the two another slug")
        for key, term in terms.items():
            for index, former in enumerate(term.formerly):
                path = (key, "formerly", index)
                if former == term.slug:
                    message = f"{former!r} is the slug of {key} again"
                    self.warn(path, "former-slug-live", message, "remove it from `formerly`")
                elif (other := owners.setdefault(former, key)) != key:
                    message = f"the former slug {former!r} of {key} belongs to {other}"
                    self.fault(path, "slug-taken", message, "remove it here")


def read_topics(site: Site) -> tuple[dict[str, Topic], list[Problem]]:
    """The topics of topics.toml in the file's order, and its problems. No file means no topics."""
    file = VocabularyFile(site.vocabulary_path / "topics.toml", site, TOPIC_KEYS)
    topics: dict[str, Topic] = {}
    for key, row in file.rows():
        if not is_slug(key):
            better = slugify_title(key)
            hint = f"write [{better}]" if better and better not in file.tables else slug_cure("")
            file.fault((key,), "bad-key", f"{key!r} cannot be a key", hint)
            continue
        if (
            "slug" not in row
            and isinstance(file.tables[key].get("slug", ""), str)
            and not file.slug_is_fine((key,), key)
        ):
            continue
        topics[key] = Topic(key=key, slug=row.pop("slug", key), line=file.lines.get(key, 0), **row)
    for key, topic in topics.items():
        if topic.parent is None:
            continue
        if topic.parent not in topics:
            if topic.parent not in file.tables:
                close = closest(topic.parent, topics)
                hint = f"did you mean {close!r}?" if close else "name a topic that stands in this file"
                file.fault((key, "parent"), "unknown-parent", f"unknown parent {topic.parent!r}", hint)
            topics[key] = _orphan(topic)
        elif key in (line := above(key, topics)):
            chain = " → ".join((key, *line[: line.index(key)], key))
            message = f"{key!r} is its own ancestor: {chain}"
            file.fault((key, "parent"), "parent-cycle", message, "remove one `parent` of the chain")
            topics[key] = _orphan(topic)
    file.check_slugs(topics)
    file.check_names(topics)
    return topics, file.problems


def read_countries(site: Site) -> tuple[dict[str, Country], list[Problem]]:
    """The registry with the additions of countries.toml, and its problems."""
    registry = registry_countries()
    file = VocabularyFile(site.vocabulary_path / "countries.toml", site, COUNTRY_KEYS)
    countries = dict(registry)
    for code, row in file.rows():
        standard = registry.get(code)
        if standard is None:
            close = {"UK": "GB", "EL": "GR"}.get(code.upper(), code.upper())
            hint = (
                f"did you mean [{close}]?"
                if close in registry
                else "tables are named by ISO 3166-1 alpha-2 codes, or XK"
            )
            file.fault((code,), "unknown-country", f"{code!r} is no country code", hint)
            continue
        countries[code] = Country(
            code=code,
            slug=row.pop("slug", standard.slug),
            region=standard.region,
            capital=standard.capital,
            line=file.lines.get(code, 0),
            **row,
        )
    file.check_slugs(countries)
    file.check_names({code: country for code, country in countries.items() if country.line})
    return countries, file.problems


def names_of_others(countries: Mapping[str, Country], site: Site) -> list[Problem]:
    """A warning for each label or alias in countries.toml that is another country's name.

    Front matter would take the name for the wrong one. Only a check asks: loading all names takes a tenth of a second.
    """
    file = VocabularyFile(site.vocabulary_path / "countries.toml", site, COUNTRY_KEYS)
    codes = frozenset(countries)
    for country in countries.values():
        if not country.line:
            continue
        own_names: list[tuple[tuple[str | int, ...], str, str]]
        own_names = [((country.code, "labels", lang), lang, label) for lang, label in country.labels.items()]
        own_names += [
            ((country.code, "aliases", lang, index), lang, name)
            for lang, names in country.aliases.items()
            for index, name in enumerate(names)
        ]
        for path, lang, name in own_names:
            for one in dict.fromkeys((lang.partition("-")[0], *site.languages, "en")):
                other = name_index(one, codes).get(fold(name), country.code)
                if other != country.code and fold(name) not in ambiguous_names():
                    what = "label" if path[1] == "labels" else "alias"
                    message = f"the {what} {name!r} of {country.code} is a name of {other}"
                    hint = f"front matter would take it for {country.code}; remove it"
                    file.warn(path, "name-taken", message, hint)
                    break
    return file.problems


def _related(terms: Mapping[str, Country] | Mapping[str, Topic], one: str, other: str) -> bool:
    """Whether one of two topics is the other's parent."""
    return any(getattr(terms[key], "parent", None) == above for key, above in ((one, other), (other, one)))


def _orphan(topic: Topic) -> Topic:
    return Topic(**{name: getattr(topic, name) for name in topic.__struct_fields__ if name != "parent"})


def _toml_type(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date")
