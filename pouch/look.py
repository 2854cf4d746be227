"""The settings of a site's look, checked: menu, logo, texts, stylesheets, policy, fonts, contact, repository."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import msgspec

from pouch.configuration import Configuration
from pouch.wording import closest

# https://www.w3.org/TR/CSP3/#csp-directives: those that list sources.
_DIRECTIVES = (
    "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr",
    "img-src", "font-src", "connect-src", "media-src", "frame-src", "child-src", "worker-src", "manifest-src",
    "object-src", "form-action", "base-uri",
)  # fmt: skip
_KEYWORDS = frozenset((
    "self", "none", "unsafe-inline", "unsafe-eval", "unsafe-hashes", "wasm-unsafe-eval", "strict-dynamic",
    "report-sample",
))  # fmt: skip
"""Words of a policy that are written in quotation marks; without them they are names of hosts."""
# Of CSP, level 3: what a policy in a meta element cannot say (section 3.3), and what would open the page to a script.
_REFUSED_DIRECTIVES = ("frame-ancestors", "report-uri", "sandbox")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")

Text = dict[str, str]
"""A text by interface language; under "" the text for all languages without their own."""


class MenuEntry(msgspec.Struct, frozen=True):
    """An entry of POUCH_MENU."""

    address: str  # of the site, "/about/", or a whole address
    label: Text  # empty: the label that the page's own plugin gives it


class Look(msgspec.Struct, frozen=True):
    """Settings of the look. Paths are relative to content/."""

    menu: tuple[MenuEntry, ...] | None = None  # None: what the plugins bring
    logo: str = ""
    tagline: Text = {}
    footer: Text = {}  # Markdown
    stylesheets: tuple[str, ...] = ()
    policy: dict[str, tuple[str, ...]] = {}  # directive → sources added to every page's policy
    contact: str = ""  # a mail address or a web address
    repository: str = ""  # the address of a file's history, with {path}
    newsletter: str = ""  # the address of a service, perhaps with {feed}
    card_fonts: tuple[str, ...] = ()  # relative to the site's folder

    @property
    def has_foreign_scripts(self) -> bool:
        """Whether scripts of other hosts may run, so that the site cannot promise to have no trackers."""
        sources = (*self.policy.get("script-src", ()), *self.policy.get("default-src", ()))
        return any(not source.startswith("'") for source in sources)


def in_language(text: Text, lang: str) -> str:
    """The text for an interface language: its own, that of its primary language, or the one for all; else ""."""
    return text.get(lang) or text.get(lang.partition("-")[0]) or text.get("", "")


def read_look(settings: Configuration, content: Path, root: Path) -> Look:
    """The look of the site in `root`, with its content in `content`. Raises EnvironmentFault for a wrong value."""
    policy = _policy(settings)
    if settings.texts("POUCH_STYLESHEETS"):
        # They may name fonts of the site's own, which no other page loads.
        policy["font-src"] = ("'self'", *policy.get("font-src", ()))
    return Look(
        menu=_menu(settings),
        logo=_file(settings, "POUCH_LOGO", settings.text("POUCH_LOGO"), content),
        tagline=_text(settings, "POUCH_TAGLINE", settings.value("POUCH_TAGLINE")),
        footer=_text(settings, "POUCH_FOOTER", settings.value("POUCH_FOOTER")),
        stylesheets=tuple(
            _file(settings, "POUCH_STYLESHEETS", path, content)
            for path in settings.texts("POUCH_STYLESHEETS")
        ),
        policy=policy,
        contact=_contact(settings),
        repository=_repository(settings),
        newsletter=_newsletter(settings),
        card_fonts=tuple(_font(settings, path, root) for path in settings.texts("POUCH_CARD_FONTS")),
    )


def _text(settings: Configuration, name: str, value: object) -> Text:
    if isinstance(value, str):
        return {"": value} if value else {}
    if not isinstance(value, Mapping) or not all(
        isinstance(key, str) and isinstance(text, str) for key, text in value.items()
    ):
        raise settings.fault(name, f"must be text, or texts by language as {{'en': '…'}}, not {value!r}")
    return dict(value)


def _menu(settings: Configuration) -> tuple[MenuEntry, ...] | None:
    name = "POUCH_MENU"
    items = settings.value(name)
    if items is None:
        return None
    if not isinstance(items, list | tuple):
        raise settings.fault(name, f"must be a list of addresses and of (label, address), not {items!r}")
    entries = []
    for item in items:
        label, address = item if isinstance(item, list | tuple) and len(item) == 2 else ("", item)
        if not isinstance(address, str) or not (address.startswith("/") or _is_web_address(address)):
            raise settings.fault(
                name, f"must hold addresses as '/about/' or 'https://…', or (label, address), not {item!r}"
            )
        entries.append(MenuEntry(address, _text(settings, name, label)))
    return tuple(entries)


def _file(settings: Configuration, name: str, path: str, content: Path) -> str:
    """A published file below content/, or "". It must exist and lie in one of STATIC_PATHS."""
    if not path:
        return ""
    published = (PurePosixPath(folder) for folder in settings.static_paths())
    if ".." in PurePosixPath(path).parts or not any(
        PurePosixPath(path).is_relative_to(folder) for folder in published
    ):
        raise settings.fault(
            name, f"must be a file in one of STATIC_PATHS, such as 'images/logo.svg', not {path!r}"
        )
    if not (content / path).is_file():
        raise settings.fault(name, f"names {path!r}, and there is no file {content / path}")
    return path


def _font(settings: Configuration, path: str, root: Path) -> str:
    """A font file within the site's folder."""
    name = "POUCH_CARD_FONTS"
    if ".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute():
        raise settings.fault(name, f"must hold files of the site, such as 'fonts/Bold.ttf', not {path!r}")
    if PurePosixPath(path).suffix.lower() not in (".ttf", ".otf", ".ttc"):
        raise settings.fault(name, f"must hold TrueType or OpenType fonts (.ttf, .otf, .ttc), not {path!r}")
    if not (root / path).is_file():
        raise settings.fault(name, f"names {path!r}, and there is no file {root / path}")
    return path


