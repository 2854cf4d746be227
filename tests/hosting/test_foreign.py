"""Foreign Pelican plugins: those that change articles work; those that write our files are refused by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.sites import run as run_here
from tests.engine.sites import SETTINGS, WorkSite, tree

SHOUTING = """
from pelican import signals

def shout(generator):
    for article in generator.articles:
        article._content = article._content.replace("quiet", "<em>loud</em><script>alert(1)</script>")

def register():
    signals.article_generator_finalized.connect(shout)
"""


def run(work: WorkSite, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=work.root, capture_output=True, text=True, check=False
    )


@pytest.fixture
def work(tmp_path: Path) -> WorkSite:
    """A site with a plugin of its own that changes articles."""
    settings = f"{SETTINGS}PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, 'shouting']\n"
    site = WorkSite(tmp_path / "site", settings=settings)
    site.write("plugins/shouting.py", SHOUTING)
    site.entry("alpha", body="First.\n\nA quiet word, with a [link](/about/).")
    site.entry("bravo", status="draft")
    return site


def test_a_plugin_that_changes_articles_changes_pages_and_feeds(work: WorkSite) -> None:
    """What it wrote is on the page and in the feed, sanitised, and the build says what it costs."""
    done = run(work, "pouch", "build")
    assert done.returncode == 0, done.stderr
    assert "shouting may change any page" in done.stderr
    page = (work.output / "briefings/alpha/index.html").read_text("utf-8")
    assert "A <em>loud</em> word" in page
    assert "alert(1)" not in page
    assert "&lt;em&gt;loud" in (work.output / "feed.xml").read_text("utf-8")
    assert not (work.output / "briefings/bravo").exists()


@pytest.mark.parametrize(("asked", "what"), [("--explain", "every page"), ("--explain=/about/", "/about/")])
def test_whoever_asks_why_is_told_of_the_plugin(work: WorkSite, asked: str, what: str) -> None:
    """Beside a foreign plugin nothing is skipped, and the reason for every page is the plugin's name."""
    done = run(work, "pouch", "build", asked)
    assert done.returncode == 0, done.stderr
    # Pelican's own summary stands before it.
    assert done.stdout.endswith(f"{what}: made again, since shouting may change any page\n")


def test_a_plugin_that_changes_nothing_changes_no_byte(work: WorkSite, tmp_path: Path) -> None:
    """The way through Pelican's articles and back leaves every page as it is without it."""
    work.write("plugins/shouting.py", "def register():\n    pass\n")
    assert run(work, "pouch", "build").returncode == 0
    with_guest = tree(work.output)
    work.write("pelicanconf.py", SETTINGS)
    assert run(work, "pouch", "build", "--output", str(tmp_path / "alone")).returncode == 0
    assert tree(tmp_path / "alone") == with_guest


def test_plain_pelican_and_pouch_build_agree(work: WorkSite, tmp_path: Path) -> None:
    """The same plugin, the same bytes under both commands."""
    assert run(work, "pouch", "build").returncode == 0
    assert run(work, "pelican", "content", "-s", "pelicanconf.py", "-o", str(tmp_path / "o")).returncode == 0
    assert tree(tmp_path / "o") == tree(work.output)


