"""`pouch schema`: what editors and programs can know of front matter."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest
import yaml

from pouch.content.editors import CmsFields, cms_config
from pouch.content.schema import ENTRY_FIELDS, comments, json_schema, reference
from tests.commands.sites import make_site, run

ROOT = Path(__file__).parents[2]


def test_the_reference_is_made_from_the_fields() -> None:
    """docs/front-matter.md says what the comments on the fields say: `pouch schema --markdown` writes it anew."""
    assert (ROOT / "docs/front-matter.md").read_text("utf-8") == reference()


def test_every_field_is_in_the_table_and_explained() -> None:
    """No key is read that the reference does not explain, and none is explained that is not read."""
    from pouch.content.entry import Archived, Correction, Entry, Image, Source

    unlisted = {field.name for field in dataclasses.fields(Entry)} - ENTRY_FIELDS.keys()
    assert unlisted == {"body", "lines", "further_sources"}
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


VARIABLES = {
    "RANDOM_HEX": "a1b2c3",
    "RANDOM": "123456",
    "CURRENT_YEAR": "2025",
    "CURRENT_MONTH": "03",
    "CURRENT_DATE": "05",
}
"""What VS Code puts in their place."""


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


def test_what_vs_code_completes(tmp_path: Path) -> None:
    """A draft that `check` takes, every key, every term by its names; outside a site there are no terms to complete."""
    (tmp_path / "site").mkdir()
    site = make_site(tmp_path / "site")
    snippets = json.loads(run(site, "schema", "--snippets").stdout)
    assert {snippet["scope"] for snippet in snippets.values()} == {"markdown"}
    assert {name.removeprefix("key ") for name in snippets if name.startswith("key ")} == ENTRY_FIELDS.keys()
    assert snippets["country UA"]["prefix"] == ["Ukraine", "UA"]
    assert snippets["topic ceasefire"]["body"] == ["ceasefire"]
    for name, values in (("a draft", {"2": "UA", "3": "war"}), ("key topics", {"0": "war"})):
        text = "\n".join(snippets[name]["body"])
        for variable, value in VARIABLES.items():
            text = text.replace(f"${variable}", value)
        snippets[name] = re.sub(r"\$(\d)", lambda place: values.get(place[1], f"Words {place[1]}"), text)  # noqa: B023
    assert snippets["key topics"] == "topics: [war]"
    draft = snippets["a draft"].replace("Words 5", "https://example.org/a")
    file = site / "content/entries/drafts/new.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(draft, "utf-8")
    assert "no problem" in run(site, "check", str(file)).stderr
    written = "\n".join(
        "\n".join(snippets[f"key {name}"]["body"]) for name in ("corrections", "status", "image")
    )
    assert written.startswith(
        "corrections:\n  - date: $1\n    note: $2\nstatus: ${1|draft,published|}\nimage:\n  f"
    )
    assert run(tmp_path, "schema", "--snippets").exit_code == 2


def test_the_form_of_sveltia_cms(tmp_path: Path) -> None:
    """It makes drafts and edits briefings, with every field but `extra`, which it leaves alone, and the text."""
    top = tmp_path / "repository"
    site = top / "site"
    (top / ".git").mkdir(parents=True)
    (top / ".git/HEAD").write_text("ref: refs/heads/live\n")
    site.mkdir()
    make_site(site)
    with (site / "pelicanconf.py").open("a") as settings:
        settings.write('POUCH_REPOSITORY = "https://github.com/harbour/briefings.git"\n')
    config = yaml.safe_load(run(site, "schema", "--sveltia").stdout)
    assert config["backend"] == {"name": "github", "repo": "harbour/briefings", "branch": "live"}
    drafts, briefings = config["collections"]
    assert (drafts["folder"], drafts["create"]) == ("site/content/entries/drafts", True)
    assert (briefings["folder"], briefings["create"]) == ("site/content/entries", False)
    for collection, status in ((drafts, "draft"), (briefings, "published")):
        fields = {field["name"]: field for field in collection["fields"]}
        assert list(fields) == [*(name for name in ENTRY_FIELDS if name != "extra"), "body"]
        assert [option["value"] for option in fields["topics"]["options"]] == ["ceasefire", "flood", "war"]
        assert {"label": "Norway", "value": "NO"} in fields["countries"]["options"]
        assert fields["id"]["widget"] == "uuid"
        assert fields["status"]["default"] == status
        assert fields["publish_at"]["input_timezone"] == "Europe/Brussels"
        assert [field["name"] for field in fields["corrections"]["fields"]] == ["date", "note"]
        assert [name for name, field in fields.items() if field["required"]] == ["id", "title", "status"]
        assert fields["body"]["modes"][0] == "raw"


@pytest.mark.parametrize(
    ("repository", "backend"),
    [
        ("", {"name": "github", "repo": "OWNER/REPOSITORY"}),
        ("https://code.example/a/b/{path}", {"name": "github", "repo": "OWNER/REPOSITORY"}),
        (
            "https://gitlab.com/press/desk/site/-/commits/HEAD/{path}",
            {"name": "gitlab", "repo": "press/desk/site"},
        ),
        (
            "https://gitlab.press.example/desk/site/-/commits/HEAD/{path}",
            {"name": "gitlab", "repo": "desk/site", "base_url": "https://gitlab.press.example"},
        ),
    ],
)
def test_where_the_form_finds_the_repository(repository: str, backend: dict[str, str]) -> None:
    """The address of a file's history names it; without one there is a blank to be filled in."""
    config = cms_config(CmsFields({}, {}, "UTC"), repository, "main", "", "https://harbour.example")
    assert config["backend"] == backend | {"branch": "main"}


def test_the_page_of_the_form_asks_no_other_host_than_the_repositorys() -> None:
    """The page in the documentation forbids what the program would fetch elsewhere, and has no script inline."""
    page = (ROOT / "docs/commands/schema.md").read_text("utf-8")
    (html,) = re.findall(r"(?s)```html index.html\n(.*?)```", page)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert set(re.findall(r"https?://[^\s;\"]+", html)) == {"https://api.github.com", "https://github.com"}
    assert "<script>" not in html
