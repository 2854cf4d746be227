"""Corrections a draft, measured: `python -m benchmarks.drafts [--site DIR] [--each N] [--show KIND]`.

Curated entries of a site are rewritten as web pages in a dozen styles (`benchmarks.page_styles`), converted, and what
comes out is compared with the entry: what an editor would have to correct, by kind. One wrong country, one topic too
many, one line of boilerplate, one lost paragraph is one correction. The entry's own words are the truth, so that a page
loses nothing by how it was rewritten; topics and countries are the editors'.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from markdown import Markdown

from benchmarks.page_styles import STYLES, Story
from pouch.content.entry import Entry, Moment
from pouch.content.parse import parse_entry
from pouch.convert.drafts.drafting import Draft, Options, draft
from pouch.convert.intake.article import Article
from pouch.site import Site, load_site
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary

AUTHOR, NAME = "Mary Shelley", "The Strait Observer"
_MARKS = re.compile(r"[^\w\s|]+")
KINDS = ("title", "author", "date", "source", "summary", "key points", "countries", "mentions", "topics", "lost text",
         "boilerplate", "structure")  # fmt: skip


def entries_of(site: Site, vocabulary: Vocabulary) -> Iterator[Entry]:
    """The published entries of a site that are no translations, in the order of their paths."""
    for file in sorted(site.entries_path.rglob("*.md")):
        entry, _ = parse_entry(file.read_text("utf-8"), str(file), vocabulary=vocabulary, site=site)
        if entry is not None and entry.status == "published" and not entry.translation_of:
            yield entry


def story_of(entry: Entry) -> Story:
    """An entry as the story that a page tells."""
    html = Markdown(extensions=["tables", "sane_lists"]).convert(entry.body)
    day = _day(entry.date) or "2025-03-05"
    address = f"https://strait.example/{entry.id}"
    lang = (entry.lang or "en").partition("-")[0]
    return Story(entry.title, lang, day, AUTHOR, NAME, address, html, entry.summary, entry.key_points)


def _day(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()


def corrections(entry: Entry, story: Story, page: str, found: Draft) -> Counter[str]:
    """What an editor would have to correct in a draft, by kind."""
    made = found.entry
    source = made.source
    counts: Counter[str] = Counter()
    counts["title"] = made.title != entry.title
    counts["date"] = story.day in page and _day(made.date) != story.day
    counts["author"] = story.author in page and (source is None or source.author != story.author)
    counts["source"] = "og:site_name" in page and (source is None or source.name != story.site)
    counts["summary"] = bool(made.summary) and made.summary != story.summary
    counts["summary"] += bool(
        story.summary and "deck" in page + "standfirst" and story.summary in page and not made.summary
    )
    counts["key points"] = (
        len(set(entry.key_points) ^ set(made.key_points)) if entry.key_points else len(made.key_points)
    )
    named = {*entry.countries, *entry.mentions}
    counts["countries"] = len(set(entry.countries) ^ set(made.countries))
    counts["mentions"] = len(named ^ {*made.countries, *made.mentions})
    counts["topics"] = len(set(made.topics) - set(entry.topics)) + (not set(made.topics) & set(entry.topics))
    wanted, came = _blocks(entry.body), _blocks(made.body)
    counts["lost text"] = len([text for text in wanted if text not in came])
    counts["boilerplate"] = len(
        [text for text in came if text not in wanted and text not in set(entry.key_points)]
    )
    counts["structure"] = len([text for text, kind in wanted.items() if text in came and came[text] != kind])
    return counts


def _blocks(body: str) -> dict[str, str]:
    """The blocks of a body by their words alone, each with what it is."""
    blocks = {}
    for block in body.split("\n\n"):
        for line in block.split("\n"):
            text = " ".join(_MARKS.sub(" ", re.sub(r"\]\([^)]*\)", "", line)).split()).casefold()
            kind = (
                "heading"
                if line.startswith("#")
                else "item"
                if re.match(r"\s*(?:[-*]|\d+\.)\s", line)
                else "text"
            )
            if text.strip("| -"):
                blocks[re.sub(r"^\d+ ", "", text) if kind == "item" else text] = (
                    "table" if "|" in text else kind
                )
    return blocks


def measure(site: Site, each: int) -> list[tuple[str, str, Counter[str]]]:
    """Style, id and corrections of each draft: every entry in `each` of the styles, in turn."""
    vocabulary, _ = load_vocabulary(site)
    rows = []
    for number, entry in enumerate(entries_of(site, vocabulary)):
        story = story_of(entry)
        for style in (STYLES[(number * each + step) % len(STYLES)] for step in range(each)):
            page = style(story)
            found = draft(Article(f"{entry.id}.html", html=page), Options(), site, vocabulary)
            if isinstance(found, Draft):
                rows.append((style.__name__, entry.id, corrections(entry, story, page, found)))
            else:
                rows.append((style.__name__, entry.id, Counter({"lost text": len(_blocks(entry.body))})))
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path(), help="whose entries are rewritten")
    parser.add_argument("--each", type=int, default=1, help="styles for each entry")
    parser.add_argument("--show", choices=KINDS, help="the drafts with a correction of this kind")
    options = parser.parse_args(arguments)
    rows = measure(load_site(options.site), options.each)
    totals = [sum(counts.values()) for _, _, counts in rows]
    middle, mean = statistics.median(totals), statistics.mean(totals)
    print(
        f"{len(rows)} pages in {len(STYLES)} styles, corrections a draft: median {middle:g}, mean {mean:.1f}"
    )
    print("\n| kind | corrections a draft |\n|---|---|")
    for kind in KINDS:
        print(f"| {kind} | {sum(counts[kind] for _, _, counts in rows) / len(rows):.2f} |")
    print("\n| style | pages | median | mean |\n|---|---|---|---|")
    for name in dict.fromkeys(style.__name__ for style in STYLES):
        own = [sum(counts.values()) for style, _, counts in rows if style == name]
        if own:
            print(f"| {name} | {len(own)} | {statistics.median(own):g} | {statistics.mean(own):.1f} |")
    if options.show:
        for style, entry_id, counts in rows:
            if counts[options.show]:
                print(f"{style} {entry_id}: {counts[options.show]}")


if __name__ == "__main__":
    main()
