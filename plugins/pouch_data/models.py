"""The models of published data: plain values that files are rendered from."""

from __future__ import annotations

from pouch.pages.models import Model, Page


class RowModel(Model, frozen=True, kw_only=True):
    """A briefing or a translation as a row (`pouch.exporting.rows`)."""

    url: str
    row: str  # JSON, on one line


class DataFolder(Model, frozen=True, kw_only=True):
    """/data/."""

    title: str  # as the package names them: settings that the files show
    url: str
    license: str
    terms: str  # terms.json
    rows: tuple[str, ...]  # keys of fragments, newest first


class DossierData(Model, frozen=True, kw_only=True):
    """data.json of a country or topic."""

    title: str
    url: str
    license: str
    rows: tuple[str, ...]


class DataFile(Model, frozen=True, kw_only=True):
    """A file of /data/ as its page shows it."""

    name: str
    href: str
    url: str  # absolute
    media: str  # its media type


class DataPage(Page, frozen=True, kw_only=True):
    """/data/: the files, and what is in them."""

    files: tuple[DataFile, ...]
    count: int  # of briefings, each once
    since: str  # ISO date of the oldest; empty without briefings
    until: str
    license: str
    languages: tuple[str, ...]  # of the texts
    places: tuple[str, ...]  # names of the countries
