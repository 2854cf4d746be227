"""Pictures for social media: one for each briefing and dossier, made again only where what it shows changes."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pouch.errors import EnvironmentFault
from pouch.pages.maps import THUMBNAIL
from pouch.settings import THEME
from pouch_cards.models import HEIGHT, WIDTH, Picture
from pouch_cards.picture import BAND, COLUMN, INK, MARGIN, PALETTE, WAX, picture
from tests.archives import a_site
from tests.engine.sites import SETTINGS, WorkSite, stamps, tree

ON = 'POUCH_FEATURES = [*ALL_FEATURES, "cards"]\nPOUCH_LANGUAGES = ["fr"]\n'
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000004b000000276080200000000000000")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> WorkSite:
    work = WorkSite(tmp_path_factory.mktemp("cards"), SETTINGS + ON)
    work.entry("plain", title="Grain leaves Odesa", countries="UA, TR")
    work.entry("french", lang="fr", title="Le blé quitte Odessa", translation_of="plain")
    work.entry("pictured", image="{file: images/quay.png, alt: A quay}", date="2025-04-01")
    (work.root / "content/images").mkdir()
    (work.root / "content/images/quay.png").write_bytes(PNG)
    work.build()
    return work


def cards(output: Path) -> list[str]:
    return [path for path in tree(output) if path.endswith("/card.png") and not path.startswith("theme/")]


def announced(html: str) -> dict[str, str]:
    """The page's og:image and what is said of it."""
    return dict(re.findall(r'<meta property="(og:image[a-z:]*)" content="([^"]*)">', html))


def test_every_briefing_and_dossier_has_a_picture(work: WorkSite) -> None:
    """An entry has one in its own language; a dossier one in each language in which it is called otherwise."""
    files = set(cards(work.output))
    assert {"briefings/plain/card.png", "briefings/french/card.png", "countries/ukraine/card.png"} <= files
    assert {"topics/war/card.png", "fr/topics/war/card.png", "regions/europe/card.png"} <= files
    # Ukraine is Ukraine in French, Türkiye is not.
    assert "fr/countries/ukraine/card.png" not in files
    assert "fr/countries/turkiye/card.png" in files or "fr/countries/turkey/card.png" in files


def test_pages_announce_their_picture(work: WorkSite) -> None:
    """Open Graph and X name a file that exists, with its size and a text; structured data too."""
    for page in ("briefings/plain", "countries/ukraine", "fr/countries/ukraine", "fr/topics/war"):
        html = (work.output / page / "index.html").read_text("utf-8")
        facts = announced(html)
        assert facts["og:image:width"] == str(WIDTH), page
        assert facts["og:image:height"] == str(HEIGHT), page
        assert facts["og:image:alt"], page
        file = work.output / facts["og:image"].removeprefix("https://example.org/")
        assert file.name == "card.png"
        with Image.open(file) as image:
            assert image.size == (WIDTH, HEIGHT)
        assert html.count('<meta name="twitter:card" content="summary_large_image">') == 1, page
    assert html.count("/theme/card.png") == 0
    briefing = (work.output / "briefings/plain/index.html").read_text("utf-8")
    assert '"url":"https://example.org/briefings/plain/card.png"' in briefing


def test_an_image_of_its_own_wins(work: WorkSite) -> None:
    """An entry with an image has no other picture: Open Graph, cards of the home page and feeds show the image."""
    assert "briefings/pictured/card.png" not in cards(work.output)
    html = (work.output / "briefings/pictured/index.html").read_text("utf-8")
    assert announced(html)["og:image"] == "https://example.org/images/quay.png"
    home = (work.output / "index.html").read_text("utf-8")
    assert '<img class="thumbnail" src="/images/quay.png" alt="" width="1200" height="630">' in home
    assert "https://example.org/images/quay.png" in (work.output / "feed.xml").read_text("utf-8")


def test_the_home_page_shows_the_countries_of_others(work: WorkSite) -> None:
    """Without a file for each: the shapes of the one drawing, in a window around them."""
    home = (work.output / "index.html").read_text("utf-8")
    (thumbnail,) = re.findall(r'<svg class="thumbnail" viewBox="([^"]+)".*?</svg>', home)
    x, _, width, height = map(int, thumbnail.split())
    assert abs(width / height - THUMBNAIL) < 0.02
    assert 900 < x < x + width < 1300, "around Ukraine and Türkiye"
    assert 'href="/theme/world.svg#UA"/><use class="locator__here" href="/theme/world.svg#TR"/>' in home


def test_pictures_are_small_and_the_same_each_time(work: WorkSite, tmp_path: Path) -> None:
    """Sixteen colours; a clean build in several processes gives the same bytes."""
    for path in cards(work.output):
        with Image.open(work.output / path) as image:
            assert image.mode == "P"
        assert (work.output / path).stat().st_size < 30_000, path
    work.build(jobs=2, clean=True, output=tmp_path / "again")
    first, again = tree(work.output), tree(tmp_path / "again")
    assert {path: first[path] for path in cards(work.output)} == {
        path: again[path] for path in cards(tmp_path / "again")
    }


