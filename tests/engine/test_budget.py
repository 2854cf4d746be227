"""How much is published: free hosts take 20,000 files or a gigabyte, and an archive is to fit for years."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import write_corpus
from pouch.engine.build import build
from pouch.site import Site, load_site
from pouch.vocabulary.vocabulary import Kind

SETTINGS = """\
from pouch.settings import *
SITENAME = "Generated"
SITEURL = "https://generated.example"
POUCH_SITE_ID = "0b5e8f53-2c1e-4a47-9a0d-6f4f4a7d1c90"
"""
pytestmark = pytest.mark.slow


def most_files(entries: int, terms: int, languages: int) -> int:
    """The budget: two files an entry, and six and four for each interface language for a term with briefings."""
    return 2 * entries + (6 + 4 * languages) * terms


def terms_with_briefings(output: Path) -> int:
    """Countries and topics whose page may be indexed."""
    kinds: tuple[tuple[Kind, str], ...] = (("country", "countries"), ("topic", "topics"))
    pages = [page for _, folder in kinds for page in (output / folder).glob("*/index.html")]
    return sum('<meta name="robots" content="noindex">' not in page.read_text("utf-8") for page in pages)


def entries_in(site: Site) -> int:
    """Files of entries, drafts included: a few more than are published."""
    return sum(1 for _ in site.entries_path.rglob("*.md"))


def test_the_sample_archive_fits(sample: Path) -> None:
    """A hundred entries in four interface languages: at most 3,500 files and 45 MB, as the sum of the files' bytes."""
    site = load_site(sample)
    budget = most_files(entries_in(site), terms_with_briefings(Path(site.output)), len(site.languages))
    sizes = [file.stat().st_size for file in Path(site.output).rglob("*") if file.is_file()]
    assert 1000 < len(sizes) <= min(budget, 3500)
    assert sum(sizes) <= 45_000_000


@pytest.mark.parametrize("entries", [250, pytest.param(1000, marks=pytest.mark.long)])
def test_an_archive_of_many_entries_fits(tmp_path: Path, entries: int) -> None:
    """Years of news on all countries and topics, in one language, with every feature."""
    write_corpus(entries, tmp_path)
    (tmp_path / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    site = load_site(tmp_path)
    report = build(site)
    assert report.outputs <= most_files(entries, terms_with_briefings(Path(site.output)), 1)
