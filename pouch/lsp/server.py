"""The language server: diagnostics of `check`, completion, hover, and the fixes of `check --fix`, over LSP 3.17."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from pouch import __version__
from pouch.content.entry import Entry
from pouch.content.fields import Context
from pouch.content.files import FOLDERS, Kind, content_files, read_content
from pouch.content.parse import read_bytes
from pouch.editing.fix import fixed_text
from pouch.engine.parsed_files import Parser
from pouch.errors import PouchError
from pouch.lsp.completion import KnownEntry, suggestions
from pouch.lsp.cursor import cursor_at
from pouch.lsp.hover import hover_text
from pouch.problems import Problem, Severity
from pouch.site import SETTINGS_FILE, Site, find_root, load_site
from pouch.vocabulary.vocabulary import Vocabulary, load_vocabulary

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.NOTE: types.DiagnosticSeverity.Information,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}


class Workspace:
    """One site under the editor: its settings, vocabulary and entries, loaded again when they change."""

    def __init__(self, root: Path) -> None:
        """Raises PouchError for settings that cannot be read."""
        self.root = root
        self.reload()

    def reload(self) -> None:
        """Load settings and vocabulary, and list the entries when they are next needed."""
        self.site: Site = load_site(self.root)
        self.vocabulary: Vocabulary = load_vocabulary(self.site)[0]
        self.parser = Parser(self.site, self.vocabulary)
        self._entries: dict[str, KnownEntry] | None = None

    def kind(self, file: Path) -> Kind | None:
        """The kind of content that a file holds; None for any other file."""
        for folder, kind in FOLDERS:
            if file.suffix == ".md" and file.is_relative_to(self.site.content_path / folder):
                return kind
        return None

    def path(self, file: Path) -> str:
        """A file's path as problems name it."""
        return Path(os.path.relpath(file, self.root)).as_posix()

    def problems(self, file: Path, text: str) -> list[Problem]:
        """The faults of one text of a file. Faults across files are those of `pouch check`."""
        if (kind := self.kind(file)) is None:
            return []
        return list(
            self.parser.parse(kind, self.path(file), text.encode("utf-8", "surrogatepass"))[0].problems
        )

    def fixed(self, file: Path, text: str) -> str:
        """The text with every fix made that `check --fix` makes."""
        if self.kind(file) != "entry":
            return text
        return fixed_text(text, self.path(file), self.context)

    @property
    def context(self) -> Context:
        """The context that entries are read with."""
        return Context(self.site, self.vocabulary)

    def entries(self) -> list[KnownEntry]:
        """All entries on disk that can be read, by path."""
        if self._entries is None:
            self._entries = {}
            for item in content_files(self.site):
                if item.kind == "entry":
                    self._remember(item.path, item.file)
        return list(self._entries.values())

    def saved(self, file: Path) -> None:
        """A file was saved: settings and vocabulary are loaded again, an entry is listed again."""
        if file.name == SETTINGS_FILE or file.is_relative_to(self.site.vocabulary_path):
            self.reload()
        elif self._entries is not None and self.kind(file) == "entry":
            self._remember(self.path(file), file)

    def _remember(self, path: str, file: Path) -> None:
        assert self._entries is not None
        try:
            entry: Entry | None = read_bytes(read_content(file), path, self.context).entry
        except OSError:
            entry = None
        if entry is None:
            self._entries.pop(path, None)
        else:
            self._entries[path] = KnownEntry(entry.id, entry.title, path, entry.countries, entry.topics)


class _Open(NamedTuple):
    """A document and the site that it belongs to."""

    document: TextDocument
    file: Path
    site: Workspace


class PouchServer(LanguageServer):
    """The server of one editor. It finds the site of each document by its folder."""

    def __init__(self) -> None:
        super().__init__("pouch", __version__)
        self._sites: dict[Path, Workspace] = {}

    def opened(self, uri: str) -> _Open | None:
        """The document behind an address; None if it lies in no site, or in one whose settings cannot be read."""
        parts = urlsplit(uri)
        if parts.scheme != "file":
            return None
        file = Path(unquote(parts.path))
        try:
            root = find_root(file.parent)
            site = self._sites.get(root)
            if site is None:
                site = self._sites[root] = Workspace(root)
        except PouchError as error:
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, str(error)))
            return None
        return _Open(self.workspace.get_text_document(uri), file.resolve(), site)

    def publish(self, uri: str) -> None:
        """Send the faults of a document as it is typed."""
        if (opened := self.opened(uri)) is None:
            return
        document, file, site = opened
        diagnostics = [_diagnostic(problem, document) for problem in site.problems(file, document.source)]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, diagnostics, document.version)
        )


