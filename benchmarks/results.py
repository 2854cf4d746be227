"""The bench's figures as people read them: a table of ratios against Hugo, and a picture of cost against size."""

from __future__ import annotations

import math
import platform
from collections.abc import Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median

import msgspec

from benchmarks.measure import Cost
from benchmarks.site import HUGO_VERSION, PELICAN_VERSION

# What was asked for: case → size → the most that a run may take of Hugo's full build.
TARGETS: dict[str, dict[int, float]] = {
    "cold": {10_000: 0.85, 100_000: 0.5},
    "edit newest": {10_000: 0.07, 100_000: 0.03},
    "edit old": {10_000: 0.07, 100_000: 0.03},
    "add": {10_000: 0.07, 100_000: 0.03},
    "nothing": {10_000: 0.02, 100_000: 0.02},
    "default cold": {10_000: 1.8, 100_000: 1.2},
    "default edit": {10_000: 0.1, 100_000: 0.06},
}
MEMORY_TARGET = {100_000: 0.5}
GROWTH_TARGET = 11
LABELS = {
    "Hugo": "Hugo, whole site",
    "Pelican": "stock Pelican, whole site",
    "cold": "Pouch, whole site",
    "nothing": "Pouch, nothing changed",
    "edit newest": "Pouch, newest entry edited",
    "edit old": "Pouch, old entry edited",
    "add": "Pouch, an entry added",
    "label": "Pouch, a topic's label edited",
    "entry template": "Pouch, entry template edited",
    "country template": "Pouch, country template edited",
    "default cold": "Pouch, default theme and features, whole site",
    "default edit": "Pouch, default theme and features, newest entry edited",
}


class Volume(msgspec.Struct):
    """What a generator published."""

    files: int
    bytes: int  # the sum of the files' sizes


def volume_of(folder: Path) -> Volume:
    """All files below a folder."""
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return Volume(len(sizes), sum(sizes))


class Results(msgspec.Struct):
    """Everything that one run of the bench measured."""

    machine: str
    cores: int
    runs: int
    sizes: dict[int, dict[str, list[Cost]]]  # entries → case → timed runs, then the one that looked at memory
    volumes: dict[int, dict[str, Volume]]  # entries → whole builds → what they published

    def wall(self, size: int, case: str) -> float:
        """Median seconds."""
        return median(cost.wall for cost in self.sizes[size][case] if not cost.peak)

    def cpu(self, size: int, case: str) -> float:
        """Median seconds of processors, user and system."""
        return median(cost.cpu for cost in self.sizes[size][case] if not cost.peak)

    def peak(self, size: int, case: str) -> int:
        """Bytes."""
        return max(cost.peak for cost in self.sizes[size][case])


