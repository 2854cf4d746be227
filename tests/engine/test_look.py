"""The look by settings, as a site owner sets it and a reader sees it."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from pouch.errors import EnvironmentFault
from tests.engine.sites import SETTINGS, WorkSite

LOOK = """\
POUCH_LANGUAGES = ["en", "fr"]
POUCH_MENU = ["/topics/", "/about/", ({"en": "Team", "fr": "Équipe"}, "https://example.org/team")]
POUCH_LOGO = "images/logo.svg"
POUCH_TAGLINE = {"en": "Trade, explained", "fr": "Le commerce, expliqué"}
POUCH_FOOTER = "By the [Trust](https://example.org/). <script>alert(1)</script>"
POUCH_STYLESHEETS = ["extra/brand.css"]
POUCH_CSP = {"script-src": "https://stats.example.org", "img-src": ["https://stats.example.org"]}
POUCH_CONTACT = "desk@example.org"
POUCH_REPOSITORY = "https://github.com/example/briefings.git"
POUCH_NEWSLETTER = "https://mail.example.net/?feed={feed}"
"""


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site with a look of its own."""
    site = WorkSite(tmp_path, settings=SETTINGS + LOOK)
    site.entry("first", title="Tariffs & ports")
    site.write("content/images/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    site.write("content/extra/brand.css", ":root { --wax: light-dark(#a3210b, #ff9d85) }")
    site.build()
    return site


def _page(work: WorkSite, path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring((work.output / path).read_bytes())


def test_each_setting_shows_on_every_page(work: WorkSite) -> None:
    """Menu, logo, footer and stylesheet, in the language of the page."""
    for path, kind, labels in (
        ("briefings/first/index.html", "briefing", ["Topics", "About", "Team"]),
        ("fr/index.html", "home", ["Thèmes", "About", "Équipe"]),
    ):
        page = _page(work, path)
        assert [link.text for link in page.cssselect(".site-nav a")] == labels
        assert page.cssselect(".masthead .logo")[0].get("src") == "/images/logo.svg"
        styles = [link.get("href") for link in page.cssselect("link[rel=stylesheet]")]
        assert styles == ["/theme/pouch.css", f"/theme/{kind}.css", "/brand.css"]
        (note,) = page.cssselect(".colophon__note")
        assert note.text_content().strip().startswith("By the Trust.")
        assert not page.cssselect("script:not([type]):not([src])")
    assert (work.output / "brand.css").exists()


def test_the_foot_leads_to_what_no_menu_shows(tmp_path: Path) -> None:
    """Pages of plugins that are published, in the page's language; not twice what the menu has."""
    features = ["corrections", "digests", "sources", "data"]
    settings = f"{SETTINGS}POUCH_LANGUAGES = ['en', 'fr']\nPOUCH_FEATURES = {features}\n"
    work = WorkSite(tmp_path, settings=f"{settings}POUCH_MENU = ['/topics/', '/data/']\n")
    work.entry("first")
    work.build()
    page = _page(work, "fr/index.html")
    assert [link.text for link in page.cssselect(".site-nav a")] == ["Thèmes", "Données"]
    foot = [(link.text, link.get("href")) for link in page.cssselect(".colophon__links a")]
    assert foot[-3:] == [
        ("Récapitulatifs", "/fr/digests/"),
        ("Corrections", "/fr/corrections/"),
        ("Sources", "/fr/sources/"),
    ]
    assert all((work.output / href.strip("/") / "index.html").exists() for _, href in foot[-3:])


def test_subscribers_are_offered_e_mail(work: WorkSite) -> None:
    """Of the whole site without a script; the service is named, and a script knows where any feed goes."""
    page = _page(work, "fr/subscribe/index.html")
    (link,) = page.cssselect(".subscribe__mail a")
    assert link.text == "Par e-mail"
    assert link.get("href") == "https://mail.example.net/?feed=https%3A//example.org/feed.xml"
    assert "mail.example.net" in page.cssselect(".subscribe__service")[0].text_content()
    assert page.cssselect(".taken")[0].get("data-mail") == "https://mail.example.net/?feed={feed}"


def test_the_policy_grows_on_every_page_and_search_keeps_its_own(work: WorkSite) -> None:
    """Analytics may run beside the search's own script; what a page needed before it still has."""
    sources = {
        path: _policy(_page(work, path))
        for path in ("index.html", "search/index.html", "briefings/first/index.html")
    }
    for policy in sources.values():
        assert "https://stats.example.org" in policy["script-src"]
        assert policy["img-src"] == ["'self'", "data:", "https://stats.example.org"]
        assert policy["default-src"] == ["'none'"]
        assert policy["font-src"] == ["'self'"], "a stylesheet of the site may name its own fonts"
    assert "'self'" in sources["search/index.html"]["script-src"]
    assert "'self'" in sources["search/index.html"]["connect-src"]
    assert any(
        source.startswith("'sha256-") for source in sources["briefings/first/index.html"]["script-src"]
    )


def _policy(page: lxml.html.HtmlElement) -> dict[str, list[str]]:
    content = page.cssselect('meta[http-equiv="Content-Security-Policy"]')[0].get("content", "")
    return {directive.split()[0]: directive.split()[1:] for directive in content.split(";")}


def test_the_promise_of_no_trackers_goes_with_the_first_foreign_script(work: WorkSite) -> None:
    """It stays while only the site's own scripts may run."""
    for setting, promised in (
        ('POUCH_CSP = {"script-src": "https://stats.example.org"}', False),
        ('POUCH_CSP = {"img-src": "https://images.example.org"}', True),
        ("POUCH_CSP = {'script-src': \"'self'\"}", True),
    ):
        work.write("pelicanconf.py", f"{SETTINGS}{setting}\n")
        work.build()
        assert ("No cookies" in (work.output / "index.html").read_text("utf-8")) is promised


def test_readers_can_report_a_mistake_and_see_the_history(work: WorkSite) -> None:
    """A mail that names the page, and the file's history in the repository."""
    links = _page(work, "briefings/first/index.html").cssselect(".docket__actions a")
    actions = [href for link in links if not (href := link.get("href", "")).startswith("/")]
    assert actions == [
        "mailto:desk@example.org?subject=Tariffs%20%26%20ports"
        "&body=https%3A//example.org/briefings/first/%0A%0A",
        "https://github.com/example/briefings/commits/HEAD/content/entries/first.md",
    ]


@pytest.mark.parametrize(
    ("repository", "history"),
    [
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/commits/HEAD/content/entries/first.md"),
        (
            "https://code.example/log?f=site/{path}",
            "https://code.example/log?f=site/content/entries/first.md",
        ),
    ],
)
def test_other_repositories_have_their_own_addresses(work: WorkSite, repository: str, history: str) -> None:
    """GitLab's form is known; any other is what the setting says."""
    work.write("pelicanconf.py", f"{SETTINGS}POUCH_REPOSITORY = {repository!r}\n")
    work.build()
    (link,) = _page(work, "briefings/first/index.html").cssselect(".docket__actions a[rel=external]")
    assert link.get("href") == history


def test_a_changed_look_makes_pages_again(work: WorkSite) -> None:
    """Every page shows the menu, so every page is stale; the next build finds nothing to do."""
    work.write("pelicanconf.py", SETTINGS + LOOK.replace('"Team"', '"People"'))
    assert work.build().written > 5
    assert work.build().made == 0


def test_a_menu_address_without_a_label_is_named(work: WorkSite) -> None:
    """A slip in an address is told with its cure, instead of an entry that leads nowhere."""
    work.write("pelicanconf.py", f"{SETTINGS}POUCH_MENU = ['/abuot/']\n")
    with pytest.raises(EnvironmentFault, match=r"POUCH_MENU names '/abuot/'.*give it a label"):
        work.build()
