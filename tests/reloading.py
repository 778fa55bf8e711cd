"""Loading a page again in a real browser, once the browser has stored what the page kept."""

from __future__ import annotations

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as WaitedTooLong

KEPT = "JSON.stringify(Object.entries(localStorage).sort())"
TRIES = 10  # in Chromium 156 one more was enough for all but one of some 25 loads that came too early
PATIENCE = 3000.0  # ms a try waits for the store's event: ten loads at once were not enough on a busy machine


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
        try:
            page.wait_for_function(f"kept => {KEPT} === kept", arg=kept, timeout=PATIENCE)
        except WaitedTooLong:
            continue
    raise AssertionError(f"after {TRIES} times the page holds {page.evaluate(KEPT)}, not {kept}")
