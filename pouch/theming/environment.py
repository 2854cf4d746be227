"""The Jinja environment that pages are rendered in."""

from __future__ import annotations

from collections.abc import Mapping

import jinja2
from jinja2 import meta

from pouch.plain import is_plain
from pouch.theming.catalogues import translate, translate_plural
from pouch.theming.filters import FILTERS
from pouch.theming.macro_cache import MacroCache


def page_environment(
    folders: tuple[str, ...], named_folders: Mapping[str, str], compiled: jinja2.BytecodeCache
) -> PageEnvironment:
    """An environment that looks for templates in `folders`, in order, and stores compiled ones in `compiled`.

    `named_folders` are further folders by name: "!theme/entry.html" is looked up in the folder named "!theme" only.
    """
    by_name = {name: jinja2.FileSystemLoader(folder) for name, folder in named_folders.items()}
    environment = _environment_class()(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folders), _NamedFolders(by_name)]),
        extensions=["jinja2.ext.i18n"],
        autoescape=jinja2.select_autoescape(("html", "xml")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # templates do not change during a build, which asks for each thousands of times
        cache_size=-1,
        bytecode_cache=compiled,
    )
    # gettext's old style: `_` returns plain text, and {% trans %} inserts values.
    environment.install_gettext_callables(translate, translate_plural)  # type: ignore[attr-defined]  # from i18n
    environment.globals["_"] = translate
    environment.filters.update(FILTERS, cached=MacroCache().print)
    environment.policies["ext.i18n.trimmed"] = True
    return environment


class PageEnvironment(jinja2.Environment):
    """Tells what templates refer to, so that a page's fingerprint covers all that it is made of."""

    def source(self, name: str) -> str:
        """A template's text. Raises TemplateNotFound."""
        assert self.loader is not None
        return self.loader.get_source(self, name)[0]

    def template_references(self, name: str) -> tuple[str | None, ...]:
        """Names of the templates that a template extends, includes or imports; None for a computed name.

        Raises TemplateError.
        """
        assert self.loader is not None
        text, file, _ = self.loader.get_source(self, name)
        return tuple(meta.find_referenced_templates(self.parse(text, name, file)))

    def dependencies(self, name: str) -> list[str]:
        """The names of referenced templates, with all of the site in place of a computed name. Raises TemplateError."""
        references = self.template_references(name)
        return self.list_templates() if None in references else [each for each in references if each]


class _NamedFolders(jinja2.PrefixLoader):
    """Folders whose templates are reached by the folder's name and are not listed with the others."""

    def list_templates(self) -> list[str]:
        """None: otherwise each file of the site would make a template stale that computes a name."""
        return []


def _environment_class() -> type[PageEnvironment]:
    if is_plain():
        return PageEnvironment
    # The only import of the fence.
    from pouch.theming.shortcuts import Shortcuts

    return type("FastPageEnvironment", (Shortcuts, PageEnvironment), {})
