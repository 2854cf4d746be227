"""A briefing's page: its facts in their place, for people and for programs, and nothing of it believed."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode

from tests.theming.material import BODIES, URL, view
from tests.theming.reading import page, rendered, structured_data, text_of
from tests.theming.specimens import arabic_entry, entry


def test_titles_cannot_leave_their_place() -> None:
    """Quotation marks, angle brackets and the end of a script in a title stay a title, everywhere it is shown."""
    hostile = "\"'></title></script><script>alert(1)</script><img src=x onerror=y> {{ 7 * 7 }}"
    model = entry(title=hostile, key_points=(hostile,), description=hostile)
    root = rendered(model, of_site=view(name=hostile))
    assert root.findtext(".//h1") == hostile
    assert root.findtext(".//title") == f"{hostile} – {hostile}"
    assert root.xpath("//meta[@property='og:title']/@content") == [hostile]
    assert len(root.xpath("//script[not(@src)]")) == 1
    assert root.xpath("//img | //@onerror") == []
    assert structured_data(root)["headline"] == hostile


def test_a_briefing_opens_with_its_key_points() -> None:
    """The points come before the text, and a reader can tell the countries it is about from those it names."""
    root = page("briefings/coalition/index.html")
    text = root.find(".//main").text_content()
    assert (
        text.index("Key points") < text.index("London and Paris invite") < text.index("Governments in Europe")
    )
    lists = {
        root.get_element_by_id(box.get("aria-labelledby")).text: [a.text for a in box.iter("a")]
        for box in root.xpath("//aside/section")
    }
    assert lists["Countries"] == ["United Kingdom", "Ukraine"]
    assert lists["Also mentioned"] == ["United States", "France", "Türkiye"]
    assert lists["Source"] == ["BBC News"]
    assert root.xpath("//p//a[@lang='fr'][@hreflang='fr']/@href") == ["/briefings/coalition-fr/"]


def test_a_briefing_leads_on_with_its_reasons() -> None:
    """After the text come the neighbours in each country's coverage, and older briefings with what they share."""
    root = page("briefings/coalition/index.html")
    threads = [
        " ".join(step.text_content().split()[:3]) for step in root.xpath("//section[@class='threads']//li")
    ]
    assert threads == [
        "Earlier: United Kingdom",
        "Earlier: Ukraine جدة",
        "Later: Ukraine Céréales",
    ]
    reasons = [label.text_content() for label in root.xpath("//section[@class='related']//li/span")]
    assert reasons == ["4 March 2025 · also Ukraine and Peace talks", "24 February 2025 · also Ceasefire"]
    assert root.xpath("//section[@class='related']//a/@dir") == ["rtl"]
    alone = rendered(entry(threads=(), related=()))
    assert alone.xpath("//*[starts-with(@class, 'reading-on')]") == []


def test_structured_data_carries_every_fact() -> None:
    """A search engine learns all that the page says: dates, languages, subjects, source, corrections, versions."""
    data = structured_data(page("briefings/coalition/index.html"))
    model = entry()
    assert data["@type"] == "NewsArticle"
    facts = (
        data["identifier"],
        data["headline"],
        data["datePublished"],
        data["dateModified"],
        data["inLanguage"],
    )
    assert facts == (model.id, model.title, model.date, model.updated, "en")
    assert [(place["identifier"], place["@type"]) for place in data["about"]] == [
        ("GB", "Country"), ("UA", "Country"), ("ceasefire", "Thing"), ("defence", "Thing"),
    ]  # fmt: skip
    assert data["about"][0]["url"] == f"{URL}/countries/united-kingdom/"
    assert [place["name"] for place in data["mentions"]] == ["United States", "France", "Türkiye"]
    assert data["isBasedOn"]["url"] == "https://www.bbc.co.uk/news/"
    assert data["correction"][0]["datePublished"] == "2025-03-06"
    assert [version["inLanguage"] for version in data["workTranslation"]] == ["fr"]


def test_the_policy_knows_the_data_block() -> None:
    """The one inline block is named by its hash, so the policy needs no 'unsafe-inline' for any checker."""
    root = page("briefings/coalition/index.html")
    (block,) = root.xpath("//script[not(@src)]/text()")
    digest = b64encode(hashlib.sha256(block.encode()).digest()).decode()
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert f"; script-src 'self' 'sha256-{digest}';" in policy


def test_a_shared_briefing_has_a_card() -> None:
    """Where its address is shared, a briefing comes with title, summary, picture and language."""
    root = page("briefings/jeddah/index.html")
    facts = {
        meta.get("property") or meta.get("name"): meta.get("content")
        for meta in root.xpath("//meta[starts-with(@property, 'og:') or starts-with(@name, 'twitter:')]")
    }
    assert facts["og:image"] == f"{URL}/theme/card.png"
    assert facts["og:image:alt"] == view().name
    assert facts["og:title"] == arabic_entry().title
    assert (facts["og:type"], facts["og:locale"]) == ("article", "ar_EG")


def test_structured_data_is_json_with_the_least_facts() -> None:
    """A briefing without countries, topics, source or versions has structured data all the same."""
    bare = entry(
        countries=(),
        topics=(),
        mentions=(),
        pairs=(),
        sources=(),
        corrections=(),
        versions=(),
        key_points=(),
    )
    assert structured_data(rendered(bare))["headline"] == bare.title


def test_a_summary_is_not_said_twice() -> None:
    """A summary that is only the first paragraph again is left to the text; one that the editor wrote is shown."""
    first = re.sub(r"<[^>]+>", "", BODIES["arabic"].partition("</p>")[0])
    for summary, shown in ((first, 0), ("Written by hand.", 1)):
        model = entry(body="arabic", key_points=(), summary=summary)
        assert len(rendered(model).find_class("briefing__summary")) == shown
    assert arabic_entry().summary in text_of("briefings/jeddah/index.html")
