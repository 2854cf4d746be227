"""The same entries for the other generators: a Hugo site equal to the bench profile, and a stock Pelican site.

Only front matter is put into each generator's own form; the Markdown stays as it is. None of this is timed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pouch.pages.identity import guid
from pouch.site import load_site
from pouch.vocabulary.vocabulary import load_vocabulary

HERE = Path(__file__).parent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PELICAN_SETTINGS = """\
SITENAME = "Bench"
SITEURL = "https://bench.example"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "simple"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_PAGINATION = 20
ARTICLE_URL = "briefings/{slug}/"
ARTICLE_SAVE_AS = "briefings/{slug}/index.html"
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_ALL_RSS = "feeds/all.rss.xml"
CATEGORY_FEED_RSS = "feeds/{slug}.rss.xml"
TAG_FEED_RSS = "feeds/tag/{slug}.rss.xml"
"""


class Article(NamedTuple):
    """An entry, taken apart."""

    path: Path
    front: dict[str, Any]
    body: str


def articles(corpus: Path) -> Iterator[Article]:
    """The corpus, in order of path."""
    for path in sorted((corpus / "content" / "entries").rglob("*.md")):
        _, block, body = path.read_text(encoding="utf-8").split("---\n", 2)
        yield Article(path, yaml.load(block, Loader=_Loader), body)  # noqa: S506  # a safe loader, in C where there is one


def write_hugo(corpus: Path, folder: Path, settings: Path) -> None:
    """A Hugo site in `folder`, with the content of `corpus` as the profile in `settings` shows it."""
    shutil.copytree(HERE / "hugo", folder)
    site = load_site(corpus, settings)
    vocabulary, _ = load_vocabulary(site)
    content = folder / "content"
    named: set[str] = set()
    for article in articles(corpus):
        front = article.front
        topics: dict[str, None] = {}
        for key in front["topics"]:
            topics.update(dict.fromkeys((key, *vocabulary.ancestors(key))))
        named.update(front["countries"], front["mentions"])
        converted = {
            "title": front["title"],
            "date": str(front["date"]),
            "guid": guid(site.site_id, front["id"]),
            "summary": front.get("summary", ""),
            "key_points": front["key_points"],
            "countries": [vocabulary.countries[code].slug for code in front["countries"]],
            "mentions": [vocabulary.countries[code].slug for code in front["mentions"]],
            # The taxonomy needs a topic's ancestors; the page shows what the editor chose.
            "topics": [vocabulary.topics[key].slug for key in topics],
            "subjects": [vocabulary.topics[key].slug for key in front["topics"]],
            "source": {name: str(value) for name, value in front["source"].items()},
        }
        _write(
            content / "briefings" / article.path.relative_to(corpus / "content" / "entries"),
            _front(converted) + article.body,
        )
    labels = {
        "countries": {
            vocabulary.countries[c].slug: vocabulary.label("country", c, "en") for c in sorted(named)
        },
        "topics": {
            topic.slug: vocabulary.label("topic", key, "en") for key, topic in vocabulary.topics.items()
        },
    }
    _write(folder / "data" / "labels.json", json.dumps(labels, ensure_ascii=False, indent=1))
    for root, terms in labels.items():
        _write(content / root / "_index.md", _front({"title": root.capitalize()}))
        for slug, label in terms.items():
            _write(content / root / slug / "_index.md", _front({"title": label}))


def write_pelican(corpus: Path, folder: Path) -> None:
    """A stock Pelican site in `folder`: first country as category, topics as tags, 20 a page, RSS of 50."""
    _write(folder / "pelicanconf.py", PELICAN_SETTINGS)
    for article in articles(corpus):
        front = article.front
        head = {
            "Title": front["title"],
            "Date": str(front["date"]),
            "Slug": article.path.stem,
            "Category": front["countries"][0],
            "Tags": ", ".join(front["topics"]),
            "Summary": front.get("summary") or " ".join(front["key_points"]),
        }
        points = "".join(f"- {point}\n" for point in front["key_points"])
        _write(
            folder / "content" / article.path.relative_to(corpus / "content" / "entries"),
            "".join(f"{name}: {value}\n" for name, value in head.items()) + f"\n{points}{article.body}",
        )


def _front(values: dict[str, Any]) -> str:
    """YAML front matter; JSON is YAML, and quotes what needs quoting."""
    return (
        "---\n" + "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in values.items()) + "---\n"
    )


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
