"""What a dossier's front matter says, its page shows."""

from __future__ import annotations

from pathlib import Path

from tests.commands.sites import entry, make_site, run


def test_the_title_of_a_dossier_heads_its_introduction(tmp_path: Path) -> None:
    """The page is called by the term's name, the introduction by its own title, where it has one."""
    files = {
        "entries/a.md": entry("aaaa", "countries: [UA, FR]"),
        "dossiers/countries/UA.md": "---\ntitle: A country at war\n---\n\nThe introduction.\n",
        "dossiers/countries/FR.md": "The introduction.\n",
    }
    site = make_site(tmp_path, files)
    assert run(site, "build", "--jobs", "1").exit_code == 0
    ukraine, france = (
        (site / f"output/countries/{slug}/index.html").read_text("utf-8") for slug in ("ukraine", "france")
    )
    assert '<h2 class="rubric">A country at war</h2>' in ukraine
    assert '<h1 class="dossier__title">Ukraine</h1>' in ukraine
    assert "The introduction." in france
    assert "A country at war" not in france
