"""The table of front matter in the forms in which editors read it: Obsidian, Front Matter for VS Code, Sveltia CMS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from pouch.content.entry import Entry
from pouch.content.schema import ENTRY_FIELDS, STATUSES, TABLE_TYPES, TABLES, Kind, comments, required_fields
from pouch.tables import table

_KINDS: dict[str, dict[str, str]] = table("pouch.content", "editors")
_WITH_TIME = frozenset({"publish_at"})


def obsidian_types() -> dict[str, Any]:
    """`.obsidian/types.json`: the type of each property."""
    types = {
        # Obsidian writes times without an offset, which says nothing about when an embargo ends.
        name: "text" if name in _WITH_TIME else _KINDS[kind.name]["obsidian"]
        for name, kind in ENTRY_FIELDS.items()
        if "obsidian" in _KINDS.get(kind.name, ())
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
        elif (type_name := _KINDS.get(kind.name, {}).get("front_matter")) is not None:
            field["type"] = type_name
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


_LISTS = frozenset({"texts", "slugs"})


class CmsFields:
    """The fields of an entry as Sveltia CMS describes them.

    `countries` and `topics` are code or key → label; `timezone` is where an embargo's hours are read.
    https://sveltiacms.app/en/docs/fields
    """

    def __init__(self, countries: Mapping[str, str], topics: Mapping[str, str], timezone: str) -> None:
        self._choices = {
            "countries": [{"label": label, "value": code} for code, label in _by_label(countries)],
            "topics": [{"label": label, "value": key} for key, label in _by_label(topics)],
        }
        self._timezone = timezone

    def of_an_entry(self, status: str) -> list[dict[str, Any]]:
        """The fields of an entry's file, its text the last; `status` is that of a new one. `extra` is left out."""
        explained = comments(Entry)
        fields = []
        for name, kind in ENTRY_FIELDS.items():
            if kind.name == "free":
                continue
            field = self._field(name, kind, explained[name], required=name in ("id", "title", "status"))
            if name == "id":
                # 26 letters and digits, made with the entry.
                field |= {"widget": "uuid", "use_b32_encoding": True}
                del field["pattern"]  # what the program makes needs none
            elif name == "status":
                field |= {"default": status}
            elif name == "translation_of":
                field |= {"widget": "relation", "collection": "briefings", "value_field": "id"}
                field |= {"search_fields": ["title"], "display_fields": ["title"]}
            fields.append(field)
        # Rich text would rewrite Markdown that nobody touched.
        text = {"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw", "rich_text"]}
        return [*fields, text | {"required": False}]

    def _field(self, name: str, kind: Kind, hint: str, *, required: bool) -> dict[str, Any]:
        field: dict[str, Any] = {"name": name, "label": name.replace("_", " ").capitalize(), "hint": hint}
        field["required"] = required
        if kind.name in self._choices:
            field |= {"widget": "select", "multiple": True, "options": self._choices[kind.name]}
        elif kind.name == "status":
            field |= {"widget": "select", "options": list(STATUSES)}
        elif kind.name == "moment":
            field |= {"widget": "datetime", "format": "YYYY-MM-DD", "type": "date"}
            if name in _WITH_TIME:
                field |= {"format": "YYYY-MM-DDTHH:mm:ssZ", "type": "datetime-local"}
                field |= {"input_timezone": self._timezone, "output_utc": False}
        elif kind.name in _LISTS:
            field |= {"widget": "list", "field": {"name": "item", "widget": "string"}}
        elif kind.name in TABLES:
            of_table = comments(TABLE_TYPES[kind.name])
            must = required_fields(kind.name)
            fields = [
                self._field(key, inner, of_table[key], required=key in must)
                for key, inner in TABLES[kind.name].items()
            ]
            # `source` may be one table or a list of them, and this program tells by each file which it is.
            field |= {"widget": "list" if kind.name == "corrections" else "object", "fields": fields}
            if field["widget"] == "object":
                field["collapsed"] = "auto"
        elif kind.name == "image file":
            field |= {"widget": "image", "choose_url": False}
        else:
            field["widget"] = "text" if name in ("summary", "note") else "string"
            words, pattern = _KINDS.get(kind.name, {}).get("cms"), kind.schema.get("pattern")
            if words and pattern:
                field["pattern"] = [pattern, f"must be {words}"]
        return field


def _by_label(names: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda pair: (pair[1], pair[0]))


def cms_config(fields: CmsFields, repository: str, branch: str, folder: str, address: str) -> dict[str, Any]:
    """`admin/config.yml` of Sveltia CMS: drafts, which it makes, and briefings, which are moved by `pouch publish`.

    `repository` is an address at GitHub or GitLab, empty where it is unknown; `folder` is the site's folder in it,
    ending with a slash, or empty; `address` is that of the published site.
    """
    backend = _backend(repository) | {"branch": branch}
    usual = {"extension": "md", "format": "yaml-frontmatter", "slug": "{{slug}}"}
    entries = f"{folder}content/entries"
    return {
        "backend": backend,
        "site_url": address,
        "media_folder": f"{folder}content/images",
        "public_folder": "images",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            {
                "name": "drafts",
                "label": "Drafts",
                "folder": f"{entries}/drafts",
                "create": True,
                **usual,
                "fields": fields.of_an_entry("draft"),
            },
            {
                "name": "briefings",
                "label": "Briefings",
                "folder": entries,
                "path": "{{year}}/{{month}}/{{slug}}",
                "create": False,
                "sortable_fields": {
                    "fields": ["date", "title"],
                    "default": {"field": "date", "direction": "descending"},
                },
                **usual,
                "fields": fields.of_an_entry("published"),
            },
        ],
    }


def _backend(repository: str) -> dict[str, str]:
    """The repository's host and name. Its address may go on to a file's history, as POUCH_REPOSITORY may."""
    parts = urlsplit(repository)
    host = parts.hostname or ""
    names = [name for name in parts.path.partition("/-/")[0].split("/") if name]
    if "gitlab" in host:
        backend = {"name": "gitlab", "repo": "/".join(names)}
        return backend if host == "gitlab.com" else backend | {"base_url": f"https://{host}"}
    return {"name": "github", "repo": "/".join(names[:2]) if host == "github.com" else "OWNER/REPOSITORY"}
