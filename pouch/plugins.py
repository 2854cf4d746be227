"""Plugins: modules named in PLUGINS that declare what they add to a site, in plain lists at the top level.

    PAGES      planners, run once for each interface language: (View) -> iterator of Group or Output
    FEEDS      planners, run once: likewise; what they plan counts as feeds
    CHECKS     `pouch.checks.registry.Check`, each with its code, explanation and function
    FILTERS    {name: function} for templates
    STATIC     files: (path below the output folder, pathlib.Path)
    TEMPLATES  folders of templates, looked in after the theme's
    MENU       `MenuItem`, for the menu on every page
    FOOTER     `MenuItem`, for the links at the foot of every page
    FEATURES   names for POUCH_FEATURES that this plugin brings
    LINKS      {name: function of (Interface, ...)}: addresses and feeds that other plugins' pages may show
    TERMS      functions of (Archive, features): the terms that have a page, as (kind, key)

The core loops over these lists and asks for no plugin by name. A plugin that declares none of them is foreign: an
ordinary Pelican plugin. Which it is is read from its source, so that `pouch build` imports no foreign plugin.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module, invalidate_caches
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from traceback import extract_tb
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from pouch import settings
from pouch.errors import EnvironmentFault, PouchError
from pouch.wording import closest


class MenuItem(NamedTuple):
    """An entry of the menu, or of the links at the foot, of every page."""

    order: int  # smaller numbers come first
    address: str  # without the site's path
    label: str  # an English interface text, translated by the theme's catalogue
    link: str = ""  # a name of LINKS: shown only where that gives something


def _is_file_pair(item: object) -> bool:
    return isinstance(item, tuple) and tuple(map(type, item[:1])) == (str,) and isinstance(item[-1], Path)


def _is_menu_item(item: object) -> bool:
    return isinstance(item, MenuItem)


def _is_check(item: object) -> bool:
    # The class stands further right in the house: `pouch.checks.registry.Check`.
    return hasattr(item, "code") and hasattr(item, "run")


LISTS: dict[str, tuple[type, str, Callable[[Any], bool]]] = {
    "PAGES": (list, "functions", callable),
    "FEEDS": (list, "functions", callable),
    "CHECKS": (list, "pouch.checks.registry.Check objects", _is_check),
    "FILTERS": (dict, "functions", callable),
    "STATIC": (list, "pairs of a path below the output folder and a pathlib.Path", _is_file_pair),
    "TEMPLATES": (list, "folders, as pathlib.Path", lambda item: isinstance(item, Path) and item.is_dir()),
    "MENU": (list, "pouch.plugins.MenuItem objects", _is_menu_item),
    "FOOTER": (list, "pouch.plugins.MenuItem objects", _is_menu_item),
    "FEATURES": (list, "texts", lambda item: isinstance(item, str)),
    "LINKS": (dict, "functions", callable),
    "TERMS": (list, "functions", callable),
}
"""Name → its type, what it holds in words, and whether a value is one of those."""
_PELICAN_NAMESPACE = "pelican.plugins."


class Plugin:
    """The lists that one module declares."""

    def __init__(self, name: str, module: ModuleType) -> None:
        """Raises EnvironmentFault for a list that is of another type."""
        self.name = name
        self.file = Path(module.__file__ or name)
        declared = {attribute: _declared(name, module, attribute) for attribute in LISTS}
        self.pages: Sequence[Callable[..., Iterable[Any]]] = declared["PAGES"]
        self.feeds: Sequence[Callable[..., Iterable[Any]]] = declared["FEEDS"]
        self.checks: Sequence[Any] = declared["CHECKS"]
        self.filters: Mapping[str, Callable[..., Any]] = declared["FILTERS"]
        self.static: Sequence[tuple[str, Path]] = declared["STATIC"]
        self.templates: Sequence[Path] = declared["TEMPLATES"]
        self.menu: Sequence[MenuItem] = declared["MENU"]
        self.footer: Sequence[MenuItem] = declared["FOOTER"]
        self.features: Sequence[str] = declared["FEATURES"]
        self.links: Mapping[str, Callable[..., Any]] = declared["LINKS"]
        self.terms: Sequence[Callable[..., Iterable[tuple[str, str]]]] = declared["TERMS"]

    def owns(self, file: str) -> bool:
        """Whether a file is the plugin's own code."""
        own = self.file.parent if self.file.name == "__init__.py" else self.file
        return Path(file).is_relative_to(own)


