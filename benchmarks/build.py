"""Measure building: Pouch, Hugo and stock Pelican over the same entries, in turn.

    python -m benchmarks.build --sizes 1000,10000,100000 --work build/bench

Every case is run `--runs` times, once past 10,000 entries, the generators taking turns, and the median counts; memory
is taken in one run more.
Writes DIR/build.json, and with --publish benchmarks/RESULTS.md and its picture.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from benchmarks.measure import Cost, machine
from benchmarks.results import Results, Volume, publish, table, volume_of
from benchmarks.site import BenchSite, Peers, pages

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
# Past this size a run takes minutes, and differs from the next by little.
REPEATED_UP_TO = 10_000


class Case(NamedTuple):
    """Something that is measured: what happens first, and what is then timed."""

    name: str
    before: Callable[[int], object]
    timed: Callable[..., Cost]


def cases(site: BenchSite, *, pelican: bool, default: bool) -> list[Case]:
    """All cases in their order: each finds the site as the case before left it."""

    def nothing(_: int) -> None:
        """No edit."""

    all_cases = [
        Case("Hugo", nothing, site.hugo_cold),
        Case("cold", nothing, site.pouch_cold),
        Case("nothing", nothing, site.pouch),
        Case("edit newest", site.edit_newest, site.pouch),
        Case("edit old", site.edit_old, site.pouch),
        Case("add", site.add, site.pouch),
        Case("label", site.edit_label, site.pouch),
        Case("entry template", site.edit_entry_template, site.pouch),
        Case("country template", site.edit_country_template, site.pouch),
    ]
    if default:
        all_cases += [
            Case("default cold", nothing, site.default_cold),
            Case("default edit", lambda turn: site.edit_newest(turn + 1000), site.default_again),
        ]
    if pelican:
        all_cases.insert(1, Case("Pelican", nothing, site.pelican_cold))
    return all_cases


def measure(
    site: BenchSite, runs: int, *, pelican: bool, default: bool, skip: frozenset[str]
) -> tuple[dict[str, list[Cost]], dict[str, Volume]]:
    """Costs by case: the timed runs, then one that looked at memory. And what each whole build published."""
    costs: dict[str, list[Cost]] = {}
    volumes: dict[str, Volume] = {}
    outputs = {
        "Hugo": site.hugo / "public",
        "cold": site.corpus / "output",
        "default cold": site.default_output,
    }
    site.warm()
    for turn in range(1, runs + 2):
        memory = turn > runs
        try:
            for case in cases(site, pelican=pelican, default=default):
                if case.name in skip:
                    continue
                case.before(turn)
                cost = case.timed(memory=memory)
                costs.setdefault(case.name, []).append(cost)
                details = f", {cost.peak / 1024**2:.0f} MiB" if memory else ""
                if case.name in outputs and case.name not in volumes:
                    volumes[case.name] = volume = volume_of(outputs[case.name])
                    details += f", {volume.files:,} files, {volume.bytes / 1e6:,.0f} MB"
                click.echo(
                    f"  {case.name}: {cost.wall:.2f} s ({cost.cpu:.2f} s of processors){details}", err=True
                )
                if case.name == "cold":
                    _compare(site)
        finally:
            site.restore()
    return costs, volumes


def _compare(site: BenchSite) -> None:
    """The two sites must publish the same pages, else the figures mean nothing."""
    theirs, ours = pages(site.hugo / "public"), pages(site.corpus / "output")
    if theirs != ours:
        raise SystemExit(
            f"Hugo and Pouch do not publish the same: {theirs[0] ^ ours[0] or 'numbered pages differ'}"
        )


@click.command()
@click.option("--sizes", default="1000,10000", show_default=True, help="Numbers of entries.")
@click.option(
    "--work", type=click.Path(file_okay=False, path_type=Path), default="build/bench", show_default=True
)
@click.option("--runs", type=click.IntRange(min=1), default=3, show_default=True)
@click.option("--cores", type=click.IntRange(min=1), default=2, show_default=True)
@click.option(
    "--pelican-up-to", type=int, default=10_000, show_default=True, help="Largest size for stock Pelican."
)
@click.option(
    "--default-up-to",
    type=int,
    default=10_000,
    show_default=True,
    help="Largest size for the default theme and features, which publish more than the profile.",
)
@click.option("--skip", multiple=True, help="A case to leave out, such as --skip 'default cold'.")
@click.option("--publish", "published", is_flag=True, help="Write benchmarks/RESULTS.md and its picture.")
def main(
    sizes: str,
    work: Path,
    runs: int,
    cores: int,
    pelican_up_to: int,
    default_up_to: int,
    skip: tuple[str, ...],
    published: bool,
) -> None:
    """Measure Pouch, Hugo and stock Pelican over the same entries."""
    work = work.resolve()
    peers = Peers(work / "peers")
    results = Results(machine(), cores, runs, {}, {})
    with ExitStack() as stack:
        for size in sorted(int(size) for size in sizes.split(",")):
            click.echo(f"{size} entries", err=True)
            site = BenchSite(size, work / str(size), peers, cores)
            stack.callback(site.tidy)
            results.sizes[size], results.volumes[size] = measure(
                site,
                runs if size <= REPEATED_UP_TO else 1,
                pelican=size <= pelican_up_to,
                default=size <= default_up_to,
                skip=frozenset(skip),
            )
            (work / "build.json").write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1))
        click.echo(table(results))
        if published:
            publish(results, RESULTS)
        click.echo("Deleting what was built.", err=True)


if __name__ == "__main__":
    main()
