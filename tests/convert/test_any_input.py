"""Any input gives a draft that `pouch check` passes, or a refusal that says why."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pouch.content.parse import parse_entry
from pouch.content.render import render_entry
from pouch.convert.drafts.batch import BatchOptions, convert
from pouch.convert.drafts.drafting import Options
from pouch.convert.drafts.output import as_json, as_lines
from pouch.convert.intake.article import Article, Refusal
from pouch.convert.intake.documents import read_document
from pouch.problems import has_errors
from pouch.site import Site, load_site
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary
from tests.convert.sites import make_site

WORDS = "India|truce|Plus|•|1.|>|##|a,B|---|***|[x]: y|<b>|&amp;|\x07|\ud800|'|\"|#|é|中文。|Key points|5 March 2025"
texts = st.one_of(
    st.lists(st.lists(st.sampled_from(WORDS.split("|")), max_size=8).map(" ".join), max_size=8).map(
        "\n".join
    ),
    st.text(max_size=80),
)
addresses = st.sampled_from([None, "x", "https://example.org/a b", "https://example.org/é"])
articles = st.builds(Article, st.just("-"), text=texts, title=st.one_of(st.none(), texts), url=addresses)


# Pieces of documents of every kind, whole and broken, that come together at random.
PIECES = (
    """
From: a <a@example.org>|Subject: =?utf-8?q?x=E9?= ---|Date: 5 Mar 2025|MIME-Version: 1.0
Content-Type: text/html; charset=x|Content-Type: multipart/related; boundary=b|--b|--b--
Content-Type: message/rfc822|Content-Transfer-Encoding: base64|
Snapshot-Content-Location: https://example.org/s|<html><head><title>T &amp; U</title>
<h1>Truce: "holds"</h1>|<p>India said|<ul><li>One<li>Two</ul>|<table><tr><td>a<td>b</table>
<script>x</script>|</p></div>|<img src=x alt="---">|<!--|]]>|<![CDATA[|<?xml version="1.0"?>
<rss version="2.0"><channel>|<item><title>a: #b</title>|<description>&lt;p&gt;Text|</item>
</channel></rss>|<feed xmlns="http://www.w3.org/2005/Atom">|<entry><content type="html">
{"version": "https://jsonfeed.org/version/1.1"|, "items": [|{"content_text": "x", "id": 1}|]}
{"text": "one"}|{"html": "<p>two", "title": "---"}|---|title: [|India and Pakistan agree|\x00|\ufeff
""".strip()
    .replace("\n", "|")
    .split("|")
)
documents = st.tuples(
    st.sampled_from(["a.html", "a.eml", "a.mhtml", "a.xml", "a.json", "a.jsonl", "a.txt", "a"]),
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: "\n".join(pieces).encode()),
        st.binary(max_size=60),
    ),
)


@pytest.fixture(scope="module")
def any_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site without entries, for what writes none."""
    return load_site(make_site(tmp_path_factory.mktemp("any") / "site"))


@pytest.fixture(scope="module")
def any_vocabulary(any_site: Site) -> Vocabulary:
    """Its vocabulary."""
    return load_vocabulary(any_site)[0]


def assert_sound(batch: list[Article | Refusal], site: Site, vocabulary: Vocabulary) -> None:
    """Each of a batch gives an entry that `pouch check` passes, or is refused for a reason that is none of ours."""
    results = list(convert(batch, Options(), site, BatchOptions(jobs=1, dry_run=True)))
    assert len(results) == len(batch)
    for result in results:
        json.loads(as_json(result))
        assert all(line.encode() for line in as_lines(result))
        if result.outcome == "refused":
            assert has_errors(list(result.problems))
            assert "failed" not in {problem.code for problem in result.problems}, result.problems
            continue
        assert result.entry is not None
        assert result.path is not None
        written = render_entry(result.entry)
        entry, problems = parse_entry(written, result.path, vocabulary=vocabulary, site=site)
        assert not has_errors(problems)
        assert entry is not None
        assert entry.body == result.entry.body


@settings(max_examples=settings().max_examples // 10)
@given(st.lists(articles, min_size=1, max_size=25))
def test_any_article_gives_a_valid_entry_or_a_refusal(
    any_site: Site, any_vocabulary: Vocabulary, batch: list[Article | Refusal]
) -> None:
    """Whatever comes in, the draft passes `pouch check`, or the refusal says why there is none."""
    assert_sound(batch, any_site, any_vocabulary)


@settings(max_examples=settings().max_examples // 5)
@given(st.lists(documents, min_size=1, max_size=12))
def test_any_document_gives_valid_entries_or_refusals(
    any_site: Site, any_vocabulary: Vocabulary, batch: list[tuple[str, bytes]]
) -> None:
    """Pages, messages, saved pages and feeds too, however broken, give sound drafts or reasons, and never nothing."""
    for name, data in batch:
        found = list(read_document(data, name))
        assert found, (name, data)
        assert_sound(found, any_site, any_vocabulary)
