"""The house rules that a reader of the code relies on: one direction, no tricks, no drawers for oddments."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The one flow, left to right; rooms on one line may not import each other. See ARCHITECTURE.md.
FLOW: tuple[tuple[str, ...], ...] = (
    ("problems", "wording"),
    ("errors",),
    ("caching", "characters", "clock", "digests", "installation", "plain", "settings", "tables"),
    ("cluster",),
    ("code", "documents", "git"),
    ("workers",),
    ("hosts", "reporting", "template_settings"),
    ("configuration", "plugins"),
    ("look",),
    ("site",),
    ("vocabulary",),
    ("markdown",),
    ("content",),
    ("checks",),
    ("editing",),
    ("copies",),
    ("tag",),
    ("convert",),
    ("sourcing",),
    ("archive",),
    ("pages",),
    ("citing", "exporting", "theming"),
    ("engine",),
    ("diff", "digesting", "hosting", "releasing"),
    ("lsp", "scaffold", "serve", "websub"),
    ("completion", "desk"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
# The same inside the converter: sources are read without knowing of pages, pages without knowing of sources.
CONVERTER: tuple[tuple[str, ...], ...] = (
    ("text",),
    ("intake", "page"),
    ("drafts",),
    ("retagging", "tagging"),
)
CODE = sorted(
    chain.from_iterable(
        (ROOT / folder).rglob("*.py") for folder in ("pouch", "plugins", "tests", "benchmarks")
    )
)


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """Every node of a file's code; several rules ask for them."""
    return tuple(ast.walk(ast.parse(file.read_bytes())))


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in it, with the line."""
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize(("package", "flow"), [("pouch", FLOW), ("pouch.convert", CONVERTER)])
def test_no_room_imports_what_stands_further_right(package: str, flow: tuple[tuple[str, ...], ...]) -> None:
    """The converter cannot come to depend on the theme, an entry on the build, nor a page on how it was fetched."""
    place = {room: place for place, rooms in enumerate(flow) for room in rooms}
    folder = ROOT.joinpath(*package.split("."))
    wrong = []
    for file in folder.rglob("*.py"):
        room = file.relative_to(folder).with_suffix("").parts[0]
        if room == "__init__":
            continue
        assert room in place, f"{package}.{room} has no place in the flow; give it one here"
        for name, line in imports(file):
            if not name.startswith(f"{package}."):
                continue
            other = name.removeprefix(f"{package}.").partition(".")[0]
            if other in place and other != room and place[other] >= place[room]:
                wrong.append(f"{file.relative_to(ROOT)}:{line}: {room} imports {other}")
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Each can be read, tested and moved without the ones that use it; types count, since a reader follows them too."""
    modules = {
        ".".join(file.relative_to(folder).with_suffix("").parts).removesuffix(".__init__"): file
        for folder in (ROOT, ROOT / "plugins")
        for file in (folder / "pouch" if folder == ROOT else folder).rglob("*.py")
    }
    uses = {
        module: {
            used
            for name, _ in imports(file)
            if (used := name if name in modules else name.rpartition(".")[0]) in modules and used != module
        }
        for module, file in modules.items()
    }
    # A package's `__init__` may name its modules, and they it: it holds what they share.
    graph = {
        module: {
            used for used in names if not module.startswith(f"{used}.") and not used.startswith(f"{module}.")
        }
        for module, names in uses.items()
    }
    try:
        assert len(list(TopologicalSorter(graph).static_order())) == len(modules) > 400
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def introduction(room: Path) -> str:
    """The docstring of a package."""
    return ast.get_docstring(ast.parse((room / "__init__.py").read_bytes())) or ""