def test_a_plugin_from_the_index_works(work: WorkSite) -> None:
    """pelican-simple-footnotes rewrites [ref]…[/ref] in finished articles."""
    work.write("pelicanconf.py", f"{SETTINGS}PLUGINS = [*PLUGINS, 'simple_footnotes']\n")
    work.entry("alpha", body="First.\n\nA claim.[ref]Its ground.[/ref]")
    done = run(work, "pouch", "build")
    assert done.returncode == 0, done.stderr
    page = (work.output / "briefings/alpha/index.html").read_text("utf-8")
    assert "[ref]" not in page
    assert "Its ground." in page


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        # Two writers of one file would take turns.
        ("sitemap", "the plugin sitemap writes a sitemap"),
        ("pelican.plugins.sitemap", "the plugin pelican.plugins.sitemap writes a sitemap"),
        # Pelican would log it and publish without it.
        ("pouch_serch", "PLUGINS names pouch_serch, and there is no such module; did you mean pouch_search?"),
        ("pelican.plugins.neighbours", "and there is no such module; install it"),
        ("own.neighbours", "and there is no such module; install it"),
    ],
)
def test_a_plugin_that_cannot_take_part_is_refused_by_name(
    work: WorkSite, command: str, name: str, message: str
) -> None:
    """A check says so as a build does, before anything is written."""
    work.write("pelicanconf.py", f"{SETTINGS}PLUGINS = [*PLUGINS, {name!r}]\n")
    done = run_here(work.root, command)
    assert done.exit_code == 2
    assert message in done.stderr
    assert not work.output.exists()


def test_a_plugin_that_fails_is_told_without_a_traceback(work: WorkSite) -> None:
    """Somebody else's bug is named as such."""
    work.write("plugins/shouting.py", SHOUTING.replace("article._content = ", "article.nothing."))
    done = run(work, "pouch", "build")
    assert done.returncode == 2
    assert "shouting failed" in done.stderr
    assert "Traceback" not in done.stderr


def test_faults_in_entries_are_all_named(work: WorkSite) -> None:
    """A foreign plugin in between hides no problem."""
    work.entry("broken", topics="ceasfire")
    work.entry("wrong", date="2025-02-30")
    done = run(work, "pouch", "build")
    assert done.returncode == 1
    assert "ceasfire" in done.stderr
    assert "2025-02-30" in done.stderr


CURIOUS = """
from pelican import signals

def change(generator):
    for article in generator.articles:
        names = ", ".join(str(tag) for tag in article.tags)
        by = ", ".join(str(author) for author in article.authors)
        article.title = f"{article.title} [{names}; {article.category}; {by}; {article.slug}]"
        article._summary = "<b>Shorter</b> &amp; new"

def mark(article):
    article.reading_time = len(article.slug)

def late(*_, **__):
    raise AssertionError("never called")

def register():
    signals.article_generator_finalized.connect(change)
    signals.content_object_init.connect(mark)
    signals.content_written.connect(late)
"""


def test_a_plugin_sees_articles_as_pelican_has_them_and_may_change_three_things(work: WorkSite) -> None:
    """Tags, category, authors and slug are there; title, summary and content reach pages and feeds."""
    work.write("plugins/shouting.py", CURIOUS)
    work.entry("alpha", source='{name: Post, author: "A. Writer"}', summary="A & B <c>")
    done = run(work, "pouch", "build")
    assert done.returncode == 0, done.stderr
    page = (work.output / "briefings/alpha/index.html").read_text("utf-8")
    assert "Title of alpha [Ceasefire; Ukraine; A. Writer; alpha]" in page
    assert '<meta name="description" content="Shorter &amp; new">' in page
    assert "Shorter &amp;amp; new" in (work.output / "feed.xml").read_text("utf-8")


def test_what_a_plugin_does_without_effect_is_named_once(work: WorkSite) -> None:
    """A change that no page shows and a signal that is never sent: one warning for the plugin."""
    work.write("plugins/shouting.py", CURIOUS)
    told = [line for line in run(work, "pouch", "build").stderr.splitlines() if "relies on" in line]
    assert len(told) == 1
    assert "the plugin shouting relies on the signal content_written" in told[0]
    assert "article.reading_time" in told[0]
    work.write("plugins/shouting.py", SHOUTING)
    assert "relies on" not in run(work, "pouch", "build").stderr


