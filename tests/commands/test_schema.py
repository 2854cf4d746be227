"""`pouch schema`: what editors and programs can know of front matter."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pouch.content.schema import ENTRY_FIELDS, comments, json_schema, reference, unlisted
from tests.commands.sites import make_site, run

ROOT = Path(__file__).parents[2]


def test_the_reference_is_made_from_the_fields() -> None:
    """docs/front-matter.md says what the comments on the fields say: `pouch schema --markdown` writes it anew."""
    assert (ROOT / "docs/front-matter.md").read_text("utf-8") == reference()


def test_every_field_is_in_the_table_and_explained() -> None:
    """No key is read that the reference does not explain, and none is explained that is not read."""
    from pouch.content.entry import Archived, Correction, Entry, Image, Source

    assert unlisted() == {"body", "lines", "further_sources"}
    for of in (Entry, Source, Archived, Image, Correction):
        assert [name for name, said in comments(of).items() if not said and name != "lines"] == []


def test_the_schema_of_a_site(tmp_path: Path) -> None:
    """The JSON Schema has every key with its meaning, forbids others, and knows the site's topics."""
    result = run(make_site(tmp_path), "schema")
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    assert list(schema["properties"]) == list(ENTRY_FIELDS)
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["id", "title"]
    assert schema["properties"]["topics"]["items"]["anyOf"][0]["enum"] == ["ceasefire", "flood", "war"]
    assert all(value.get("description") for value in schema["properties"].values())


def test_patterns_mean_what_the_reader_means() -> None:
    """An editor's red line agrees with `pouch check`."""
    properties = json_schema()["properties"]
    for name, good, bad in [
        ("id", ["0123", "7f3k9q2mzx"], ["abc", "Abcd", "a" * 33]),
        ("date", ["2025-03-05", "2025-03-05T09:00+01:00"], ["2025-3-5", "2025-03-05T09:00", "x2025-03-05"]),
        ("slug", ["a-b", "a2"], ["A", "a--b", "-a", "a b"]),
        ("lang", ["fr", "pt-BR"], ["french", "fr_FR", "f"]),
    ]:
        pattern = properties[name]["pattern"]
        assert all(re.search(pattern, text) for text in good), name
        assert not any(re.search(pattern, text) for text in bad), name


def test_outside_a_site(tmp_path: Path) -> None:
    """A folder that was named as the site must be one."""
    assert run(tmp_path, "schema").exit_code == 2
    assert run(tmp_path, "schema", "--markdown").stdout == reference()


def test_the_forms_of_editors(tmp_path: Path) -> None:
    """Obsidian and Front Matter CMS get a type for each field but tables, dates as days, and the site's own terms."""
    site = make_site(tmp_path)
    tables = {"source", "image", "corrections", "extra"}
    types = json.loads(run(site, "schema", "--obsidian").stdout)["types"]
    assert types.keys() == ENTRY_FIELDS.keys() - tables
    assert (types["date"], types["publish_at"], types["topics"], types["title"]) == (
        "date",
        "text",
        "multitext",
        "text",
    )
    settings = json.loads(run(site, "schema", "--front-matter").stdout)
    fields = {field["name"]: field for field in settings["frontMatter.taxonomy.contentTypes"][0]["fields"]}
    assert list(fields) == [name for name in ENTRY_FIELDS if name not in tables]
    assert fields["topics"]["choices"] == ["ceasefire", "flood", "war"]
    assert fields["date"]["dateFormat"] == "yyyy-MM-dd"
    assert (
        settings["frontMatter.content.draftField"]["choices"]
        == fields["status"]["choices"]
        == ["draft", "published"]
    )
    assert run(site, "schema", "--obsidian", "--markdown").exit_code == 2
