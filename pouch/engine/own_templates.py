"""Templates of a site's own, tried before a build: some faults show only when a page is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pouch.pages.models import SiteView
from pouch.pages.outputs import Output
from pouch.plugins import source_files
from pouch.site import Site
from pouch.theming.theme import Theme


def try_templates(
    site: Site,
    theme: Theme,
    outputs: Iterable[Output],
    views: Mapping[str, SiteView],
    bodies: Mapping[str, str],
) -> None:
    """Render the first and the last page of each template in each language, if the site may have templates of its own.

    Raises EnvironmentFault for a fault in a template, as a build does.
    """
    own_plugins = source_files(site.plugins, site.plugin_paths)
    if not (site.template_overrides or site.template_pages or own_plugins):
        return
    first_and_last: dict[tuple[str, str], list[Output]] = {}
    for output in outputs:
        if output.template:
            pages = first_and_last.setdefault((output.template, output.lang), [])
            pages[1:] = [output]
    for pages in first_and_last.values():
        for output in pages:
            theme.render(output.template, output.model, views[output.lang or site.lang], bodies)
