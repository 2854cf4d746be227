"""One article → one draft. A pure function: it writes nothing and reads no other article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import msgspec

from pouch.characters import one_line
from pouch.content.addresses import address_fault, web_address
from pouch.content.dates import MomentError, instant, parse_moment, write_moment
from pouch.content.entry import Entry, Moment, Source
from pouch.content.identity import ALPHABET, LENGTH, article_seed
from pouch.content.languages import LanguageTagError, language_tag
from pouch.convert.drafts.near_duplicates import TextSignature, text_signature
from pouch.convert.drafts.walls import paywall, wall
from pouch.convert.intake.article import Article, Refusal
from pouch.convert.text.blocks import Image, Structure
from pouch.convert.text.dates import parse_date
from pouch.convert.text.letters import Forwarded
from pouch.convert.text.markdown import render
from pouch.convert.text.repairs import repair
from pouch.convert.text.report import Report
from pouch.errors import EnvironmentFault
from pouch.problems import Problem
from pouch.site import Site
from pouch.tag.analysis import TopicTag
from pouch.tag.language import detect_language, finds_inflected
from pouch.tag.learning import Model
from pouch.tag.sentences import candidate_key_points
from pouch.vocabulary.registry import registry_countries
from pouch.vocabulary.slugs import is_slug, reserved, slugify_title
from pouch.vocabulary.vocabulary import Vocabulary

LEAST_CONFIDENCE = (0.5, 0.85, 0.9)
"""How sure the first, second and third topic of a draft must be. The first is named if it is more likely right than
wrong, for a wrong topic costs a correction as a missing one does; further ones are seldom missed."""

BELOW = 0.8
"""The part of a topic's confidence from which a topic below it takes its place: editors choose the more specific, if it
is nearly as sure."""

LONGEST_TITLE = 120
"""Characters of a title that is made of an article's first sentence."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zß-ÿ«“\"„])|\n|(?<=[。！？])")


class Options(msgspec.Struct, frozen=True):
    """The command-line options that hold for every article."""

    date: Moment | None = None
    lang: str | None = None
    url: str | None = None
    source_name: str | None = None
    home_country: str | None = None


def options_from(
    *, date: str | None, lang: str | None, url: str | None, source_name: str | None, home_country: str | None
) -> Options:
    """The options, parsed. Raises EnvironmentFault, which names the option, for an invalid value."""
    try:
        moment = parse_moment(date) if date else None
    except MomentError as error:
        raise EnvironmentFault(f"--date: {error}; {error.hint}") from error
    try:
        tag = language_tag(lang) if lang else None
    except LanguageTagError as error:
        raise EnvironmentFault(f"--lang: {error}; {error.hint}") from error
    if url and (fault := address_fault(url)):
        raise EnvironmentFault(f"--url: {url!r} is not a web address{fault.reason}; {fault.hint}")
    code = home_country.strip().upper() if home_country else None
    if code and code not in registry_countries():
        raise EnvironmentFault(f"--home-country: {home_country!r} is no country; give a code such as US")
    return Options(moment, tag, url, source_name, code)


class Draft(msgspec.Struct, frozen=True):
    """An article as an entry, before it has an id and a slug."""

    article: Article
    entry: Entry  # its id is empty, its slug None
    seed: str  # what its id is made from
    date_from: str | None  # option, metadata, dateline, text
    text: str  # key points and body as plain text
    report: Report
    slug: str = ""  # the title's; empty where the title gives none
    folder: str = ""  # under content/entries/: "2025/03" or "drafts"
    signature: TextSignature = TextSignature(b"", b"", ())
    images: tuple[Image, ...] = ()  # which the body shows as links
    problems: tuple[Problem, ...] = ()
    key_point_candidates: tuple[str, ...] = ()  # sentences of a text that has no key points of its own
    checked: tuple[Problem, ...] = ()  # what `pouch check` would say; errors keep it from being written


def parse_article(article: Article) -> Structure:
    """The structure of an article: a page is parsed as HTML, everything else as plain text."""
    # Imported here, each: a text needs no HTML parser, a page no line wrapping.
    if article.html is not None:
        from pouch.convert.page import htmlpage

        return htmlpage.structure(
            article.html,
            article.title,
            article.url,
            whole=article.whole,
            images=article.images,
            letter=article.letter,
            handed_on=article.handed_on,
            story=article.story,
        )
    from pouch.convert.text import plaintext

    return plaintext.structure(
        article.text or "",
        article.title,
        letter=article.letter,
        handed_on=article.handed_on,
        story=article.story,
    )


class Warn(Protocol):
    """Adds a warning to the draft that is being made."""

    def __call__(self, code: str, message: str, hint: str = "") -> None: ...


