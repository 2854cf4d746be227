"""`pouch schema`: what front matter may hold, for editors and other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from pouch.errors import EnvironmentFault
from pouch.reporting import show
from pouch.scaffold import branch_of
from pouch.site import Site, load_site, site_option, site_root
from pouch.vocabulary.vocabulary import Vocabulary


@click.command(epilog="Example: pouch schema > front-matter.schema.json")
@site_option
@click.option(
    "--obsidian", is_flag=True, help="Obsidian's types of properties instead: .obsidian/types.json."
)
@click.option(
    "--front-matter", is_flag=True, help="Settings of Front Matter CMS for VS Code instead: frontmatter.json."
)
@click.option("--snippets", is_flag=True, help="What VS Code completes instead: .vscode/pouch.code-snippets.")
@click.option("--sveltia", is_flag=True, help="The configuration of Sveltia CMS instead: admin/config.yml.")
@click.option("--markdown", is_flag=True, help="The reference for people instead: docs/front-matter.md.")
def command(
    site: Path | None, obsidian: bool, front_matter: bool, snippets: bool, sveltia: bool, markdown: bool
) -> None:
    """Print the JSON Schema of front matter; inside a site with its countries and topics, for completion."""
    from pouch.content.editors import front_matter_settings, obsidian_types
    from pouch.content.schema import json_schema, reference

    if obsidian + front_matter + snippets + sveltia + markdown > 1:
        raise click.UsageError(
            "choose one of --obsidian, --front-matter, --snippets, --sveltia and --markdown"
        )

    if markdown:
        show(reference(), end="")
        return
    countries: Iterable[str] = ()
    topics: Iterable[str] = ()
    try:
        root = site_root(site)
    except EnvironmentFault:
        # Outside a site the schema is still worth having; a site that was named must be one.
        if site is not None or sveltia or snippets:
            raise
    else:
        from pouch.vocabulary.vocabulary import load_vocabulary

        settings = load_site(root)
        vocabulary, _ = load_vocabulary(settings)
        countries, topics = vocabulary.countries, vocabulary.topics
        if snippets:
            show(snippets_text(settings), end="")
            return
        if sveltia:
            show(_sveltia(settings, vocabulary), end="")
            return
    form = (
        obsidian_types() if obsidian else front_matter_settings(countries, topics) if front_matter else None
    )
    show(json.dumps(form or json_schema(countries, topics), ensure_ascii=False, indent=2))


def snippets_text(site: Site) -> str:
    """The snippets of VS Code for a site: its terms by their names in each of its languages."""
    from pouch.content.snippets import snippets
    from pouch.vocabulary.vocabulary import load_vocabulary

    vocabulary, _ = load_vocabulary(site)
    countries = {
        code: [vocabulary.label("country", code, lang) for lang in site.languages]
        for code in vocabulary.countries
    }
    topics = {
        key: [vocabulary.label("topic", key, lang) for lang in site.languages] for key in vocabulary.topics
    }
    return json.dumps(snippets(countries, topics), ensure_ascii=False, indent=1) + "\n"


def _sveltia(site: Site, vocabulary: Vocabulary) -> str:
    """The YAML of Sveltia CMS for a site, with its terms by their labels."""
    import yaml

    from pouch.content.editors import CmsFields, cms_config

    countries = {code: vocabulary.label("country", code, site.lang) for code in vocabulary.countries}
    topics = {key: vocabulary.label("topic", key, site.lang) for key in vocabulary.topics}
    root = Path(site.root)
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    below = root.relative_to(top).as_posix()
    config = cms_config(
        CmsFields(countries, topics, site.timezone),
        site.look.repository,
        branch_of(top),
        "" if below == "." else f"{below}/",
        site.url,
    )
    return yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=120)