BUSY = """
from markdown.extensions import Extension
from pelican import signals
from pelican.readers import MarkdownReader

class Tags(Extension):
    pass

class Reader(MarkdownReader):
    def read(self, path):
        raise AssertionError("entries are Pouch's")

def shouted(text):
    return text.upper()

def settle(pelican):
    pelican.settings["MARKDOWN"].setdefault("extensions", []).append(Tags())

def read(readers):
    readers.reader_classes["md"] = readers.reader_classes["asc"] = Reader

def arm(generator):
    generator.env.filters["shouted"] = shouted

def sort(generator, metadata):
    metadata["mood"] = "bright"

def cloud(generator):
    generator.cloud = [1, 2]
    generator._update_context(["cloud"])

def register():
    signals.initialized.connect(settle)
    signals.readers_init.connect(read)
    signals.generator_init.connect(arm)
    signals.article_generator_context.connect(sort)
    signals.article_generator_finalized.connect(cloud)
"""


@pytest.mark.parametrize(
    "in_vain",
    [
        "the extension of Markdown Tags, without which entries are read",
        "a reader of .md, .asc files, which is not asked",
        "templates' filters shouted, which only JINJA_FILTERS gives to pages",
        "changes of article.mood, which no page shows",
        "templates' variables cloud, which no page gets",
    ],
)
def test_what_a_plugin_does_to_pelican_alone_is_named(busy: str, in_vain: str) -> None:
    """A reader, an extension of Markdown, a filter, a variable: no page shows them, and the plugin's user is told."""
    assert busy.startswith("pouch: the plugin shouting relies on ")
    assert in_vain in busy


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The warning about a plugin that changes much of Pelican."""
    settings = f"{SETTINGS}PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, 'shouting']\n"
    site = WorkSite(tmp_path_factory.mktemp("busy"), settings=settings)
    site.write("plugins/shouting.py", BUSY)
    site.entry("alpha")
    done = run(site, "pouch", "build")
    assert done.returncode == 0, done.stderr
    (told,) = (line for line in done.stderr.splitlines() if "relies on" in line)
    return told


def test_a_plugin_is_not_accused_of_what_another_does(work: WorkSite) -> None:
    """Each warning names the plugin whose function it was; only a change that any may have made names all."""
    work.write("plugins/shouting.py", BUSY)
    work.write("plugins/counting.py", CURIOUS)
    work.write(
        "pelicanconf.py", f"{(work.root / 'pelicanconf.py').read_text('utf-8')}PLUGINS += ['counting']\n"
    )
    told = [line for line in run(work, "pouch", "build").stderr.splitlines() if "relies on" in line]
    assert [line.partition(" relies on ")[0] for line in told] == [
        "pouch: the plugin shouting",
        "pouch: the plugin counting",
        "pouch: one of the plugins shouting, counting",
    ]
    assert told[1].endswith("relies on the signal content_written, which is never sent")
    assert "article.reading_time" in told[2]
    assert "variables cloud" in told[2]


@pytest.mark.parametrize("command", [("pouch", "build"), ("pelican", "content", "-s", "pelicanconf.py")])
def test_a_plugin_that_works_on_the_finished_site_finds_it_finished(
    work: WorkSite, command: tuple[str, ...]
) -> None:
    """What compresses or sends the output at Pelican's end comes after the build, not during it."""
    work.write(
        "plugins/shouting.py",
        """
from pathlib import Path
from pelican import signals

def count(pelican):
    Path("seen").write_text(str((Path(pelican.output_path) / "sitemap.xml").exists()))

def register():
    signals.finalized.connect(count)
""",
    )
    done = run(work, *command)
    assert done.returncode == 0, done.stderr
    assert (work.root / "seen").read_text("utf-8") == "True"


def test_an_article_that_a_plugin_breaks_ends_the_build(work: WorkSite) -> None:
    """Pelican would log the file without a reason, and the page would stand there without the plugin's work."""
    work.write("plugins/shouting.py", CURIOUS.replace("len(article.slug)", "article.nothing"))
    done = run(work, "pouch", "build")
    assert done.returncode == 2
    assert "shouting failed on content/entries/alpha.md; `pelican --debug` shows where" in done.stderr
    assert "Traceback" not in done.stderr
    assert not work.output.exists()
