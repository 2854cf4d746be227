"""The files that hosts read, in each host's own form."""

from __future__ import annotations

import msgspec
import pytest

from pouch.hosts import Host, hosts
from pouch.pages import host_files
from pouch.pages.host_files import plan_host_files
from pouch.pages.models import HeaderRules, Redirects
from pouch.pages.outputs import Output
from pouch.site import Site
from tests.archives import a_site

MOVES = [("/topics/truce/", "/topics/ceasefire/"), ("/briefings/old/", "/briefings/new/")]
HOSTS = ("", *hosts())


def on(host: str, **changes: object) -> Site:
    """A site that is published there."""
    return msgspec.structs.replace(a_site(), host=host, **changes)


def planned(
    site: Site, moves: list[tuple[str, str]] = MOVES, replaced: tuple[str, ...] = ()
) -> dict[str, Output]:
    """Its files for the host, by path."""
    return {output.path: output for output in plan_host_files(site, moves, ("fr",), replaced)}


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("", {"_redirects", "redirects.map"}),
        ("github-pages", {".nojekyll"}),
        ("cloudflare-pages", {"_redirects", "_headers"}),
        ("gitlab-pages", {"_redirects"}),
        ("netlify", {"_redirects", "_headers"}),
    ],
)
def test_a_host_gets_what_it_reads(host: str, expected: set[str]) -> None:
    """And nothing else."""
    assert set(planned(on(host))) == expected


@pytest.mark.parametrize("host", HOSTS)
def test_where_nothing_moved_there_are_no_redirects(host: str) -> None:
    """An empty file would be noise."""
    assert "_redirects" not in planned(on(host), [])


@pytest.mark.parametrize(
    ("host", "status"),
    [("", "301"), ("cloudflare-pages", "301"), ("gitlab-pages", "301"), ("netlify", "301!")],
)
def test_redirects_have_the_hosts_syntax(host: str, status: str) -> None:
    """Netlify serves the page at an old address unless the rule is forced; GitLab does not know forced rules."""
    model = planned(on(host))["_redirects"].model
    assert model == Redirects(moves=tuple(sorted(MOVES)), status=status)


@pytest.mark.parametrize("limit", [{"redirects": 1}, {"redirects": 9, "redirect_bytes": 50}])
def test_no_more_redirects_than_the_host_reads(
    limit: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By number or by bytes; the file says how many are left out."""
    small = Host(name="Small", source="", redirect_status="301", **limit)  # type: ignore[arg-type]
    monkeypatch.setattr(host_files, "hosts", lambda: {"small": small})
    model = planned(on("small"))["_redirects"].model
    assert (model.moves, model.left_out) == ((MOVES[1],), 1)


def test_headers_name_the_types_of_feeds() -> None:
    """Each pattern has one asterisk at most, and no address gets two types."""
    model = planned(on("netlify", path="/archive"))["_headers"].model
    assert isinstance(model, HeaderRules)
    rules = dict(model.rules)
    assert len(rules) == len(model.rules)
    assert rules["/archive/*/feed.xml"] == "Content-Type: application/rss+xml; charset=utf-8"
    assert rules["/archive/feed.fr.xml"] == "Content-Type: application/rss+xml; charset=utf-8"
    assert rules["/archive/*/atom.xml"] == "Content-Type: application/atom+xml; charset=utf-8"
    assert rules["/archive/feed.json"] == "Content-Type: application/feed+json; charset=utf-8"
    assert "immutable" in rules["/archive/search/index/*.words"]
    assert all(pattern.count("*") <= 1 for pattern in rules)


def test_the_files_as_they_are_written() -> None:
    """A rule of headers is a pattern and an indented line."""
    output = planned(on("netlify"))["_headers"]
    assert output.render is not None
    text = output.render(output.model, None).decode()  # type: ignore[arg-type]  # it asks for no stores
    assert text.startswith(
        "/feed.xml\n  Content-Type: application/rss+xml; charset=utf-8\n/*/feed.xml\n  Content"
    )


@pytest.mark.parametrize("host", HOSTS)
def test_a_sites_own_files_replace_these(host: str) -> None:
    """Whoever has a _headers of their own keeps it."""
    assert planned(on(host), replaced=tuple(host_files.HOST_FILES)) == {}
