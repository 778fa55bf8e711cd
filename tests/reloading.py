"""Loading a page again in a real browser, once the browser has stored what the page kept."""

from __future__ import annotations

from playwright.sync_api import Page

KEPT = "JSON.stringify(Object.entries(localStorage).sort())"
TRIES = 10  # one more was enough each time that one was not: 13 of 1,200 reloads in Chromium 156


def reload_page(page: Page) -> None:
    """Load a page again as often as it takes until its store holds what it held before.

    Chromium hands what a page keeps in ``localStorage`` to another of its processes. A page that is
    loaded again in the same moment, which no person does, may be shown the store as it was before.
    """
    kept = page.evaluate(KEPT)
    for _ in range(TRIES):
        page.reload()
        if page.evaluate(KEPT) == kept:
            return
    raise AssertionError(f"after {TRIES} times the page does not hold {kept}")
