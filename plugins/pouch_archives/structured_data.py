"""A page for programs: schema.org's NewsArticle, as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from pouch.archive.records import SourceRecord
from pouch.citing.names import split_name
from pouch.pages.models import SiteView, TermLink
from pouch.theming.data_blocks import json_ld
from pouch.theming.filters import absolute
from pouch_archives.models import EntryPage, ImageView


def news_article(page: EntryPage, site: SiteView) -> Markup:
    """A briefing's facts as a JSON text that is safe inside a script element: no "<", ">" or "&" stands in it.

    Properties: https://schema.org/NewsArticle. Places are what it is about or mentions, each with its ISO code.
    """
    points = " ".join(page.record.key_points)
    publisher = {
        "@type": "Organization",
        "name": site.name,
        "url": absolute(site.home, site),
        "logo": {"@type": "ImageObject", "url": f"{site.url}/theme/icon.png"},
        **({"publishingPrinciples": site.principles} if site.principles else {}),
        **({"correctionsPolicy": site.corrections_policy} if site.corrections_policy else {}),
    }
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": page.url,
        "identifier": page.id,
        "url": page.url,
        "mainEntityOfPage": page.url,
        "headline": page.title,
        "description": page.description or page.title,
        # Without a summary of its own, the description is the key points already.
        "abstract": points if points != page.description else "",
        "image": [_picture(page, site)],
        "inLanguage": page.content_lang,
        "datePublished": page.date,
        "dateModified": page.updated or page.date,
        "timeRequired": f"PT{page.minutes}M",
        "isAccessibleForFree": True,
        "author": [person(name) for name in page.record.authors]
        or {name: publisher[name] for name in ("@type", "name", "url", "logo")},
        "publisher": publisher,
        "about": [*_terms(page.countries, site), *_terms(page.topics, site)],
        "mentions": list(_terms(page.mentions, site)),
        "keywords": [link.label for link in page.topics],
        "isBasedOn": _sources(page),
        "correction": [
            {"@type": "CorrectionComment", "datePublished": correction.date, "text": correction.note}
            for correction in page.corrections
        ],
        "workTranslation": [
            {"@type": "NewsArticle", "@id": version.url, "inLanguage": version.lang}
            for version in page.versions
            if version.url != page.url
        ],
    }
    return json_ld(facts)


def person(name: str) -> dict[str, str]:
    """An author. The parts of the name are those that static/cite.js writes references with."""
    parts = split_name(name)
    facts = {"familyName": parts.family, "givenName": parts.given, "honorificSuffix": parts.suffix}
    return {
        "@type": "Person",
        "name": name,
        **{key: fact for key, fact in facts.items() if fact and fact != name},
    }


def _terms(links: Iterable[TermLink], site: SiteView) -> Iterable[dict[str, str]]:
    for link in links:
        yield {
            "@type": "Country" if link.kind == "country" else "Thing",
            "name": link.label,
            "identifier": link.key,
            "url": absolute(link.href, site),
        }


def _picture(page: EntryPage, site: SiteView) -> Any:
    """Its own image, else its social card, else that of the theme."""
    if page.image:
        return _image(page.image)
    if card := page.social_card:
        return {"@type": "ImageObject", "url": card.url, "width": card.width, "height": card.height}
    return f"{site.url}/theme/card.png"


def _image(image: ImageView) -> dict[str, Any]:
    facts = {
        "url": image.url,
        "width": image.width,
        "height": image.height,
        "caption": image.caption or image.alt,
        "creditText": image.credit,
    }
    return {"@type": "ImageObject", **{name: fact for name, fact in facts.items() if fact}}


def _sources(page: EntryPage) -> Any:
    """The documents that a briefing rests on: one, or a list of several."""
    sources = [_source(source) for source in page.record.sources]
    return sources if len(sources) > 1 else sources[0] if sources else None


def _source(source: SourceRecord) -> dict[str, Any]:
    """The article behind a briefing, with what is known of it."""
    facts = {
        "name": source.title,
        "url": source.url,
        "archivedAt": source.archived_url,
        "publisher": {"@type": "Organization", "name": source.name} if source.name else None,
        "author": {"@type": "Person", "name": source.author} if source.author else None,
        "datePublished": source.published,
    }
    return {"@type": "CreativeWork", **{name: fact for name, fact in facts.items() if fact}}
