"""A dozen ways in which systems write a page: what `benchmarks.drafts` rewrites curated entries as.

Each style is a function of a story; the frames around the articles (menus, teasers, footers, consent) are ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

import msgspec


class Story(msgspec.Struct, frozen=True):
    """What a page tells of its article."""

    title: str
    lang: str
    day: str  # ISO 8601
    author: str
    site: str
    address: str
    body: str  # HTML: paragraphs, subheads, lists, tables
    summary: str | None = None
    key_points: tuple[str, ...] = ()


PUBLISHED = {"en": "Published on", "fr": "Publié le", "de": "Veröffentlicht am", "es": "Publicado el"}
BY = {"en": "By", "fr": "Par", "de": "Von", "es": "Por"}
KEY_POINTS = {"en": "Key points", "fr": "Points clés", "de": "Das Wichtigste in Kürze", "es": "Puntos clave"}
READ_ALSO = {"en": "Read also", "fr": "À lire aussi", "de": "Lesen Sie auch", "es": "Lea también"}
SUBSCRIBE = {
    "en": "Subscribe to our newsletter and get the news of the day at seven.",
    "fr": "Abonnez-vous à notre lettre d’information.",
    "de": "Abonnieren Sie unseren Newsletter.",
    "es": "Suscríbase a nuestro boletín.",
}
COOKIES = {
    "en": "We use cookies to improve your experience. Accept all",
    "fr": "Nous utilisons des cookies. Tout accepter",
    "de": "Wir verwenden Cookies. Alle akzeptieren",
    "es": "Utilizamos cookies. Aceptar todo",
}
Style = Callable[[Story], str]


def _word(table: dict[str, str], story: Story) -> str:
    return table.get(story.lang, table["en"])


def _items(story: Story) -> str:
    return "".join(f"<li>{escape(point)}</li>" for point in story.key_points)


def _box(story: Story, name: str = "key-points") -> str:
    if not story.key_points:
        return ""
    return f'<div class="{name}"><h2>{_word(KEY_POINTS, story)}</h2><ul>{_items(story)}</ul></div>'


def _page(story: Story, head: str, body: str, title: str | None = None) -> str:
    name = escape(title or f"{story.title} | {story.site}")
    return f'<!DOCTYPE html><html lang="{story.lang}"><head><meta charset="utf-8"><title>{name}</title>{head}</head><body>{body}</body></html>'


def _meta(story: Story) -> str:
    return (
        f'<meta property="og:site_name" content="{escape(story.site)}"><link rel="canonical" href="{story.address}">'
        f'<meta property="article:published_time" content="{story.day}T08:00:00+00:00">'
        f'<meta name="author" content="{escape(story.author)}">'
    )


def _menu(story: Story) -> str:
    return f'<nav><a href="/">{escape(story.site)}</a><a href="/world">World</a><a href="/economy">Economy</a></nav>'


def _foot(story: Story) -> str:
    return f'<footer><p>{_word(SUBSCRIBE, story)}</p><p>© 2025 {escape(story.site)}</p><a href="/legal">Legal</a></footer>'


def semantic(story: Story) -> str:
    """Elements of HTML for what they are, and Open Graph."""
    deck = f'<p class="standfirst">{escape(story.summary)}</p>' if story.summary else ""
    byline = f'<p class="byline">{_word(BY, story)} {escape(story.author)}</p><time datetime="{story.day}">{story.day}</time>'
    article = f"<article><h1>{escape(story.title)}</h1>{deck}{byline}{_box(story)}{story.body}</article>"
    return _page(story, _meta(story), f"{_menu(story)}<main>{article}</main>{_foot(story)}")


def structured(story: Story) -> str:
    """JSON-LD for the facts, classes of a design system for everything else."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title, "datePublished": story.day,
            "author": [{"@type": "Person", "name": story.author}], "publisher": {"@type": "Organization", "name": story.site},
            "description": story.summary or ""}  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(data)}</script><link rel="canonical" href="{story.address}">'
    deck = f'<h2 class="css-deck article__deck">{escape(story.summary)}</h2>' if story.summary else ""
    body = f'<div class="css-1h"><h1 class="css-t">{escape(story.title)}</h1>{deck}{_box(story, "story-highlights")}'
    aside = f'<div class="css-r related"><h3>{_word(READ_ALSO, story)}</h3><a href="/a">Another story of the day</a></div>'
    return _page(
        story,
        head,
        f'{_menu(story)}{body}<div class="css-body">{story.body}</div>{aside}</div>{_foot(story)}',
    )


def blog(story: Story) -> str:
    """A theme that prints the blog's name as h1, and the headline as h2."""
    post = (
        f'<div class="post"><h2 class="entry-title">{escape(story.title)}</h2><div class="entry-meta">{_word(PUBLISHED, story)} '
        f'<span class="entry-date">{story.day}</span> {_word(BY, story).lower()} <a rel="author" href="/u">{escape(story.author)}</a></div>'
        f'<div class="entry-content">{_box(story)}{story.body}</div></div>'
    )
    side = '<div id="sidebar" class="widget"><h3>Archive</h3><ul><li><a href="/1">January</a></li></ul></div>'
    return _page(
        story,
        f'<link rel="canonical" href="{story.address}">',
        f'<h1><a href="/">{escape(story.site)}</a></h1>{post}{side}{_foot(story)}',
    )


