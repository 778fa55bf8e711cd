"""The page as a reader meets it: filters, languages, a narrow screen, no network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Request, sync_playwright

from benchmarks.faults.diffs import plan_of
from benchmarks.faults.year_changes import planted
from lampiran.diff.writing import write_comparison
from samples.draw.truth import Truth
from schema.comparison import Comparison
from schema.plan import Plan

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def found(truth: Truth, plan: Plan, compared: Callable[[Plan, Plan], Comparison]) -> Comparison:
    return compared(plan, plan_of(planted(truth, 3).truth))


@pytest.fixture(scope="module")
def address(found: Comparison, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page") / "diff"
    write_comparison(found, folder)
    return (folder / "diff.html").as_uri()


@pytest.fixture(scope="module")
def open_page(address: str) -> Iterator[Callable[..., tuple[Page, list[Request]]]]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def opened(width: int = 1280) -> tuple[Page, list[Request]]:
            page = browser.new_page(viewport={"width": width, "height": 900})
            asked: list[Request] = []
            page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - a bound method cannot be marked
            page.on("pageerror", lambda error: pytest.fail(str(error)))
            page.goto(address)
            return page, asked

        yield opened
        browser.close()


def shown(page: Page) -> int:
    return page.locator("article[data-tags]:visible").count()


def test_what_changed_is_shown_first_and_filters_choose(
    found: Comparison, open_page: Callable[..., tuple[Page, list[Request]]]
) -> None:
    page, _ = open_page()
    changed = sum("same" not in action.kinds for action in found.actions)
    assert shown(page) >= changed
    assert page.locator("#shown").inner_text() == str(shown(page))
    page.locator('[data-tag="same"]').check()
    assert shown(page) == len(found.actions)
    for box in page.locator("[data-tag]").all():
        box.uncheck()
    assert shown(page) == 0
    assert page.locator("#none").is_visible()
    page.locator('[data-tag="new"]').check()
    assert shown(page) == found.counts.new
    page.locator('[data-tag="moved_time"]').check()
    assert shown(page) == found.counts.new + found.counts.moved_time


def test_a_search_finds_a_text(
    found: Comparison, open_page: Callable[..., tuple[Page, list[Request]]]
) -> None:
    page, _ = open_page()
    new = next(action for action in found.actions if action.kinds == ("new",))
    text = next(text.b for text in new.texts if text.field == "action")
    page.locator("#search").fill(text.upper())
    assert shown(page) == 1
    assert page.locator(f"#n{new.n}").is_visible()


def test_the_language_changes_in_place(open_page: Callable[..., tuple[Page, list[Request]]]) -> None:
    page, _ = open_page()
    assert page.locator("h1").inner_text() == "Apa yang berubah"
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "What changed"
    assert page.locator("#search").get_attribute("placeholder") == "Search the text"


@pytest.mark.parametrize(("width", "stacked"), [(1280, False), (360, True)])
def test_sides_stand_side_by_side_or_stacked(
    width: int, stacked: bool, open_page: Callable[..., tuple[Page, list[Request]]]
) -> None:
    page, _ = open_page(width)
    pair = page.locator("article[data-tags]:visible .pair").first
    a, b = (pair.locator(f".side-{name}").bounding_box() for name in "ab")
    assert a is not None
    assert b is not None
    assert (b["y"] >= a["y"] + a["height"]) == stacked
    assert (b["x"] >= a["x"] + a["width"]) != stacked
    assert pair.locator(".side-a .side-name").is_visible() == stacked
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_asked_from_a_network(
    address: str, open_page: Callable[..., tuple[Page, list[Request]]]
) -> None:
    page, asked = open_page()
    page.locator('[data-tag="same"]').check()
    page.get_by_role("button", name="English").click()
    assert [request.url for request in asked] == [address]


def test_the_page_can_be_printed(open_page: Callable[..., tuple[Page, list[Request]]]) -> None:
    page, _ = open_page()
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    assert shown(page) > 0
    assert page.pdf().startswith(b"%PDF")