def load_plugins(names: Iterable[str], paths: tuple[str, ...] = ()) -> list[Plugin]:
    """The plugins among `names` that declare something, in that order; foreign ones are left out.

    `paths` are the folders of PLUGIN_PATHS. Raises EnvironmentFault, with file and line, where one cannot be imported.
    """
    return [Plugin(name, _module(name, paths)) for name in names if declares(name, paths)]


def forget_plugins(paths: Iterable[str]) -> None:
    """Forget what was imported from these folders of PLUGIN_PATHS, so that a process that builds again runs their code
    as it is now. The engine's digest of that code would otherwise speak of code that did not run.
    """
    folders = tuple(f"{Path(path)}/" for path in paths)
    for name, module in list(sys.modules.items()) if folders else ():
        if (getattr(module, "__file__", None) or "").startswith(folders):
            del sys.modules[name]
    invalidate_caches()
    declares.cache_clear()


@cache
def declares(name: str, paths: tuple[str, ...] = ()) -> bool:
    """Whether the module `name` declares any of LISTS. Its source is parsed; nothing is imported.

    False for a module that is not there: Pelican's plugins may be installed under names that only Pelican resolves.
    """
    spec = _spec(name, paths)
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        return False
    try:
        tree = ast.parse(Path(spec.origin).read_bytes(), spec.origin)
    except SyntaxError as error:
        raise EnvironmentFault(f"{spec.origin}:{error.lineno}: {error.msg}, in the plugin {name}") from error
    except OSError as error:
        raise EnvironmentFault(f"cannot read the plugin {name}: {error.strerror}") from error
    return any(bound in LISTS for node in tree.body for bound in _bound_names(node))


def refuse_missing(names: Iterable[str], paths: tuple[str, ...]) -> None:
    """Raises EnvironmentFault for a name in PLUGINS that no module has, neither as it is nor in Pelican's namespace."""
    for name in names:
        if _spec(name, paths) is None and not _is_installed(name.removeprefix(_PELICAN_NAMESPACE)):
            close = closest(name, settings.PLUGINS)
            cure = f"did you mean {close}?" if close else "install it, or name its folder in PLUGIN_PATHS"
            raise EnvironmentFault(f"PLUGINS names {name}, and there is no such module; {cure}")


def _is_installed(name: str) -> bool:
    """Whether Pelican's namespace holds a plugin. It imports Pelican, so it is asked last."""
    try:
        return find_spec(_PELICAN_NAMESPACE + name) is not None
    except (ImportError, ValueError):
        return False


