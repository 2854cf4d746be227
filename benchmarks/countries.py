"""Countries, measured: `python -m benchmarks.countries DATA [--peers PYTHON] [--errors N] [--sample K]`.

DATA is a folder with labelled news and its scorer, score_countries.py. Two meanings are scored apart: what an article
names (evidence of kind name or demonym) and what it is about (the primary countries). Intervals are 95 % bootstrap
over articles. PYTHON is an interpreter whose environment has the peers; one that is missing there is skipped.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pouch.tag.analysis import Analysis, Tagger
from pouch.vocabulary.registry import registry_countries, registry_regions
from pouch.vocabulary.vocabulary import Vocabulary

Article = dict[str, Any]
ENGLISH = ("lgl", "trnews", "gwn", "geovirus")
FRENCH = ("wikinews_fr100", "masakha_fr60_leads")
SLAVIC = ("bg", "cs", "pl", "ru", "sl", "uk")
PEERS = ("geotext", "flashgeotext", "country_named_entity_recognition")
LABELS = Path(__file__).parent / "labels" / "primary.toml"
HERE = Path(__file__).parent


def read(data: Path, name: str) -> list[Article]:
    """One set of the data folder."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def text_of(article: Article) -> str:
    """Dateline and body, as a reader would have had them."""
    return f"{article.get('dateline') or ''} {article.get('body') or ''}".strip()