def consent(story: Story) -> str:
    """A consent box before the article, share buttons and teasers within it."""
    box = f'<div class="cookie-consent modal"><p>{_word(COOKIES, story)}</p><button>OK</button></div>'
    share = '<ul class="share"><li><a href="#f">Facebook</a></li><li><a href="#w">WhatsApp</a></li></ul>'
    first, _, rest = story.body.partition("</p>")
    also = f'<p><a href="/other">{_word(READ_ALSO, story)}: Another story of the day</a></p>'
    text = f"{first}</p>{also}{rest}"
    article = f"<article><h1>{escape(story.title)}</h1>{share}{_box(story)}{text}</article>"
    return _page(story, _meta(story), f"{box}{_menu(story)}{article}{_foot(story)}")


def old_table(story: Story) -> str:
    """A page of the nineties: a table lays it out, nothing says what it is."""
    cell = f"<h1>{escape(story.title)}</h1><p>{_word(BY, story)} {escape(story.author)}</p><p>{story.day}</p>{_box(story)}{story.body}"
    links = '<a href="/a">News</a><br><a href="/b">Archive</a><br><a href="/c">Contact</a>'
    table = f"<table><tr><td width=150>{links}</td><td width=600>{cell}</td></tr></table>"
    return _page(story, f'<meta name="author" content="{escape(story.site)}">', f"{table}{_foot(story)}")


def government(story: Story) -> str:
    """A press release of an office, with breadcrumbs and a contact."""
    crumbs = f'<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/press">Press</a> &gt; {escape(story.title)}</div>'
    release = f'<div id="content"><p class="doctype">Press release</p><h1>{escape(story.title)}</h1><p class="date">{story.day}</p>'
    contact = '<div class="contact"><h2>Contact</h2><p>Press office, tel. +44 20 7946 0000</p></div>'
    head = f'{_meta(story)}<meta name="dcterms.creator" content="{escape(story.author)}">'
    return _page(
        story, head, f"{_menu(story)}{crumbs}{release}{_box(story)}{story.body}</div>{contact}{_foot(story)}"
    )


def boxes(story: Story) -> str:
    """Each paragraph in a box of its own."""
    text = story.body.replace("<p>", '<div class="row"><div class="col"><p class="txt">').replace(
        "</p>", "</p></div></div>"
    )
    article = f'<div class="art"><h1>{escape(story.title)}</h1>{_box(story)}{text}</div>'
    return _page(story, _meta(story), f"{_menu(story)}{article}{_foot(story)}")


def amp(story: Story) -> str:
    """An AMP page."""
    article = f'<article class="amp-wp-article"><h1 class="amp-wp-title">{escape(story.title)}</h1>{_box(story)}{story.body}</article>'
    side = '<amp-sidebar><ul><li><a href="/">Home</a></li></ul></amp-sidebar>'
    return _page(story, _meta(story), f"{side}{article}{_foot(story)}")


def word(story: Story) -> str:
    """A page that Word saves: classes of its own, no site around it."""
    head = '<meta name=Generator content="Microsoft Word 15">'
    text = story.body.replace("<p>", "<p class=MsoNormal>")
    lines = f"<p class=MsoTitle>{escape(story.title)}</p><p class=MsoNormal>{_word(BY, story)} {escape(story.author)}</p><p class=MsoNormal>{story.day}</p>"
    return _page(story, head, f"<div class=WordSection1>{lines}{_box(story)}{text}</div>", story.title)


def microdata(story: Story) -> str:
    """Microdata, and comments below the article."""
    facts = (
        f'<h1 itemprop="headline">{escape(story.title)}</h1><span itemprop="author" itemscope><span itemprop="name">{escape(story.author)}</span>'
        f'</span><meta itemprop="datePublished" content="{story.day}">'
    )
    comments = (
        '<div class="comments"><h3>2 comments</h3><p class="comment">I was there, and it rained.</p></div>'
    )
    article = f'<div itemscope itemtype="https://schema.org/Article">{facts}{_box(story)}<div itemprop="articleBody">{story.body}</div></div>'
    return _page(story, _meta(story), f"{_menu(story)}{article}{comments}{_foot(story)}")


def paywalled(story: Story) -> str:
    """An aside with the essentials, and an appeal below the text."""
    aside = (
        f'<aside class="summary"><h2>{_word(KEY_POINTS, story)}</h2><ul>{_items(story)}</ul></aside>'
        if story.key_points
        else ""
    )
    appeal = f'<div class="subscribe-box"><p>{_word(SUBSCRIBE, story)}</p></div>'
    article = f"<article><h1>{escape(story.title)}</h1>{aside}{story.body}</article>"
    return _page(story, _meta(story), f"{_menu(story)}{article}{appeal}{_foot(story)}")


def plain(story: Story) -> str:
    """Headings and paragraphs, and nothing else."""
    lines = f"<h1>{escape(story.title)}</h1><p>{_word(BY, story)} {escape(story.author)}, {story.day}</p>"
    return _page(story, "", f"{lines}{_box(story)}{story.body}", story.title)


STYLES: tuple[Style, ...] = (
    semantic, structured, blog, consent, old_table, government, boxes, amp, word, microdata, paywalled, plain,
)  # fmt: skip
