"""The desk without a browser: what comes in, how it is shown, and what a save writes."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pouch import clock, workers
from pouch.convert.drafts.archive_index import ArchiveIndex
from pouch.convert.drafts.batch import convert
from pouch.convert.drafts.drafting import Options
from pouch.convert.intake.article import Article
from pouch.desk import desk as desk_module
from pouch.desk import loading, publishing
from pouch.desk.answers import Look
from pouch.desk.desk import Desk
from pouch.desk.passages import REMOVED
from pouch.desk.sheet import Corrected
from pouch.site import Site
from tests.desk.sites import ARTICLE, DRAFT, make_desk, make_site, opened, with_fields
from tests.engine.sites import WorkSite


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site of this test's own."""
    return make_site(tmp_path)


@pytest.fixture
def desk(work: WorkSite) -> Desk:
    """Its desk."""
    return make_desk(work)


def taken_in(desk: Desk, text: str = ARTICLE) -> str:
    """The id of an article that was handed in."""
    waiting, refused = desk.take_in([Article("-", text=text)])
    assert refused == []
    return waiting[0].id


def test_a_save_writes_what_convert_writes(work: WorkSite, desk: Desk, tmp_path: Path) -> None:
    """The desk is another way to the same file."""
    entry_id = taken_in(desk)
    assert not list(work.root.glob("content/entries/2*")), "nothing is written before a save"
    saved = desk.save(opened(desk, entry_id))
    assert saved.outcome == "saved", saved
    other = make_site(tmp_path / "other")
    (result,) = convert([Article("-", text=ARTICLE)], Options(), other.site())
    assert result.path == saved.path
    assert (work.root / saved.path).read_bytes() == (other.root / str(result.path)).read_bytes()
    (again,) = convert([Article("-", text=ARTICLE)], Options(), work.site())
    assert again.outcome == "unchanged", "a later run of convert knows the article"


def test_an_article_waits_until_it_is_saved(work: WorkSite, desk: Desk) -> None:
    """What was handed in outlives the desk; once it has a file it is a draft like others."""
    entry_id = taken_in(desk)
    later = make_desk(work)
    assert [each.id for each in later.waiting()] == [entry_id]
    later.save(opened(later, entry_id))
    assert later.waiting() == []
    assert entry_id in [each.id for each in make_desk(work).drafts()]
    later.discard(entry_id)
    assert make_desk(work).open(entry_id) is not None, "its file is no part of the inbox"


def test_one_field_changes_one_line(work: WorkSite, desk: Desk) -> None:
    """Comments, order and quotation marks are the editor's."""
    sheet = opened(desk, "harbour-1")
    saved = desk.save(with_fields(sheet, countries=("UA", "RO")))
    assert saved.outcome == "saved", saved
    text = (work.root / "content/entries/drafts/harbour.md").read_text("utf-8")
    assert text == DRAFT.replace("[UA,   TR]", "[UA, RO]")
    assert desk.save(with_fields(opened(desk, "harbour-1"))).outcome == "saved"
    assert (work.root / "content/entries/drafts/harbour.md").read_text("utf-8") == text


def test_accepted_key_points_take_the_place_of_candidates(work: WorkSite, desk: Desk) -> None:
    """The comment that convert wrote has served its purpose; other comments stay."""
    desk.save(with_fields(opened(desk, "harbour-1"), key_points=("A sentence of the text.",)))
    text = (work.root / "content/entries/drafts/harbour.md").read_text("utf-8")
    assert "# Candidate" not in text
    assert "# Kept by the desk." in text
    assert "key_points:\n  - A sentence of the text.\n" in text


def test_candidates_are_written_only_when_accepted(work: WorkSite, desk: Desk) -> None:
    """A proposal is a comment as convert writes it, a rejected one is gone, an accepted one is a field."""
    entry_id = taken_in(desk)
    found = desk.open(entry_id)
    assert found is not None
    assert len(found.candidates) == 3
    sheet = opened(desk, entry_id)
    sheet = msgspec.structs.replace(sheet, rejected=found.candidates[:2])
    text = (work.root / desk.save(sheet).path).read_text("utf-8")
    assert text.count("#   - ") == 1
    assert "\nkey_points" not in text


