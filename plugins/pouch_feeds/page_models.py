"""The model of the template of the page for subscribers."""

from __future__ import annotations

from pouch.pages.models import FeedLink, Link, Model, Page


class FeedChoice(Model, frozen=True, kw_only=True):
    """The feeds of one page: the site, a country, a topic, a region."""

    key: str  # "UA", "ceasefire", "150"; "" for the site
    href: str
    label: str
    feeds: tuple[FeedLink, ...]  # of all languages together; RSS first
    languages: tuple[FeedLink, ...]  # the feed of each language alone; the title is the language's tag


class FeedGroup(Model, frozen=True, kw_only=True):
    """Choices under a heading."""

    kind: str  # "country" | "topic" | "region"
    label: str
    choices: tuple[FeedChoice, ...]


class SubscribePage(Page, frozen=True, kw_only=True):
    """/subscribe/: what a feed is, and all of them to choose from."""

    whole: FeedChoice  # the site
    groups: tuple[FeedGroup, ...]
    languages: tuple[Link, ...]  # those that have feeds of their own: `lang` is the tag, `label` its own name
    opml: str  # href; empty where the site has none
