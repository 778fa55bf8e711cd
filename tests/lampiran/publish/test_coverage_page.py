"""The report's section on the official sheet, opened in Chromium, and the table behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import lampiran
from lampiran.publish.coverage import sheet_coverage
from lampiran.publish.frames import to_frames
from lampiran.publish.report import report_html
from lampiran.result import Result

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def result(samples: Path) -> Result:
    return lampiran.read(samples / "kpu-batang-2025.pdf")


def test_the_table_has_a_row_an_item_and_a_key(result: Result) -> None:
    frame = to_frames(result.plan)["lke_coverage"]
    assert frame["code"].is_unique
    assert len(frame[frame["edition"] == "2021"]) == 152
    touched = frame.set_index("code")["touched"]
    assert bool(touched["A.I.5.iv.b"]) is True
    assert touched.isna()["A.I.4.ii.c"]
    assert frame.set_index("code")["action_ids"]["A.I.5.iv.a"] == "L5.iv.1;L5.iv.2"


def test_tallies_add_up_to_the_sheet(result: Result) -> None:
    covered = sheet_coverage(result.plan)
    assert covered is not None
    for part, questions in (("pemenuhan", 87), ("reform", 23)):
        areas = [area.tallies[part] for area in covered.areas]  # type: ignore[index]
        total = covered.totals[part]  # type: ignore[index]
        assert sum(t.all_questions for t in areas) == total.all_questions == questions
        assert sum(t.questions for t in areas) == total.questions
        left = sum(len(e.questions) for a in covered.areas for e in a.left_out[part])  # type: ignore[index]
        assert left == questions - total.questions - total.doubtful


def test_a_plan_of_another_subject_has_no_section(result: Result) -> None:
    other = result.plan.model_copy(update={"lke_edition": None})
    assert sheet_coverage(other) is None
    page = report_html(other, result.extraction).decode()
    assert 'id="coverage"' not in page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, result: Result, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "report.html"
    file.write_bytes(report_html(result.plan, result.extraction, language="en"))
    opened = browser.new_page(viewport={"width": 390, "height": 800})
    opened.goto(file.as_uri())
    yield opened
    opened.close()


@pytest.mark.browser
def test_the_section_shows_what_is_left_out_in_both_languages(page: Page) -> None:
    section = page.locator("#coverage")
    assert section.get_by_role("heading", name="LKE coverage").is_visible()
    assert section.locator("tfoot").inner_text().split()[:2] == ["Total", "25/25"]
    details = section.locator("details").first
    assert not details.get_by_text("A.I.1.iii.c").is_visible()
    details.locator("summary").click()
    assert details.get_by_text("A.I.1.iii.c").is_visible()
    page.get_by_role("button", name="Indonesia").click()
    assert section.get_by_role("heading", name="Cakupan LKE").is_visible()


@pytest.mark.browser
def test_the_page_stays_as_wide_as_a_telephone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.browser
def test_a_doubtful_code_is_told_from_a_sure_one(page: Page) -> None:
    assert page.locator("[id='a-L4.ii.3'] .lke.unsure").inner_text() == "A.I.4.ii.d?"
    assert page.locator("[id='a-L5.iv.3'] .lke").inner_text() == "A.I.5.iv.b"
    assert page.locator("[id='a-L5.iv.3'] .lke.unsure").count() == 0
