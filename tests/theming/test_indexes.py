"""The lists of all countries and topics."""

from __future__ import annotations

from pouch_taxonomies.models import IndexPage
from pouch_taxonomies.taxonomies import plan_countries, plan_topics
from tests.archives import a_record, an_archive
from tests.plans import outputs_of, view_of
from tests.theming.reading import page


def test_what_nothing_is_written_on_steps_back() -> None:
    """A topic without briefings keeps its link, and says so to those who hear the page."""
    root = page("topics/index.html")
    empty = root.xpath("//*[@class='branch__empty']")
    assert [element.xpath("a/@href") for element in empty] == [["/topics/climate-change/"]]
    assert empty[0].text_content() == "Climate change (No briefing yet.)"


def test_mentions_and_narrower_topics_decide_rightly() -> None:
    """A country that is only named has no briefing about it; a topic has those of its narrower ones."""
    views = view_of(an_archive(a_record("aaaa", countries=("UA",), mentions=("US",), topics=("ceasefire",))))
    for planner, expected in ((plan_countries, ("US",)), (plan_topics, ())):
        index = next(outputs_of(planner(views))).model
        assert isinstance(index, IndexPage)
        assert index.empty == expected
        assert [link.href for link in index.without] == ["/topics/trade/"][: not expected]
