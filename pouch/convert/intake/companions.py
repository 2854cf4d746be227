"""The folder that a browser saves beside a page: `page.html` and `page_files/`. Its pictures come with the article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from pouch.convert.intake.article import Article, Refusal
from pouch.convert.text.blocks import BESIDE

# What browsers call it, in the languages in which they do not say "files".
_WORDS = (
    "files", "file", "filer", "Dateien", "fichiers", "archivos", "bestanden", "ficheiros", "arquivos", "pliki",
    "soubory", "súbory", "tiedostot", "dosyalar", "fájlok", "fișiere", "файлы", "файли", "ファイル", "文件", "파일",
)  # fmt: skip
_PAGES = (".html", ".htm", ".xhtml")
_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp", "")
LARGEST = 15_000_000
"""Bytes of a picture; what is larger is not published."""
MOST = 50
"""Pictures that come with a page."""


def page_of(folder: Path) -> Path | None:
    """The page beside which a browser saved this folder; None where it is a folder like any other."""
    for word in _WORDS:
        for separator in "_-.":
            stem = folder.name.removesuffix(f"{separator}{word}")
            if stem and stem != folder.name:
                pages = (folder.with_name(stem + ending) for ending in _PAGES)
                return next((page for page in pages if page.is_file()), None)
    return None


def with_pictures(article: Article | Refusal, file: Path) -> Article | Refusal:
    """The article of a page in `file`, with the pictures that it shows from its folder."""
    if (
        isinstance(article, Refusal)
        or not article.html
        or article.images
        or file.suffix.lower() not in _PAGES
    ):
        return article
    folders = (file.with_name(f"{file.stem}{separator}{word}") for word in _WORDS for separator in "_-.")
    folder = next((folder for folder in folders if folder.is_dir() and not folder.is_symlink()), None)
    if folder is None:
        return article
    return msgspec.structs.replace(article, images=tuple(_pictures(folder, article.html)))


def _pictures(folder: Path, html: str) -> Iterator[tuple[str, bytes]]:
    """The pictures of a folder that the page names, by `beside:` and the name; a page may hold megabytes of others."""
    count = 0
    for file in sorted(folder.iterdir()):
        if count == MOST:
            return
        name = f"{folder.name}/{file.name}"
        if file.suffix.lower() not in _PICTURES or file.is_symlink() or not file.is_file():
            continue
        if (file.name in html or quote(file.name) in html) and file.stat().st_size <= LARGEST:
            count += 1
            yield BESIDE + name, file.read_bytes()