def test_what_introduces_a_room_names_all_of_it() -> None:
    """A newcomer is told what each module is for. Commands are named as they are called, and need no list."""
    rooms = {file.parent for folder in ("pouch", "plugins") for file in (ROOT / folder).rglob("*/[a-z]*.py")}
    assert [room for room in rooms if not (room / "__init__.py").is_file()] == []
    untold = {
        f"{room.relative_to(ROOT)}: {file.stem}"
        for room in rooms - {ROOT / "pouch" / "commands"}
        if len(modules := list(room.glob("[a-z]*.py"))) > 2 and "data" not in room.parts
        for file in modules
        if f"`{file.stem}`" not in introduction(room)
    }
    assert untold == set()


def test_rooms_of_the_converter_have_nothing_but_their_introduction() -> None:
    """Who imports a module of it loads no other."""
    for room in (path for path in (ROOT / "pouch" / "convert").iterdir() if (path / "__init__.py").is_file()):
        assert len(ast.parse((room / "__init__.py").read_bytes()).body) == 1, room


def test_plugins_share_only_pouch() -> None:
    """Each adapter can be taken out without breaking another; the package never needs one."""
    plugins = {path.name for path in (ROOT / "plugins").iterdir() if (path / "__init__.py").is_file()}
    assert plugins
    wrong = [
        f"{file.relative_to(ROOT)}:{line}: imports {name}"
        for folder in ("plugins", "pouch")
        for file in (ROOT / folder).rglob("*.py")
        for name, line in imports(file)
        if (other := name.partition(".")[0]) in plugins and other != file.relative_to(ROOT / folder).parts[0]
    ]
    assert wrong == []


def test_nothing_touches_the_import_path() -> None:
    """What is imported is what was installed."""
    wrong = []
    for file in CODE:
        for node in nodes_of(file):
            if isinstance(node, ast.Attribute) and node.attr == "path":
                owner = node.value
                if isinstance(owner, ast.Name) and owner.id == "sys":
                    wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_every_module_serves_a_noun() -> None:
    """No drawer for oddments, and no module that has two things in it."""
    for file in CODE:
        assert file.stem not in {"utils", "util", "helpers", "common", "misc"}, file
    long = {
        str(file.relative_to(ROOT)): lines
        for file in CODE
        if file.is_relative_to(ROOT / "pouch") and (lines := len(file.read_text().splitlines())) > 400
    }
    assert long == {}


def test_every_script_serves_a_noun() -> None:
    """A script that grows longer is joined of parts in `static/js/`."""
    scripts = {
        file.name: len(file.read_text("utf-8").splitlines()) for file in (ROOT / "theme/static").rglob("*.js")
    }
    assert {name: lines for name, lines in scripts.items() if lines > 400} == {}


def test_no_pattern_reads_html() -> None:
    """A pattern that looks for an attribute meets its like in another's value; the fenced room knows whole paragraphs.

    Sanitised HTML is parsed too (issue 13): what is not needed is not parsed faster, but left out.
    """
    attribute = re.compile(r"""=\\?["'][()?:]*\[\^""")
    read = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in CODE
        if not any(file.is_relative_to(ROOT / each) for each in ("tests", "pouch/markdown/fast"))
        for node in nodes_of(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and attribute.search(node.value)
    ]
    assert read == []


def test_functions_are_read_on_one_screen() -> None:
    """Whoever changes one sees all of it; steps that make it longer have names of their own."""
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.name} has {lines} lines"
        for file in chain(CODE, (ROOT / "audit").glob("*.py"))
        if not file.is_relative_to(ROOT / "tests")
        for node in nodes_of(file)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > 60
    ]
    assert long == []


def test_tests_mirror_the_package() -> None:
    """The tests of pouch/convert/page/htmlpage.py are found in tests/convert/page/."""
    rooms = {file.parent.relative_to(ROOT / "pouch") for file in (ROOT / "pouch").rglob("*/__init__.py")}
    assert {str(room) for room in rooms if not list((ROOT / "tests" / room).glob("test_*.py"))} == set()


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """What pytest takes for leavings, such as a folder called "build", may well hold tests of ours."""
    patterns = pytestconfig.getini("norecursedirs")
    folders = {
        name for file in (ROOT / "tests").rglob("test_*.py") for name in file.relative_to(ROOT).parts[:-1]
    }
    assert {name for name in folders for pattern in patterns if fnmatch(name, pattern)} == set()


