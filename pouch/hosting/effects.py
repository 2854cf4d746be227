"""Changes that foreign plugins make beside articles, and that have no effect in a build of Pouch.

Readers, extensions of Markdown, filters and variables of templates are Pelican's own machinery, which the engine goes
around. `take_turns` lets one of ours see what each receiver of a signal does; the other functions look at what is there
at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

_NAMESPACE = "pelican.plugins."
# What Pelican itself puts beside the settings into what templates get.
_CONTEXT = frozenset((
    "generated_content", "static_links", "static_content", "localsiteurl", "articles", "drafts", "hidden_articles",
    "dates", "tags", "categories", "authors", "related_posts", "period_archives", "pages", "hidden_pages",
    "draft_pages", "staticfiles",
))  # fmt: skip


def plugin_of(thing: object, names: Iterable[str]) -> str | None:
    """The plugin among `names` that a function or class belongs to, or that an object's class does."""
    module = str(getattr(thing, "__module__", None) or type(thing).__module__)
    parts = module.removeprefix(_NAMESPACE).split(".")
    own = [name for name in names if parts[: (n := len(_parts(name)))] == _parts(name)[:n]]
    return max(own, key=len, default=None)


def _parts(name: str) -> list[str]:
    return name.removeprefix(_NAMESPACE).removesuffix(".plugin").split(".")


def take_turns(signal: Any, turn: Callable[..., None]) -> None:
    """Connect `turn` in place of a signal's receivers; it gets them as its first argument, and calls them.

    Receivers are called in no certain order otherwise.
    """
    receivers = sorted(signal.receivers_for(None), key=_address)
    for receiver in receivers:
        signal.disconnect(receiver)
    signal.connect(lambda sender, **words: turn(receivers, sender, **words), weak=False)


def _address(receiver: object) -> tuple[str, str]:
    return str(getattr(receiver, "__module__", "")), str(getattr(receiver, "__qualname__", ""))


def readers_of(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The readers that were set up; entries are read by Pouch, whatever else could read them."""
    kinds = [f".{kind}" for kind in after if after[kind] is not before.get(kind)]
    return [f"a reader of {', '.join(kinds)} files, which is not asked"] if kinds else []


def markdown_extensions(settings: dict[str, Any], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The plugins that set up Python-Markdown, each with what it added; entries have the same Markdown everywhere."""
    for extension in (settings.get("MARKDOWN") or {}).get("extensions", ()):
        name = None if isinstance(extension, str) else plugin_of(extension, names)
        if name is not None:
            yield (
                name,
                f"the extension of Markdown {type(extension).__name__}, without which entries are read",
            )


def template_names(environment: Any, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The plugins that add to Pelican's templates, each with the setting that would give it to Pouch's."""
    for kind in ("filters", "tests", "globals"):
        of_plugin: dict[str, list[str]] = {}
        for word, function in getattr(environment, kind).items():
            name = plugin_of(function, names)
            if name is not None:
                of_plugin.setdefault(name, []).append(word)
        for name, words in of_plugin.items():
            yield (
                name,
                f"templates' {kind} {', '.join(sorted(words))}, which only JINJA_{kind.upper()} gives to pages",
            )


def variables(context: dict[str, Any], settings: dict[str, Any]) -> list[str]:
    """The variables that somebody beside Pelican gave to Pelican's templates."""
    names = sorted(context.keys() - settings.keys() - _CONTEXT)
    # Capitals are settings that a plugin fills in for itself.
    words = [name for name in names if not name.isupper()]
    return [f"templates' variables {', '.join(words)}, which no page gets"] if words else []
