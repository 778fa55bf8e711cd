"""The page of a dashboard with what is unnamed, single or waits for its place, and on a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from lampiran.dashboard.build import Source, dashboard_of
from lampiran.dashboard.writing import write_dashboard
from lampiran.loading import load_plan
from schema.decree import Field
from schema.plan import Plan
from tests.lampiran.dashboard.conftest import ALL, CHROMIUM, MARCH, Opened, choose, counts, pictured

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


def changed_actions(plan: Plan, **changes: object) -> Plan:
    """Return a plan with fields of all its actions changed."""
    return plan.replace(
        areas=tuple(
            area.replace(
                components=tuple(
                    part.replace(actions=tuple(action.replace(**changes) for action in part.actions))
                    for part in area.components
                )
            )
            for area in plan.areas
        )
    )


def test_what_has_no_name_can_be_chosen(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    dated, other = read_plans["batang"], read_plans["contoh"]
    head = other.head.replace(institution=Field(), year=Field(), title=Field(text="RENCANA AKSI"))
    nameless = changed_actions(other.replace(head=head), responsible=Field())
    sources = [
        Source(tmp_path / plan.decree_id, partial(lambda one: one, plan)) for plan in (dated, nameless)
    ]
    page = open_page(write_dashboard(dashboard_of(sources), tmp_path / "board").files[0])
    wanted = len(nameless.actions)
    for name in ("office", "year", "team"):
        choose(page, **{"month": ALL, "year": ALL, "office": ALL, "team": ALL, name: " "})
        assert counts(page, "#said") == [wanted, 1 if name != "team" else 2]
        assert page.locator(f"#filter-{name} option:checked").inner_text().endswith("tidak terbaca")
    choose(page, team=ALL)
    page.get_by_role("button", name="Kantor", exact=True).click()
    page.locator(".heat tbody tr", has_text="kantor tidak terbaca").locator("td.sum button").click()
    assert page.locator("#filter-office").input_value() == " "
    page.reload()
    assert counts(page, "#said") == [wanted, 1]
    page.locator(".pick").click()
    assert (page.locator("#filter-year").input_value(), page.locator("#notes").is_hidden()) == (" ", True)
    assert counts(page, "#said") == [wanted, 1]


def test_decrees_of_unknown_offices_are_not_one_office(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    known, other = read_plans["batang"], read_plans["contoh"]
    head = other.head.replace(institution=Field())
    plans = [
        known,
        *(
            other.replace(decree_id=name, head=head, source=other.source.replace(name=f"{name}.pdf"))
            for name in ("first", "second")
        ),
    ]
    board = dashboard_of(Source(tmp_path / plan.decree_id, partial(lambda one: one, plan)) for plan in plans)
    page = open_page(write_dashboard(board, tmp_path / "board").files[0])
    assert board.offices == 1
    assert "1 kantor" in " ".join(page.locator(".under").inner_text().split())
    assert [text for text in page.locator(".matrix tbody th").all_inner_texts() if "tidak" in text] == [
        "kantor tidak terbaca (first.pdf)",
        "kantor tidak terbaca (second.pdf)",
    ]


def test_a_number_has_its_word_and_years_their_order(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    plan = read_plans["contoh"]
    area = plan.areas[0]
    part = area.components[0]
    one = plan.replace(
        areas=(area.replace(components=(part.replace(actions=part.actions[:1]),)),),
        findings=plan.findings[:0],
    )
    page = open_page(
        write_dashboard(
            dashboard_of([Source(tmp_path, lambda: one)]), tmp_path / "board", language="en"
        ).files[0]
    )
    choose(page, year=ALL, month=ALL)
    assert "1 of 1 action · 1 of 1 decree" in page.locator("#said").inner_text()
    for place in ("#figures", ".under", "#coverage-said", "#due-said"):
        said = " ".join(page.locator(place).inner_text().split())
        assert re.search(r"\b1 (action|office|of 1 decree follows)\b", said), said
        assert not re.search(r"\b1 (actions|decrees|offices|matters)\b", said), said
    several = [
        plan.replace(
            decree_id=year,
            head=plan.head.replace(
                institution=Field(text=office), year=Field(text=year), title=Field(text="RENCANA AKSI")
            ),
        )
        for office, year in (("A", "2016"), ("B", "2025"), ("C", "2022"))
    ]
    board = dashboard_of(
        Source(tmp_path / plan.decree_id, partial(lambda one: one, plan)) for plan in several
    )
    page = open_page(write_dashboard(board, tmp_path / "several").files[0])
    choose(page, year=ALL, month=MARCH)
    assert "2016, 2022, 2025" in page.locator("#other-year").inner_text()


def test_a_decree_that_waits_for_its_place_is_an_open_review(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    plan = read_plans["contoh"]
    clear = plan.replace(findings=tuple(one for one in plan.findings if one.severity == "info"))
    said = "Isinya berbeda; tidak diketahui mana yang lebih baru.", "The content differs."
    sources = [Source(tmp_path / name, partial(lambda one: one, clear), said) for name in ("a", "b")]
    page = open_page(write_dashboard(dashboard_of(sources), tmp_path / "board").files[0])
    choose(page, year=ALL)
    assert "1 dari 1" in page.locator("#reviews-said").inner_text()
    assert said[0] in page.locator("#reviews-decrees tbody th").inner_text()
    assert page.locator("#reviews-decrees tbody td").first.inner_text() == "1"
    assert "1 hal" in " ".join(page.locator("#figures").inner_text().split())
    assert page.locator("#uncounted .pill").inner_text() == "menunggu keputusan orang"
    assert said[0] in page.locator("#uncounted li").inner_text()


@pytest.mark.parametrize("width", [360, 820])
def test_a_narrow_screen_needs_no_scrolling_sideways(open_page: Opened, width: int) -> None:
    page = open_page(width=width)
    choose(page, month=ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_narrow_screen_shows_the_chosen_year(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    plan = read_plans["contoh"]
    title = Field(text="RENCANA AKSI")
    plans = [
        plan.replace(decree_id=year, head=plan.head.replace(year=Field(text=year), title=title))
        for year in ("2019", "2020", "2021", "2022", "2023", "2024")
    ]
    board = dashboard_of(Source(tmp_path / one.decree_id, partial(lambda one: one, one)) for one in plans)
    page = open_page(write_dashboard(board, tmp_path / "board").files[0], width=390)
    assert page.locator("#filter-year").input_value() == "2024"
    place = """() => { const now = document.querySelector(".matrix thead .now").getBoundingClientRect();
        const names = document.querySelector(".matrix tbody th").getBoundingClientRect();
        return [now.left >= names.right - 1, now.right <= innerWidth]; }"""
    assert page.evaluate(place) == [True, True]
    choose(page, year="2020")
    assert page.evaluate(place) == [True, True]


def test_a_narrow_screen_shows_a_picture_at_its_own_size(
    open_page: Opened, read_plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    folder, plan = tmp_path / "results" / "pictured", read_plans["contoh"]
    pictured(folder, plan, (2000, 90), "1700,10,200,50")
    source = Source(folder, partial(load_plan, folder))
    page = open_page(write_dashboard(dashboard_of([source]), tmp_path / "board").files[0], width=390)
    choose(page, month=ALL)
    page.locator("#due-list .due-item").first.locator("dd a").first.click()
    page.wait_for_function("() => document.querySelector('#picture .crop').scrollLeft > 0")
    assert page.evaluate("document.querySelector('#picture img').width") >= 2000
    seen = "document.querySelector('#picture .mark').getBoundingClientRect()"
    assert 0 <= page.evaluate(f"{seen}.left") < page.evaluate(f"{seen}.right") <= 390
    assert page.evaluate("(one => one.scrollWidth <= one.clientWidth)(document.querySelector('#picture'))")
