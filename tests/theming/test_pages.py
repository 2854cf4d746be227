"""Pages: what every kind of page owes its readers, whatever device or program they read with."""

from __future__ import annotations

from itertools import pairwise

import lxml.etree
import msgspec
import pytest

from tests.theming import models as m
from tests.theming.material import CARDS, URL
from tests.theming.reading import model_of, page, rendered, text_of
from tests.theming.specimens import home_page, specimens
from tests.theming.term_specimens import term_page

PAGES = sorted(path for path in specimens() if path.endswith(".html"))
FULL = [path for path in PAGES if specimens()[path][0] != "redirect.html"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_untrusted_can_run(path: str) -> None:
    """The policy comes before anything that it governs, and the page needs no exception from it."""
    root = page(path)
    # After the encoding, which must come within the first bytes.
    loads, leads = [(meta.get("http-equiv"), meta.get("content")) for meta in root.find("head")[1:3]]
    assert loads[0] == leads[0] == "Content-Security-Policy"
    assert loads[1].startswith("default-src 'none'; style-src 'self'; img-src 'self' data:; ")
    assert "unsafe" not in loads[1]
    assert leads[1] in ("base-uri 'none'; form-action 'self'", "base-uri 'none'; form-action 'none'")
    assert root.xpath("//@style | //style") == []
    assert [name for element in root.iter() for name in element.keys() if name.startswith("on")] == []  # noqa: SIM118  # an element is no mapping
    # Scripts are files of the site's own, or data.
    inline = root.xpath("//script[not(@src)]")
    assert {script.get("type") for script in inline} <= {"application/ld+json"}
    assert all(source.startswith("/theme/") for source in root.xpath("//script/@src"))


@pytest.mark.parametrize("path", FULL)
def test_the_outline_is_whole(path: str) -> None:
    """A screen reader finds one heading of the first level, no skipped level, and every landmark once."""
    root = page(path)
    levels = [int(heading.tag[1]) for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [len(root.findall(f".//{name}")) for name in ("main", "footer")] == [1, 1]
    assert root.xpath("//a[@class='skip']/@href") == [f"#{root.find('.//main').get('id')}"]
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(root.xpath("//@aria-labelledby")) <= set(ids)
    navigations = [nav.get("aria-label") for nav in root.iter("nav")]
    assert len(navigations) == len(set(navigations))
    assert all(link.text_content().strip() for link in root.xpath("//a[not(@aria-hidden)]"))
    assert set(root.xpath("//a[@aria-hidden]/@tabindex")) <= {"-1"}


@pytest.mark.parametrize("path", FULL)
def test_no_page_asks_another_host_for_anything(path: str) -> None:
    """Reading the site tells nobody else: whatever a page loads lies beside it."""
    root = page(path)
    loaded = root.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href | //use/@href")
    assert loaded
    assert [address for address in loaded if not address.startswith(("/", "#"))] == []


@pytest.mark.parametrize("path", FULL)
def test_a_page_says_what_and_where_it_is(path: str) -> None:
    """Search engines and previews get a title, a description, the one address and the other languages."""
    model = model_of(path)
    root = page(path)
    assert root.findtext(".//title")
    assert root.xpath("//meta[@name='description']/@content")[0]
    canonical = root.xpath("//link[@rel='canonical']/@href")
    if model.noindex:
        assert (canonical, root.xpath("//meta[@name='robots']/@content")) == ([], ["noindex"])
    else:
        assert canonical == [model.url]
        assert root.xpath("//meta[@property='og:url']/@content") == [model.url]
        assert root.xpath("//link[@hreflang]/@href") == [alternate.url for alternate in model.alternates]


@pytest.mark.parametrize("path", FULL)
def test_every_page_leads_to_every_interface_language(path: str) -> None:
    """To the same page in that language; where it is not in it, to that language's home page."""
    model, of_site = model_of(path), specimens()[path][2]
    there = {
        alternate.lang: alternate.href for alternate in model.alternates if not isinstance(model, m.EntryPage)
    }
    ways = {way.get("hreflang"): way.get("href") for way in page(path).xpath("//*[@class='languages']//a")}
    others = [each for each in of_site.languages if each.lang != of_site.lang]
    assert ways == {each.lang: there.get(each.lang, each.href) for each in others}


@pytest.mark.parametrize("path", FULL)
def test_feeds_are_announced_the_pages_own_first(path: str) -> None:
    """A feed reader given any page offers what the page is about, then the site's first feed; without feeds of its own,
    a page has all of the site's."""
    model, of_site = model_of(path), specimens()[path][2]
    found = page(path).xpath("//link[@rel='alternate'][@type]/@href")
    own = [feed.href for feed in model.feeds]
    of_all = [feed.href for feed in of_site.feeds]
    assert found == (own + [href for href in of_all[:1] if href not in own] if own else of_all)


@pytest.mark.parametrize(
    "path", ["countries/ukraine/index.html", "topics/conflict-war-and-peace/index.html", "index.html"]
)
def test_feeds_are_shown(path: str) -> None:
    """Whoever reads a dossier sees how to follow it: on the page for subscribers, else by its feeds."""
    template, model, of_site = specimens()[path]
    assert isinstance(model, m.TermPage | m.HomePage)
    assert page(path).xpath("//main//a[@type]/@href") == [feed.href for feed in model.feeds]
    choosing = msgspec.structs.replace(of_site, subscribe="/subscribe/")
    root = rendered(model, template, choosing)
    choice = f"{model.term.kind}-{model.term.key}" if isinstance(model, m.TermPage) else "site"
    assert root.xpath("//main//p[@class='follow']/a/@href") == [f"/subscribe/#{choice}"]
    assert root.xpath("//main//a[@type]/@href") == []


def test_foreign_words_are_marked() -> None:
    """A title in another language is read aloud in that language and set in its direction, in lists and on its page."""
    root = page("index.html")
    links = {link.text_content(): link for link in root.xpath("//h3/a")}
    arabic, french, english = (links[card.title] for card in (CARDS[2], CARDS[1], CARDS[0]))
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert (french.get("lang"), french.get("dir")) == ("fr", None)
    assert english.get("lang") is None
    marks = [link.getparent().findtext("span") for link in (arabic, french, english)]
    assert marks == ["AR", "FR", None]
    briefing = page("briefings/jeddah/index.html")
    for marked in (
        briefing.find(".//h1"),
        *briefing.find_class("prose"),
        *briefing.find_class("key-points__list"),
    ):
        assert (marked.get("lang"), marked.get("dir")) == ("ar", "rtl")
    mirrored = page("ar/index.html")
    assert (mirrored.get("lang"), mirrored.get("dir")) == ("ar", "rtl")


def test_the_readers_place_is_marked() -> None:
    """The navigation shows which section a page belongs to, and which page is the section itself."""
    assert page("countries/ukraine/index.html").xpath("//nav//a[@aria-current]/text()") == ["Countries"]
    assert page("countries/index.html").xpath("//nav//a[@aria-current='page']/text()") == ["Countries"]
    assert [step.href for step in term_page().trail] == page("countries/ukraine/index.html").xpath(
        "//nav[@class='trail']//a/@href"
    )


def test_moved_addresses_lead_on() -> None:
    """An old address sends browsers, crawlers and hands to the new one, and is not indexed itself."""
    root = page("old/index.html")
    assert root.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/briefings/coalition/"]
    assert root.xpath("//link[@rel='canonical']/@href") == [f"{URL}/briefings/coalition/"]
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert root.xpath("//main//a/@href") == ["/briefings/coalition/"]


def test_machine_readable_files_are_well_formed() -> None:
    """Crawlers get valid XML, ampersands in addresses included, and a robots.txt that points to it."""
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = lxml.etree.fromstring(text_of("sitemap.xml").encode())
    assert urls.xpath("//s:loc/text()", namespaces=names) == [f"{URL}/?a=1&b=2"]
    index = lxml.etree.fromstring(text_of("sitemap-index.xml").encode())
    assert index.xpath("//s:sitemap/s:loc/text()", namespaces=names) == [f"{URL}/sitemap-1.xml"]
    assert text_of("robots.txt") == f"User-agent: *\nAllow: /\n\nSitemap: {URL}/sitemap.xml\n"


@pytest.mark.parametrize(
    "changes", [{}, {"months": ()}, {"months": (), "others": (), "strips": (), "cards": ()}]
)
def test_the_home_page_always_leads_to_what_is_older(changes: dict[str, tuple[()]]) -> None:
    """However few briefings the page holds, the way on stands once, and says how far the page reaches."""
    root = rendered(msgspec.structs.replace(home_page(), **changes), "home.html")
    (older,) = root.xpath("//nav[@class='pager']//a")
    assert older.get("href") == "/page/3/"
    assert "until 24 February 2025" in older.text_content()


def test_a_river_says_when_and_what_it_is_about() -> None:
    """A numbered page tells its days, its neighbours theirs; beside every river stand the terms of its briefings."""
    root = page("page/2/index.html")
    assert root.xpath("//p[@class='heading__note']/text()") == ["24 February 2025 – 5 March 2025"]
    ways = [" ".join(link.text_content().split()) for link in root.xpath("//nav[@class='pager']/a")]
    assert ways == ["Newer briefings since 5 March 2025", "Older briefings until 24 February 2025"]
    terms = root.xpath("//section[@aria-labelledby='_countries']//a/text()")
    assert terms[0] == "Ukraine"
    pair = page("countries/ukraine/ceasefire/index.html")
    lists = pair.xpath("//section[@class='term-list']//a/text()")
    assert "United Kingdom" in lists
    assert not {"Ukraine", "Ceasefire"} & set(lists)
