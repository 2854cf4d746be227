"""Planners: plugins' functions, run for a view. What they yield is looked at, and an error in them names their line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from pouch.checks.registry import checks
from pouch.errors import EnvironmentFault
from pouch.pages.groups import Group
from pouch.pages.outputs import Output
from pouch.pages.view import View
from pouch.plugins import Plugin, blame, guarded
from pouch.problems import Problem


def planned_groups(
    plugin: Plugin, planner: Callable[[View], Iterable[Group | Output]], view: View
) -> Iterator[Group]:
    """The groups that a planner yields. Single outputs are grouped together, and planned at every build."""
    single: list[Output] = []
    for planned in guarded(plugin, planner, view, of=(Group, Output)):
        if isinstance(planned, Output):
            single.append(planned)
        elif not callable(planned.function) or not isinstance(planned.inputs, tuple):
            order = TypeError("a Group takes a key, a function, and a tuple of inputs, in this order")
            raise blame(plugin, order, planner)
        else:
            yield msgspec.structs.replace(planned, function=Guarded(plugin, planned.function))
    if single:
        name = f"{plugin.name} {getattr(planner, '__name__', '')} {view.lang}"
        outputs = Guarded(plugin, lambda _: single, planner)
        yield Group(name, outputs, ([(output.path, output.model) for output in single],))


class Guarded:
    """A group's function. An error in it is reported with the plugin's file and line."""

    def __init__(
        self,
        plugin: Plugin,
        function: Callable[..., Iterable[Output]],
        source: Callable[..., object] | None = None,
    ) -> None:
        """`source` is the function whose line is named where an error has none."""
        self.plugin = plugin
        self.source = source or function
        self._function = function

    def blame(self, error: Exception) -> Exception:
        """The exception to raise for an error in the group."""
        return blame(self.plugin, error, self.source)

    def __call__(self, *inputs: object) -> Iterator[Output]:
        """The outputs."""
        return guarded(self.plugin, self._function, *inputs, of=Output)


def no_plain_value(group: Group, what: str, error: TypeError) -> Exception:
    problem = TypeError(f"{what} must be plain values: {error}")
    return group.function.blame(problem) if isinstance(group.function, Guarded) else problem


def links_of(plugins: Iterable[Plugin]) -> dict[str, Callable[..., Any]]:
    """The functions of all plugins' LINKS, by name. Raises EnvironmentFault if two provide one name."""
    providers: dict[str, Plugin] = {}
    links: dict[str, Callable[..., Any]] = {}
    for plugin in plugins:
        for name, function in plugin.links.items():
            if (other := providers.setdefault(name, plugin)) is not plugin:
                raise EnvironmentFault(
                    f"{plugin.file}: LINKS has {name!r}, which the plugin {other.name} provides; choose another name"
                )
            links[name] = _blamed(plugin, function)
    return links


def _blamed(plugin: Plugin, function: Callable[..., Any]) -> Callable[..., Any]:
    def link(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except Exception as error:
            raise blame(plugin, error, function) from error

    return link


def problems_of(plugins: Iterable[Plugin], view: View) -> Iterator[Problem]:
    """The problems that the plugins' checks find. Raises EnvironmentFault for a code that nothing explains."""
    for plugin in plugins:
        own = {check.code for check in plugin.checks}
        for check in plugin.checks:
            registered = checks().get(check.code, check)
            if (registered.what, registered.why) != (check.what, check.why):
                raise EnvironmentFault(
                    f"{plugin.file}: the code {check.code!r} in CHECKS is Pouch's own; choose another"
                )
            for problem in guarded(plugin, check.run, view, of=Problem) if check.run is not None else ():
                if problem.code not in own and problem.code not in checks():
                    raise EnvironmentFault(
                        f"{plugin.file}: the check {check.code} yields a problem with the code {problem.code!r}, "
                        "which no check in CHECKS explains"
                    )
                yield problem