def table(results: Results) -> str:
    """Markdown: for each size a line a case, with the ratio to Hugo's whole build in the same run, and the target."""
    parts = []
    for size, costs in results.sizes.items():
        lines = [
            f"### {size:,} entries\n",
            "| | seconds | × Hugo | asked for | processors' seconds | × Hugo | memory, MiB | × Hugo | published |",
            "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        ]
        hugo = results.wall(size, "Hugo") if "Hugo" in costs else math.nan
        hugo_cpu = results.cpu(size, "Hugo") if "Hugo" in costs else math.nan
        heap = results.peak(size, "Hugo") if "Hugo" in costs else math.nan
        for case in costs:
            wall, peak = results.wall(size, case), results.peak(size, case)
            asked = TARGETS.get(case, {}).get(size)
            target = "" if asked is None else f"≤ {asked}"
            cpu = results.cpu(size, case)
            times = f"{wall:.2f} | {wall / hugo:.3f} | {target} | {cpu:.2f} | {cpu / hugo_cpu:.3f}"
            volume = results.volumes.get(size, {}).get(case)
            published = f"{volume.files:,} files, {volume.bytes / 1e6:,.0f} MB" if volume else ""
            memory = f"{peak / 1024**2:,.0f} | {peak / heap:.2f}"
            lines.append(f"| {LABELS[case]} | {times} | {memory} | {published} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join([*parts, *_growth(results)])


def _growth(results: Results) -> Iterator[str]:
    """What goes across sizes and cases."""
    sizes = sorted(results.sizes)
    for small, large in pairwise(sizes):
        for case in ("cold", "Hugo"):
            if case in results.sizes[small] and case in results.sizes[large]:
                ratio = results.wall(large, case) / results.wall(small, case)
                asked = (
                    f" (asked for: ≤ {GROWTH_TARGET})"
                    if (small, large, case) == (10_000, 100_000, "cold")
                    else ""
                )
                yield f"- {LABELS[case]}: {large:,} entries take {ratio:.1f} times as long as {small:,}{asked}.\n"
    for size in sizes:
        if {"default cold", "cold"} <= results.sizes[size].keys():
            ratio = results.wall(size, "default cold") / results.wall(size, "cold")
            yield f"- Default theme and features at {size:,} entries: {ratio:.1f} × the profile.\n"
    for size, asked_memory in MEMORY_TARGET.items():
        if size in results.sizes:
            ratio = results.peak(size, "cold") / results.peak(size, "Hugo")
            yield f"- Memory at {size:,} entries: {ratio:.2f} × Hugo's (asked for: ≤ {asked_memory}).\n"


def _repeated(runs: int) -> str:
    return "One run of each." if runs == 1 else f"Medians of {runs} runs, of one past 10,000 entries."


def publish(results: Results, file: Path) -> None:
    """Replace the part of RESULTS.md between its two marks, and the picture beside it."""
    begin, end = "<!-- build: begin -->\n", "<!-- build: end -->"
    text = file.read_text(encoding="utf-8")
    head, _, rest = text.partition(begin)
    tail = rest.partition(end)[2]
    sizes = ",".join(str(size) for size in results.sizes)
    versions = (
        f"Python {platform.python_version()}, Python-Markdown {version('markdown')}, Jinja {version('jinja2')}; "
        f"Hugo {HUGO_VERSION}; Pelican {PELICAN_VERSION}"
    )
    body = (
        f"{results.machine}; {results.cores} processors used. {versions}. "
        f"{_repeated(results.runs)}\n\n"
        f"    python -m benchmarks.build --sizes {sizes} --runs {results.runs} --cores {results.cores} --publish\n\n"
        f"{table(results)}\n"
    )
    if len(results.sizes) > 1:
        body += "![Time and memory against the number of entries](build.svg)\n"
        file.with_name("build.svg").write_text(picture(results), encoding="utf-8", newline="\n")
    file.write_text(f"{head}{begin}{body}{end}{tail}", encoding="utf-8", newline="\n")


CURVES = {
    "Pelican": "#8a8a8a",
    "Hugo": "#c2410c",
    "cold": "#1d4ed8",
    "default cold": "#6d28d9",
    "edit newest": "#0e7490",
    "nothing": "#15803d",
}
WIDTH, HEIGHT, MARGIN, GAP = 420, 320, 52, 190


def picture(results: Results) -> str:
    """SVG: time on the left, memory on the right, both axes logarithmic."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH + GAP} {HEIGHT + 20}" '
        'font-family="sans-serif" font-size="11" role="img" aria-label="Time and memory against size">',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    seconds = {
        c: [(n, results.wall(n, c)) for n in sorted(results.sizes) if c in results.sizes[n]] for c in CURVES
    }
    memory = {c: [(n, results.peak(n, c) / 1024**2) for n, _ in points] for c, points in seconds.items()}
    parts += _panel(seconds, "seconds", 0, named=False)
    parts += _panel(memory, "MiB, peak", WIDTH, named=True)
    return "\n".join([*parts, "</svg>\n"])


def _panel(
    curves: dict[str, list[tuple[int, float]]], title: str, left: int, *, named: bool
) -> Iterator[str]:
    values = [max(value, 0.01) for points in curves.values() for _, value in points]
    sizes = sorted({size for points in curves.values() for size, _ in points})
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def x(size: float) -> float:
        span = math.log10(sizes[-1] / sizes[0]) or 1
        return left + MARGIN + (WIDTH - 2 * MARGIN) * math.log10(size / sizes[0]) / span

    def y(value: float) -> float:
        return (
            HEIGHT
            - MARGIN
            - (HEIGHT - 2 * MARGIN) * (math.log10(max(value, 0.01)) - low) / ((high - low) or 1)
        )

    yield f'<text x="{left + MARGIN}" y="{MARGIN - 18}" font-weight="bold">{title}</text>'
    for power in range(low, high + 1):
        at = y(10.0**power)
        yield f'<path d="M{left + MARGIN} {at:.1f}H{left + WIDTH - MARGIN}" stroke="#ddd"/>'
        yield f'<text x="{left + MARGIN - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
    for size in sizes:
        yield f'<text x="{x(size):.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{size:,}</text>'
    for number, (case, points) in enumerate(curves.items()):
        if points:
            line = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in points)
            yield f'<polyline points="{line}" fill="none" stroke="{CURVES[case]}" stroke-width="2"/>'
            for size, value in points:
                yield f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3" fill="{CURVES[case]}"/>'
            if named:
                at = MARGIN + 16 * number
                words = LABELS[case].replace("default theme and features, whole site", "default site")
                yield f'<rect x="{left + WIDTH - 20}" y="{at - 8}" width="12" height="4" fill="{CURVES[case]}"/>'
                yield f'<text x="{left + WIDTH - 2}" y="{at - 2}">{words}</text>'