def test_the_command_line_starts_light() -> None:
    """`pouch --help` and a build with nothing to do wait for no library that they do not use."""
    heavy = {
        "pelican", "rich", "lxml", "feedgen", "numpy", "py3langid", "pycountry", "jinja2", "markdown",
        "yaml", "imagesize",
    }  # fmt: skip
    modules = "pouch.cli, pouch.site, pouch.reporting, pouch.engine.build"
    code = f"import sys, {modules}; print(*sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).split() == []


def test_no_plugin_of_ours_loads_pelican() -> None:
    """`pouch build` reads what plugins declare, and runs without Pelican, whose import takes longer than most edits."""
    code = (
        "import sys; from pouch.plugins import load_plugins; from pouch.settings import PLUGINS;"
        " load_plugins(tuple(PLUGINS), ()); print(*{'pelican'} & set(sys.modules))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).split() == []


# A participle says what happened to a value, not what it is: `match`, `known_stamps`, `kept_parts` say both.
PARTICIPLES = frozenset(
    ("found", "known", "kept", "given", "gone", "said", "told", "wanted", "held", "meant")
)
# The parameter of a library's method that we override.
THEIRS = {("pouch/markdown/dialect.py", "makeFootnoteRefId", "found")}


def bare_participles(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str, int]]:
    """Every parameter and local name that is nothing but a participle: its function, the name, the line."""
    for function in nodes:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                if isinstance(node, ast.arg):
                    name = node.arg
                elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    name = node.id
                elif isinstance(node, ast.FunctionDef) and node is not function:
                    name = node.name
                else:
                    continue
                if name in PARTICIPLES:
                    yield getattr(function, "name", "lambda"), name, node.lineno


def test_local_names_say_what_they_hold() -> None:
    """A reader learns from a name what the value is, without looking for the line that assigned it."""
    wrong = [
        f"{path}:{line}: {name} in {function}"
        for file in CODE
        if (path := file.relative_to(ROOT).as_posix()).startswith(("pouch/", "plugins/"))
        for function, name, line in bare_participles(nodes_of(file))
        if (path, function, name) not in THEIRS
    ]
    assert wrong == []


# A docstring that opens so names nothing: its subject is the reader's to guess.
HEADLESS = re.compile(r"(?:What|Where|How|Who|Which|Whose|When|Likewise|Those|The same)\b")


def test_a_docstring_opens_with_its_subject() -> None:
    """It says "The pages of a term", not "What a term has"."""
    wrong = []
    for file in CODE:
        path = file.relative_to(ROOT).as_posix()
        if path.startswith(("pouch/", "plugins/")):
            for node in nodes_of(file):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                    docstring = ast.get_docstring(node) or ""
                    if HEADLESS.match(docstring):
                        wrong.append(f"{path}:{getattr(node, 'lineno', 1)}: {docstring.splitlines()[0]}")
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def f(found): return found", ["found"]),
        ("def f(*, known=()): return [given for given in known]", ["known", "given"]),
        ("f = lambda kept: kept", ["kept"]),
        ("def f():\n    def meant(): pass", ["meant"]),
        ("def f(x):\n    while told := x.pop():\n        held, y = told", ["told", "held"]),
        ("def f(found_here, x): return x.found, known(x)", []),
        ("class C:\n    kept: int", []),
    ],
)
def test_every_way_to_bind_a_name_is_seen(code: str, names: list[str]) -> None:
    """Parameters, assignments, loops and lambdas count; attributes, fields and calls do not."""
    assert sorted(name for _, name, _ in bare_participles(ast.walk(ast.parse(code)))) == sorted(names)


