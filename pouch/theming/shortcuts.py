"""The fence around Jinja's private parts: a whole build takes a sixth less processor time, with the same bytes.

Everything that Pouch uses of Jinja and MarkupSafe beyond their documented interfaces stands in this module, and only
`environment` imports it. `POUCH_PLAIN=1` turns it off (`pouch.plain`). The overridden names are those of Jinja 3.1;
pyproject.toml has the upper bound.
`tests/engine/test_plain.py` compares a site built both ways.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

import jinja2
import markupsafe
from jinja2 import meta, nodes
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from pouch.theming.catalogues import translate

# MarkupSafe 3 escapes a str with this function and then marks the result as safe. Older versions lack it.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def _escape(value: Any) -> str:
    """Escape like `markupsafe.escape`, without the Markup object: the template prints the text at once."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    return value if kind is Markup else escape(value)


class _Context(Context):
    """Calls macros and translations, which are most calls of a page, without inspecting their decorators."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The result of `called` with these arguments."""
        if called is translate:
            return translate(args[0])
        if type(called) is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(self.eval_ctx, *args, **kwargs)
        return super().call(called, *args, **kwargs)


class _Template(jinja2.Template):
    """A template whose importable module is made once.

    At each import Jinja compares the globals of the importing page with those of the environment, which takes longer
    than the import. No page of ours has globals of its own.
    """

    references: tuple[str | None, ...]
    """Names of the templates that this one extends, includes or imports; None for a computed name."""

    @classmethod
    def _from_namespace(
        cls,
        environment: jinja2.Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002  # Jinja's signature
    ) -> jinja2.Template:
        # Compiled code calls this name on everything that it prints.
        namespace["escape"] = _escape
        template = super()._from_namespace(environment, namespace, globals)
        template.references = namespace["references"]  # type: ignore[attr-defined]  # Jinja's type, our class
        return template

    def _get_default_module(
        self,
        ctx: Context | None = None,  # noqa: ARG002  # Jinja's signature
    ) -> jinja2.environment.TemplateModule:
        return super()._get_default_module(None)


class Shortcuts(jinja2.Environment):
    """A mixin for an environment whose templates have no globals of their own and do not change while it lives."""

    template_class = _Template
    context_class = _Context

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._templates_by_name: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja's signature
    ) -> jinja2.Template:
        """A template by name. A page asks for a dozen."""
        if not isinstance(name, str):
            return super().get_template(name, parent, globals)
        template = self._templates_by_name.get(name)
        if template is None:
            template = self._templates_by_name[name] = super().get_template(name, parent, globals)
        return template

    def template_references(self, name: str) -> tuple[str | None, ...]:
        """The result of `PageEnvironment.template_references`, read from the compiled template.

        Raises TemplateError.
        """
        try:
            references: tuple[str | None, ...] = self.get_template(name).references  # type: ignore[attr-defined]  # as above
        except jinja2.TemplateSyntaxError:
            # The compiler also refuses templates that the parser accepts. Such a template may never be shown.
            references = super().template_references(name)  # type: ignore[misc]  # the other base class has it
        return references

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        # The references are stored with the code, so that nobody parses the template a second time.
        references = tuple(meta.find_referenced_templates(source))
        return f"{super()._generate(source, name, filename, defer_init)}\nreferences = {references!r}\n"
