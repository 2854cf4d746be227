"""Jinja as pages use it: its environment, and short ways through what it does hundreds of times a page.

The short ways change no byte. Each stands for a question that Jinja asks anew every time, and whose answer is always
the same here.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping, MutableMapping
from contextvars import ContextVar
from typing import Any

import jinja2
import markupsafe
from jinja2 import meta, nodes
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from pouch.theming.filters import FILTERS
from pouch.theming.fragments import Fragments

speaking: ContextVar[gettext.NullTranslations] = ContextVar("speaking")
"""The catalogue of the page that is being rendered."""


def page_environment(
    folders: tuple[str, ...], named: Mapping[str, str], compiled: jinja2.BytecodeCache
) -> PageEnvironment:
    """An environment that looks for templates in `folders`, in their order, and keeps their code in `compiled`.

    `named` are further folders by name: "!theme/entry.html" is looked for in that of "!theme" alone.
    """
    by_name = {name: jinja2.FileSystemLoader(folder) for name, folder in named.items()}
    environment = PageEnvironment(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folders), _NamedFolders(by_name)]),
        extensions=["jinja2.ext.i18n"],
        autoescape=jinja2.select_autoescape(("html", "xml")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a build asks for the same template thousands of times; a stat each time adds up
        cache_size=-1,
        bytecode_cache=compiled,
    )
    # The old style: `_` hands over plain text at no cost, and {% trans %} puts values in.
    environment.install_gettext_callables(_gettext, _ngettext)  # type: ignore[attr-defined]  # the i18n extension adds it
    environment.globals["_"] = _gettext
    environment.filters.update(FILTERS, kept=Fragments(speaking.get).kept)
    environment.policies["ext.i18n.trimmed"] = True
    return environment


class _NamedFolders(jinja2.PrefixLoader):
    """Folders whose templates are reached by the folder's name, and are not listed among the others."""

    def list_templates(self) -> list[str]:
        """None: a template that computes a name is not made stale by every file of the site."""
        return []


def _gettext(message: str) -> str:
    return speaking.get().gettext(message)


def _ngettext(singular: str, plural: str, number: int) -> str:
    return speaking.get().ngettext(singular, plural, number)


# What escapes a str, and leaves out to mark the result as escaped: MarkupSafe has it from 3.0, for itself alone.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def _escaped(value: Any) -> str:
    """What `escape` gives, but not marked as such: a template prints it at once, a hundred times a page."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    return value if kind is Markup else escape(value)


class _Context(Context):
    """Calls macros and texts, nearly all that templates call, without asking what they want to be given."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What `called` returns for these arguments."""
        if called is _gettext:
            return _gettext(args[0])
        if type(called) is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(self.eval_ctx, *args, **kwargs)
        return super().call(called, *args, **kwargs)


class _Template(jinja2.Template):
    """A template whose module, what others import from it, is made once.

    Jinja asks at every import whether the importing page has globals that the environment has not, which costs more
    than the import. Here no page has.
    """

    refers: tuple[str | None, ...]
    """Names of the templates that it extends, includes or imports; None where it computes one."""

    @classmethod
    def _from_namespace(
        cls,
        environment: jinja2.Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002  # Jinja's signature
    ) -> jinja2.Template:
        # What a compiled template calls on all that it prints.
        namespace["escape"] = _escaped
        template = super()._from_namespace(environment, namespace, globals)
        template.refers = namespace["refers"]  # type: ignore[attr-defined]  # typed as Jinja's, it is one of ours
        return template

    def _get_default_module(
        self,
        ctx: Context | None = None,  # noqa: ARG002  # Jinja's signature
    ) -> jinja2.environment.TemplateModule:
        return super()._get_default_module(None)


class PageEnvironment(jinja2.Environment):
    """Knows its templates by name alone: they are read once, and no page has globals of its own."""

    template_class = _Template
    context_class = _Context

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._named: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja's signature
    ) -> jinja2.Template:
        """A template; every page asks for a dozen."""
        if not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = super().get_template(name, parent, globals)
        return found

    def source(self, name: str) -> str:
        """A template's text. Raises TemplateNotFound."""
        assert self.loader is not None
        return self.loader.get_source(self, name)[0]

    def referred(self, name: str) -> list[str]:
        """Names of the templates that a template refers to; of all that there are where it computes one.

        Raises TemplateError where it has a fault.
        """
        try:
            found = self.get_template(name).refers  # type: ignore[attr-defined]  # as above
        except jinja2.TemplateSyntaxError:
            # Not every fault that compiling finds is one of a template that is parsed, but never shown.
            assert self.loader is not None
            text, file, _ = self.loader.get_source(self, name)
            found = tuple(meta.find_referenced_templates(self.parse(text, name, file)))
        return self.list_templates() if None in found else [each for each in found if each]

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        # Kept with the code, so that whoever asks needs not parse the template once more.
        refers = tuple(meta.find_referenced_templates(source))
        return f"{super()._generate(source, name, filename, defer_init)}\nrefers = {refers!r}\n"
