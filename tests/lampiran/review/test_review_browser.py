"""The page in a real browser: everything is decided by keyboard alone, and the result is what the paper says."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from queue import Queue
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import lampiran
from lampiran.decisions import load_decisions
from lampiran.review.card import Card
from lampiran.review.desk import Choice, Desk
from lampiran.review.opening import renew
from lampiran.review.server import serve
from tests.reloading import reload_page

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
Right = Callable[[Desk, Card], Choice]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def shown(browser: Browser) -> Iterator[Callable[[Desk], Page]]:
    """Serve a desk and open its page; what the page complains of is an error."""
    running: list[threading.Thread] = []
    complaints: list[str] = []
    contexts = []

    def opened(desk: Desk) -> Page:
        addresses: Queue[str] = Queue()
        thread = threading.Thread(
            target=serve, args=(desk,), kwargs={"language": "id", "started": addresses.put}
        )
        thread.start()
        running.append(thread)
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(addresses.get(timeout=60))
        return page

    yield opened
    for context in contexts:
        context.close()
    for thread in running:
        thread.join(timeout=60)
        assert not thread.is_alive()
    assert complaints == []


def close(page: Page) -> None:
    page.locator("#finish").focus()
    page.keyboard.press("Enter")
    page.get_by_text("sudah ditutup").wait_for()


def press(page: Page, card: Card, choice: Choice) -> int:
    """Decide the shown card by keyboard alone, and return how many keys it took."""
    values = [(option.verdict, option.value) for option in card.options]
    if (choice.verdict, choice.value) in values:
        page.keyboard.press(str(values.index((choice.verdict, choice.value)) + 1))
        return 1
    if card.kind is not None:
        page.keyboard.press("m")
        keys = 1
        for number, ticked in enumerate(page.locator("#months input").all(), 1):
            if ticked.is_checked() != (str(number) in (choice.value or "").split(";")):
                page.keyboard.press("Space")
                keys += 1
            page.keyboard.press("ArrowRight")
            keys += 1
        page.keyboard.press("Enter")
        return keys + 1
    page.keyboard.press("t")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(choice.value or "")
    page.keyboard.press("Enter")
    return 4


def decide_all(page: Page, desk: Desk, right: Callable[[Card], Choice]) -> int:
    keys = 0
    for n, card in enumerate(desk.cards, 1):
        page.locator(f"#deck li:nth-child({n}) button[aria-current=true]").wait_for()
        keys += press(page, card, right(card))
        page.locator(f"#deck li:nth-child({n}) button.is-done").wait_for()
    return keys


def test_the_sample_is_decided_with_one_key_a_card_and_equals_the_paper(
    shown: Callable[[Desk], Page], desk: Desk, result: Path, right_choice: Right, samples: Path
) -> None:
    page = shown(desk)
    keys = decide_all(page, desk, lambda card: right_choice(desk, card))
    assert keys <= 2 * len(desk.cards)
    assert (
        page.locator("#progress").inner_text() == f"{len(desk.cards)} dari {len(desk.cards)} sudah diputuskan"
    )
    close(page)
    plan, _ = renew(desk, result)
    assert not any(action.needs_review for action in plan.actions)
    paper = {
        a.action_id: a.schedule.planned() for a in lampiran.read(samples / "kpu-batang-2025.pdf").plan.actions
    }
    assert {a.action_id: a.schedule.planned() for a in plan.actions} == paper


def test_a_stamped_scan_is_decided_by_keyboard_from_its_pictures(
    shown: Callable[[Desk], Page], scan_desk: Desk, samples: Path
) -> None:
    desk = scan_desk
    drawn = json.loads((samples / "kpu-contoh-2024.truth.json").read_text(encoding="utf-8"))
    months = [a["months"] for c in drawn["areas"][0]["components"] for a in c["actions"]]

    def right(card: Card) -> Choice:
        if card.kind is not None:
            return Choice("value", ";".join(map(str, months[card.targets[0].row or 0])) or "-")
        return Choice("value", f"Teks {card.field} seperti pada naskah")

    page = shown(desk)
    decide_all(page, desk, right)
    page.keyboard.press("ArrowLeft")
    picture = page.locator("#paper img")
    picture.wait_for()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    close(page)
    plan, _ = renew(desk, desk.path.with_name("scan"))
    assert not any(finding.severity == "review" for finding in plan.findings)
    assert [list(a.schedule.planned()) for a in plan.actions] == months[: len(list(plan.actions))]


def test_what_was_decided_can_be_undone_and_decided_again(shown: Callable[[Desk], Page], desk: Desk) -> None:
    page = shown(desk)
    page.keyboard.press("0")
    page.locator("#deck li:nth-child(1) button.is-done").wait_for()
    page.locator("#deck li:nth-child(2) button[aria-current=true]").wait_for()
    page.keyboard.press("u")
    page.locator("#deck li:nth-child(1) button:not(.is-done)").wait_for()
    page.get_by_text("Diurungkan").wait_for()
    assert load_decisions(desk.path).decisions == ()
    page.locator("#deck li:nth-child(1) button[aria-current=true]").wait_for()
    page.keyboard.press("1")
    page.locator("#deck li:nth-child(1) button.is-done").wait_for()
    close(page)
    assert len(load_decisions(desk.path).decisions) == len(desk.cards[0].targets)


def test_shortcuts_can_be_turned_off_and_typing_is_no_shortcut(
    shown: Callable[[Desk], Page], desk: Desk
) -> None:
    page = shown(desk)
    page.locator("#note").fill("1")
    page.locator("#note").press("2")
    page.locator("#shortcuts").uncheck()
    page.keyboard.press("1")
    page.locator("#next").click()
    page.locator("#deck li:nth-child(2) button[aria-current=true]").wait_for()
    close(page)
    assert not desk.path.exists()


def test_two_tabs_see_each_others_decisions(shown: Callable[[Desk], Page], desk: Desk) -> None:
    first = shown(desk)
    second = first.context.new_page()
    second.goto(first.url)
    first.keyboard.press("0")
    first.locator("#deck li:nth-child(1) button.is-done").wait_for()
    second.keyboard.press("1")
    second.get_by_text("baru saja diputuskan").wait_for()
    assert [d.verdict for d in load_decisions(desk.path).decisions] == ["unreadable"]
    second.locator("#deck li:nth-child(1) button.is-done").wait_for()
    close(first)


def test_the_language_is_chosen_and_remembered(shown: Callable[[Desk], Page], desk: Desk) -> None:
    page = shown(desk)
    page.get_by_role("button", name="English").click()
    assert page.locator("#finish").inner_text() == "Finish and close"
    reload_page(page)
    assert page.locator("#finish").inner_text() == "Finish and close"
    page.locator("#finish").click()
    page.get_by_text("you can close this tab").wait_for()


@pytest.mark.parametrize("width", [360, 1400])
def test_the_page_is_no_wider_than_the_screen(shown: Callable[[Desk], Page], desk: Desk, width: int) -> None:
    page = shown(desk)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    close(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    shown: Callable[[Desk], Page], scan_desk: Desk, scheme: Literal["light", "dark"]
) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page = shown(scan_desk)
    page.emulate_media(color_scheme=scheme)
    page.keyboard.press("0")
    page.locator("#deck li:nth-child(1) button.is-done").wait_for()
    for width in (360, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        for number in (1, 4):  # a text, a schedule
            page.locator(f"#deck li:nth-child({number}) button").click()
            page.evaluate(axe)
            found = page.evaluate(
                "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"
            )
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    close(page)
