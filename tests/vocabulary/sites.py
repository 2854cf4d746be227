"""Small sites for the tests of the vocabulary."""

from __future__ import annotations

from pathlib import Path

from pouch.site import Site, load_site

SETTINGS = """
SITENAME = "Test"
DEFAULT_LANG = "en"
POUCH_LANGUAGES = ["en", "fr", "pt-BR"]
POUCH_SITE_ID = "6f0e5c1a-4a52-4d0e-9c3b-0d8f0a5c7e11"
"""


def site_with(root: Path, *, topics: str | None = None, countries: str | None = None) -> Site:
    """A site in `root` with these vocabulary files."""
    (root / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    folder = root / "content" / "vocabulary"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("topics.toml", topics), ("countries.toml", countries)):
        if text is not None:
            (folder / name).write_text(text, "utf-8")
    return load_site(root)
