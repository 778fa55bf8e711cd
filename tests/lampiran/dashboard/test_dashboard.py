"""The values of a dashboard are those of `lampiran due`, `coverage` and `diff`; texts stay texts; equal inputs, equal bytes."""

from __future__ import annotations

import base64
import json
import re
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lampiran
from lampiran.dashboard import packing
from lampiran.dashboard.addresses import REPORT, crops_of, result_address
from lampiran.dashboard.build import Source, dashboard_of
from lampiran.dashboard.model import Dashboard, DecreeView
from lampiran.dashboard.packing import numbers, packed, script_json
from lampiran.dashboard.page import dashboard_files
from lampiran.dashboard.rows import decree_view, natural, short_office
from lampiran.due.agenda import due_list
from lampiran.loading import load_plan
from lampiran.publish.coverage import sheet_coverage
from lampiran.publish.frames import to_frames
from schema.decree import Field
from schema.plan import Plan, Schedule

MONTHS = range(1, 13)


def plan_of(view: DecreeView, plans: Mapping[str, Plan]) -> Plan:
    return plans[view.folder.name]


def test_decrees_are_in_the_order_of_office_and_year(dashboard: Dashboard) -> None:
    found = [(view.office_name, view.year) for view in dashboard.decrees]
    assert found == sorted(found)
    assert found[0] == ("KPU Kabupaten Batang", 2025)
    assert Counter(year for _, year in found) == {2024: 3, 2025: 3}


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_holds_what_lampiran_due_lists(
    month: int, dashboard: Dashboard, read_plans: Mapping[str, Plan]
) -> None:
    for view in dashboard.decrees:
        listed = due_list([plan_of(view, read_plans)], (month,))
        assert [row.action_id for row in view.rows if month in row.due] == [
            row.action_id for row in listed.due
        ]
        assert [row.action_id for row in view.rows if month in row.perhaps] == [
            row.action_id for row in listed.perhaps
        ]


def test_there_is_something_perhaps_due(dashboard: Dashboard) -> None:
    assert any(row.perhaps for view in dashboard.decrees for row in view.rows)


def test_rows_are_those_of_the_tables(dashboard: Dashboard, read_plans: Mapping[str, Plan]) -> None:
    for view in dashboard.decrees:
        frames = to_frames(plan_of(view, read_plans))
        actions = frames["actions"]
        assert [row.action_id for row in view.rows] == list(actions["action_id"])
        assert [row.area for row in view.rows] == list(actions["area_no"])
        assert [row.state for row in view.rows] == list(actions["schedule_state"])
        assert [row.needs_review for row in view.rows] == list(actions["needs_review"])
        planned = frames["schedule"].query("period_type == 'month' and state == 'planned'")
        months = sum(not word.endswith("?") and word[0] == "m" for row in view.rows for word in row.periods)
        assert months == len(planned)


def test_questions_are_answered_as_the_coverage_says(
    dashboard: Dashboard, read_plans: Mapping[str, Plan]
) -> None:
    for view in dashboard.decrees:
        covered = sheet_coverage(plan_of(view, read_plans))
        assert covered is not None
        assert len(view.answers) == len(dashboard.questions) == 110
        for part, tally in covered.totals.items():
            own = [
                answer
                for answer, question in zip(view.answers, dashboard.questions, strict=True)
                if question.part == part
            ]
            assert sum(answer.touched is True for answer in own) == tally.questions
            assert sum(answer.touched is None for answer in own) == tally.doubtful


def test_a_decree_that_touches_no_question_does_not_count_as_following_the_sheet(
    read_plans: Mapping[str, Plan],
) -> None:
    plan = read_plans["batang"]
    untouched = plan.replace(
        areas=tuple(
            area.replace(
                components=tuple(
                    part.replace(lke=None, actions=tuple(one.replace(lke=None) for one in part.actions))
                    for part in area.components
                )
            )
            for area in plan.areas
        )
    )
    assert untouched.lke_edition is not None
    assert decree_view(untouched, Path("x")).answers == ()
    assert decree_view(plan, Path("x")).answers


