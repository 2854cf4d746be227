"""The theme: templates found, rendered and fingerprinted; their faults named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pouch import settings
from pouch.errors import EnvironmentFault
from pouch.theming import Theme
from pouch.theming.assets import asset_bytes, asset_files
from tests.theming.material import BODIES, PLUGINS, site, view
from tests.theming.specimens import home_page, specimens

OWN = Path(settings.THEME)
TEMPLATES = sorted(
    path.relative_to(OWN / "templates").as_posix() for path in (OWN / "templates").rglob("*.*")
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A theme of a site's own, to be changed."""
    shutil.copytree(OWN, tmp_path / "theme")
    return tmp_path / "theme"


@pytest.mark.parametrize("path", sorted(specimens()))
def test_every_kind_of_page_renders(path: str) -> None:
    """Each template prints its model whole: one newline at the end, nothing undefined, the same text twice."""
    template, model, of_site = specimens()[path]
    first = Theme(site(), PLUGINS).render(template, model, of_site, BODIES)
    assert first == Theme(site(), PLUGINS).render(template, model, of_site, BODIES)
    assert first.endswith("\n")
    assert not first.endswith("\n\n")
    assert first[0] in "<U"


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_template_opens_by_listing_its_variables(name: str) -> None:
    """Whoever overrides a template reads at its head what it is given."""
    source = (OWN / "templates" / name).read_text(encoding="utf-8")
    assert source.startswith("{#\n")
    head = source.partition("#}")[0]
    assert len(head.splitlines()) >= 2
    if not name.startswith("parts/"):
        assert "page" in head


def test_a_site_overrides_one_template(tmp_path: Path) -> None:
    """THEME_TEMPLATES_OVERRIDES replaces one part, and the rest of the theme uses it."""
    part = tmp_path / "parts" / "trail.html"
    part.parent.mkdir()
    part.write_text("{% macro trail(links) %}<p>my own trail</p>{% endmacro %}", encoding="utf-8")
    template, model, of_site = specimens()["countries/ukraine/index.html"]
    theirs = Theme(site(overrides=(str(tmp_path),)), PLUGINS)
    assert "my own trail" in theirs.render(template, model, of_site, BODIES)
    assert theirs.digest(template, "en") != Theme(site(), PLUGINS).digest(template, "en")
    assert theirs.digest("robots.txt", "en") == Theme(site(), PLUGINS).digest("robots.txt", "en")


@pytest.mark.parametrize(
    ("changed", "template", "stale"),
    [
        ("templates/entry.html", "entry.html", True),
        ("templates/base.html", "entry.html", True),  # what it extends
        ("templates/parts/term_list.html", "home.html", True),  # what its river's cards import
        ("templates/term.html", "country.html", True),
        ("templates/home.html", "entry.html", False),
        ("templates/parts/source.html", "home.html", False),
        ("translations/fr/LC_MESSAGES/pouch.po", "entry.html", True),
        ("translations/de/LC_MESSAGES/pouch.po", "entry.html", False),
    ],
)
def test_the_fingerprint_covers_what_a_page_is_made_of(
    copy: Path, changed: str, template: str, stale: bool
) -> None:
    """A change to a template, a part or a catalogue makes those pages stale that show it, and no other."""
    before = Theme(site(str(copy)), PLUGINS).digest(template, "fr")
    file = copy / changed
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert (Theme(site(str(copy)), PLUGINS).digest(template, "fr") != before) is stale


def test_a_template_named_at_run_time_is_covered(copy: Path) -> None:
    """A template that computes the name of another depends on them all, rather than on none."""
    (copy / "templates" / "robots.txt").write_text("{% include page.sitemap %}", encoding="utf-8")
    before = Theme(site(str(copy)), PLUGINS).digest("robots.txt", "en")
    (copy / "templates" / "text.html").write_text("changed", encoding="utf-8")
    assert Theme(site(str(copy)), PLUGINS).digest("robots.txt", "en") != before


@pytest.mark.parametrize("compiled", [False, True], ids=["first build", "second build"])
@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>\n{% if %}\n", r"/theme/templates/home\.html:2: "),
        ("<p>\n\n{{ page.nothing }}\n", r"/theme/templates/home\.html:3: .*nothing"),
        ("{{ somewhere.else }}", r"/theme/templates/home\.html:1: 'somewhere' is undefined"),
        ("<p>\n{{ page.title|shout }}\n", r"/theme/templates/home\.html:2: No filter named 'shout'"),
        ("{% include 'gone.html' %}", r"no template gone\.html in "),
    ],
)
def test_a_broken_template_is_named_with_its_line(
    copy: Path, source: str, fault: str, compiled: bool
) -> None:
    """Whoever writes a theme learns the file, the line and the fault, and sees no traceback."""
    (copy / "templates" / "home.html").write_text(source, encoding="utf-8")
    theirs = site(str(copy), root=str(copy.parent))
    if compiled:
        with pytest.raises(EnvironmentFault):
            Theme(theirs, PLUGINS).render("home.html", home_page(), view(), BODIES)
    with pytest.raises(EnvironmentFault, match=fault):
        Theme(theirs, PLUGINS).render("home.html", home_page(), view(), BODIES)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>\n{% if %}\n", r"/theme/templates/home\.html:2: "),
        ("<p>\n{{ page.title|shout }}\n", None),  # whoever renders it will know
        ("{% include 'gone.html' %}", r"^no template gone\.html in "),
    ],
)
def test_a_fingerprint_names_what_keeps_it_from_being_taken(
    copy: Path, source: str, fault: str | None
) -> None:
    """A template that cannot be read is a fault even before a page is made with it, in every build alike."""
    (copy / "templates" / "home.html").write_text(source, encoding="utf-8")
    theirs = site(str(copy), root=str(copy.parent))
    for _ in range(2):
        if fault is None:
            Theme(theirs, PLUGINS).digest("home.html", "en")
            continue
        with pytest.raises(EnvironmentFault, match=fault):
            Theme(theirs, PLUGINS).digest("home.html", "en")


def test_what_else_is_published(tmp_path: Path) -> None:
    """The icon lies where pages look for it; stylesheets and scripts are published whole, and no piece of them."""
    files = dict(Theme(site(), PLUGINS).static_files())
    assert "theme/favicon.svg" in files
    assert asset_bytes(files["theme/favicon.svg"]) == files["theme/favicon.svg"].read_bytes()
    assert asset_bytes(files["theme/pouch.css"]).startswith(
        b"@layer tokens,base,layout,parts,print;@layer tokens{"
    )
    assert not any(path.startswith(("theme/css/", "theme/js/")) for path in files)
    theirs = tmp_path / "static"
    theirs.mkdir()
    with pytest.raises(EnvironmentFault, match=r"pouch\.css is missing"):
        list(asset_files(tmp_path))
    (theirs / "pouch.css").write_text("a { top: 0 }")
    (theirs / "small.min.css").write_text("a { top: 0 }")
    published = {path: asset_bytes(file) for path, file in asset_files(tmp_path)}
    assert published == {"theme/pouch.css": b"a{top:0}\n", "theme/small.min.css": b"a { top: 0 }"}