def test_a_passage_left_out_is_not_written(work: WorkSite, desk: Desk) -> None:
    """And the rest of the file stays, byte for byte."""
    sheet = opened(desk, "harbour-1")
    passages = [
        msgspec.structs.replace(each, rule=REMOVED) if each.text == "an item" else each
        for each in sheet.passages
    ]
    desk.save(msgspec.structs.replace(sheet, passages=tuple(passages), changed=("body",)))
    text = (work.root / "content/entries/drafts/harbour.md").read_text("utf-8")
    assert text == DRAFT.replace("- an item\n", "")


def test_a_changed_file_is_not_overwritten(work: WorkSite, desk: Desk) -> None:
    """Both differences are shown; after that look, the edited fields go on top of the others."""
    sheet = with_fields(opened(desk, "harbour-1"), title="A better title")
    file = work.root / "content/entries/drafts/harbour.md"
    file.write_text(DRAFT.replace("[trade]", "[war]"), "utf-8")
    conflict = desk.save(sheet)
    assert conflict.outcome == "conflict"
    assert file.read_text("utf-8") == DRAFT.replace("[trade]", "[war]")
    assert "+topics: [war]" in conflict.theirs
    assert "-title:   'Talks on the harbour'" in conflict.diff
    saved = desk.save(msgspec.structs.replace(sheet, base=conflict.base))
    assert saved.outcome == "saved"
    text = file.read_text("utf-8")
    assert "A better title" in text
    assert "[war]" in text


def test_a_file_that_became_unreadable_is_left_alone(work: WorkSite, desk: Desk) -> None:
    """The difference is shown; a second save is refused with the fault, and no byte of the file changes."""
    sheet = with_fields(opened(desk, "harbour-1"), title="A better title")
    file = work.root / "content/entries/drafts/harbour.md"
    broken = DRAFT.encode().replace(b"an item", b"an \xff\xfe item")
    file.write_bytes(broken)
    conflict = desk.save(sheet)
    msgspec.json.encode(conflict)
    assert conflict.outcome == "conflict"
    saved = desk.save(msgspec.structs.replace(sheet, base=conflict.base))
    assert saved.outcome == "refused"
    assert "harbour.md" in saved.message
    assert file.read_bytes() == broken


def test_a_field_that_cannot_be_is_named(desk: Desk) -> None:
    """Nothing is written, and the field is said."""
    sheet = opened(desk, "harbour-1")
    assert desk.save(with_fields(sheet, date="5 March")).field == "date"
    assert desk.look(with_fields(sheet, title=" ")).field == "title"


def test_evidence_stands_where_it_was_found(desk: Desk) -> None:
    """Each mark names its term; the date and the author are marked too."""
    sheet = with_fields(opened(desk, taken_in(desk)), date="2025-03-05")
    found = desk.evidence(sheet)
    texts = [sheet.fields.title, *found.texts]
    marked = {(one.kind, one.key, texts[one.passage + 1][one.start : one.end]) for one in found.marks}
    assert ("country", "UA", "Ukraine") in marked
    assert ("country", "UA", "Odesa") in marked
    assert ("date", "2025-03-05", "5 March 2025") in marked
    assert ("topic", "trade") in {one[:2] for one in marked}
    reason = next(one for one in found.reasons if one.key == "UA")
    assert reason.counts["name"] >= 2
    assert 0 < reason.score <= 1


def test_earlier_briefings_are_listed(desk: Desk) -> None:
    """Those on the same countries."""
    assert [each.id for each in desk.look(opened(desk, "harbour-1")).earlier] == ["older"]


