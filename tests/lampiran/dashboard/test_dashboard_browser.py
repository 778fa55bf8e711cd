"""The page of a dashboard as people meet it: filters, languages, keyboard, values and their places, strangers' texts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from lampiran.dashboard.build import Source, dashboard_of
from lampiran.dashboard.model import Dashboard, Uncounted
from lampiran.dashboard.writing import write_dashboard
from lampiran.due.agenda import due_list
from lampiran.loading import load_plan
from schema.decree import Field
from schema.plan import Plan
from tests.lampiran.dashboard.conftest import (
    ALL,
    CHROMIUM,
    MARCH,
    WHOLE,
    Opened,
    choose,
    counts,
    pictured,
)
from tests.reloading import reload_page

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]

HOSTILE = "</script><script>window.hit=1</script><img src=x onerror='window.hit=1'>\u202eevil\u2066"


def test_each_month_counts_what_lampiran_due_lists(
    open_page: Opened, read_plans: Mapping[str, Plan], dashboard: Dashboard
) -> None:
    page = open_page()
    plans = [read_plans[view.folder.name] for view in dashboard.decrees]
    choose(page, year="2025")
    for month in range(12):
        choose(page, month=str(month))
        listed = due_list(plans, (month + 1,), year=2025)
        assert counts(page, "#due-said") == [len(listed.due), len(listed.perhaps)]
        cells = page.locator(".heat tfoot td").nth(month).inner_text().split("\n")
        assert int(cells[0]) == len(listed.due)


def test_a_team_counts_as_lampiran_due_counts_it(open_page: Opened, read_plans: Mapping[str, Plan]) -> None:
    page = open_page()
    choose(page, year="2025", month=MARCH, team="TIM PENGAWASAN", area="5")
    listed = due_list(tuple(read_plans.values()), (3,), team="tim pengawasan", area=5, year=2025)
    assert listed.due
    assert counts(page, "#due-said") == [len(listed.due), len(listed.perhaps)]


def test_a_decree_without_a_year_counts_in_each_as_for_lampiran_due(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    dated, other = read_plans["batang"], read_plans["contoh"]
    undated = other.replace(head=other.head.replace(year=Field(), title=Field(text="RENCANA AKSI")))
    sources = [Source(tmp_path / plan.decree_id, partial(lambda one: one, plan)) for plan in (dated, undated)]
    page = open_page(write_dashboard(dashboard_of(sources), tmp_path / "board").files[0])
    choose(page, year="2025", month=MARCH)
    listed = due_list((dated, undated), (3,), year=2025)
    assert counts(page, "#due-said") == [len(listed.due), len(listed.perhaps)]
    assert "1 keputusan yang tahunnya tidak terbaca" in page.locator("#notes").inner_text()
    assert page.locator(".matrix thead").inner_text().split()[-3:] == ["tahun", "tidak", "terbaca"]


def test_the_state_leaves_rows_that_are_not_certain(
    open_page: Opened, read_plans: Mapping[str, Plan]
) -> None:
    page = open_page()
    choose(page, year="2025", month=ALL, state="perhaps")
    plans = [plan for plan in read_plans.values() if plan.decree_id.endswith("2025")]
    waiting = {(row.decree_id, row.action_id) for row in due_list(plans, range(1, 13)).perhaps}
    assert waiting
    assert counts(page, "#due-said") == [len(waiting)]
    assert page.locator(".heat td.hatched").count() > 0
    assert page.locator(".run.due").count() == 0


def test_a_cell_of_the_heat_map_leads_to_its_rows(open_page: Opened) -> None:
    page = open_page()
    choose(page, year="2025")
    cell = page.locator(".heat tbody tr").nth(4).locator("td button").nth(2)
    planned = int(cell.inner_text().split("\n")[0].split("+")[0])
    cell.click()
    assert page.locator("#filter-area").input_value() == "5"
    assert page.locator("#filter-month").input_value() == MARCH
    assert counts(page, "#due-said")[0] == planned
    assert "area=5" in page.url
    assert page.evaluate("document.activeElement.id") == "h-due"


def test_an_address_remembers_the_filters(open_page: Opened) -> None:
    page = open_page(address="#due?area=5&month=2&year=2025")
    assert page.locator("#filter-area").input_value() == "5"
    page.locator("#clear").click()
    assert page.locator("#filter-area").input_value() == ""


def test_arrow_keys_go_from_cell_to_cell(open_page: Opened) -> None:
    page = open_page()
    choose(page, year="2025")
    page.locator(".heat tbody tr").nth(0).locator("td button").nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    at = "[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td').cellIndex]"
    assert page.evaluate(at) == [2, 2]
    page.keyboard.press("Enter")
    assert page.locator("#filter-area").input_value() == "2"


def test_all_can_be_reached_by_the_keyboard(open_page: Opened) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {f"filter-{name}" for name in ("office", "year", "area", "team", "month", "state", "q")} <= reached
    assert {"tile", "pick", "to-report"} <= reached


def test_a_value_is_one_click_from_its_place(open_page: Opened, results: Path) -> None:
    page = open_page()
    choose(page, office="KPU Kabupaten Batang", month=MARCH)
    link = page.locator("#due-list .due-action a").first
    text, address = link.inner_text(), str(link.evaluate("one => one.href"))
    assert Path(unquote(urlsplit(address).path)) == results / WHOLE / "report.html"
    page.goto(address)
    place = page.locator(f"[id='{unquote(urlsplit(address).fragment)}']")
    assert place.is_visible()
    assert text.split("\n")[0] in place.inner_text()


def test_a_value_with_a_picture_shows_its_place_in_it(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    folder = tmp_path / "results" / "pictured"
    pictured(folder, read_plans["contoh"], (200, 100), "50,25,100,50")
    source = Source(folder, partial(load_plan, folder))
    page = open_page(write_dashboard(dashboard_of([source]), tmp_path / "board").files[0])
    choose(page, month=ALL)
    page.locator("#due-list .due-item").first.locator("dd a").first.click()
    dialog = page.locator("#picture")
    assert dialog.is_visible()
    page.wait_for_function("() => document.querySelector('#picture .mark').style.width")
    place = (
        "(one => [one.left, one.top, one.width, one.height])(document.querySelector('#picture .mark').style)"
    )
    assert page.evaluate(place) == ["25%", "25%", "50%", "50%"]
    assert page.evaluate("document.querySelector('#picture img').naturalWidth") == 200
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.className") == "quiet pictured"
    assert "report.html#a-" in str(page.locator("#due-list .due-action a").first.get_attribute("href"))


def test_what_waits_leads_to_the_card_of_its_finding(open_page: Opened, dashboard: Dashboard) -> None:
    page = open_page()
    choose(page, year="2025", month=ALL, state="review")
    asking = [row for view in dashboard.decrees if view.year == 2025 for row in view.rows if row.needs_review]
    assert counts(page, "#due-said") == [len(asking)]
    found = [link.get_attribute("href") or "" for link in page.locator("#due-list .due-action a").all()]
    assert [int(address.partition("#f")[2]) for address in found] == [row.finding for row in asking][:18]


def test_a_kind_of_finding_names_its_decrees(open_page: Opened, dashboard: Dashboard) -> None:
    page = open_page()
    choose(page, year="2025")
    page.locator("#reviews-kinds summary").first.click()
    waiting = [view.waiting["mark-unclear"] for view in dashboard.decrees if view.year == 2025]
    shown = page.locator("#reviews-kinds li").all_inner_texts()
    assert sorted(int(text.split()[-1]) for text in shown) == sorted(filter(None, waiting))


def test_both_languages(open_page: Opened) -> None:
    page = open_page()
    page.get_by_role("button", name="English").click()
    assert page.locator("#h-heat").inner_text() == "Heat map"
    assert page.locator("#filter-month option").nth(3).inner_text() == "March"
    reload_page(page)
    assert page.locator("#h-heat").inner_text() == "Heat map"
    page.get_by_role("button", name="Indonesia").click()
    assert page.locator("#filter-month option").nth(3).inner_text() == "Maret"
    assert page.locator("#h-heat").inner_text() == "Peta panas"


def test_search_looks_into_texts_and_names(open_page: Opened, dashboard: Dashboard) -> None:
    page = open_page()
    choose(page, year="2025", month=ALL)
    page.locator("#filter-q").fill("pidato MOTIVASI")
    page.wait_for_selector("#said:has-text('6 dari 6')")
    wanted = [
        row
        for view in dashboard.decrees
        if view.year == 2025
        for row in view.rows
        if all(word in " ".join(row.documents).lower() for word in ("pidato", "motivasi"))
    ]
    assert wanted
    assert counts(page, "#due-said") == [len(wanted)]
    page.locator("#filter-q").fill("tidak ada kata ini")
    assert counts(page, "#said")[0] == 0
    page.locator("#filter-q").fill("")
    assert counts(page, "#said")[0] == sum(len(view.rows) for view in dashboard.decrees if view.year == 2025)


def test_coverage_names_the_rows_that_answer(open_page: Opened, dashboard: Dashboard) -> None:
    page = open_page()
    choose(page, office="KPU Kabupaten Batang")
    fold = page.locator("#questions details.kind").first
    fold.locator("summary").first.click()
    view = dashboard.decrees[0]
    asked = next(n for n, answer in enumerate(view.answers) if answer.touched)
    question = fold.locator("details.question").nth(asked)
    question.locator("summary").click()
    named = question.locator(".answers a")
    assert named.all_inner_texts()[1:] == [view.rows[n].action_id for n in view.answers[asked].rows]


def test_changes_show_both_rows(open_page: Opened, dashboard: Dashboard) -> None:
    page = open_page()
    choose(page, year="2025")
    pair = dashboard.pairs[0]
    kind = next(kind for kind in ("new", "gone", "moved_time", "reworded") if pair.counts[kind])
    row = page.locator(".changes-list tbody tr").first
    place = [
        "same",
        "reworded",
        "moved_place",
        "moved_time",
        "new",
        "gone",
        "reading",
    ].index(kind)
    row.locator("td.num").nth(place).locator("button").click()
    assert page.locator(".changes tbody tr").count() == pair.counts[kind]
    assert page.evaluate("document.activeElement.id") == "change-head"


def test_what_is_not_counted_is_said(
    browser: Browser, open_page: Opened, results: Path, tmp_path: Path
) -> None:
    source = Source(results / "contoh", partial(load_plan, results / "contoh"))
    left = [Uncounted("rusak.pdf", "failed", ("Tidak terbuka.", "It cannot be opened."))]
    made = write_dashboard(dashboard_of([source], left), tmp_path / "board")
    page = open_page(made.files[0])
    assert "1 gagal dibaca" in page.locator(".masthead").inner_text()
    assert page.locator("#uncounted li").inner_text().split("\n")[-2:] == [
        "gagal dibaca rusak.pdf",
        "Tidak terbuka.",
    ]


def test_texts_that_cannot_be_loaded_are_told(browser: Browser, results: Path, tmp_path: Path) -> None:
    source = Source(results / "contoh", partial(load_plan, results / "contoh"))
    made = write_dashboard(dashboard_of([source]), tmp_path / "board")
    made.files[1].unlink()
    page = browser.new_page()
    page.goto(made.files[0].as_uri() + "#top?month=")
    page.wait_for_selector("#notes:not([hidden])")
    assert "simpan seluruh isi folder" in page.locator("#notes").inner_text()
    assert "tidak dapat dimuat" in page.locator("#due-list").inner_text()
    assert counts(page, "#said")[0] == 36
    page.close()


def hostile(plan: Plan) -> Plan:
    """Return a plan in which each text is a program."""
    text = json.loads(plan.model_dump_json())

    def changed(held: object, key: str = "") -> object:
        if isinstance(held, dict):
            return {name: changed(value, name) for name, value in held.items()}
        if isinstance(held, list):
            return [HOSTILE if key == "documents" else changed(value, key) for value in held]
        return HOSTILE if key in {"text", "printed"} and held else held

    made: dict[str, object] = dict(changed(text))  # type: ignore[call-overload]
    made["head"] = {**text["head"], "institution": {"text": HOSTILE, "printed": HOSTILE}}
    return Plan.model_validate_json(json.dumps(made))


def test_a_strangers_text_is_never_more_than_text(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    plan = hostile(read_plans["contoh"])
    made = write_dashboard(
        dashboard_of([Source(tmp_path / HOSTILE.replace("/", ""), lambda: plan)]), tmp_path / "board"
    )
    page = open_page(made.files[0])
    choose(page, month=ALL)
    page.locator("#filter-q").fill("evil")
    page.wait_for_selector("#due-list .due-item")
    page.locator("#questions summary").first.click()
    assert HOSTILE in (page.locator("#due-list .due-action").first.text_content() or "")
    assert page.evaluate("window.hit") is None
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 3
    assert page.locator("#due-list .due-action bdi").count() > 0
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.locator("#filter-office").inner_text())


def test_no_program_but_the_pages_own_may_run(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.evaluate(
        "const one = document.createElement('script'); one.textContent = 'window.hit = 1'; document.body.append(one)"
    )
    page.evaluate("document.body.setAttribute('onclick', 'window.hit = 1'); document.body.click()")
    assert page.evaluate("window.hit") is None
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    page.close()


def test_it_prints(open_page: Opened) -> None:
    page = open_page()
    choose(page, year="2025", month=MARCH)
    page.emulate_media(media="print")
    assert not page.locator(".controls").is_visible()
    assert page.locator(".heat").is_visible()
    assert "Tahun: 2025 · Bulan: Maret" in page.locator("#said .print-only").inner_text()
    assert page.locator("#due-more .print-only").is_visible()
    assert page.pdf(format="A4", landscape=True).startswith(b"%PDF-")
