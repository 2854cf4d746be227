"""New since the last visit: the browser's own storage knows."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from pouch.site import Site
from tests.browser.conftest import PATIENCE

KEY = "pouch-visits"


def wait_until(page: Page, expression: str) -> None:
    """Ask until it is so. Playwright's own waiting evaluates a text in the page, which the policy forbids."""
    for _ in range(PATIENCE // 50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def test_what_is_new_is_marked_until_it_is_read(page: Page, site: Site, sample: Path) -> None:
    """A first visit marks nothing. A later one marks and counts what came since, until it is opened."""
    page.goto(f"{site.url}/")
    wait_until(page, f"localStorage.getItem('{KEY}')")
    expect(page.locator(".fresh")).to_have_count(0)
    dates = "all => all.map(each => each.getAttribute('datetime')).sort()"
    days = page.locator("main article time").evaluate_all(dates)
    # The last visit was on the day before the newest briefing.
    page.evaluate(
        """([key, day]) => {
          const last = new Date(`${day}T12:00:00Z`).getTime() - 86400000;
          localStorage.setItem(key, JSON.stringify({ last, shown: [] }));
        }""",
        [KEY, days[-1][:10]],
    )
    page.reload()
    marks = page.locator("main .fresh")
    expect(marks.first).to_have_text("New")
    count = marks.count()
    assert 0 < count < page.locator("main a.card__link").count()
    menu = page.locator(".site-nav .fresh")
    expect(menu).to_have_text(str(count))
    page.locator("main article:has(.fresh) a.card__link").first.click()
    page.wait_for_url("**/briefings/*/")
    wait_until(page, f"JSON.parse(localStorage.getItem('{KEY}')).opened.length")
    page.goto(f"{site.url}/")
    if count > 1:
        expect(page.locator("main .fresh")).to_have_count(count - 1)
    else:
        wait_until(page, f"!JSON.parse(localStorage.getItem('{KEY}')).fresh.length")
    # What is filed long after its date is new as well.
    old = f"{site.url}/archive/2022/01/"
    page.goto(old)
    expect(page.locator("main .fresh")).to_have_count(0)
    time = 'class="card__date" '
    written = (sample / "output/archive/2022/01/index.html").read_text("utf-8")
    filed_later = written.replace(time, f'{time}data-entered="{days[-1][:10]}" ', 1)
    page.route(old, lambda route: route.fulfill(body=filed_later, content_type="text/html; charset=utf-8"))
    page.goto(old)
    expect(page.locator("main .fresh")).to_have_text(["New"])
    kept = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))
    assert sorted(kept) == ["before", "fresh", "last", "opened", "shown", "since"]
