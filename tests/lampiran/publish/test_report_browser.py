"""`report.html` as a reader meets it: filters, links of the heat map, ticks, search, language, print, no store, no script."""

from __future__ import annotations

import io
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import lampiran
from extract.types import Extraction
from lampiran.publish.month_state import month_state
from lampiran.publish.report import report_html
from lampiran.result import Result
from schema.plan import Action, Plan
from tests.reloading import reload_page

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
MOST_PAGES = 8  # of paper, for a decree of eleven pages; 60 before there was a style for print
MOST_BYTES = 900_000
MANY = 400  # actions

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def result(samples: Path) -> Result:
    """The sample's transcription, of which some rows wait for a decision."""
    return lampiran.read(samples / "kpu-batang-2025.transcript.txt")


@pytest.fixture(scope="module")
def plan(result: Result) -> Plan:
    return result.plan


@pytest.fixture(scope="module")
def address(result: Result, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_bytes(report_html(result.plan, result.extraction))
    assert file.stat().st_size < MOST_BYTES
    return file.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser in March 2025, with a store of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def open_page(reader: BrowserContext, address: str) -> Open:
    def opened(part: str = "", *, before: str = "") -> Page:
        page = reader.new_page()
        page.clock.set_fixed_time("2025-03-10T08:00:00")
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.on("console", lambda message: pytest.fail(message.text))
        if before:
            page.add_init_script(before)
        page.goto(address + part)
        return page

    return opened


def ids(actions: list[Action]) -> list[str]:
    return [action.action_id for action in actions]


def rows(page: Page) -> list[str]:
    found: list[str] = page.locator("tr.action:visible").evaluate_all("all => all.map(r => r.id.slice(2))")
    return found


def listed(page: Page, which: str = "due") -> list[str]:
    found: list[str] = page.locator(f"#{which}-list .due-item a").evaluate_all(
        "all => all.map(a => a.textContent)"
    )
    return found


def in_state(plan: Plan, month: int, state: str) -> list[str]:
    return ids([one for one in plan.actions if month_state(one.schedule, month).state == state])


def test_the_list_is_of_this_month_and_the_whole_plan_stands_below(plan: Plan, open_page: Open) -> None:
    page = open_page()
    assert page.locator("#h-due").inner_text() == "Jatuh tempo Maret 2025"
    assert listed(page) == in_state(plan, 3, "due")
    assert listed(page, "perhaps") == in_state(plan, 3, "perhaps")
    assert rows(page) == ids(list(plan.actions))
    assert page.locator("#due [role=status]").inner_text().startswith("30 langkah aksi, 6 mungkin · 0 dari ")
    assert not page.locator("#other-year").is_visible()


def test_filters_choose_by_month_team_area_and_state(plan: Plan, open_page: Open) -> None:
    page = open_page()
    page.locator("#filter-period").select_option("m12")
    both = set(in_state(plan, 12, "due")) | set(in_state(plan, 12, "perhaps"))
    assert rows(page) == [one for one in ids(list(plan.actions)) if one in both]
    assert listed(page) == in_state(plan, 12, "due")
    page.locator("#filter-state").select_option("planned")
    assert rows(page) == in_state(plan, 12, "due")
    assert listed(page, "perhaps") == []
    page.locator("#filter-state").select_option("waits")
    asking = {one.action_id for one in plan.actions if one.needs_review}
    assert set(rows(page)) == set(in_state(plan, 12, "perhaps")) | (set(in_state(plan, 12, "due")) & asking)
    page.locator("#clear").click()
    assert page.locator("#clear").is_disabled()
    page.locator("#filter-state").select_option("waits")
    assert set(rows(page)) >= asking
    page.locator("#clear").click()
    page.locator("#filter-team").select_option("TIM PENGAWASAN")
    team = [one for one in plan.actions if one.responsible.text == "TIM PENGAWASAN"]
    assert rows(page) == ids(team)
    page.locator("#filter-area").select_option("1")
    assert rows(page) == []
    assert page.locator("#no-row").is_visible()
    assert page.locator("tbody.area:visible").count() == 0


def test_the_heat_map_leads_to_what_it_counts(plan: Plan, open_page: Open) -> None:
    page = open_page()
    cell = page.locator('.heat a[href="#due?period=m12&area=5"]')
    planned = int(cell.evaluate("a => a.firstChild.nodeValue"))
    cell.click()
    assert page.locator("#filter-period").input_value() == "m12"
    assert page.locator("#filter-area").input_value() == "5"
    assert len(listed(page)) == planned == 10
    assert len(listed(page, "perhaps")) == 2
    assert page.evaluate("document.activeElement.id") == "h-due"
    page.go_back()
    again = open_page("#due?period=m12&area=5")
    assert len(listed(again)) == planned


def test_the_address_remembers_the_filters(open_page: Open) -> None:
    page = open_page()
    page.locator("#filter-period").select_option("m06")
    page.locator("#search-plan").fill("rapat")
    kept = rows(page)
    page.reload()
    assert page.locator("#filter-period").input_value() == "m06"
    assert rows(page) == kept


def test_a_tick_is_there_after_the_page_is_opened_again(open_page: Open) -> None:
    page = open_page()
    box = page.locator("#due-list .due-item input").first
    box.check()
    assert page.locator("#ticked").inner_text() == "1"
    reload_page(page)
    assert page.locator("#due-list .due-item input").first.is_checked()
    page.locator("#filter-period").select_option("m06")
    assert page.locator("#ticked").inner_text() == "0", "another month has evidence of its own"
    other = open_page()
    assert other.locator("#ticked").inner_text() == "1"
    other.locator("#due-list .due-item input").nth(1).check()
    page.locator("#filter-period").select_option("m03")
    # The other tab is followed as soon as Chromium's event about it comes from the process that stores.
    expect(page.locator("#ticked")).to_have_text("2")


def test_ticks_are_cleared_on_request_and_can_be_put_back(open_page: Open) -> None:
    page = open_page()
    assert page.locator("#untick").is_disabled()
    for n in range(2):
        page.locator("#due-list input").nth(n).check()
    page.locator("#untick").click()
    assert page.locator("#ticked").inner_text() == "0"
    page.locator("#retick").click()
    assert page.locator("#ticked").inner_text() == "2"
    reload_page(page)
    assert page.locator("#ticked").inner_text() == "2"


def test_the_page_works_where_there_is_no_store(open_page: Open) -> None:
    page = open_page(
        before="Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
    )
    assert page.locator("#not-kept").is_visible()
    for n in range(2):
        page.locator("#due-list input").nth(n).check()
    page.locator("#filter-period").select_option("m06")
    page.locator("#filter-period").select_option("m03")
    assert page.locator("#ticked").inner_text() == "2"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_search_covers_headings_and_shows_only_what_matches(plan: Plan, open_page: Open) -> None:
    page = open_page()
    page.locator("#search-plan").fill("AKUNTABILITAS")
    area = next(area for area in plan.areas if area.name.text == "AKUNTABILITAS")
    inside = [one.action_id for part in area.components for one in part.actions]
    assert inside
    assert set(inside) <= set(rows(page))
    for part in page.locator("tbody.component:visible").all():
        assert part.locator("tr.action:visible").count() > 0
    page.locator("#search-plan").fill("akuntabilitas tidak-ada-di-sini")
    assert rows(page) == []
    assert page.locator("tbody.area:visible, tbody.component:visible").count() == 0


def test_only_what_is_shown_is_searched(open_page: Open) -> None:
    page = open_page()
    page.locator("#search-plan").fill("direncanakan")
    assert rows(page) == [], "words for screen readers are not shown"
    page.locator("#search-findings").fill("can be read as months")
    assert page.locator(".finding:visible").count() == 0, "the other language is not shown"
    page.get_by_role("button", name="English").click()
    page.locator("#search-findings").fill("can be read as months")
    found = page.locator(".finding:visible")
    assert found.count() > 5
    assert page.locator("#findings-shown").inner_text() == str(found.count())
    page.locator('[data-severity-filter="review"]').uncheck()
    assert page.locator(".finding.sev-review:visible").count() == 0
    page.locator("#search-findings").fill("tidak-ada-di-sini")
    assert found.count() == 0
    assert page.locator("#no-finding").is_visible()


def test_a_row_that_asks_has_one_card(plan: Plan, open_page: Open) -> None:
    page = open_page()
    links = page.locator(".severity.sev-review .finding > header a").evaluate_all(
        "all => all.map(a => a.textContent)"
    )
    asked = {one.action_id for one in plan.findings if one.severity == "review" and one.action_id}
    assert sorted(links) == sorted(asked)
    assert len(asked) > 10
    card = page.locator('.finding:has(> header a[href="#a-L2.ii.1"])').first
    assert card.locator("h4, h5").count() == 2
    assert page.locator('.finding [id^="f"], .finding[id^="f"]').count() == len(plan.findings)


def test_a_link_to_a_row_that_is_filtered_away_shows_it(open_page: Open) -> None:
    page = open_page("#due?area=1")
    page.evaluate("location.hash = '#a-L5.i.1'")
    page.locator("#a-L5\\.i\\.1").wait_for(state="visible")
    assert page.locator("#filter-area").input_value() == ""


def test_the_language_is_remembered(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="English").click()
    reload_page(page)
    assert page.locator("#h-due").inner_text() == "Due in March 2025"
    assert page.locator("#filter-period option").nth(3).inner_text() == "March"
    assert page.get_by_role("button", name="English").get_attribute("aria-pressed") == "true"


def test_files_beside_the_page_are_linked(open_page: Open) -> None:
    page = open_page()
    links = page.locator("main a:not([href^='#'])").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert {"actions.xlsx", "evidence.csv", "findings.csv"} <= set(links)


def test_every_control_has_a_name_and_counts_are_announced(open_page: Open) -> None:
    page = open_page()
    for name in ("Waktu", "Penanggung jawab", "Area", "Keadaan"):
        assert page.get_by_role("combobox", name=name, exact=True).count() == 1
    assert page.get_by_role("searchbox").count() == 2
    assert page.locator("#due [role=status], #plan [role=status], #findings [role=status]").count() == 3
    levels = page.locator("h1, h2, h3, h4, h5").evaluate_all("all => all.map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_filters_and_ticks_work_by_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    page.locator("#filter-period").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#filter-period").input_value() == "m01"
    page.locator("#due-list input").first.focus()
    page.keyboard.press("Space")
    assert page.locator("#ticked").inner_text() == "1"
    page.locator('.heat a[href="#due?period=m06&area=5"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('filter-period').value === 'm06'")


def test_paper_shows_the_month_and_the_plan_on_few_pages(open_page: Open) -> None:
    page = open_page()
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert 2 < len(printed) <= MOST_PAGES
    page.locator("#filter-team").select_option("TIM MANAJEMEN PERUBAHAN")
    less = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(less) < len(printed)
    page.emulate_media(media="print")
    assert page.locator("#due-list .due-item:visible").count() == len(listed(page)) > 0
    assert page.locator("tr.action:visible").count() == len(rows(page)) > 0
    for hidden in ("nav", ".filters", "#findings", "#coverage", ".tick-tools", ".languages"):
        assert not page.locator(hidden).first.is_visible()


def test_a_plan_by_quarters_is_told_by_its_quarter_and_ticked_once_for_it(
    plan_of: Callable[..., Plan], extraction: Extraction, reader: BrowserContext, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(report_html(plan_of(), extraction))
    page = reader.new_page()
    page.clock.set_fixed_time("2025-02-10T08:00:00")
    page.goto(file.as_uri())
    assert listed(page) == ["L2.1.1", "L2.1.2"]
    assert listed(page, "perhaps") == ["L1.i.2"]
    tags = page.locator("#due-list .due-tags").evaluate_all("all => all.map(t => t.innerText)")
    assert tags == ["TW I", "Sem. I"]
    page.locator("#due-list input").first.check()
    for period in ("m03", "q1"):
        page.locator("#filter-period").select_option(period)
        item = page.locator(".due-item", has=page.get_by_role("link", name="L2.1.1"))
        assert item.locator("input").first.is_checked()
    page.locator("#filter-period").select_option("q4")
    assert listed(page) == ["L2.1.1"]
    assert page.locator("#ticked").inner_text() == "0"


@pytest.mark.parametrize("width", [360, 720, 1040, 1400])
def test_nothing_reaches_beyond_the_screen(width: int, open_page: Open) -> None:
    page = open_page()
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_the_plan_can_be_read(browser: Browser, plan: Plan, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    assert page.locator("tr.action:visible").count() == len(list(plan.actions))
    assert not page.locator("#due").is_visible()
    page.close()


def test_a_plan_of_many_actions_has_a_page_of_reasonable_size(
    result: Result, browser: Browser, tmp_path: Path
) -> None:
    plan = result.plan
    component = plan.areas[0].components[0]
    every = list(plan.actions)
    actions = tuple(every[n % len(every)].replace(action_id=f"L1.i.{n + 1}") for n in range(MANY))
    area = plan.areas[0].replace(components=(component.replace(actions=actions),))
    file = tmp_path / "report.html"
    file.write_bytes(report_html(plan.replace(areas=(area,), findings=()), result.extraction))
    assert file.stat().st_size < 3 * MOST_BYTES
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.locator("#rows-shown").inner_text() == str(MANY)
    page.close()
