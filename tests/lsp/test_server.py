"""`pouch lsp` over the protocol, asked by a client library as an editor asks."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.commands.sites import entry, make_site

PATIENCE = 120
"""Seconds for an answer: a server that does not answer fails the test, a slow machine does not."""


class Editor:
    """One document in an editor."""

    def __init__(self, client: LanguageClient, file: Path, diagnostics: asyncio.Queue[Any]) -> None:
        self.client = client
        self.uri = file.as_uri()
        self.file = file
        self._version = 0
        self._diagnostics = diagnostics

    async def open(self) -> list[types.Diagnostic]:
        """Open the file; its faults."""
        text = self.file.read_text("utf-8")
        item = types.TextDocumentItem(self.uri, "markdown", self._version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self._faults()

    async def type(self, text: str) -> list[types.Diagnostic]:
        """Replace the whole text; its faults."""
        self._version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self._version, self.uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return await self._faults()

    async def save(self, text: str) -> list[types.Diagnostic]:
        """Write the text to the file; its faults."""
        self.file.write_text(text, "utf-8")
        self.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(self.uri))
        )
        return await self._faults()

    async def _faults(self) -> list[types.Diagnostic]:
        published = await asyncio.wait_for(self._diagnostics.get(), PATIENCE)
        assert published.uri == self.uri
        faults: list[types.Diagnostic] = list(published.diagnostics)
        return faults

    async def complete(self, line: int, character: int) -> list[types.CompletionItem]:
        """Suggestions at a place, counted from 0."""
        answer = await self.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(self.uri), types.Position(line, character))
        )
        assert isinstance(answer, types.CompletionList)
        return list(answer.items)

    async def hover(self, line: int, character: int) -> str:
        """What is shown at a place."""
        answer = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(self.uri), types.Position(line, character))
        )
        if answer is None:
            return ""
        assert isinstance(answer.contents, types.MarkupContent)
        return answer.contents.value

    async def fix(self) -> str | None:
        """The text that the quick fix makes."""
        nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))
        actions = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri), nowhere, types.CodeActionContext([])
            )
        )
        for action in actions or ():
            assert isinstance(action, types.CodeAction)
            assert action.edit is not None
            assert action.edit.changes is not None
            return action.edit.changes[self.uri][0].new_text
        return None


def in_editor(file: Path, errand: Callable[[Editor], Awaitable[None]]) -> None:
    """Start the server, run an errand in an editor, and shut down as the protocol asks."""

    async def session() -> None:
        client = LanguageClient("test", "1")
        queue: asyncio.Queue[Any] = asyncio.Queue()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]  # pygls' own
        def published(params: types.PublishDiagnosticsParams) -> None:
            queue.put_nowait(params)

        await client.start_io(sys.executable, "-m", "pouch", "lsp")
        try:
            await asyncio.wait_for(
                client.initialize_async(types.InitializeParams(types.ClientCapabilities())), PATIENCE
            )
            client.initialized(types.InitializedParams())
            await errand(Editor(client, file, queue))
        finally:
            await asyncio.wait_for(client.shutdown_async(None), PATIENCE)
            client.exit(None)
            await asyncio.wait_for(client.stop(), PATIENCE)  # type: ignore[no-untyped-call]  # pygls' own

    # In a thread of its own: this one may run the loop of a browser's tests.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, session()).result()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An entry of a small site."""
    site = make_site(
        tmp_path,
        {
            "entries/talks.md": entry("talks", "lang: en"),
            "entries/flood.md": entry("flood-1", "title: Überflutung", "countries: [FR]", "topics: [flood]"),
        },
    )
    return site / "content/entries/talks.md"