def draft(
    article: Article, options: Options, site: Site, vocabulary: Vocabulary, model: Model | None = None
) -> Draft | Refusal:
    """The draft of an article, or why there is none. Nothing is invented: what is not known stays empty.

    `model` is what the archive's entries have taught about topics.
    """
    # Imported here: reading articles must not load the gazetteer.
    from pouch.tag.analysis import analyse

    problems: list[Problem] = list(article.warnings)

    def warn(code: str, message: str, hint: str = "") -> None:
        problems.append(article.problem(code, message, hint))

    if options.url:
        article = msgspec.structs.replace(article, url=options.url)
    parts = parse_article(article)
    if parts.forwarded is not None:
        article = _of_sender(article, parts.forwarded)
    text = parts.plain()
    if (refusal := _without_article(article, parts, text)) is not None:
        return refusal
    if article.html is not None:
        _doubt_page(parts, warn)
    title, report = _title(article, parts, text, warn)
    url = _address(article.url or parts.url, warn)
    article_date, date_from = _date(article, parts, warn)
    moment = options.date or article_date
    stated_lang = options.lang or _language(article.lang, warn) or _declared(parts.lang, title, text, warn)
    day, home, full_text = _day(moment, site) if moment else None, options.home_country, parts.full_text()
    analysis = analyse(title, full_text, vocabulary, lang=stated_lang, home_country=home, on=day, model=model)
    lang = stated_lang or analysis.lang
    _doubt_language(lang, warn, certain=bool(stated_lang) or analysis.lang_sure)
    entry = Entry(
        id="",
        title=title,
        date=moment,
        lang=lang,
        summary=one_line(parts.summary or article.summary or "") or None,
        key_points=_key_points(article, parts),
        countries=tuple(tag.code for tag in analysis.countries if tag.role == "primary"),
        mentions=tuple(tag.code for tag in analysis.countries if tag.role == "mention"),
        topics=likely_topics(analysis.topics, vocabulary),
        source=_source(article, parts, options, url, None if article_date == moment else article_date),
        status="draft",
        body=render(parts.body()).rstrip("\n"),
    )
    untested = Draft(
        article=article.without_images(),
        entry=entry,
        seed=article_seed(url=url, title=article.title, text=article.text or article.html or ""),
        date_from="option" if options.date else date_from,
        text=text,
        report=report.after(article.preamble),
        images=tuple(block.image for block in parts.blocks if block.image is not None),
        problems=tuple(problems),
        key_point_candidates=_candidates(entry, text),
    )
    return with_entry(untested, entry, site, vocabulary)


def _without_article(article: Article, parts: Structure, text: str) -> Refusal | None:
    """The refusal of what holds no article, or only a wall before it."""
    message, hint = "it holds no article", ""
    if not text.strip() and parts.report.dropped:
        message = "no article is left when the boilerplate is taken out"
    elif text.strip():
        obstacle = wall(parts, article.html) if article.html is not None else None
        if obstacle is None:
            return None
        message, hint = obstacle, "open the article in a browser and save the page"
    return article.refused("no-article", message, hint)


def _address(url: str | None, warn: Warn) -> str | None:
    """An article's address as an entry can have it."""
    if url and not web_address(url):
        fault = address_fault(url)
        warn("bad-address", f"{url!r} is no web address{fault.reason if fault else ''}; left out")
    return web_address(url)


def _doubt_page(parts: Structure, warn: Warn) -> None:
    """Warn where a page may show less than its article."""
    if (notice := paywall(parts)) is not None:
        message = f"it is perhaps only the beginning: the page has a paywall ({notice[:80]!r})"
        warn("paywall", message, "compare it with the whole article")
    for reason in parts.left_out:
        warn("image-left-out", reason)


def _doubt_language(lang: str, warn: Warn, *, certain: bool) -> None:
    """Warn where the language of an article is not certain, or is one whose countries are found in part."""
    if not certain:
        warn("lang-unsure", f"its language is not certain, perhaps {lang}", "name it with --lang")
    if not finds_inflected(lang):
        message = (
            f"in this language ({lang}) countries are found by their plain names only, not in other cases"
        )
        warn("countries-unsure", message, "check which countries it names")


def with_entry(made: Draft, entry: Entry, site: Site, vocabulary: Vocabulary) -> Draft:
    """The draft with this entry: its slug, its folder, its signature and its problems follow."""
    slug = slugify_title(entry.title)
    slug = slug if is_slug(slug) and not reserved(slug, site) else ""
    folder = _folder(entry.date, site)
    article = made.article
    # The entry's problems name lines of a file that does not exist yet; they are reported at the article.
    checked = [
        article.problem(problem.code, problem.message, problem.hint, problem.severity)
        for problem in _checked(entry, f"content/entries/{folder}/{slug or 'draft'}.md", site, vocabulary)
    ]
    return msgspec.structs.replace(
        made,
        entry=entry,
        slug=slug,
        folder=folder,
        signature=text_signature(entry.title, entry.body),
        checked=tuple(checked),
    )


def _of_sender(article: Article, forwarded: Forwarded) -> Article:
    """The article as its first sender sent it, with that person as its source and the day on which it was sent."""
    return msgspec.structs.replace(
        article,
        title=article.title if article.story else forwarded.subject or article.title,
        date=write_moment(forwarded.date) if forwarded.date else None,
        source=Source(name=forwarded.sender) if forwarded.sender else None,
    )


