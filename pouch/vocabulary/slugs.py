"""Slugs: the readable part of an address. Never an identity."""

from __future__ import annotations

import re
import unicodedata

from pouch.site import Site

LONGEST = 80
"""Characters at most in a slug made from a title; a file system's limit of 255 bytes is far."""

_TOP_LEVEL = (
    "404 about archive assets atom briefings countries feed images index map mentions opml page pagefind "
    "regions robots search sitemap static subscribe theme topics"
)
TOP_LEVEL = frozenset(_TOP_LEVEL.split())
"""Names that have a meaning of their own in our addresses."""

# ISO 639-1: an interface language has its two-letter code as its folder. A test compares with pycountry.
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv "
    "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie "
    "ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv "
    "mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm "
    "rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr "
    "ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)
LANGUAGE_CODES = frozenset(_ISO_639_1.split())

# Windows can make no file and no folder of such a name, whatever its ending (learn.microsoft.com, "Naming Files, Paths,
# and Namespaces").
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "′": "'"})
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
# English: Britain's, don't, we're. Elsewhere an apostrophe parts two words: l'Ukraine, aujourd'hui.
_ENGLISH_ENDING = re.compile(r"(?<=\w)'(?=(?:s|t|d|m|re|ve|ll)\b)", re.IGNORECASE)


def is_slug(text: str) -> bool:
    """Whether `text` can stand in an address: lower-case ASCII letters and digits, single hyphens inside."""
    return len(text) <= 200 and _SLUG.fullmatch(text) is not None


def reserved(slug: str, site: Site) -> bool:
    """Whether our addresses already give `slug` a meaning.

    That is: digits alone (years, months, numbered pages), two-letter language codes and the codes of
    POUCH_LANGUAGES (folders of interface languages), `page`, `mentions` and the top-level names; and names that
    Windows gives to devices.
    """
    return (
        slug.isdigit()
        or slug in TOP_LEVEL
        or slug in DEVICES
        or slug in LANGUAGE_CODES
        or slug in {language.lower().replace("_", "-") for language in site.languages}
    )


def why_reserved(slug: str) -> str:
    """Why a reserved slug is reserved: what follows it in a message."""
    if slug in DEVICES:
        return "is the name of a device of Windows, which can hold no such file or folder"
    return "has a meaning of its own in addresses"


def slug_cure(text: str) -> str:
    """The hint for a text that is no slug."""
    close = slugify_title(text)
    return (
        f"did you mean {close!r}?" if close else "lower-case letters a to z, digits, and hyphens between them"
    )


def slugify_title(text: str) -> str:
    """The slug of a title in any script, at most LONGEST characters, cut between words.

    "U.S." gives `us`, "l’Ukraine" `l-ukraine`, "Britain’s" `britains`. Empty where the text has neither
    letters nor digits; it may be a reserved slug, which the caller must see to.
    """
    # Imported here: a build that makes no slug need not load it.
    from slugify import slugify

    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    text = _ENGLISH_ENDING.sub("", text).replace("'", " ")
    # One named backend: with "auto" an installed Unidecode would change addresses.
    slug: str = slugify(
        text, backend="text-unidecode", max_length=LONGEST, word_boundary=True, save_order=True
    )
    return slug
