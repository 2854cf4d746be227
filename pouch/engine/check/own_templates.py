"""Templates of a site's own, tried before a build: some faults show only when a page is rendered."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pouch.digests import encode
from pouch.engine.compare import Fingerprints
from pouch.engine.fingerprint import StoredFile
from pouch.engine.plan import Plan
from pouch.engine.state import State
from pouch.pages.outputs import Output
from pouch.plugins import source_files
from pouch.reporting import progress
from pouch.site import Site
from pouch.theming.theme import Theme


def try_templates(
    site: Site, theme: Theme, plan: Plan, outputs: Collection[Output], bodies: Mapping[str, str], state: State
) -> None:
    """Render every page, if the site may have templates of its own. `state` is that of the check.

    A page that the last check could render is left out while its fingerprint is the same. Raises EnvironmentFault for a
    fault in a template, as a build does.
    """
    own_plugins = source_files(site.plugins, site.plugin_paths)
    if not (site.template_overrides or site.template_pages or own_plugins):
        return
    fingerprints = Fingerprints(plan, theme)
    rendered: list[tuple[str, StoredFile]] = []
    with progress("Trying templates", len(outputs)) as bar:
        for output in outputs:
            bar.advance()
            if not output.template:
                continue
            fingerprint = fingerprints.of(output, encode(output.model))
            if state.fingerprint(output.path) != fingerprint:
                theme.render(output.template, output.model, plan.views[output.lang or site.lang], bodies)
                rendered.append((output.path, StoredFile(fingerprint, 0, 0)))
    state.put_outputs(rendered, ())
    state.db.commit()
