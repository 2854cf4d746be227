"""Slugs: what may stand in an address."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pouch.vocabulary.slugs import LONGEST, is_slug, reserved, slugify_title
from tests.vocabulary.sites import site_with


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’Ukraine et l'Europe", "l-ukraine-et-l-europe"),
        ("Britain’s plan: don't wait", "britains-plan-dont-wait"),
        ("The U.S. and the U.K. agree", "the-us-and-the-uk-agree"),
        ("«\u202fPaix\u202f» à Genève\u00a0?", "paix-a-geneve"),
        ("Großbritannien", "grossbritannien"),
        ("Côte d’Ivoire", "cote-d-ivoire"),
        ("Київ", "kiiv"),
        ("E\u0301nergie", "energie"),
        ("!!!", ""),
    ],
)
def test_title_gives_slug(title: str, slug: str) -> None:
    """A title's address reads like the title, whatever its typography or script."""
    assert slugify_title(title) == slug


@given(st.text(max_size=300))
def test_any_title_gives_a_slug_or_nothing(title: str) -> None:
    """Whatever an editor types, the address made from it is a valid one, or none is made."""
    slug = slugify_title(title)
    assert slug == "" or (is_slug(slug) and len(slug) <= LONGEST)


@pytest.mark.parametrize("text", ["", "A", "a--b", "-a", "a-", "a_b", "é", "a b", "a" * 201])
def test_no_slug(text: str) -> None:
    """What would break an address is no slug."""
    assert not is_slug(text)


def test_reserved(tmp_path: Path) -> None:
    """Names that our own addresses use cannot be taken; ordinary words can."""
    site = site_with(tmp_path)
    taken = ["page", "mentions", "2025", "7", "fr", "uk", "pt-br", "topics", "briefings", "search", "about"]
    free = ["ai", "eu-policy", "pages", "2025-review", "ceasefire", "pt-pt"]
    assert [slug for slug in taken if not reserved(slug, site)] == []
    assert [slug for slug in free if reserved(slug, site)] == []
