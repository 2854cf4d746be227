"""Templates and plugins of a site's own, tried before a build: some faults show only when a page is rendered."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing

from pouch.digests import encode
from pouch.engine.compare import Fingerprints
from pouch.engine.fingerprint import StoredFile
from pouch.engine.plan import Plan
from pouch.engine.render import OutputWriter
from pouch.engine.state import State
from pouch.pages.outputs import Output
from pouch.plugins import Plugin, load_plugins, source_files
from pouch.reporting import progress
from pouch.site import Site
from pouch.theming.theme import Theme


def has_own_code(site: Site) -> bool:
    """Whether templates, filters or plugins of the site's own may see a body."""
    return bool(
        site.template_overrides or site.template_pages or source_files(site.plugins, site.plugin_paths)
    )


def try_templates(site: Site, theme: Theme, plan: Plan, outputs: Collection[Output], state: State) -> None:
    """Render every page, and what the site's own plugins render, with the words that a build gives them.

    `state` is that of the check, and holds all bodies. An output that the last check could render is left out while its
    fingerprint is the same. Raises EnvironmentFault for a fault in a template or a plugin, as a build does.
    """
    own_plugins = [
        plugin
        for plugin in load_plugins(site.plugins, site.plugin_paths)
        if any(plugin.file.is_relative_to(folder) for folder in site.plugin_paths)
    ]
    fingerprints = Fingerprints(plan, theme)
    rendered: list[tuple[str, StoredFile]] = []
    state.db.commit()
    with (
        progress("Trying templates", len(outputs)) as bar,
        closing(OutputWriter(site, plan.views, str(state.file))) as writer,
    ):
        for output in outputs:
            bar.advance()
            if not (output.template or _is_rendered_by(own_plugins, output)):
                continue
            fingerprint = fingerprints.of(output, encode(output.model))
            if state.fingerprint(output.path) != fingerprint:
                writer.attempt(output)
                rendered.append((output.path, StoredFile(fingerprint, 0, 0)))
    state.put_outputs(rendered, ())
    state.db.commit()


def _is_rendered_by(plugins: Collection[Plugin], output: Output) -> bool:
    """Whether one of the plugins makes the output, by a function of its own."""
    function = output.render or output.render_folder
    code = getattr(function, "__code__", None)
    return code is not None and any(plugin.owns(code.co_filename) for plugin in plugins)