def scorer_of(data: Path) -> Callable[..., dict[str, Any]]:
    """The function `score` of the data folder's own scorer."""
    spec = importlib.util.spec_from_file_location("score_countries", data / "score_countries.py")
    if spec is None or spec.loader is None:
        sys.exit(f"no score_countries.py in {data}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[..., dict[str, Any]] = module.score
    return found


def named(analysis: Analysis) -> list[str]:
    """Countries that the text names by a name or a demonym."""
    return [c.code for c in analysis.countries if any(e.kind in ("name", "demonym") for e in c.evidence)]


def primary(analysis: Analysis) -> list[str]:
    """Countries that the text is about."""
    return [country.code for country in analysis.countries if country.role == "primary"]


class Measure:
    """Scores predictions against gold, with an interval."""

    def __init__(self, score: Callable[..., dict[str, Any]], errors: int) -> None:
        self.score = score
        self.errors = errors

    def line(self, label: str, predicted: Sequence[list[str]], gold: Sequence[Article], **how: Any) -> float:
        """Prints one row; returns F1."""
        rows = [
            {"id": article["id"], "countries": codes} for article, codes in zip(gold, predicted, strict=True)
        ]
        result = self.score(rows, list(gold), errors=self.errors, **how)
        low, high = self.interval(rows, gold, **how)
        print(
            f"| {label} | {result['n']} | {result['P']:.3f} | {result['R']:.3f} "
            f"| **{result['F1']:.3f}** | {low:.3f}–{high:.3f} |"
        )
        if self.errors:
            print(f"<!-- too many: {result['top_fp']}; missed: {result['top_fn']} -->")
        return float(result["F1"])

    def interval(self, rows: list[Article], gold: Sequence[Article], **how: Any) -> tuple[float, float]:
        """The middle 95 % of F1 over 1000 drawings of articles."""
        import numpy as np

        each = [self.score([row], [article], **how) for row, article in zip(rows, gold, strict=True)]
        counts = np.array([[r["tp"], r["fp"], r["fn"]] for r in each], dtype=float)
        draws = (
            np.random.default_rng(7).multinomial(len(each), [1 / len(each)] * len(each), size=1000) @ counts
        )
        f1 = 2 * draws[:, 0] / np.maximum(2 * draws[:, 0] + draws[:, 1] + draws[:, 2], 1)
        low, high = np.quantile(f1, [0.025, 0.975])
        return float(low), float(high)


def head(title: str) -> None:
    """A table's heading."""
    print(f"\n### {title}\n\n| | n | P | R | F1 | 95 % |\n|---|---|---|---|---|---|")


def run_peers(python: str | None, articles: Iterable[Article], names: Iterable[str]) -> dict[str, Any]:
    """{peer: {"seconds": …, "countries": {id: codes}}} from an interpreter that has the peers."""
    if python is None:
        print("\n(no --peers: the peers are skipped)")
        return {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        with file.open("w", encoding="utf-8") as output:
            for article in articles:
                row = {"id": article["id"], "text": f"{article.get('title') or ''}\n{text_of(article)}"}
                output.write(json.dumps(row) + "\n")
        found = {}
        for name in names:
            done = subprocess.run(
                [python, str(HERE / "country_peers.py"), name, str(file)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                print(f"\n({name} is skipped: {done.stderr.strip().splitlines()[-1:] or 'it failed'})")
                continue
            found[name] = json.loads(done.stdout)
            # geotext answers some names with a piece of another table.
            for key, codes in found[name]["countries"].items():
                found[name]["countries"][key] = [code for code in codes if code.isupper() and len(code) == 2]
    return found


Analyse = Callable[..., Analysis]  # an article, and the country at home


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter whose environment has the peers")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="the N commonest errors of each row"
    )
    parser.add_argument(
        "--sample", type=int, default=1, metavar="K", help="every K-th article of Reuters only"
    )
    parser.add_argument("--site", type=Path, default=Path(), help="whose topics `pouch tag` finds when timed")
    options = parser.parse_args(arguments)
    data: Path = options.data
    measure = Measure(scorer_of(data), options.errors)
    tagger = Tagger(Vocabulary(registry_countries(), {}, registry_regions()))

    def analyse(article: Article, home: str | None = None) -> Analysis:
        day = article.get("date") if home else None
        return tagger.analyse(
            article.get("title") or "",
            text_of(article),
            lang=article.get("lang") or "en",
            home_country=home,
            on=date.fromisoformat(day) if day else None,
        )

    english = [article for name in ENGLISH for article in read(data, name)]
    french = [article for name in FRENCH for article in read(data, name)]
    reuters = read(data, "reuters21578")[:: options.sample]
    peers = run_peers(options.peers, [*english, *french, *reuters], PEERS)
    _named(
        data,
        "English, four sets (explicit mentions)",
        ENGLISH,
        measure,
        analyse,
        peers,
        field="places_explicit",
    )
    _named(data, "French, two sets", FRENCH, measure, analyse, peers)
    _slavic(data, measure, analyse)
    _reuters(reuters, measure, analyse, peers)
    _modern(data, measure, analyse)
    _speed(options.site, english, peers, options.peers)


def _named(
    data: Path,
    title: str,
    names: Sequence[str],
    measure: Measure,
    analyse: Analyse,
    peers: dict[str, Any],
    **how: Any,
) -> None:
    """Countries that are named, in each set and in all, beside the peers."""
    head(f"Named: {title}")
    for name in names:
        measure.line(f"Pouch, {name}", *_pair(read(data, name), analyse), **how)
    pooled = [article for name in names for article in read(data, name)]
    measure.line("**Pouch, pooled**", *_pair(pooled, analyse), **how)
    for name, found in peers.items():
        measure.line(f"{name}, pooled", [found["countries"][a["id"]] for a in pooled], pooled, **how)


def _slavic(data: Path, measure: Measure, analyse: Analyse) -> None:
    head("Named: Slavic languages (explicit mentions)")
    slavic = read(data, "bsnlp_slavic")
    scores = [
        measure.line(
            f"Pouch, {lang}",
            *_pair([a for a in slavic if a["lang"] == lang], analyse),
            field="places_explicit",
        )
        for lang in SLAVIC
    ]
    print(f"| **Pouch, mean of six** | | | | **{sum(scores) / len(scores):.3f}** | |")


def _reuters(reuters: list[Article], measure: Measure, analyse: Analyse, peers: dict[str, Any]) -> None:
    head("About: Reuters 1987")
    core = [a for a in reuters if a.get("places") and a.get("type") == "NORM" and a.get("body")]
    home = [primary(analyse(article, "US")) for article in core]
    measure.line("Pouch --home-country US, core", home, core)
    measure.line("Pouch --home-country US, without US", home, core, subset="nonus")
    for name, found in peers.items():
        codes = [found["countries"][article["id"]] for article in core]
        measure.line(f"{name}, core", codes, core)
        measure.line(f"{name}, without US", codes, core, subset="nonus")


def _modern(data: Path, measure: Measure, analyse: Analyse) -> None:
    head("About: 106 articles of 2004–2022, our labels")
    every: list[Article] = []
    for name, labels in tomllib.loads(LABELS.read_text("utf-8")).items():
        modern = [
            {**{key: a.get(key) for key in ("id", "lang", "title", "body")}, "places": labels[a["id"]]}
            for a in read(data, name)
            if a["id"] in labels
        ]
        measure.line(f"Pouch, {name}", [primary(analyse(article)) for article in modern], modern)
        every += modern
    measure.line("**Pouch, all**", [primary(analyse(article)) for article in every], every)


def _pair(
    articles: list[Article], analyse: Callable[[Article], Analysis]
) -> tuple[list[list[str]], list[Article]]:
    return [named(analyse(article)) for article in articles], articles


def _processor_time() -> float:
    """Seconds that finished child processes have had of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _speed(site: Path, articles: list[Article], peers: Iterable[str], python: str | None) -> None:
    """Whole processes over the same articles as plain text: `pouch tag` with one job, and each peer, best of three.

    Seconds are the processor's, since all are one process each and the machine may have other work.

    `pouch tag` reads the language, finds countries, topics and evidence and writes them; the peers find countries.
    What an article costs is the difference to a run over one article.
    """
    if python is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for label, some in (("all", articles), ("one", articles[:1])):
            files[label] = Path(folder) / f"{label}.jsonl"
            with files[label].open("w", encoding="utf-8") as output:
                for article in some:
                    text = f"{article.get('title') or ''}\n{text_of(article)}"
                    output.write(json.dumps({"id": article["id"], "text": text}) + "\n")
        commands = {"`pouch tag`": [sys.executable, "-m", "pouch", "tag", "--site", str(site)]}
        for name in peers:
            commands[name] = [python, str(HERE / "country_peers.py"), name]
        seconds: dict[tuple[str, str], float] = {}
        for _ in range(3):
            for name, command in commands.items():
                for label, file in files.items():
                    began = _processor_time()
                    subprocess.run([*command, str(file)], stdout=subprocess.DEVNULL, check=True)
                    took = _processor_time() - began
                    seconds[name, label] = min(took, seconds.get((name, label), took))
    mine = seconds["`pouch tag`", "all"]
    print(f"\n### Time, {len(articles)} articles, one process\n")
    print("| | processor seconds | start-up | ms an article | times `pouch tag` |\n|---|---|---|---|---|")
    for name in commands:
        whole, start = seconds[name, "all"], seconds[name, "one"]
        each = max(whole - start, 0) / (len(articles) - 1) * 1000
        print(f"| {name} | {whole:.2f} | {start:.2f} | {each:.2f} | {whole / mine:.2f} |")


if __name__ == "__main__":
    main()
