"""The table of front matter in the forms in which editors read it: Obsidian, and Front Matter for VS Code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pouch.content.entry import Entry
from pouch.content.schema import ENTRY_FIELDS, STATUSES, comments

# Obsidian has no type for tables; it leaves such properties as they are.
_OBSIDIAN = {
    "identity": "text",
    "text": "text",
    "language": "text",
    "status": "text",
    "slug": "text",
    "moment": "date",
    "texts": "multitext",
    "countries": "multitext",
    "topics": "multitext",
    "slugs": "multitext",
}
_FRONT_MATTER = {
    "identity": "string",
    "text": "string",
    "language": "string",
    "slug": "string",
    "moment": "datetime",
    "texts": "list",
    "slugs": "list",
}
_WITH_TIME = frozenset({"publish_at"})


def obsidian_types() -> dict[str, Any]:
    """`.obsidian/types.json`: the type of each property."""
    types = {
        # Obsidian writes times without an offset, which says nothing about when an embargo ends.
        name: "text" if name in _WITH_TIME else _OBSIDIAN[kind.name]
        for name, kind in ENTRY_FIELDS.items()
        if kind.name in _OBSIDIAN
    }
    return {"types": types}


def front_matter_settings(countries: Iterable[str], topics: Iterable[str]) -> dict[str, Any]:
    """`frontmatter.json` of the extension Front Matter CMS: folders, and the fields of an entry."""
    choices = {"countries": sorted(countries), "topics": sorted(topics)}
    explained = comments(Entry)
    fields: list[dict[str, Any]] = []
    for name, kind in ENTRY_FIELDS.items():
        field: dict[str, Any] = {"title": name, "name": name, "description": explained[name]}
        if kind.name in choices:
            field |= {"type": "choice", "multiple": True, "choices": choices[kind.name]}
        elif kind.name == "status":
            field |= {"type": "choice", "choices": list(STATUSES)}
        elif kind.name in _FRONT_MATTER:
            field["type"] = _FRONT_MATTER[kind.name]
            if field["type"] == "datetime":
                field["dateFormat"] = "yyyy-MM-dd'T'HH:mm:ssxxx" if name in _WITH_TIME else "yyyy-MM-dd"
        else:
            continue
        if name in ("id", "title"):
            field["required"] = True
        fields.append(field)
    return {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.content.pageFolders": [
            {"title": "Briefings", "path": "[[workspace]]/content/entries", "contentTypes": ["default"]}
        ],
        "frontMatter.content.publicFolder": "content",
        "frontMatter.content.draftField": {"name": "status", "type": "choice", "choices": list(STATUSES)},
        "frontMatter.taxonomy.frontMatterType": "YAML",
        "frontMatter.taxonomy.contentTypes": [{"name": "default", "pageBundle": False, "fields": fields}],
    }