def test_years_are_compared_as_lampiran_diff_compares_them(
    dashboard: Dashboard, read_plans: Mapping[str, Plan]
) -> None:
    assert len(dashboard.pairs) == 2
    for pair in dashboard.pairs:
        older, newer = dashboard.decrees[pair.a], dashboard.decrees[pair.b]
        assert (older.office, older.year, newer.year) == (newer.office, 2024, 2025)
        counts = lampiran.diff(plan_of(older, read_plans), plan_of(newer, read_plans)).counts
        assert dict(pair.counts) == {key: getattr(counts, key) for key in pair.counts}
        told = Counter(kind for change in pair.changes for kind in change.kinds)
        assert {kind: count for kind, count in pair.counts.items() if count} == dict(told)


def test_what_is_not_read_is_never_compared(dashboard: Dashboard, read_plans: Mapping[str, Plan]) -> None:
    newer, older = (
        next(plan for plan in read_plans.values() if year in plan.decree_id) for year in ("2025", "2024")
    )
    nameless = [
        plan.replace(decree_id=plan.decree_id + "x", head=plan.head.replace(institution=Field()))
        for plan in (newer, older)
    ]
    found = dashboard_of(Source(Path(plan.decree_id), partial(lambda one: one, plan)) for plan in nameless)
    assert len(found.decrees) == 2
    assert found.pairs == ()


def test_a_decree_counts_once(read_plans: Mapping[str, Plan]) -> None:
    plan = read_plans["batang"]
    found = dashboard_of(Source(Path(name), lambda: plan) for name in ("first", "second"))
    assert [view.folder.name for view in found.decrees] == ["first"]
    assert [(one.name, one.state, one.beside) for one in found.uncounted] == [("second", "same", "first")]


def test_a_time_that_was_not_understood_is_perhaps_due_in_each_month(read_plans: Mapping[str, Plan]) -> None:
    plan = read_plans["batang"]
    area = plan.areas[0]
    part = area.components[0]
    unread = part.actions[0].replace(schedule=Schedule(state="unknown"))
    changed = plan.replace(
        areas=(area.replace(components=(part.replace(actions=(unread, *part.actions[1:])),)),)
    )
    row = decree_view(changed, Path("x")).rows[0]
    assert row.due == frozenset()
    assert row.perhaps == frozenset(MONTHS)


def test_columns_hold_the_rows(dashboard: Dashboard, tmp_path: Path) -> None:
    made = packed(dashboard, tmp_path)
    rows = [row for view in dashboard.decrees for row in view.rows]

    def column(name: str) -> list[int]:
        held = made.core["rows"][name]
        return list(array({1: "B", 2: "H", 4: "I"}[held["width"]], base64.b64decode(held["base64"])))

    assert column("due") == [sum(1 << (month - 1) for month in row.due) for row in rows]
    assert [made.core["areas"][n][0] for n in column("area")] == [row.area for row in rows]
    assert [flag & 1 for flag in column("flags")] == [row.needs_review for row in rows]
    assert sum(decree["rows"] for decree in made.core["decrees"]) == len(rows)
    assert sum(len(pair["gone"]) for pair in made.core["pairs"]) == sum(
        change.b is None for pair in dashboard.pairs for change in pair.changes
    )


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("",), ("", 0)),
        (("", "", "TATA LAKSANA"), ("TATA LAKSANA", 0)),
        (("Tata Laksana", "TATA LAKSANA", "TATA LAKSANA", "AKUNTABILITAS", ""), ("TATA LAKSANA", 1)),
    ],
)
def test_an_area_is_called_by_the_names_that_it_has(
    names: tuple[str, ...], shown: tuple[str, int], dashboard: Dashboard, tmp_path: Path
) -> None:
    view = dashboard.decrees[0]
    rows = tuple(replace(view.rows[0], area=0, area_name=name) for name in names)
    made = packed(replace(dashboard, decrees=(replace(view, rows=rows),), pairs=()), tmp_path)
    assert made.core["areas"] == [[0, *shown]]


