"""Completion in a shell: names of entries, countries, topics and revisions, problem codes, pages of the documentation.

Click calls these functions with what has been typed of a value. A site that cannot be read has nothing to complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from pouch.errors import PouchError
from pouch.site import Site, load_site, site_root

_ID = re.compile(rb"^id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
_HEAD = 2_000
"""Bytes of a file in which its id is looked for."""


def complete_entry(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Entries by slug; by id where no slug begins so. The help is the file's path."""
    from pouch.content.files import content_files

    if (site := _site(ctx)) is None:
        return []
    typed = _typed(ctx, param)
    entries = [file for file in content_files(site) if file.kind == "entry"]
    slugs = [(entry.file.stem, entry.path) for entry in entries]
    if not any(slug.startswith(incomplete) for slug, _ in slugs):
        slugs = [(entry_id, entry.path) for entry in entries if (entry_id := _id_in(entry.file))]
    return _items((pair for pair in slugs if pair[0] not in typed), incomplete)


def complete_country(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    """Countries by code, and by slug."""
    return _terms(ctx, "country", incomplete)


def complete_topic(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Topics by key, and by slug."""
    return _terms(ctx, "topic", incomplete)


def complete_named(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The completions of a name, by the argument `kind`: of a topic, a country or an entry."""
    kind = ctx.params.get("kind")
    if kind == "entry":
        return complete_entry(ctx, param, incomplete)
    return _terms(ctx, kind, incomplete) if kind in ("country", "topic") else []


def complete_code(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Codes of problems."""
    from pouch.checks.registry import checks

    return _items(((code, check.what) for code, check in checks().items()), incomplete)


def complete_revision(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Branches and tags of the site's repository, with what their last commit says."""
    from pouch.git import GitError, git_text

    try:
        root = site_root(ctx.params.get("site"))
        listed = git_text(
            root,
            "for-each-ref",
            "--format=%(refname:short)%09%(subject)",
            "refs/heads",
            "refs/remotes",
            "refs/tags",
        )
    except (PouchError, GitError):
        return []
    revisions = (
        (name, subject) for name, _, subject in (line.partition("\t") for line in listed.splitlines())
    )
    return _items([("HEAD", "the last commit"), *revisions], incomplete)


def complete_page(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Pages of the documentation."""
    from pouch.documents import documents, title_of

    return _items(
        ((name.removeprefix("commands/"), title_of(file)) for name, file in documents().items()), incomplete
    )


def _terms(ctx: click.Context, kind: str, incomplete: str) -> list[CompletionItem]:
    from pouch.vocabulary.vocabulary import load_vocabulary

    if (site := _site(ctx)) is None:
        return []
    vocabulary, _ = load_vocabulary(site)
    terms = vocabulary.countries if kind == "country" else vocabulary.topics
    names: list[tuple[str, str]] = []
    for key, term in terms.items():
        label = vocabulary.label("country" if kind == "country" else "topic", key, site.lang)
        names += [(key, label), (term.slug, label)] if term.slug != key else [(key, label)]
    return _items(names, incomplete)


def _items(names: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    # Codes of countries are typed in small letters too.
    start = incomplete.lower()
    return [
        CompletionItem(name, help=text) for name, text in sorted(set(names)) if name.lower().startswith(start)
    ]


def _typed(ctx: click.Context, param: click.Parameter) -> frozenset[str]:
    """The values that the parameter has already."""
    values = ctx.params.get(param.name or "")
    return frozenset(values) if isinstance(values, tuple) else frozenset()


def _id_in(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            match = _ID.search(stream.read(_HEAD))
    except OSError:
        return ""
    return match[1].decode() if match else ""


def _site(ctx: click.Context) -> Site | None:
    try:
        return load_site(site_root(ctx.params.get("site")))
    except PouchError:
        return None
