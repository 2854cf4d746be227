"""Judges an address that a redirect leads to, by its form: a home page, a page for errors, a wall, another spelling."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from pouch.convert.intake.fetching import Fetched
from pouch.sourcing.patterns import is_name

_PERMANENT = frozenset((301, 308))
_WALL_HOSTS = frozenset(("accounts", "account", "id", "identity", "secure"))
# What addresses of one document may end in and do without.
_ENDING = re.compile(r"amp|print|(index|default)\.\w+|\d{1,2}|[a-z]{2}", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*|/\(S\([^)/]*\)\)", re.IGNORECASE)
_INDEX = re.compile(r"/(index|default)\.\w{2,5}$", re.IGNORECASE)


def wall_of(url: str, target: str) -> bool:
    """Whether a redirect from `url` leads to where a person must sign in, agree, or prove to be one."""
    parts, own = urlsplit(target), urlsplit(url)
    own_folders = own.path.split("/")
    folders = [part for part in parts.path.split("/") if part and part not in own_folders]
    if any(is_name("error", part) for part in folders):
        return False
    if any(is_name("wall", part) for part in folders):
        return True
    label = (parts.hostname or "").partition(".")[0]
    if parts.hostname != own.hostname and (label in _WALL_HOSTS or is_name("wall", label)):
        return True
    queries = parse_qsl(parts.query)
    if any(is_name("says_error", name) for name, _ in queries):
        return False
    if any(is_name("wall", name) for name, _ in queries):
        return True
    # Who must sign in is to come back.
    returns = [value for name, value in queries if is_name("sign_in", name)]
    return any(len(own.path) > 1 and own.path in unquote(value) for value in returns)


def loss_of(url: str, target: str) -> str:
    """The kind of page that a redirect leads to in place of the document; empty where it may be the document."""
    folders = [part for part in urlsplit(target).path.split("/") if part]
    for is_it, what in (
        (is_home(target) and not is_home(url), "a home page"),
        (any(is_name("error", part) for part in folders), "a page for errors"),
        (any(is_name("search", part) for part in folders), "a search"),
        (_is_above(target, url), "a page above it"),
    ):
        if is_it:
            return what
    return ""


def stays_elsewhere(url: str, answer: Fetched) -> bool:
    """Whether every redirect says that it is for good, and leads to more than another spelling of the address."""
    addresses = [url, *(hop.url for hop in answer.hops)]
    # A hop back to where it is only sets a cookie.
    permanent = all(
        hop.status in _PERMANENT or hop.url == before
        for hop, before in zip(answer.hops, addresses, strict=False)
    )
    return permanent and _plain(url) != _plain(answer.url)


def leads_to_a_document(link: str) -> bool:
    """Whether a link on a page may lead to a document: to no home page, section, search, or place on the page."""
    if re.match(r"#|[a-z]+:(?!//)", link, re.IGNORECASE):
        return False
    folders = [part for part in urlsplit(link).path.split("/") if part]
    is_search = any(is_name("search", part) for part in folders)
    return not (is_search or is_home(urljoin("http://host/", link)) or names_a_hub(link))


def names_a_hub(url: str) -> bool:
    """Whether an address is that of a section, a category, a tag or an archive, by its last folders."""
    parts = urlsplit(url)
    folders = [part for part in _INDEX.sub("/", parts.path).split("/") if part]
    if not folders or any(re.search(r"\d", value) for _, value in parse_qsl(parts.query)):
        return False
    is_in_group = len(folders) > 1 and is_name("group", folders[-2]) and not re.search(r"\d", folders[-1])
    return is_in_group or is_name("hub", folders[-1])


def names_the_same(url: str, target: str) -> bool:
    """Whether the last folders of two addresses share most of their words, or a long number."""
    one, two = (_slug(each) for each in (url, target))
    common = one & two
    if any(word.isdigit() and len(word) > 2 for word in common):
        return True
    return any(len(word) > 3 for word in common) and 2 * len(common) >= min(len(one), len(two))


def _slug(url: str) -> set[str]:
    parts = urlsplit(url)
    folders = [part for part in _INDEX.sub("/", unquote(parts.path)).split("/") if part]
    last = re.sub(r"\.\w{2,5}$", "", folders[-1]) if folders else ""
    numbers = [value for _, value in parse_qsl(parts.query) if value.isdigit()]
    return {word for word in re.split(r"[\W_]+", last.lower()) if word} | set(numbers)


def _plain(url: str) -> tuple[str, str, list[tuple[str, str]]]:
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query) if not is_name("tracking", pair[0])]
    path = _INDEX.sub("/", unquote(_SESSION.sub("", parts.path))).rstrip("/").lower()
    return (parts.hostname or "").removeprefix("www."), path, query


def is_home(url: str) -> bool:
    """Whether this is the first page of a site, perhaps of a language; `?p=123` is a document."""
    parts = urlsplit(url)
    names_one = any(
        re.search(r"\d", value) and not is_name("says_error", name) for name, value in parse_qsl(parts.query)
    )
    return not names_one and is_name("home", parts.path)


def _is_above(target: str, url: str) -> bool:
    """Whether a redirect leads to a folder that the address was in, beyond another spelling of the address."""
    host, path, query = _plain(target)
    own_host, own_path, _ = _plain(url)
    if host != own_host or query or not own_path.startswith(f"{path}/"):
        return False
    return not all(_ENDING.fullmatch(part) for part in own_path.removeprefix(f"{path}/").split("/"))
