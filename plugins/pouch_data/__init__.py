"""Pelican plugin: what readers may take along. `references`: the briefings of a dossier for programs of references."""

from pouch.hosting import register
from pouch_data.references import downloads, plan_references

PAGES = [plan_references]
FEATURES = ["references"]
LINKS = {"downloads": downloads}

__all__ = ["FEATURES", "LINKS", "PAGES", "register"]
