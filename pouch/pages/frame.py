"""The frame of every page, by the settings of the look: menu, logo, tagline, footer, stylesheets, policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pouch.errors import EnvironmentFault
from pouch.look import MenuEntry, in_language
from pouch.markdown.images import image_files
from pouch.markdown.renderer import Renderer
from pouch.pages import addresses
from pouch.pages.interface import Interface
from pouch.pages.models import Link
from pouch.pages.view import View
from pouch.plugins import MenuItem


def menu_links(view: View, menu: Iterable[MenuItem], footer: Iterable[MenuItem]) -> tuple[Link, ...]:
    """The menu: that of the settings, or what the plugins bring.

    The settings may also name what plugins put at the foot.

    Raises EnvironmentFault for an address of the settings without a label.
    """
    entries = view.site.look.menu
    if entries is None:
        return _plugin_links(view.interface, menu)
    items = {item.address: item for item in _published_items(view.interface, (*footer, *menu))}
    return tuple(_link(view, entry, items.get(entry.address)) for entry in entries)


def footer_links(view: View, footer: Iterable[MenuItem], menu: Iterable[Link]) -> tuple[Link, ...]:
    """The links at the foot: the pages of content/pages/, then what the plugins bring and the menu does not show."""
    interface, archive, site = view.interface, view.archive, view.site
    links = []
    translated = {page.slug for page in archive.pages if page.lang == view.lang}
    for page in archive.pages if interface.link("page", "") else ():
        if page.lang == view.lang or (page.lang == site.lang and page.slug not in translated):
            address = addresses.page(page.slug)
            links.append(
                Link(
                    href=interface.href(address) if page.slug in translated else interface.root_href(address),
                    label=page.title,
                    lang="" if page.lang == view.lang else page.lang,
                )
            )
    in_menu = {link.href for link in menu}
    return (*links, *(link for link in _plugin_links(interface, footer) if link.href not in in_menu))


def _plugin_links(interface: Interface, items: Iterable[MenuItem]) -> tuple[Link, ...]:
    return tuple(
        interface.link_to(item.address, interface.translate(item.label))
        for item in _published_items(interface, items)
    )


def _published_items(interface: Interface, items: Iterable[MenuItem]) -> Iterator[MenuItem]:
    """The items whose page the site publishes, in their order."""
    return (item for item in sorted(items) if not item.link or interface.link(item.link))


def _link(view: View, entry: MenuEntry, item: MenuItem | None) -> Link:
    interface, site = view.interface, view.site
    label = in_language(entry.label, view.lang)
    if not entry.address.startswith("/"):
        return Link(href=entry.address, label=label or entry.address)
    if item is not None:
        return interface.link_to(entry.address, label or interface.translate(item.label))
    pages = {page.lang: page for page in view.archive.pages if addresses.page(page.slug) == entry.address}
    page = pages.get(view.lang) or pages.get(site.lang)
    if not label and page is None:
        raise EnvironmentFault(
            f"POUCH_MENU names {entry.address!r}, which is neither in the usual menu nor a page of content/pages/; "
            f"give it a label: ('…', {entry.address!r})"
        )
    href = interface.href(entry.address) if view.lang in pages else interface.root_href(entry.address)
    lang = "" if label or page is None or page.lang == view.lang else page.lang
    return Link(href=href, label=label or (page.title if page else ""), lang=lang)


def look_fields(view: View) -> dict[str, Any]:
    """The fields of a SiteView that the settings of the look decide, beside the menu."""
    look = view.site.look
    footer = in_language(look.footer, view.lang)
    return {
        "tagline": in_language(look.tagline, view.lang),
        "logo": _published(view, look.logo),
        "note": _html(footer, view.site.path, view.site.content) if footer else "",
        "trackers": look.has_foreign_scripts,
        "stylesheets": tuple(_published(view, path) for path in look.stylesheets),
        "policy": tuple(look.policy.items()),
        "contact": look.contact,
        "repository": look.repository,
        "newsletter": look.newsletter,
    }


def _published(view: View, path: str) -> str:
    return view.interface.root_href(f"/{view.site.static_address(path)}") if path else ""


@lru_cache(maxsize=64)
def _html(text: str, prefix: str, content: str) -> str:
    """Sanitised HTML of a short Markdown text of the settings."""
    renderer = Renderer(prefix=prefix, images=image_files(Path(content)))
    return renderer.render(text, entry_id="footer", lang="").html
