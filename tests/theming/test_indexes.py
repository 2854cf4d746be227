"""The lists of all countries and topics."""

from __future__ import annotations

from pouch_taxonomies.models import IndexPage
from pouch_taxonomies.taxonomies import plan_countries, plan_topics
from tests.archives import a_record, an_archive
from tests.plans import outputs_of, view_of
from tests.theming.reading import page


def test_what_nothing_is_written_on_is_folded_away() -> None:
    """A topic without briefings keeps its link, below all others."""
    root = page("topics/index.html")
    assert root.xpath("//details[@class='branches__without']//a/@href") == ["/topics/food-security/"]
    assert "/topics/food-security/" not in root.xpath("//div[@id='_branches']//a/@href")


def test_each_term_says_how_many_briefings_it_has_and_when_the_last_came() -> None:
    """In the alphabet with the date; the filter needs JavaScript, so it is hidden without."""
    root = page("countries/index.html")
    (item,) = root.xpath("//section[@class='letter']//li")
    assert " ".join(item.text_content().split()) == "Ukraine 7 · 5 March 2025"
    assert len(root.xpath("//p[@class='filter'][@hidden]")) == 1


def test_mentions_and_narrower_topics_decide_rightly() -> None:
    """A country that is only mentioned has no briefing about it; a topic has those of its narrower ones."""
    records = (
        a_record("aaaa", countries=("UA", "EG"), mentions=("US",), topics=("ceasefire",)),
        a_record("bbbb", "2025-03-07", countries=("UA",)),
    )
    views = view_of(an_archive(*records))
    found = {}
    for kind, planner in (("country", plan_countries), ("topic", plan_topics)):
        index = next(outputs_of(planner(views))).model
        assert isinstance(index, IndexPage)
        found[kind] = index
    assert found["country"].facts == {"EG": (1, "2025-03-05"), "UA": (2, "2025-03-07")}
    assert [link.key for link in found["country"].without] == ["US"]
    assert [(letter.letter, len(letter.terms)) for letter in found["country"].letters] == [("E", 1), ("U", 1)]
    assert {key: count for key, (count, _) in found["topic"].facts.items()} == {"ceasefire": 2, "war": 2}
    assert [link.key for link in found["topic"].without] == ["trade"]
