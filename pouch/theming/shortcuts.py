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
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
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


def _mark(text: str) -> Markup:
    """Mark what compiled code has put together as safe, without asking whether it is another kind of object."""
    return str.__new__(Markup, text)


class _Macro(Macro):
    """A macro that is called with values in the order of its parameters, as nearly all are, without their names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._omitted = (missing,) * self._argument_count
        self._is_plain = self._default_autoescape and not (
            self.caller or self.catch_kwargs or self.catch_varargs
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The text of the macro."""
        if (
            kwargs
            or not self._is_plain
            or len(args) > self._argument_count
            or (args and type(args[0]) is EvalContext)
        ):
            return super().__call__(*args, **kwargs)
        text = self._func(*args, *self._omitted[len(args) :])
        return text if type(text) is Markup else _mark(text)


class _Context(Context):
    """Calls macros and translations, which are most calls of a page, without inspecting their decorators."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The result of `called` with these arguments."""
        if called is translate:
            return translate(args[0])
        if type(called) is _Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            if self.eval_ctx.autoescape:
                return called(*args, **kwargs)
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
        # The names that compiled code calls: on everything that it prints, on what a macro or block has printed.
        namespace["escape"] = _escape
        namespace["Markup"] = _mark
        namespace["Macro"] = _Macro
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
