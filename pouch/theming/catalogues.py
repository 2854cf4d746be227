"""What the interface says, by language: GNU gettext .po files, read as they are.

A translator changes the .po file and builds: there is no .mo to compile or to forget, since what is kept compiled in a
site's .pouch/ is believed only for the very same file. Msgids are English, so
English needs no catalogue, and what a catalogue lacks appears in English.
"""

from __future__ import annotations

import gettext
from io import BytesIO
from pathlib import Path

from pouch.caching import Cache
from pouch.code import engine_digest
from pouch.errors import EnvironmentFault

DOMAIN = "pouch"


def catalogue_path(translations: Path, lang: str) -> Path | None:
    """The .po file for a language tag: that of "fr-CA" where there is one, else that of "fr", else None."""
    for name in (lang.replace("-", "_"), lang.partition("-")[0]):
        path = translations / name / "LC_MESSAGES" / f"{DOMAIN}.po"
        if path.is_file():
            return path
    return None


def load_catalogue(path: Path | None, cache: Cache | None = None) -> gettext.NullTranslations:
    """The catalogue of a .po file; without one, messages stand as they are. `cache` keeps it compiled.

    Fuzzy translations are left out, as msgfmt does. Raises EnvironmentFault with file and line for a broken
    file.
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