def source_files(names: Iterable[str], paths: tuple[str, ...]) -> list[Path]:
    """The files that the site's own plugins may be made of: all files of the folders of PLUGIN_PATHS that hold one.

    A build depends on all of them: modules that a plugin imports, its templates, its data.
    """
    folders = [
        folder
        for folder in paths
        if any(PathFinder.find_spec(name, [folder]) and declares(name, paths) for name in names)
    ]
    return [
        file
        for folder in folders
        for file in sorted(Path(folder).rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    ]


def blame(plugin: Plugin, error: BaseException, function: Callable[..., object] | None = None) -> Exception:
    """The exception to raise for an error in a plugin's code: it names the plugin's file and line.

    The line is that of `function` where the error arose before its first line.
    """
    if isinstance(error, PouchError):
        return error
    place = _place(error, plugin.file, function)
    return EnvironmentFault(f"{place}: {_sentence(error)}, in the plugin {plugin.name}")


def guarded(
    plugin: Plugin, function: Callable[..., Iterable[Any]], *arguments: Any, of: Any
) -> Iterator[Any]:
    """The values that a plugin's function yields, each of the type `of`. `blame` converts its exceptions."""
    try:
        planned: Any = function(*arguments)
        if not isinstance(planned, Iterable):  # a planner that forgot to yield
            raise TypeError(f"the function must yield or return a list, and it returns {planned!r}")
        for value in planned:
            if not isinstance(value, of):
                raise TypeError(f"the function must not yield {value!r}")
            yield value
    except Exception as error:
        raise blame(plugin, error, function) from error


def _declared(name: str, module: ModuleType, attribute: str) -> Any:
    kind, words, accepts = LISTS[attribute]
    declared = getattr(module, attribute, kind())
    if kind is list and isinstance(declared, tuple) and not isinstance(declared, MenuItem):
        declared = list(declared)
    place = module.__file__ or name
    is_right = isinstance(declared, kind)
    if not is_right:
        raise EnvironmentFault(
            f"{place}: {attribute} must be a {kind.__name__}, not {declared!r}, in the plugin {name}"
        )
    for item in declared.values() if isinstance(declared, dict) else declared:
        if not accepts(item):
            raise EnvironmentFault(
                f"{place}: {attribute} must hold {words}, not {item!r}, in the plugin {name}"
            )
    return declared


def _module(name: str, paths: tuple[str, ...]) -> ModuleType:
    """The module, imported once. As Pelican does, PLUGIN_PATHS are searched first, without touching `sys.path`."""
    if name in sys.modules:
        return sys.modules[name]
    finder = _SourceFinder(paths)
    spec = finder.find_spec(name, paths) or (PathFinder.find_spec(name, list(paths)) if paths else None)
    sys.meta_path.insert(0, finder)
    try:
        if spec is None or spec.loader is None:
            return import_module(name)
        module = module_from_spec(spec)
        # A package's own imports look for it by name.
        sys.modules[name] = module
        spec.loader.exec_module(module)
    except PouchError:
        raise
    except (Exception, SystemExit) as error:
        sys.modules.pop(name, None)
        origin = spec.origin if spec else None
        place = _place(error, Path(origin)) if origin else name
        raise EnvironmentFault(f"{place}: {_sentence(error)}, in the plugin {name}") from error
    finally:
        sys.meta_path.remove(finder)
    return module


class _SourceLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _SourceFinder:
    """Lets modules in folders of PLUGIN_PATHS run as their files are now.

    Python's own compiled copy of a file is taken for current if the file's second and size are the same.
    """

    def __init__(self, folders: tuple[str, ...]) -> None:
        self._folders = tuple(f"{Path(folder)}/" for folder in folders)

    def find_spec(
        self, name: str, path: Sequence[str] | None, _: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's spec where its file lies in one of the folders; None leaves it to the next finder."""
        spec = PathFinder.find_spec(name, list(path)) if path else None
        if spec and isinstance(spec.loader, SourceFileLoader) and spec.loader.path.startswith(self._folders):
            spec.loader = _SourceLoader(name, spec.loader.path)
            return spec
        return None


def _spec(name: str, paths: tuple[str, ...]) -> ModuleSpec | None:
    if name.startswith(_PELICAN_NAMESPACE):
        return None
    if paths and (spec := PathFinder.find_spec(name, list(paths))):
        return spec
    try:
        # Of a dotted name this imports the parent package; our own plugins have none.
        return find_spec(name)
    except (ImportError, ValueError):
        return None


def _bound_names(node: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top level of a module binds."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            # Also those of `PAGES, CHECKS = [...], [...]`.
            yield from (name.id for name in ast.walk(target) if isinstance(name, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)


def _place(error: BaseException, file: Path, function: Callable[..., object] | None = None) -> str:
    """File and line where an error arose: the last frame in the plugin's own folder, else where `function` begins."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    own = file.parent if file.name == "__init__.py" else file
    frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(own)]
    if frames:
        return f"{frames[-1].filename}:{frames[-1].lineno}"
    code = getattr(getattr(function, "func", function), "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code is not None else str(file)


def _sentence(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