# Archaic words, and home-made names of standard things: write the field's terms and those of CONTRIBUTING's glossary.
# Data files, which hold words of articles, are not read.
BANNED = re.compile(
    r"\b(mend(s|ed|ing)?|residues?|anew|whoever|believed?|believes|let go of|and their like|or their like|lest|kin"
    r"|without a word|what becomes of|what comes of|whatever becomes|(is|are|was|were) told|crews?|leavings|shelf"
    r"|befalls?|hence|thereby|wherein|aught|at any rate|in vain|due-ness|meanwhile)\b",
    re.IGNORECASE,
)
# Where a banned word is a name that others rely on, or a word of an article.
ALLOWED = {
    "pouch/convert/text/report.py": 'name="mended"',
    "pouch/tag/sentences.py": "meanwhile",
}


@pytest.mark.parametrize(
    "file",
    [
        file
        for folder, pattern in (
            ("pouch", "*.py"),
            ("plugins", "*.py"),
            ("theme", "*.html"),
            ("pouch/checks", "*.toml"),
            ("benchmarks", "*.py"),
            ("audit", "*.py"),
            ("docs", "*.md"),
            (".", "[A-BD-Z]*.md"),  # but the changelog, which says what earlier versions did
            (".", "CONTRIBUTING.md"),
        )
        for file in sorted((ROOT / folder).glob(pattern if folder == "." else f"**/{pattern}"))
    ],
    ids=lambda file: file.relative_to(ROOT).as_posix(),
)
def test_texts_are_plain_english(file: Path) -> None:
    """Names, comments, docstrings, messages and documents use the field's words, and sentences that are read once."""
    allowed = ALLOWED.get(file.relative_to(ROOT).as_posix(), "")
    found = [
        f"{number}: {match[0]}"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        for match in BANNED.finditer(line)
        if not (allowed and allowed in line)
    ]
    assert found == []


def test_the_map_of_the_code_names_what_there_is() -> None:
    """Whoever follows a name of ARCHITECTURE.md or CONTRIBUTING.md finds the file, and in it what is named."""
    text = "".join((ROOT / name).read_text("utf-8") for name in ("ARCHITECTURE.md", "CONTRIBUTING.md"))
    paths = re.findall(r"`((?:pouch|plugins|tests|theme|benchmarks|docs)/[\w/.]+)`", text)
    assert {path for path in paths if not (ROOT / path).exists()} == set()
    rooms = {file.stem for folder in ("pouch", "plugins") for file in (ROOT / folder).iterdir()}
    names = [
        name
        for name in re.findall(r"`([a-z]\w+(?:\.\w+)+)`", text)
        if name.partition(".")[0] in rooms | {"pouch"}
    ]
    assert len(names) > 50
    assert {name for name in names if not _is_in_the_code(name.removeprefix("pouch."))} == set()


def test_comments_name_modules_that_there_are() -> None:
    """A docstring that says "see `pouch.engine.scan`" leads somewhere, also after a module was moved."""
    wrong = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in chain(CODE, (ROOT / "theme").rglob("*.html"), (ROOT / "audit").rglob("*.py"))
        for name in re.findall(r"`(pouch(?:_[a-z]+)?(?:\.[A-Za-z_]+)+)`", file.read_text("utf-8"))
        if not _is_in_the_code(name.removeprefix("pouch."))
    ]
    assert wrong == []


def _is_in_the_code(name: str) -> bool:
    """Whether a dotted name is a module, or the words behind a module's name stand in its code."""
    parts = name.split(".")
    folder = ROOT / ("plugins" if name.startswith("pouch_") else "pouch")
    for length in range(len(parts), 0, -1):
        place = folder.joinpath(*parts[:length])
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_file():
                words = set(re.findall(r"\w+", file.read_text("utf-8")))
                return words.issuperset(parts[length:])
    return False
