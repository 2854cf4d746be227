"""Labelled web pages: what `benchmarks.extraction` measures on and `benchmarks.fit_extraction` learns from."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

SETS = ("scrapinghub", "trafilatura", "waddle")

Page = dict[str, Any]
"""A page: its id, lang, url and html, and what is to come out of it, as gold_text and the like."""


def read(data: Path, name: str) -> list[Page]:
    """One set of the data folder."""
    with gzip.open(data / f"extract_{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