def test_the_same_article_is_known(desk: Desk) -> None:
    """Handed in again it leads to its entry; edited here and there it is marked, and saved only on a second word."""
    entry_id = taken_in(desk)
    path = desk.save(opened(desk, entry_id)).path
    assert taken_in(desk) == entry_id
    other = taken_in(desk, ARTICLE.replace("Insurers had asked", "The insurers had asked"))
    (waiting,) = desk.waiting()
    assert (waiting.id, waiting.duplicate_of) == (other, path)
    assert 0.7 <= waiting.share < 1
    sheet = opened(desk, other)
    assert desk.save(sheet).outcome == "duplicate"
    assert desk.save(sheet, anyway=True).outcome == "saved"


def test_publishing_is_that_of_the_command(work: WorkSite, desk: Desk) -> None:
    """First it says what would change, then it moves the file; the commit holds that entry alone."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=work.root, check=True)
    subprocess.run([*git, "config", "user.name", "A"], cwd=work.root, check=True)
    subprocess.run([*git, "config", "user.email", "a@example.org"], cwd=work.root, check=True)
    subprocess.run([*git, "add", "-A"], cwd=work.root, check=True)
    subprocess.run([*git, "commit", "-q", "-m", "one"], cwd=work.root, check=True)
    desk.save(with_fields(opened(desk, "harbour-1"), date="2025-03-05"))
    work.write("content/pages/other.md", "---\ntitle: Other\n---\n\nText.\n")
    plan = publishing.publish("harbour-1", desk.site, desk.vocabulary, clock.now(), for_real=False)
    assert "+status: published" in "\n".join(plan.diff).replace("+status:   published", "+status: published")
    assert (work.root / plan.path).is_file()
    done = publishing.publish("harbour-1", desk.site, desk.vocabulary, clock.now(), for_real=True)
    assert done.target == "content/entries/2025/03/harbour.md"
    paths = [done.path, done.target]
    found = publishing.changes(paths, "Talks", desk.site)
    assert found.diff
    publishing.commit(paths, found.message, desk.site)
    listed = subprocess.run(
        [*git, "show", "--name-only", "--no-renames", "--format=%s", "HEAD"],
        cwd=work.root,
        check=True,
        capture_output=True,
        text=True,
    )
    assert listed.stdout.split() == ["Talks", done.target, done.path]
    assert publishing.changes(paths, "Talks", desk.site).diff == ()


def test_the_archive_teaches_as_soon_as_it_changed(
    work: WorkSite, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was just published is what the next proposals are made with; an archive as it was is not learned again."""
    lessons: list[int] = []

    def learned(site: Site, _: object) -> None:
        if site == desk.site:  # not one of an earlier test that still loads
            lessons.append(1)

    monkeypatch.setattr("pouch.desk.loading.learned_topics", learned)
    desk.warm()
    assert len(lessons) == 1
    desk.save(with_fields(opened(desk, "harbour-1"), date="2025-03-05"))
    publishing.publish("harbour-1", desk.site, desk.vocabulary, clock.now(), for_real=True)
    desk.loaded.changed()
    desk.loaded.settle()
    assert len(lessons) > 1
    before, pages = len(lessons), desk.loaded.pages()
    desk.loaded.changed()
    desk.loaded.settle()
    desk.loaded.model()
    assert len(lessons) == before
    assert desk.loaded.pages() is pages
    work.write("content/pages/another.md", "---\ntitle: Another\n---\n\nText.\n")
    desk.loaded.changed()
    desk.loaded.settle()
    assert desk.loaded.pages() is not pages
    assert (work.root / "content/entries/2025/03/harbour.md").is_file()


