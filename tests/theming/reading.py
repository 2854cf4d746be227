"""Specimens read back: as text, and as a parsed page."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import lxml.html

from pouch.pages.models import Model, Page, SiteView
from pouch.theming import Theme
from tests.theming.material import BODIES, PLUGINS, site, view
from tests.theming.specimens import specimens

THEME = Theme(site(), PLUGINS)


@cache
def text_of(path: str) -> str:
    """A specimen's text."""
    template, model, of_site = specimens()[path]
    return THEME.render(template, model, of_site, BODIES)


def page(path: str) -> Any:
    """A specimen, parsed. Any: lxml's stubs know neither what an XPath finds nor that these are HTML elements."""
    return lxml.html.document_fromstring(text_of(path))


def rendered(model: Model, template: str = "entry.html", of_site: SiteView | None = None) -> Any:
    """A model's page, parsed; an entry's unless another template is named."""
    return lxml.html.document_fromstring(THEME.render(template, model, of_site or view(), BODIES))


def model_of(path: str) -> Page:
    """The model behind a specimen that is an HTML page."""
    model = specimens()[path][1]
    assert isinstance(model, Page)
    return model


def structured_data(root: Any) -> Any:
    """The one JSON-LD block of a page, decoded."""
    (block,) = root.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(block)