def likely_topics(tags: Sequence[TopicTag], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The topics that a draft names: those that are sure enough, the surest first; of one branch the more specific."""
    sure = {tag.key: tag.confidence for tag in tags}
    named: list[str] = []
    lines: set[str] = set()  # the topics named, with all above and below them
    for key in sorted(sure, key=lambda key: -sure[key]):
        if len(named) == len(LEAST_CONFIDENCE) or sure[key] < (least := LEAST_CONFIDENCE[len(named)]):
            break
        if key in lines:
            continue
        least = max(BELOW * sure[key], least)
        below = [low for low in vocabulary.descendants(key) if sure.get(low, 0.0) >= least]
        named.append(max(below, key=lambda low: sure[low], default=key))
        lines.update((named[-1], *vocabulary.ancestors(named[-1]), *vocabulary.descendants(named[-1])))
    return tuple(named)


def _key_points(article: Article, parts: Structure) -> tuple[str, ...]:
    """The key points of the text, else those that stand beside it."""
    points = tuple(block.text for block in parts.blocks if block.role == "key point" and block.text)
    return points or tuple(map(one_line, article.key_points))


def _candidates(entry: Entry, text: str) -> tuple[str, ...]:
    if entry.key_points:
        return ()
    lang = (entry.lang or "").partition("-")[0]
    return candidate_key_points(entry.title, text, lang, without=[entry.summary] if entry.summary else [])


def _checked(entry: Entry, path: str, site: Site, vocabulary: Vocabulary) -> list[Problem]:
    """The problems that `pouch check` would report for the entry; its id does not matter."""
    # Imported here: both load YAML, which reading articles does not need.
    from pouch.content.parse import parse_entry
    from pouch.content.render import render_entry

    text = render_entry(replace(entry, id=ALPHABET[0] * LENGTH))
    return parse_entry(text, path, vocabulary=vocabulary, site=site)[1]


def _title(article: Article, parts: Structure, text: str, warn: Warn) -> tuple[str, Report]:
    """The title, and the report with its repairs."""
    report = parts.report
    if article.title and article.title.strip():
        # It stands beside the text, in no unit of it.
        title, repairs = repair(one_line(article.title), 0)
        return title, msgspec.structs.replace(report, repairs=(*repairs, *report.repairs))
    if block := parts.first("title"):
        return block.text, report
    if title := parts.title or one_line(article.headline or ""):
        return title, report
    warn("no-title", "no line reads as its title; its first sentence stands in", "write a title")
    return _first_sentence(text), report


def _first_sentence(text: str) -> str:
    sentence = _SENTENCE_END.split(text.strip(), maxsplit=1)[0]
    if len(sentence) <= LONGEST_TITLE:
        return sentence.rstrip(" .。")
    return sentence[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _language(value: str | None, warn: Warn) -> str | None:
    if not value or not value.strip():
        return None
    try:
        return language_tag(value.strip())
    except LanguageTagError as error:
        warn("bad-language", f"lang: {error}; left out", error.hint)
        return None


# Languages that detection takes for each other.
_NEAR = (
    {"no", "nb", "nn", "da"}, {"bs", "hr", "sr", "sh", "cnr", "sl"}, {"id", "ms"}, {"gl", "pt"}, {"cs", "sk"},
    {"ca", "oc", "es"}, {"nl", "af", "fy"}, {"bg", "mk"}, {"ru", "uk", "be"}, {"hi", "mr", "ne"},
)  # fmt: skip


def _declared(tag: str | None, title: str, text: str, warn: Warn) -> str | None:
    lang, differs = declared_language(tag, title, text)
    if differs:
        warn("lang-differs", f"the page declares {tag}, and its words are {lang}", "name it with --lang")
    return lang


def declared_language(tag: str | None, title: str, text: str) -> tuple[str | None, bool]:
    """The language that a page declares, unless its words surely say another, and whether they do.

    Templates are written once, and used in every language.
    """
    if tag is None:
        return None, False
    detected, sure = detect_language(f"{title}\n{text}")
    base = tag.partition("-")[0]
    if not sure or detected == base or any({base, detected} <= near for near in _NEAR):
        return tag, False
    return detected, True


def _date(article: Article, parts: Structure, warn: Warn) -> tuple[Moment | None, str | None]:
    if article.date and article.date.strip():
        if (moment := parse_date(article.date)) is not None:
            return moment, "metadata"
        warn("bad-date", f"date: {article.date!r} is no date; left out", "write a date such as 2025-03-05")
    return parts.date, parts.date_from


def _source(
    article: Article, parts: Structure, options: Options, url: str | None, published: Moment | None
) -> Source | None:
    own_source = article.source or Source()
    author = own_source.author or parts.author
    name = options.source_name or own_source.name or parts.site
    source = Source(
        name=one_line(name) if name else None,
        url=url or web_address(own_source.url),
        author=one_line(author) if author else None,
        published=own_source.published or published,
    )
    return source if source != Source() else None


def _folder(moment: Moment | None, site: Site) -> str:
    if moment is None:
        return "drafts"
    day = _day(moment, site)
    return f"{day.year:04}/{day.month:02}"


def _day(moment: Moment, site: Site) -> date:
    """The day on which a moment falls where the site is."""
    return instant(moment, site.zone).astimezone(site.zone).date()
