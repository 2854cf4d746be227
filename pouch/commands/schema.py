"""`pouch schema`: what front matter may hold, for editors and other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from pouch.errors import EnvironmentFault
from pouch.reporting import show
from pouch.site import load_site, site_option, site_root


@click.command(epilog="Example: pouch schema > front-matter.schema.json")
@site_option
@click.option(
    "--obsidian", is_flag=True, help="Obsidian's types of properties instead: .obsidian/types.json."
)
@click.option(
    "--front-matter", is_flag=True, help="Settings of Front Matter CMS for VS Code instead: frontmatter.json."
)
@click.option("--markdown", is_flag=True, help="The reference for people instead: docs/front-matter.md.")
def command(site: Path | None, obsidian: bool, front_matter: bool, markdown: bool) -> None:
    """Print the JSON Schema of front matter; inside a site with its countries and topics, for completion."""
    from pouch.content.editors import front_matter_settings, obsidian_types
    from pouch.content.schema import json_schema, reference

    if obsidian + front_matter + markdown > 1:
        raise click.UsageError("choose one of --obsidian, --front-matter and --markdown")

    if markdown:
        show(reference(), end="")
        return
    countries: Iterable[str] = ()
    topics: Iterable[str] = ()
    try:
        root = site_root(site)
    except EnvironmentFault:
        # Outside a site the schema is still worth having; a site that was named must be one.
        if site is not None:
            raise
    else:
        from pouch.vocabulary.vocabulary import load_vocabulary

        vocabulary, _ = load_vocabulary(load_site(root))
        countries, topics = vocabulary.countries, vocabulary.topics
    form = (
        obsidian_types() if obsidian else front_matter_settings(countries, topics) if front_matter else None
    )
    show(json.dumps(form or json_schema(countries, topics), ensure_ascii=False, indent=2))