def test_a_page_waits_for_nothing_that_takes_long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new article's page is made while the tagger is busy, and without a search of the archive's files."""
    sheet = opened(desk, taken_in(desk))
    monkeypatch.setattr(ArchiveIndex, "__init__", lambda *_, **__: pytest.fail("the archive was searched"))
    monkeypatch.setattr(desk.loaded, "taught", "something new")
    looks: list[Look] = []
    with desk.analysing:
        looking = threading.Thread(target=lambda: looks.append(desk.look(sheet)))
        looking.start()
        looking.join(60)
    assert "<h1" in looks[0].html


def test_a_large_archive_is_learned_from_apart(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages need this process; until the other one is done, what the archive taught last serves."""
    apart: list[Site] = []
    monkeypatch.setattr(loading, "LARGE", 1)
    monkeypatch.setattr(loading, "_learn_apart", lambda site, _: apart.append(site))
    taken_in(desk)
    desk.loaded.settle()
    assert apart == [desk.site]
    assert desk.loaded.taught not in ("", "before")


def test_no_worker_is_forked_beside_threads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forked worker waits forever for a lock that a thread of the desk held: a first start would never end."""
    methods: list[str] = []

    def mapped(*arguments: Any) -> Iterator[object]:
        methods.append(arguments[4].start_method)
        return workers.parallel_map(*arguments)

    monkeypatch.setattr("pouch.engine.load.parallel_map", mapped)
    monkeypatch.setattr("pouch.convert.drafts.archive_index.parallel_map", mapped)
    desk.warm()
    assert methods == ["spawn", "spawn"]


def test_only_so_much_is_kept_in_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that was let go of is read from the inbox again."""
    monkeypatch.setattr(desk_module, "MOST_KEPT", 2)
    ids = [taken_in(desk, f"The port number {number} opens\n\n{ARTICLE * number}") for number in (1, 2, 3)]
    assert len(desk._drafts) == 2
    assert desk.open(ids[0]) is not None
    assert len(desk._drafts) == 2


def test_a_published_entry_is_corrected(work: WorkSite, desk: Desk) -> None:
    """Update, corrections and the words for an image are fields; a correction without words is not yet written."""
    file = work.entry("lake", image='{file: images/lake.png, alt: "A lake"}', body="The lake rises.")
    sheet = opened(desk, "lake")
    assert sheet.fields.image_alt == "A lake"
    corrections = (Corrected("6 March 2025", "It rose by four metres, not by three."), Corrected("", " "))
    edited = with_fields(sheet, updated="2025-03-06", corrections=corrections, image_alt="A lake at dusk")
    saved = desk.save(edited)
    assert saved.outcome == "saved", saved
    text = file.read_text("utf-8")
    assert "\nupdated: 2025-03-06\n" in text
    assert '{date: 2025-03-06, note: "It rose by four metres, not by three."}' in text
    assert "file: images/lake.png" in text
    assert "A lake at dusk" in text
    undated = with_fields(opened(desk, "lake"), corrections=(Corrected("", "What?"),))
    assert desk.save(undated).message == "A correction needs its date."


def test_published_briefings_are_found_by_their_titles(work: WorkSite, desk: Desk) -> None:
    """By all words, whatever their capitals and accents; without words the newest come first."""
    work.entry("summer", title="Un été à Kyiv", countries="UA", topics="trade", date="2025-02-01")
    work.entry("winter", title="Un hiver à Kyiv", countries="UA", topics="trade", date="2025-02-02")
    assert [each.id for each in desk.published("KYIV ete")] == ["summer"]
    assert [each.id for each in desk.published("")] == ["older", "winter", "summer"]
    assert desk.published("nowhere") == []


def test_a_date_is_read_as_people_write_it(desk: Desk) -> None:
    """The file has it in the form of front matter; a sentence with a date in it is no date."""
    for typed, written in (("5 March 2025", "2025-03-05"), ("5 mars 2025", "2025-03-05"), (" ", "")):
        saved = desk.save(with_fields(opened(desk, "harbour-1"), date=typed))
        assert saved.outcome == "saved", saved
        assert opened(desk, "harbour-1").fields.date == written
    refused = desk.save(with_fields(opened(desk, "harbour-1"), date="about 5 March 2025"))
    assert (refused.outcome, refused.field) == ("refused", "date")
