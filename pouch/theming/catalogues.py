"""Translations of the interface: GNU gettext catalogues, read from .po files.

A translator edits the .po file and builds; nobody compiles a .mo. The compiled form is cached in the site's .pouch/ and
used only for an identical .po file. Msgids are English, so English needs no catalogue, and a message without
translation appears in English.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from io import BytesIO
from pathlib import Path

from pouch.caching import Cache
from pouch.code import engine_digest
from pouch.errors import EnvironmentFault

DOMAIN = "pouch"

current_catalogue: ContextVar[gettext.NullTranslations] = ContextVar("current_catalogue")
"""The catalogue of the page that is being rendered."""


def translate(message: str) -> str:
    """The message in the language of the current page: `_` in templates."""
    return current_catalogue.get().gettext(message)


def translate_plural(singular: str, plural: str, number: int) -> str:
    """The form of the message for this number in the language of the current page: `ngettext` in templates."""
    return current_catalogue.get().ngettext(singular, plural, number)


def catalogue_path(translations: Path, lang: str) -> Path | None:
    """The .po file for a language tag: that of "fr-CA" where there is one, else that of "fr", else None."""
    for name in (lang.replace("-", "_"), lang.partition("-")[0]):
        path = translations / name / "LC_MESSAGES" / f"{DOMAIN}.po"
        if path.is_file():
            return path
    return None


def untranslated(theme: Path, languages: Iterable[str]) -> Iterator[str]:
    """A sentence for each interface language that the theme in this folder does not speak."""
    for lang in languages:
        if lang.partition("-")[0] != "en" and catalogue_path(theme / "translations", lang) is None:
            yield (
                f"the theme has no translation for {lang}, so its pages are in English; "
                "`pouch help theming` tells how to add one"
            )


def load_catalogue(path: Path | None, cache: Cache | None = None) -> gettext.NullTranslations:
    """The catalogue of a .po file; without one, messages stay in English. `cache` stores the compiled form.

    Fuzzy translations are left out, as msgfmt does. Raises EnvironmentFault with file and line for a broken file.
    """
    if path is None:
        return gettext.NullTranslations()
    source = path.read_bytes()
    name, made_of = f"catalogue-{path.parts[-3]}", engine_digest().encode() + source
    compiled = cache.get(name, made_of) if cache else None
    if compiled is None:
        compiled = _compile(path, source)
        if cache:
            cache.put(name, compiled, made_of)
    return gettext.GNUTranslations(BytesIO(compiled))


def _compile(path: Path, source: bytes) -> bytes:
    """The .mo of a .po."""
    # Imported here: it costs a tenth of a second, and a site in English never needs it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(BytesIO(source), domain=DOMAIN, abort_invalid=True)
    except PoFileError as error:
        raise EnvironmentFault(f"{path}:{error.lineno + 1}: {error.args[0]}") from error
    except UnicodeDecodeError as error:
        raise EnvironmentFault(f"{path}: is not in the encoding that it declares: {error.reason}") from error
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()
