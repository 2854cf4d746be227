"""The theme: from a template's name and a model to the text of a page.

One Environment serves all interface languages: the gettext functions look up the catalogue of the page that
is being rendered, so templates and the macros that they import are compiled once. Apart from its arguments,
a template sees nothing: no globals of ours, no clock.
"""

from __future__ import annotations

import gettext
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from traceback import extract_tb

import jinja2

from pouch.caching import build_cache
from pouch.errors import EnvironmentFault
from pouch.pages.models import Model, SiteView
from pouch.plugins import Plugin, source_files
from pouch.site import Site
from pouch.template_settings import registered_settings
from pouch.theming.assets import asset_files
from pouch.theming.catalogues import catalogue_path, current_catalogue, load_catalogue
from pouch.theming.compiled import CompiledTemplates
from pouch.theming.environment import page_environment
from pouch.theming.filters import FILTERS

SITE_FILES = "!site"
"""Templates whose names begin so are files of the site's folder: those of TEMPLATE_PAGES."""


class Theme:
    """A site's templates, translations and static files.

    Templates are read once: to follow changes, make a new Theme.
    """

    def __init__(self, site: Site, plugins: Sequence[Plugin] = ()) -> None:
        """Templates are looked for in the site's overrides first, then in its theme, then in its plugins' folders."""
        self._root = Path(site.theme)
        self._translations = self._root / "translations"
        self._cache = build_cache(site.root)
        folders = (
            *site.template_overrides,
            str(self._root / "templates"),
            *(str(folder) for plugin in plugins for folder in plugin.templates),
        )
        self._folders = folders
        named_folders = {"!theme": str(self._root / "templates"), SITE_FILES: site.root}
        self._environment = page_environment(
            folders, named_folders, CompiledTemplates(self._cache, _functions(site))
        )
        own = {*FILTERS, "cached"}
        for plugin in plugins:
            _refuse_taken(plugin.filters, own, f"FILTERS of the plugin {plugin.name}")
            self._environment.filters.update(plugin.filters)
            own |= plugin.filters.keys()
        settings = registered_settings(site.template_settings)
        _refuse_taken(settings.filters, own, "JINJA_FILTERS")
        _refuse_taken(settings.globals, {"_", "gettext", "ngettext"}, "JINJA_GLOBALS")
        self._environment.filters.update(settings.filters)
        self._environment.tests.update(settings.tests)
        self._environment.globals.update(settings.globals)
        self._catalogues: dict[str, gettext.NullTranslations] = {}
        self._digests: dict[tuple[str, str], bytes] = {}
        self._sources: dict[str, tuple[bytes, tuple[str, ...]]] = {}
        self._present: dict[str, bool] = {}

    def render(self, template: str, page: Model, view: SiteView, bodies: Mapping[str, str]) -> str:
        """The complete text of a page, with one newline at its end.

        `bodies` holds the sanitised HTML that the model names by key. Raises EnvironmentFault with the
        template's file and line where the template is wrong.
        """
        token = current_catalogue.set(self._catalogue(view.lang))
        try:
            compiled = self._environment.get_template(template)
            return compiled.render(page=page, site=view, bodies=bodies).strip("\n") + "\n"
        except jinja2.TemplateError as error:
            raise self._fault(template, error) from error
        finally:
            current_catalogue.reset(token)

    def digest(self, template: str, lang: str) -> bytes:
        """The fingerprint of everything that decides a page apart from its model, its SiteView and its bodies.

        It covers the template with everything that it extends, includes or imports, and the catalogue of `lang`.
        Filters and libraries belong to the engine's digest: a change there invalidates every fingerprint.
        """
        digest = self._digests.get((template, lang))
        if digest is None:
            fingerprint = hashlib.sha256()
            for name in self._closure(template):
                source = self._source(name)[0]
                fingerprint.update(f"{name}\0{len(source)}\0".encode() + source)
            catalogue = catalogue_path(self._translations, lang)
            fingerprint.update(catalogue.read_bytes() if catalogue else b"")
            digest = self._digests[template, lang] = fingerprint.digest()
        return digest

    def has(self, template: str) -> bool:
        """Whether there is a template of this name."""
        if template not in self._present:
            try:
                self._environment.source(template)
                self._present[template] = True
            except jinja2.TemplateNotFound:
                self._present[template] = False
        return self._present[template]

    def translator(self, lang: str) -> Callable[[str], str]:
        """From an English msgid to its text in `lang`: for what a plan puts into models."""
        return self._catalogue(lang).gettext

    def static_files(self) -> list[tuple[str, Path]]:
        """The static files that the theme publishes: see `asset_files`."""
        return list(asset_files(self._root))

    def _catalogue(self, lang: str) -> gettext.NullTranslations:
        catalogue = self._catalogues.get(lang)
        if catalogue is None:
            path = catalogue_path(self._translations, lang)
            catalogue = self._catalogues[lang] = load_catalogue(path, self._cache)
        return catalogue

    def _closure(self, template: str) -> list[str]:
        """The template's name, then those of all templates that it needs, by name."""
        needed_by = {template: template}
        queue = [template]
        while queue:
            user = queue.pop()
            for name in self._source(user, needed_by[user])[1]:
                if name not in needed_by:
                    needed_by[name] = user
                    queue.append(name)
        return [template, *sorted(needed_by.keys() - {template})]

    def _source(self, name: str, needed_by: str = "") -> tuple[bytes, tuple[str, ...]]:
        """A template's text and the names that it refers to; all names where it computes one.

        `needed_by`: the template that a message names if this one is not there.
        """
        source = self._sources.get(name)
        if source is None:
            try:
                text, dependencies = self._environment.source(name), self._environment.dependencies(name)
            except jinja2.TemplateNotFound as error:
                raise self._fault(needed_by or name, error) from error
            except jinja2.TemplateError as error:
                raise self._fault(name, error) from error
            source = self._sources[name] = (text.encode(), tuple(dependencies))
        return source

    def _fault(self, template: str, error: jinja2.TemplateError) -> EnvironmentFault:
        """A template's fault with its file and line, as far as Jinja knows them."""
        folders = self._folders
        if isinstance(error, jinja2.TemplateSyntaxError):
            return EnvironmentFault(
                f"{error.filename or error.name or template}:{error.lineno}: {error.message}"
            )
        if isinstance(error, jinja2.TemplateNotFound):
            where = " or ".join(folders)
            return EnvironmentFault(f"no template {error.name} in {where}; {template} needs it")
        # Jinja rewrites tracebacks so that frames of templates carry their own file and line.
        places = [frame for frame in extract_tb(error.__traceback__) if frame.filename.startswith(folders)]
        where = f"{places[-1].filename}:{places[-1].lineno}" if places else template
        return EnvironmentFault(f"{where}: {error.message}")


def _functions(site: Site) -> bytes:
    """A digest of the code that the site's own filters and tests come from."""
    code = hashlib.blake2b(site.template_settings.encode(), digest_size=16)
    for file in source_files(site.plugins, site.plugin_paths):
        if file.suffix == ".py":
            text = file.read_bytes()
            code.update(f"{file}\0{len(text)}\0".encode() + text)
    return code.digest()


def _refuse_taken(names: Iterable[str], reserved: Collection[str], origin: str) -> None:
    """Raise EnvironmentFault where a name would replace one that the theme's own templates use."""
    for name in names:
        if name in reserved:
            raise EnvironmentFault(
                f"{origin}: {name!r} is used by Pouch's own templates; choose another name"
            )
