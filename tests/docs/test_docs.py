"""The documentation says what is there: every command, every option, every setting, every link."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from pouch import settings
from pouch.cli import pouch

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("benchmarks/*.md"), *ROOT.glob("samples/*.md")]
)
COMMANDS = pouch.list_commands(click.Context(pouch))


def command_of(name: str) -> click.Command:
    """The click command that `pouch NAME` runs."""
    found = pouch.get_command(click.Context(pouch), name)
    assert found is not None
    return found


def anchors(page: Path) -> set[str]:
    """The fragments that GitHub gives the headings of a page."""
    text = re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))
    headings = re.findall(r"(?m)^#+ +(.+?)\s*$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_carries_an_example(name: str) -> None:
    """`pouch COMMAND --help` says what the command does and shows it at work."""
    found = command_of(name)
    text = found.get_help(click.Context(found, info_name=f"pouch {name}"))
    assert re.search(rf"\bExamples?\b.*?pouch {name}\b", text, re.DOTALL), text
    assert found.help
    assert [
        option.name for option in found.params if isinstance(option, click.Option) and not option.help
    ] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_with_all_its_options(name: str) -> None:
    """docs/commands/NAME.md names each option that --help shows, and no other."""
    page = (DOCS / f"commands/{name}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# pouch {name}\n")
    there = {
        option
        for parameter in command_of(name).params
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }
    table = re.findall(r"(?m)^\| `(.+?)` \|", page)
    assert {option for row in table for option in re.findall(r"--[a-z][a-z-]*", row)} == there - {"--help"}


def test_the_pages_of_commands_are_those_of_the_command_line() -> None:
    """No page for a command that is gone; the list of commands is complete."""
    assert sorted(path.stem for path in (DOCS / "commands").glob("*.md")) == sorted([*COMMANDS, "README"])
    listed = re.findall(r"\]\(([\w-]+)\.md\)", (DOCS / "commands/README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(COMMANDS)


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    """docs/settings.md has one row for each setting that Pouch gives a default, with that default."""
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"(?m)^\| `([A-Z_]+)` \| (.+?) \|", page))
    there = {name: value for name, value in vars(settings).items() if name.isupper() and name[0] != "_"}
    assert sorted(rows) == sorted(there.keys() - {"ALL_FEATURES", "FURTHER_FEATURES"})
    spoken = {"POUCH_SITE_ID": "none", "POUCH_FEATURES": "all", "THEME": "Pouch's", "PLUGINS": "Pouch's own"}
    for name, shown in rows.items():
        if name in spoken:
            assert shown == spoken[name]
        else:
            assert shown.replace('"', "'") == f"`{there[name]!r}`".replace('"', "'"), name
    features = re.findall(r"(?m)^\| `([a-z_]+)` \|", page)
    assert features == [*settings.ALL_FEATURES, *settings.FURTHER_FEATURES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_relative_links_resolve(page: Path) -> None:
    """A link in the documentation leads to a file, and to a heading that is in it."""
    text = re.sub(r"(?ms)^```.*?^```|`[^`\n]+`", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"", text):
        link = target[0] or target[1]
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = link.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name}: {link}"
        assert not fragment or fragment in anchors(file), f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_the_documentation_exist(page: Path) -> None:
    """Every `make TARGET` and `pouch COMMAND` that a page names can be run."""
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text()
    code = "\n".join(re.findall(r"`[^`\n]+`|(?m:^    .+$)|(?ms:^```.*?^```)", text))
    for target in re.findall(r"\bmake ([a-z][a-z-]+)", code):
        assert re.search(rf"(?m)^{target}:", makefile), f"{page.name}: make {target}"
    for name in re.findall(r"(?m)(?:^\s*(?:\$ )?|`|&& |run: )(?:\.venv/bin/)?pouch ([a-z]+)\b", code):
        assert name in COMMANDS, f"{page.name}: pouch {name}"


def test_the_readme_opens_with_the_two_commands() -> None:
    """Whoever opens the README finds within its first lines how to build and how to test."""
    opening = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:20])
    assert opening.index("make html") < opening.index("make test")