def _policy(settings: Configuration) -> dict[str, tuple[str, ...]]:
    name = "POUCH_CSP"
    table = settings.value(name)
    if not isinstance(table, Mapping):
        raise settings.fault(name, f"must be a table as {{'script-src': 'https://…'}}, not {table!r}")
    policy = {}
    for directive, sources in table.items():
        if directive in _REFUSED_DIRECTIVES:
            raise settings.fault(name, f"cannot set {directive!r} in a page; set it as a header of the host")
        if directive not in _DIRECTIVES:
            close = closest(str(directive), _DIRECTIVES, 0.5)
            cure = f"did you mean {close!r}?" if close else f"there are {', '.join(_DIRECTIVES)}"
            raise settings.fault(
                name, f"must name directives such as 'script-src', not {directive!r}; {cure}"
            )
        added = sources.split() if isinstance(sources, str) else sources
        if not isinstance(added, list | tuple) or not all(
            isinstance(source, str) and re.fullmatch(r"[^\s;,\"]+", source) for source in added
        ):
            raise settings.fault(
                name, f"must give {directive!r} sources such as 'https://…', not {sources!r}"
            )
        if bare := next((source for source in added if source.lower() in _KEYWORDS), None):
            raise settings.fault(name, f"takes {bare!r} in {directive!r} for a host; write \"'{bare}'\"")
        if directive in ("script-src", "default-src") and "'unsafe-inline'" in added:
            raise settings.fault(
                name, f"refuses 'unsafe-inline' for {directive!r}: any injected script would run"
            )
        policy[directive] = tuple(added)
    return policy


def _contact(settings: Configuration) -> str:
    contact = settings.text("POUCH_CONTACT")
    if contact and not _MAIL.fullmatch(contact) and not _is_web_address(contact):
        raise settings.fault("POUCH_CONTACT", f"must be a mail address or an https address, not {contact!r}")
    return contact


def _repository(settings: Configuration) -> str:
    """GitHub's and GitLab's addresses of a file's history are known; for others the setting holds {path}."""
    repository = settings.text("POUCH_REPOSITORY").rstrip("/").removesuffix(".git")
    if not repository:
        return ""
    if not _is_web_address(repository):
        raise settings.fault("POUCH_REPOSITORY", f"must be an https address, not {repository!r}")
    if "{path}" in repository:
        return repository
    gitlab = "gitlab" in (urlsplit(repository).hostname or "")
    return f"{repository}{'/-' if gitlab else ''}/commits/HEAD/{{path}}"


def _newsletter(settings: Configuration) -> str:
    newsletter = settings.text("POUCH_NEWSLETTER")
    if newsletter and not _is_web_address(newsletter.replace("{feed}", "feed")):
        raise settings.fault(
            "POUCH_NEWSLETTER",
            f"must be an https address, such as 'https://news.example.org/?feed={{feed}}', not {newsletter!r}",
        )
    return newsletter


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    # What stands before an @ is often a password or a token, and the address is published.
    fine = bool(parts.hostname) and "@" not in parts.netloc and not re.search(r"[\s<>\"]", text)
    return fine and parts.scheme in ("http", "https")
