"""A newsletter of several stories becomes several articles: a briefing is about one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from pouch.convert.intake.article import Article, Refusal


def one_by_one(articles: Iterable[Article | Refusal]) -> Iterator[Article | Refusal]:
    """The articles, each newsletter of several stories taken apart into one article a story, with title and address."""
    for article in articles:
        if isinstance(article, Article) and article.letter and not article.story:
            yield from _stories(article)
        else:
            yield article


def _stories(article: Article) -> list[Article]:
    if article.html is None:
        from pouch.convert.text.stories import find_stories as find_in_text

        stories = [
            (story.title, story.url, story.lines) for story in find_in_text((article.text or "").splitlines())
        ]
    else:
        # Imported here: texts need no HTML parser.
        from pouch.convert.page.htmlpage import read_page
        from pouch.convert.page.stories import find_stories

        page = read_page(article.html, None, article.url)
        of_page = find_stories(page.segments, page.base) if page is not None else []
        stories = [(story.title, story.url, story.units) for story in of_page]
    return [
        msgspec.structs.replace(
            article,
            title=title,
            url=url or article.url,
            story=(units, *(other for _, _, other in stories if other != units)),
        )
        for title, url, units in stories
    ] or [article]