def test_only_what_changed_is_drawn_again(work: WorkSite, tmp_path: Path) -> None:
    """A new title: that entry's picture and no other. A new briefing of the same years leaves the dossier's."""
    root = shutil.copytree(work.root, tmp_path / "site", ignore=shutil.ignore_patterns(".pouch", "output"))
    copy = WorkSite(root, SETTINGS + ON)
    copy.build()
    before = stamps(copy.output)
    copy.entry("plain", title="Grain leaves Mykolaiv", countries="UA, TR")
    copy.entry("more", date="2025-05-05", countries="UA")
    copy.build()
    after = stamps(copy.output)
    changed = {path for path in cards(copy.output) if before.get(path) != after[path]}
    assert changed == {"briefings/plain/card.png", "briefings/more/card.png"}


def test_without_the_feature_nothing_is_drawn(tmp_path: Path) -> None:
    """It is not among the features that a site has without asking."""
    work = WorkSite(tmp_path)
    work.entry("plain")
    work.build()
    assert cards(work.output) == []
    html = (work.output / "briefings/plain/index.html").read_text("utf-8")
    assert announced(html)["og:image"] == "https://example.org/theme/card.png"


def drawn(title: str, *countries: str, text_dir: str = "ltr") -> Image.Image:
    """A picture with the theme's shapes and the bundled fonts."""
    lines = ("日報 · 2025", "2025")
    model = Picture(title=title, dir=text_dir, lines=lines, countries=countries, drawing=b"")
    return Image.open(BytesIO(picture(model, a_site(theme=THEME))))


def where(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """The box around all that has exactly this colour, between the rules at the top and the foot."""
    colours = list(zip(PALETTE[::3], PALETTE[1::3], PALETTE[2::3], strict=True))
    chosen = [255 if colours[i : i + 1] == [colour] else 0 for i in range(256)]
    mask = image.crop((0, BAND, WIDTH, HEIGHT - BAND)).point(chosen, "L")
    return mask.getbbox()


def test_a_picture_shows_the_countries_beside_the_title() -> None:
    """The title on the side where its language begins, the countries in the room on the other side."""
    for code, text_dir in (("UA", "ltr"), ("US", "ltr"), ("RU", "rtl"), ("MT", "ltr"), ("NO", "rtl")):
        image = drawn("Grain leaves the port", code, text_dir=text_dir)
        wax, ink = where(image, WAX), where(image, INK)
        assert wax
        assert ink
        if text_dir == "ltr":
            assert ink[2] <= MARGIN + COLUMN <= (wax[0] + wax[2]) / 2, code
        else:
            assert ink[0] >= WIDTH - MARGIN - COLUMN >= (wax[0] + wax[2]) / 2, code


def test_rings_do_not_hide_each_other() -> None:
    """A small country has a ring around it, so it is seen; of many small ones, as in a region, each is only filled."""

    def ink(*countries: str) -> int:
        """Pixels in the colour of countries, with the largest country far away so that the window is the world's."""
        image = drawn("", "US", "RU", "AU", *countries)
        return sum(image.histogram()[index] for index in range(2, 8))

    alone = ink()
    few, many = ("BE", "MK"), ("BE", "MK", "SI", "LU", "ME", "AL")
    assert (ink(*few) - alone) / len(few) > 500
    assert (ink(*many) - alone) / len(many) < 250


def test_a_title_that_no_font_has_is_left_out() -> None:
    """The shapes and the date remain: no boxes in place of letters. So it is with a site's name."""
    assert drawn("中国与欧盟", "CN").tobytes() == drawn("", "CN").tobytes()
    assert where(drawn("中国与欧盟", "CN"), WAX)
    ink = where(drawn("", "CN"), INK)
    assert ink
    assert ink[1] > HEIGHT / 2, "the year at the foot"
    assert drawn("China", "CN").tobytes() != drawn("", "CN").tobytes()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('POUCH_CARD_FONTS = ["fonts/none.ttf"]', "there is no file"),
        ('POUCH_CARD_FONTS = ["../none.ttf"]', "must hold files of the site"),
        ('POUCH_CARD_FONTS = ["pelicanconf.py"]', "must hold TrueType or OpenType fonts"),
        ('POUCH_FEATURES = ["card"]', "did you mean 'cards'"),
    ],
)
def test_a_wrong_setting_is_refused(line: str, message: str, tmp_path: Path) -> None:
    """With the name of the setting and what it takes."""
    work = WorkSite(tmp_path, f"{SETTINGS}{line}\n")
    with pytest.raises(EnvironmentFault, match=message):
        work.site()
