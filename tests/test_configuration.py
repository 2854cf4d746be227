"""The settings file, as whoever edits it meets it: a slip is named with its cure, and nothing is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from pouch.errors import EnvironmentFault
from pouch.site import load_site
from tests.commands.sites import SETTINGS, make_site, run


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("def (", "pelicanconf.py:7: invalid syntax"),
        ("x = 1 / 0", "pelicanconf.py:7: ZeroDivisionError: division by zero"),
        ("import no_such_module", "pelicanconf.py:7: ModuleNotFoundError"),
        ("raise SystemExit(0)", "pelicanconf.py:7: SystemExit: 0"),
        ("x = '\\0'\0", "pelicanconf.py: source code string cannot contain null bytes"),
        ("POUCH_PERPAGE = 5", "POUCH_PERPAGE is no setting; did you mean POUCH_PER_PAGE?"),
        (
            "POUCH_COLOURS = {}",
            "POUCH_COLOURS is no setting; colours and type are custom properties of a stylesheet",
        ),
        ("POUCH_ANALYTICS = 'x'", "POUCH_ANALYTICS is no setting; POUCH_CSP allows a script of another host"),
        ("POUCH_ZEBRA = 5", "POUCH_ZEBRA is no setting; there are POUCH_SITE_ID, "),
        ("<<<<<<< HEAD", "pelicanconf.py:7: a marker of a merge conflict that is not resolved; keep one"),
        ('SITENAME = " "', "SITENAME must not be empty"),
        (
            'SITEURL = "https://example.org//a/"',
            "SITEURL has an empty folder in its path; write 'https://example.org/a'",
        ),
        ("AUTHOR = 5", "AUTHOR must be text, not 5"),
        ("SITENAME = None", "SITENAME must be text, not None"),
        (
            'SITEURL = "example.org"',
            "SITEURL must be an http or https address without query, not 'example.org'; write 'https://example.org'",
        ),
        ('SITEURL = "https://"', "SITEURL must be an http or https address"),
        ('SITEURL = "https://[x"', "SITEURL must be an http or https address"),
        ('SITEURL = "https://example.org/a b"', "SITEURL must be an http or https address"),
        ('TIMEZONE = "Mars/Base"', "pelicanconf.py:7: TIMEZONE names no time zone: 'Mars/Base'; such as"),
        ('TIMEZONE = "Paris"', "TIMEZONE names no time zone: 'Paris'; did you mean 'Europe/Paris'?"),
        ('TIMEZONE = "America/New York"', "did you mean 'America/New_York'?"),
        ('TIMEZONE = (\n "x"\n)\nTIMEZONE = "y"', "pelicanconf.py:10: TIMEZONE names no time zone: 'y'"),
        ('DEFAULT_LANG = ""', "DEFAULT_LANG must hold language tags such as 'en' or 'pt-BR', not ''"),
        ('DEFAULT_LANG = "english"', "DEFAULT_LANG must hold language tags"),
        ('POUCH_LANGUAGES = ["en", "../x"]', "POUCH_LANGUAGES must hold language tags"),
        ('POUCH_LANGUAGES = "fr"', "POUCH_LANGUAGES must be a list of texts, not 'fr'"),
        ('POUCH_SITE_ID = ""', "POUCH_SITE_ID must be a UUID"),
        ("POUCH_PER_PAGE = True", "POUCH_PER_PAGE must be a whole number of at least 1, not True"),
        ('POUCH_FEATURES = ["pears"]', "POUCH_FEATURES does not know 'pears'; did you mean 'years'?"),
        ('POUCH_FEATURES = ["nothing"]', "POUCH_FEATURES does not know 'nothing'; it knows pairs, regions,"),
        ("POUCH_HUB = 5", "POUCH_HUB must be an http or https address or None, not 5"),
        ('POUCH_HOST = "github"', "POUCH_HOST does not know 'github'; did you mean 'github-pages'?"),
        (
            "POUCH_HOST = 5",
            "POUCH_HOST does not know 5; it knows github-pages, cloudflare-pages, gitlab-pages",
        ),
        ("PLUGINS = None", "PLUGINS must be a list of plugins, not None"),
        ("PLUGINS = [5]", "PLUGINS must hold names of plugins, not 5"),
        ('STATIC_PATHS = ["/etc"]', "STATIC_PATHS must hold folders and files below content/"),
        ('STATIC_PATHS = ["../secret"]', "STATIC_PATHS must hold folders and files below content/"),
        ('STATIC_PATHS = [""]', "STATIC_PATHS must hold folders and files below content/"),
        ('STATIC_PATHS = ["entries/drafts"]', "STATIC_PATHS must hold folders and files below content/"),
        ("EXTRA_PATH_METADATA = 5", "EXTRA_PATH_METADATA must be a table by path, not 5"),
        (
            'EXTRA_PATH_METADATA = {"extra/a": {"path": "../a"}}',
            "EXTRA_PATH_METADATA must give 'extra/a' a path below the output folder",
        ),
        ('THEME = "nowhere"', "nowhere; THEME in the settings names it"),
        ('THEME_TEMPLATES_OVERRIDES = "x"', "THEME_TEMPLATES_OVERRIDES must be a list of folders, not 'x'"),
        ('OUTPUT_PATH = "content/out"', "OUTPUT_PATH must be a folder apart from the site and its content"),
        ('OUTPUT_PATH = "."', "OUTPUT_PATH must be a folder apart from the site and its content"),
        ('POUCH_MENU = "/about/"', "POUCH_MENU must be a list of addresses and of (label, address)"),
        ('POUCH_MENU = ["about"]', "POUCH_MENU must hold addresses as '/about/' or 'https://…'"),
        ('POUCH_MENU = ["javascript:alert(1)"]', "POUCH_MENU must hold addresses"),
        ('POUCH_LOGO = "logo.svg"', "POUCH_LOGO must be a file in one of STATIC_PATHS"),
        ('POUCH_LOGO = "images/logo.svg"', "POUCH_LOGO names 'images/logo.svg', and there is no file"),
        ('POUCH_STYLESHEETS = ["../x.css"]', "POUCH_STYLESHEETS must be a file in one of STATIC_PATHS"),
        (
            'POUCH_STYLESHEETS = ["images/../../x.css"]',
            "POUCH_STYLESHEETS must be a file in one of STATIC_PATHS",
        ),
        ("POUCH_TAGLINE = {1: 2}", "POUCH_TAGLINE must be text, or texts by language"),
        ("POUCH_FOOTER = 5", "POUCH_FOOTER must be text, or texts by language"),
        ('POUCH_CSP = "*"', "POUCH_CSP must be a table"),
        ('POUCH_CSP = {"script src": "x"}', "POUCH_CSP must name directives such as 'script-src'"),
        ('POUCH_CSP = {"script": "https://a.example"}', "did you mean 'script-src'?"),
        ('POUCH_CSP = {"image-src": "https://a.example"}', "did you mean 'img-src'?"),
        ('POUCH_CSP = {"frame-src": "self"}', "write \"'self'\""),
        ('POUCH_CSP = {"frame-ancestors": "x"}', "set it as a header of the host"),
        ('POUCH_CSP = {"script-src": "a; img-src *"}', "POUCH_CSP must give 'script-src' sources"),
        (
            "POUCH_CSP = {'script-src': \"'unsafe-inline'\"}",
            "POUCH_CSP refuses 'unsafe-inline' for 'script-src'",
        ),
        ('POUCH_CONTACT = "the desk"', "POUCH_CONTACT must be a mail address or an https address"),
        ('POUCH_REPOSITORY = "https://token@example.org/x"', "POUCH_REPOSITORY must be an https address"),
        ('POUCH_REPOSITORY = "git@example.org:x"', "POUCH_REPOSITORY must be an https address"),
        ('POUCH_NEWSLETTER = "desk@example.org"', "POUCH_NEWSLETTER must be an https address"),
        ('OUTPUT_PATH = ".."', "OUTPUT_PATH must be a folder apart from the site and its content"),
    ],
)
def test_a_setting_that_cannot_be_is_named(lines: str, words: str, tmp_path: Path) -> None:
    """Exit code 2, one line that names the setting, no traceback, and not a file written."""
    folder = tmp_path / "site"
    folder.mkdir()
    site = make_site(folder)
    (site / "pelicanconf.py").write_text(f"{SETTINGS}{lines}\n", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    outcome = run(site, "build")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert words in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("default", "others", "expected"),
    [
        ("en", [], ("en",)),
        ("fr", ["en"], ("fr", "en")),
        ("EN", ["fr", "en", "fr"], ("en", "fr")),
        ("pt-BR", ["de"], ("pt-br", "de")),
    ],
)
def test_the_default_language_leads(
    default: str, others: list[str], expected: tuple[str, ...], tmp_path: Path
) -> None:
    """Each interface language once, the site's own first, whatever the order in POUCH_LANGUAGES."""
    settings = SETTINGS.replace('DEFAULT_LANG = "en"', f"DEFAULT_LANG = {default!r}")
    settings = settings.replace('POUCH_LANGUAGES = ["en", "fr"]', f"POUCH_LANGUAGES = {others!r}")
    (tmp_path / "pelicanconf.py").write_text(settings, "utf-8")
    assert load_site(tmp_path).languages == expected


def test_plain_pelican_refuses_them_too(tmp_path: Path) -> None:
    """The rule is the mapping's, not the command's: Pelican hands over its own."""
    from pouch.site import site_from

    found = {"POUCH_SITE_ID": "8f14e45f-ceea-467f-a8d9-2d2a2f7e3a11", "POUCH_PAGE": 5}
    with pytest.raises(EnvironmentFault, match="POUCH_PAGE is no setting"):
        site_from(found, root=tmp_path, theme_base=tmp_path, origin="pelicanconf.py")
