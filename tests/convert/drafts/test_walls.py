"""Pages that stand in an article's place are refused, and half an article is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.convert.sites import ENGLISH, run, run_json

TITLE, FIRST, SECOND = ENGLISH.strip().split("\n\n")
ARTICLE = f"<html><body><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>%s</article>%s</body></html>"


def page(folder: Path, html: str) -> Path:
    """A saved page."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("404: Seite nicht gefunden - Talbote", "Die Adresse gibt es nicht mehr."),
        ("Acceso denegado", "Su petición no se puede atender."),
        ("503 Service Unavailable", "The server is overloaded. Please come back later."),
        ("valley.example", "Reference #18.9f8e7d6c.1741900000.1a2b3c"),
        ("Privacy", "We and our partners store cookies on your device to show you personalised advertising."),
        ("Willkommen", "Wir und unsere Partner speichern Cookies auf Ihrem Gerät, um Werbung anzuzeigen."),
    ],
)
def test_a_wall_is_refused(site: Path, tmp_path: Path, title: str, body: str) -> None:
    """An error page, a server's check and a request for consent give no draft, and the reason is told."""
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>"
    result = run(site, page(tmp_path, html))
    assert result.exit_code == 1
    assert "no-article" in result.output


def test_an_article_with_a_consent_box_is_no_wall(site: Path, tmp_path: Path) -> None:
    """A request for consent beside an article does not keep the article out."""
    box = "<div><p>We and our partners store cookies on your device. You can change your choice.</p></div>"
    results = run_json(site, page(tmp_path, ARTICLE % ("", box)))
    assert results[0]["entry"]["title"] == TITLE


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Subscribe now to continue reading.", True),
        ("Der Rest des Artikels ist nur für Abonnenten.", True),
        ("Para seguir leyendo, suscríbase.", True),
        ("The two sides will meet again in June.", False),
    ],
)
def test_a_paywall_is_told(site: Path, tmp_path: Path, line: str, told: bool) -> None:
    """A line below the text that keeps the rest for subscribers is a warning at the draft."""
    results = run_json(site, page(tmp_path, ARTICLE % (f"<p>{line}</p>", "")))
    assert told == ("paywall" in [problem["code"] for problem in results[0]["problems"]])


def test_the_report_quotes_prose_and_counts_the_rest(site: Path, tmp_path: Path) -> None:
    """Left-out sentences are quoted in at most a dozen lines; share buttons and menus are a number."""
    shares = "".join(f'<li><a href="#">Share on Network {number}</a></li>' for number in range(30))
    box = "<aside><p>The observers were sent by the two governments in the spring of last year.</p></aside>"
    html = ARTICLE % (f"<ul>{shares}</ul>", box)
    out = run(site, "--dry-run", page(tmp_path, html)).stdout
    assert "The observers were sent by the two governments" in out
    assert "Share on Network" not in out
    assert "30 " in out
    assert "summary or key points" in out
    assert len(out.splitlines()) <= 12
