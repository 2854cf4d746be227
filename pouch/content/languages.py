"""Language tags (BCP 47, RFC 5646 section 2.1): is it one, and how is it spelt?"""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
LANGUAGE_PATTERN = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
"""What the JSON Schema asks for; `language_tag` asks for more."""


class LanguageTagError(ValueError):
    """A text that is no language tag; `hint` says how to fix it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@lru_cache(maxsize=1024)
def language_tag(text: str) -> str:
    """The tag in the usual case: `pt-br` as `pt-BR`, `zh-hant` as `zh-Hant`. Raises LanguageTagError."""
    match = _TAG.fullmatch(text)
    if not match:
        raise LanguageTagError(f"{text!r} is not a language tag (BCP 47)", _suggestion(text))
    primary = match["language"].lower()
    if shorter := _shorter(primary):
        raise LanguageTagError(
            f"{text!r} is not a language tag (BCP 47)", f"write {shorter + text[len(primary) :]}"
        )
    if not _is_language(primary):
        raise LanguageTagError(f"{text!r} names no language", "a tag such as en, fr or pt-BR")
    tag = text.lower()
    for name, spell in (("script", str.title), ("region", str.upper)):
        if match[name]:
            start, end = match.span(name)
            tag = tag[:start] + spell(tag[start:end]) + tag[end:]
    return tag


def _suggestion(text: str) -> str:
    with_hyphens = text.replace("_", "-")
    if with_hyphens != text and _TAG.fullmatch(with_hyphens):
        return f"write {with_hyphens}"
    # Imported here: a registry of 8,000 languages, wanted only to explain a fault.
    import pycountry

    language = pycountry.languages.get(name=text.strip().title())
    code = getattr(language, "alpha_2", None) or getattr(language, "alpha_3", None)
    return f"did you mean {code}?" if code else "a tag such as en, fr or pt-BR"


def _shorter(primary: str) -> str | None:
    """The two-letter code, where `primary` is the three-letter one of a language that has both."""
    if len(primary) != 3:
        return None
    import pycountry

    language = pycountry.languages.get(alpha_3=primary) or pycountry.languages.get(bibliographic=primary)
    return getattr(language, "alpha_2", None)


# What most archives write: spares them loading the registry.
_COMMON = frozenset(("ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "uk", "zh"))


def _is_language(primary: str) -> bool:
    if primary in _COMMON:
        return True
    import pycountry

    if len(primary) == 2:
        return pycountry.languages.get(alpha_2=primary) is not None
    # qaa to qtz are for private use.
    return pycountry.languages.get(alpha_3=primary) is not None or "qaa" <= primary <= "qtz"