def make_server() -> PouchServer:
    """A server with all its features."""
    server = PouchServer()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: PouchServer, params: types.DidOpenTextDocumentParams) -> None:
        ls.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: PouchServer, params: types.DidChangeTextDocumentParams) -> None:
        ls.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: PouchServer, params: types.DidSaveTextDocumentParams) -> None:
        if opened := ls.opened(params.text_document.uri):
            try:
                opened.site.saved(opened.file)
            except PouchError as error:
                ls.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
        ls.publish(params.text_document.uri)

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["[", ",", " ", ":"])
    )
    def complete(ls: PouchServer, params: types.CompletionParams) -> types.CompletionList:
        return _completions(ls.opened(params.text_document.uri), params.position)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: PouchServer, params: types.HoverParams) -> types.Hover | None:
        return _hover(ls.opened(params.text_document.uri), params.position)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def actions(ls: PouchServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        return _actions(ls.opened(params.text_document.uri))

    return server


def _completions(opened: _Open | None, position: types.Position) -> types.CompletionList:
    items: list[types.CompletionItem] = []
    if opened is not None:
        document, _, site = opened
        lines = document.lines
        place = document.position_codec.position_from_client_units(lines, position)
        cursor = cursor_at(lines, place.line, place.character)
        if cursor is not None:
            start = _to_client(document, place.line, cursor.start)
            for number, each in enumerate(
                suggestions(cursor, site.vocabulary, site.entries(), site.site.languages)
            ):
                items.append(
                    types.CompletionItem(
                        each.label,
                        detail=each.detail or (each.text if each.text != each.label else None),
                        # The typed word itself, since it may be a name in another language.
                        filter_text=cursor.word,
                        sort_text=f"{number:04}",
                        text_edit=types.TextEdit(types.Range(start, position), each.text),
                    )
                )
    return types.CompletionList(is_incomplete=True, items=items)


def _hover(opened: _Open | None, position: types.Position) -> types.Hover | None:
    if opened is None:
        return None
    document, _, site = opened
    place = document.position_codec.position_from_client_units(document.lines, position)
    cursor = cursor_at(document.lines, place.line, place.character)
    if cursor is None:
        return None
    text = hover_text(cursor, site.vocabulary, site.entries(), site.site.languages)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None


def _actions(opened: _Open | None) -> list[types.CodeAction]:
    if opened is None:
        return []
    document, file, site = opened
    fixed = site.fixed(file, document.source)
    if fixed == document.source:
        return []
    end = types.Position(len(document.lines), 0)
    edit = types.TextEdit(types.Range(types.Position(0, 0), end), fixed)
    return [
        types.CodeAction(
            "Fix everything that has only one possible fix",
            kind=types.CodeActionKind.QuickFix,
            edit=types.WorkspaceEdit(changes={document.uri: [edit]}),
        )
    ]


def _diagnostic(problem: Problem, document: TextDocument) -> types.Diagnostic:
    """A problem at its place. Without a column it is the whole line, without a line the first."""
    lines = document.lines
    line = min(max(problem.line - 1, 0), max(len(lines) - 1, 0))
    text = lines[line].rstrip("\r\n") if lines else ""
    start = min(max(problem.column - 1, 0), len(text))
    message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return types.Diagnostic(
        types.Range(_to_client(document, line, start), _to_client(document, line, len(text))),
        message,
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        source="pouch",
    )


def _to_client(document: TextDocument, line: int, column: int) -> types.Position:
    """A place, its column counted in characters, in the units of the client (UTF-16 unless it says otherwise)."""
    return document.position_codec.position_to_client_units(document.lines, types.Position(line, column))
