"""Links that stand elsewhere than in bodies: in settings, in dossiers' `links`, in descriptions of terms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from pouch.archive.archive import Archive
from pouch.checks.links import LinkSource
from pouch.content.files import site_path
from pouch.markdown.images import image_files
from pouch.markdown.links import own_address
from pouch.markdown.renderer import Link, Rendered, Renderer
from pouch.problems import Problem, Severity
from pouch.site import SETTINGS_FILE, Site


def dossier_links(archive: Archive) -> Iterator[LinkSource]:
    """The links of dossiers that lead to the site itself."""
    site = archive.site
    for record in archive.dossiers.values():
        own = [(url, address) for _, url in record.links if (address := own_address(url, site.url))]
        if own:
            lines = _lines(Path(site.root) / record.path)
            links = (Link(url, address, _line_of(url, lines), to_entry=False) for url, address in own)
            yield LinkSource(record.path, tuple(links), ())


def description_links(archive: Archive) -> Iterator[LinkSource]:
    """The links in the descriptions of countries and topics, which plugins may show."""
    site, vocabulary = archive.site, archive.vocabulary
    for name, terms in (("countries", vocabulary.countries), ("topics", vocabulary.topics)):
        links: list[Link] = []
        for term in terms.values():
            for text in term.description.values():
                if "](" in text or "://" in text:
                    # Which page shows it is the plugin's matter, and so are the anchors of that page.
                    links += (
                        link._replace(line=term.line)
                        for link in _rendered(text, site).links
                        if not link.address.startswith("#")
                    )
        if links:
            yield LinkSource(site_path(site.vocabulary_path / f"{name}.toml", site), tuple(links), ())


def settings_links(site: Site) -> tuple[LinkSource, list[Problem]]:
    """The links of the menu and the footer, and what is wrong with the footer's text."""
    look = site.look
    lines = _lines(Path(site.root) / SETTINGS_FILE)
    links: list[Link] = []
    problems: list[Problem] = []
    for entry in look.menu or ():
        if entry.address.startswith("/"):
            address: str | None = site.path + entry.address
        else:
            address = own_address(entry.address, site.url)
        if address:
            links.append(Link(entry.address, address, _line_of(entry.address, lines), to_entry=False))
    for text in look.footer.values():
        rendered = _rendered(text, site)
        links += (link._replace(line=_line_of(link.target, lines)) for link in rendered.links)
        start = _line_of("POUCH_FOOTER", lines)
        for problem in rendered.problems:
            message = f"POUCH_FOOTER: {problem.message}"
            problems.append(
                msgspec.structs.replace(
                    problem, path=SETTINGS_FILE, line=start, message=message, severity=Severity.WARNING
                )
            )
    return LinkSource(SETTINGS_FILE, tuple(links), ()), problems


def _rendered(text: str, site: Site) -> Rendered:
    renderer = Renderer(site.path, image_files(Path(site.content)), site.url)
    return renderer.render(text, entry_id="text")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _line_of(text: str, lines: list[str]) -> int:
    """The first line that holds a text, a whole address rather than the start of a longer one; 0 if none does."""
    for number, line in enumerate(lines, 1):
        for end in ('"', "'", ")", " ", "}", ","):
            if f"{text}{end}" in line:
                return number
    return next((number for number, line in enumerate(lines, 1) if text in line), 0)