def test_faults_appear_as_one_types_and_go_when_they_are_fixed(file: Path) -> None:
    """They are those of `pouch check`, at their line and column, with code and cure; nothing is saved for it."""

    async def errand(editor: Editor) -> None:
        assert await editor.open() == []
        text = file.read_text("utf-8")
        (fault,) = await editor.type(text.replace("topics: [war]", "topics: [flod]"))
        assert (fault.code, fault.source, fault.severity) == (
            "unknown-topic",
            "pouch",
            types.DiagnosticSeverity.Error,
        )
        assert "'flood'" in fault.message
        assert fault.range.start.line == text.splitlines().index("topics: [war]")
        assert fault.range.start.character == len("topics: [")
        # Columns are counted in UTF-16, as the protocol has it: 𝔽 takes two units.
        faults = await editor.type(text.replace("topics: [war]", "topics: [𝔽x, flod]"))
        assert [fault.range.start.character for fault in faults] == [9, 14]
        assert await editor.type(text) == []

    in_editor(file, errand)


def test_terms_ids_and_keys_are_completed_by_any_name(file: Path) -> None:
    """What is inserted is the code, the key or the id, whatever language the name is typed in."""

    async def errand(editor: Editor) -> None:
        await editor.open()
        cases = {
            "countries: [Elfenb": "CI",
            "countries: [UA, Frankr": "FR",
            "countries: [Royaume-U": "GB",
            "mentions:\n  - Côte": "CI",
            "topics: [Hochw": "",
            "topics: [Inond": "flood",
            "translation_of: uberfl": '"flood-1"',
            "status: dr": "draft",
            "lang: f": "fr",
            "corr": "corrections: ",
        }
        for typed, inserted in cases.items():
            head = "---\nid: talks\n"
            await editor.type(f"{head}{typed}\n---\n")
            line = 1 + f"{head}{typed}".count("\n") - 1
            items = await editor.complete(line, len(typed.rpartition("\n")[2]))
            texts = [item.text_edit.new_text for item in items if item.text_edit]
            assert (texts[:1] or [""]) == [inserted], typed
        assert await editor.complete(0, 0) == []

    in_editor(file, errand)


def test_hovering_shows_what_a_term_is(file: Path) -> None:
    """Its label in the site's language, its parents, and how many entries have it."""

    async def errand(editor: Editor) -> None:
        await editor.open()
        await editor.type("---\nid: talks\ncountries: [Frankreich]\ntopics: [ceasefire, nothing]\n---\n")
        assert await editor.hover(2, 15) == "**France** (`FR`)\n\n1 entry"
        assert await editor.hover(3, 12) == "**Ceasefire** (`ceasefire`)\n\nin War\n\n0 entries"
        assert await editor.hover(3, 22) == ""
        assert (await editor.hover(2, 2)).startswith("`countries`: ")

    in_editor(file, errand)


def test_the_quick_fix_is_that_of_check(file: Path) -> None:
    """A name becomes its code and a date its form; a text without such a fault has no fix."""

    async def errand(editor: Editor) -> None:
        await editor.open()
        assert await editor.fix() is None
        text = file.read_text("utf-8")
        await editor.type(text.replace("countries: [UA]", "countries: [Ukraine]"))
        assert await editor.fix() == text

    in_editor(file, errand)


def test_saved_entries_and_vocabularies_are_known(file: Path) -> None:
    """A new topic is valid as soon as its vocabulary is saved in the same editor."""

    async def errand(editor: Editor) -> None:
        await editor.open()
        text = file.read_text("utf-8").replace("topics: [war]", "topics: [harbours]")
        (fault,) = await editor.type(text)
        assert fault.code == "unknown-topic"
        topics = file.parents[1] / "vocabulary/topics.toml"
        saved = topics.read_text("utf-8") + '\n[harbours]\nlabels = { en = "Harbours" }\n'
        vocabulary = Editor(editor.client, topics, editor._diagnostics)
        await vocabulary.save(saved)
        assert await editor.type(text) == []

    in_editor(file, errand)


def test_a_file_outside_a_site_is_left_alone(tmp_path: Path) -> None:
    """An editor sends every Markdown file that it opens."""
    stray = tmp_path / "notes.md"
    stray.write_text("# Notes\n", "utf-8")

    async def errand(editor: Editor) -> None:
        item = types.TextDocumentItem(editor.uri, "markdown", 0, "# Notes\n")
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert await editor.complete(0, 0) == []
        assert await editor.hover(0, 0) == ""
        assert await editor.fix() is None

    in_editor(stray, errand)
