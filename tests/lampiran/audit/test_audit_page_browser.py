"""`audit.html` as a reader meets it: filters, steps, crops, languages, a narrow screen, paper, no network, no script."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

import lampiran
from lampiran.audit.audit import audit as audited
from lampiran.audit.figures.figures import figures_of
from lampiran.audit.ink.proof import ink_accounts
from lampiran.audit.report.page import audit_html
from lampiran.audit.report.page_places import PlaceView, places_of
from schema.audit import Audit

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FAR_ROW, INVENTED = 150, "\t\t\tIndikator karangan\tLangkah yang tidak pernah tercetak\tBukti karangan\t√"
MOST_BYTES = 3_000_000

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]

Open = Callable[..., tuple[Page, list[Request]]]


@pytest.fixture(scope="module")
def audit_and_file(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Audit, Path]:
    """The sample's transcription with a row taken out and one put in, held against the sample's PDF."""
    folder = tmp_path_factory.mktemp("audit")
    lines = (samples / "kpu-batang-2025.transcript.txt").read_text(encoding="utf-8").split("\n")
    lost = next(n for n, line in enumerate(lines) if "Menetapkan SK Tim Agen Perubahan" in line)
    lines[lost : lost + 1] = [INVENTED]
    (folder / "salinan.txt").write_text("\n".join(lines), encoding="utf-8")
    result = lampiran.read(samples / "kpu-batang-2025.pdf")
    found = audited(result, folder / "salinan.txt")
    found = found.model_copy(update={"figures": figures_of(found.rows, found.cells, tables=False)})
    page = audit_html(found, decree=result, ink=ink_accounts(result))
    (folder / "audit.html").write_bytes(page)
    return found, folder / "audit.html"


@pytest.fixture(scope="module")
def places(audit_and_file: tuple[Audit, Path]) -> tuple[PlaceView, ...]:
    return places_of(audit_and_file[0])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, audit_and_file: tuple[Audit, Path]) -> Iterator[Open]:
    opened: list[Page] = []

    def open_(width: int = 1280, *, part: str = "", script: bool = True) -> tuple[Page, list[Request]]:
        page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=script)
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - a bound method cannot be marked
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.on("console", lambda message: pytest.fail(message.text))
        page.goto(audit_and_file[1].as_uri() + part)
        opened.append(page)
        return page, asked

    yield open_
    for page in opened:
        page.close()


def shown(page: Page) -> int:
    return page.locator("article.place:visible").count()


def current(page: Page) -> str | None:
    return page.locator("article.place[aria-current]").get_attribute("id")


def test_the_page_opens_with_a_verdict_in_words_and_its_figures_are_folded(open_page: Open) -> None:
    page, _ = open_page()
    verdict, figures = page.locator("#verdict"), page.locator("#figures")
    assert verdict.inner_text().startswith("Transkripsi ini tidak dapat dipercaya: ")
    box = verdict.bounding_box()
    assert box is not None
    assert box["y"] < 500, "it is seen without scrolling"
    assert not page.locator(".measures").is_visible()
    figures.locator("summary").click()
    assert page.locator(".measures li").first.inner_text().startswith("Sel yang tepat")
    page.get_by_role("button", name="English").click()
    assert verdict.inner_text().startswith("This transcription cannot be trusted: ")


def test_every_place_is_shown_the_gravest_first(places: tuple[PlaceView, ...], open_page: Open) -> None:
    page, _ = open_page()
    assert shown(page) == len(places) > 20
    order = page.locator("article.place").evaluate_all("all => all.map(a => a.dataset.consequence)")
    assert order == [place.consequence for place in places]
    assert {"row-missing", "row-invented"} <= {kind for place in places for kind in place.kinds}


def test_filters_choose_by_kind_page_verdict_column_and_consequence(
    places: tuple[PlaceView, ...], open_page: Open
) -> None:
    page, _ = open_page()
    page.locator('[data-filter="kind"]').select_option("letter-confusion")
    assert shown(page) == sum("letter-confusion" in place.kinds for place in places) > 0
    page.locator('[data-filter="page"]').select_option("5")
    assert shown(page) == sum("letter-confusion" in p.kinds and p.page == 5 for p in places)
    page.locator("#reset").click()
    assert shown(page) == len(places)
    page.locator('[data-filter="verdict"]').select_option("missing")
    assert shown(page) == sum("missing" in place.verdicts for place in places)
    page.locator("#reset").click()
    page.locator('[data-filter="field"]').select_option("schedule")
    assert shown(page) == sum(bool(place.periods) for place in places)
    page.locator("#reset").click()
    page.locator('[data-consequence="critical"]').first.uncheck()
    assert shown(page) == sum(place.consequence != "critical" for place in places)
    for box in page.locator("input[data-consequence]").all():
        box.uncheck()
    assert shown(page) == 0
    assert page.locator("#none").is_visible()


def test_a_search_finds_a_text(open_page: Open) -> None:
    page, _ = open_page()
    page.locator("#search").fill("LANGKAH YANG TIDAK PERNAH")
    assert shown(page) == 1
    assert page.locator("#total").inner_text() == "1"


def test_buttons_and_keys_step_from_place_to_place(places: tuple[PlaceView, ...], open_page: Open) -> None:
    page, _ = open_page()
    page.locator("#next").click()
    assert (current(page), page.locator("#at").inner_text()) == (places[0].id, "1")
    assert page.locator("#previous").is_disabled()
    for key, n in (("j", 1), ("ArrowRight", 2), ("j", 3), ("k", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        assert current(page) == places[n].id
        assert page.locator("#at").inner_text() == str(n + 1)
    assert page.evaluate("document.activeElement.id") == places[1].id
    assert page.evaluate("location.hash") == f"#{places[1].id}"
    top = page.locator(f"#{places[1].id}").bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 300
    page.locator("#previous").click()
    assert current(page) == places[0].id


def test_steps_go_through_what_the_filters_leave(places: tuple[PlaceView, ...], open_page: Open) -> None:
    page, _ = open_page()
    page.locator('[data-filter="kind"]').select_option("letter-confusion")
    page.locator("#next").click()
    wanted = [place.id for place in places if "letter-confusion" in place.kinds]
    assert current(page) == wanted[0]
    page.keyboard.press("j")
    assert current(page) == wanted[1]
    assert page.locator("#total").inner_text() == str(len(wanted))


def test_keys_in_a_field_write_and_do_not_step(open_page: Open) -> None:
    page, _ = open_page()
    page.locator("#search").press_sequentially("jk")
    assert page.locator("#search").input_value() == "jk"
    assert page.locator("article.place[aria-current]").count() == 0


def test_a_link_leads_to_its_place(places: tuple[PlaceView, ...], open_page: Open) -> None:
    page, _ = open_page(part=f"#{places[9].id}")
    assert current(page) == places[9].id
    assert page.locator("#at").inner_text() == "10"


def test_the_counter_is_announced(open_page: Open) -> None:
    page, _ = open_page()
    status = page.locator("#stepper [role=status]")
    assert status.get_attribute("aria-live") == "polite"
    assert page.locator("#stepper kbd").first.is_visible()
    assert page.locator("#next").get_attribute("aria-keyshortcuts") == "j ArrowRight"


def test_each_place_on_the_paper_has_its_crop_and_each_page_its_map(
    places: tuple[PlaceView, ...], open_page: Open
) -> None:
    page, _ = open_page()
    widths = page.locator("article.place img").evaluate_all("all => all.map(i => i.naturalWidth)")
    assert len(widths) == sum(place.spot is not None for place in places) >= len(places) - 1
    assert min(widths) > 40
    maps = page.locator("#ink .map img").evaluate_all("all => all.map(i => i.naturalWidth)")
    assert len(maps) == 11
    assert min(maps) > 400


def test_both_columns_and_the_crop_stand_side_by_side_or_stacked(
    places: tuple[PlaceView, ...], open_page: Open
) -> None:
    chosen = next(place for place in places if place.cells and not place.is_row and place.spot)
    for width, stacked in ((1280, False), (360, True)):
        page, _ = open_page(width)
        card = page.locator(f"#{chosen.id}")
        a, b, crop = (
            card.locator(name).first.bounding_box() for name in (".side-a", ".side-b", "figure img")
        )
        assert a
        assert b
        assert crop
        assert (b["y"] >= a["y"] + a["height"]) == stacked
        assert (crop["y"] >= b["y"] + b["height"]) == stacked
        assert (a["x"] + a["width"] <= b["x"] and b["x"] + b["width"] <= crop["x"]) != stacked


@pytest.mark.parametrize("width", [360, 720, 1040, 1280])
def test_nothing_reaches_beyond_the_screen(width: int, open_page: Open) -> None:
    page, _ = open_page(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.locator("article.place .value").evaluate_all(
        "all => all.map(v => parseFloat(getComputedStyle(v).fontSize))"
    )
    assert min(sizes) >= 13
    wide = page.locator("article.place, .line, .map, .tools, .stepper").evaluate_all(
        "all => Math.max(...all.map(e => e.getBoundingClientRect().right))"
    )
    assert wide <= width


def test_the_language_changes_in_place(open_page: Open) -> None:
    page, _ = open_page()
    assert page.locator("h1").inner_text() == "Apakah transkripsi ini sesuai dengan naskahnya?"
    assert page.locator('[data-filter="kind"] option').first.inner_text() == "semua"
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "Does this transcription say what the paper says?"
    assert page.locator('[data-filter="kind"] option').first.inner_text() == "all"
    assert page.locator("html").get_attribute("lang") == "en"


def test_nothing_is_asked_from_a_network_and_the_file_stays_small(
    audit_and_file: tuple[Audit, Path], open_page: Open
) -> None:
    page, asked = open_page()
    page.locator("#next").click()
    page.get_by_role("button", name="English").click()
    address = audit_and_file[1].as_uri()
    assert {r.url for r in asked if not r.url.startswith("data:")} == {address}
    assert audit_and_file[1].stat().st_size < MOST_BYTES


def test_paper_shows_every_place_with_its_crop_and_no_controls(
    places: tuple[PlaceView, ...], open_page: Open
) -> None:
    page, _ = open_page()
    page.locator('[data-filter="kind"]').select_option("letter-confusion")
    page.emulate_media(media="print")
    assert shown(page) == len(places)
    assert page.locator("article.place img:visible").count() == sum(p.spot is not None for p in places)
    for control in (".tools", "#stepper", ".languages", "nav"):
        assert not page.locator(control).first.is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_without_a_script_everything_can_be_read(places: tuple[PlaceView, ...], open_page: Open) -> None:
    page, _ = open_page(script=False)
    assert shown(page) == len(places)
    assert not page.locator(".tools").is_visible()
    assert not page.locator("#stepper").is_visible()
    assert page.locator("table.all tbody tr").count() > 50
    assert page.locator("#ink .map").count() == 11


def test_landmarks_and_headings_are_in_order(open_page: Open) -> None:
    page, _ = open_page()
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1  # type: ignore[arg-type]
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    unnamed = page.locator("main img:not([alt]), main button:not(:has-text(' ')):not([aria-label])").count()
    assert unnamed == 0