@given(st.lists(st.integers(min_value=0, max_value=(1 << 32) - 1)))
def test_numbers_come_back(values: list[int]) -> None:
    held = numbers(values)
    code = {1: "B", 2: "H", 4: "I"}[held["width"]]
    assert list(array(code, base64.b64decode(held["base64"]))) == values


@given(st.text(alphabet=st.characters() | st.sampled_from("<>&\u2028\ud800/!-"), max_size=40))
def test_json_in_a_script_ends_nothing_and_comes_back(text: str) -> None:
    written = script_json([text])
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", written)
    assert json.loads(written) == [text]


def test_equal_results_give_equal_bytes(dashboard: Dashboard, results: Path, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    again = dashboard_of(
        Source(path, partial(load_plan, path)) for path in sorted(results.iterdir(), reverse=True)
    )
    assert dashboard_files(again, folder) == dashboard_files(dashboard, folder)


def test_texts_are_in_parts_of_some_decrees(
    dashboard: Dashboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PARTS", packing.PARTS.model_copy(update={"decrees_in_part": 4}))
    made = packed(dashboard, tmp_path)
    assert made.core["parts"] == [["texts-001.js", 0, 4], ["texts-002.js", 4, 6]]
    assert sorted(made.parts) == ["texts-001.js", "texts-002.js"]


@pytest.mark.parametrize(
    ("result", "board", "address"),
    [
        ("out/a", "out/dashboard", "../a/"),
        ("store/results/KPU Batang #1", "out/dashboard", "../../store/results/KPU%20Batang%20%231/"),
        ("out/a", "out/a/board", "../"),
    ],
)
def test_a_result_is_found_from_the_dashboard(
    result: str, board: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(result).mkdir(parents=True)
    assert result_address(Path(result), Path(board)) == ""
    (Path(result) / REPORT).touch()
    assert result_address(Path(result), Path(board)) == address


def test_only_addresses_of_pictures_in_the_folder_are_taken(tmp_path: Path) -> None:
    (tmp_path / "crops").mkdir()
    taken = "L1.i.1-p4.png#xywh=1,2,30,40"
    for n, address in enumerate(
        (taken, "../x.png#xywh=1,2,3,4", "javascript:x.png#xywh=1,2,3,4", "x.png", "")
    ):
        with (tmp_path / "crops/crops.csv").open("a", encoding="utf-8") as stream:
            stream.write(("" if n else "action_id,field,crop\r\n") + f'L{n},action,"{address}"\r\n')
    assert crops_of(tmp_path) == {("L0", "action"): taken}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"action_id\r\nL1\r\n", None])
def test_pictures_without_an_index_are_left_out(content: bytes | None, tmp_path: Path) -> None:
    (tmp_path / "crops").mkdir()
    if content is not None:
        (tmp_path / "crops/crops.csv").write_bytes(content)
    assert crops_of(tmp_path) == {}


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("KOMISI PEMILIHAN UMUM\nKABUPATEN BATANG", "KPU Kabupaten Batang"),
        ("KOMISI PEMILIHAN UMUM PROVINSI DKI JAKARTA", "KPU Provinsi DKI Jakarta"),
        ("Badan Pusat Statistik Kota Semarang", "BPS Kota Semarang"),
        ("KOMISI PEMILIHAN UMUM KABUPATEN OGAN KOMERING ULU", "KPU Kabupaten Ogan Komering Ulu"),
        ("", ""),
    ],
)
def test_an_office_has_a_short_name(printed: str, shown: str) -> None:
    assert short_office(printed) == shown


def test_numbers_in_names_are_sorted_as_numbers() -> None:
    assert sorted(["B 10", "b 2", "A"], key=natural) == ["A", "b 2", "B 10"]
