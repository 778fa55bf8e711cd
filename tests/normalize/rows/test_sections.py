"""Titles over the table are told apart: areas by their names or by coming first, components below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.types import Extraction
from schema.plan import Plan

Build = Callable[[Extraction], Plan]
HEAD = ("NO", "INDIKATOR", "LANGKAH AKSI", "BUKTI", "WAKTU", "PIC")
ROW = ("", "Tim dibentuk", "Menyusun keputusan", "Keputusan", "", "TIM KERJA")


def title(text: str) -> tuple[Any, ...]:
    return ((text, {"column_span": 6}), *[None] * 5)


def shape(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [
        (area.label.text, area.name.text, part.number.text, part.name.text)
        for area in plan.areas
        for part in area.components
    ]


@pytest.mark.parametrize(
    ("area", "component"),
    [("{I}. {}", "{1}. {}"), ("{A}. {}", "{i}. {}"), ("{1}. {}", "{a}) {}"), ("{I} {}", "{A}. {}")],
)
def test_two_kinds_of_numerals_are_areas_and_components(
    area: str, component: str, plan_from: Build, draw: Any
) -> None:
    def numbered(style: str, n: int, name: str) -> str:
        numerals = {"I": ["I", "II", "III"], "i": ["i", "ii", "iii"], "A": "ABC", "a": "abc", "1": "123"}
        key = style[1]
        return style.replace("{" + key + "}", numerals[key][n - 1]).replace("{}", name)

    rows = [
        row
        for n, name in enumerate(("URUSAN DALAM", "URUSAN LUAR"), 1)
        for row in (title(numbered(area, n, name)),
                    *(r for k in (1, 2, 3) for r in (title(numbered(component, k, f"Bagian ke-{k}")), ROW)))
    ]  # fmt: skip
    plan = plan_from(draw.grid(HEAD, *rows))
    labels = [numbered(area, n, "").split()[0].strip(".)") for n in (1, 2)]
    parts = [numbered(component, k, "").split()[0].strip(".)") for k in (1, 2, 3)]
    names = ("URUSAN DALAM", "URUSAN LUAR")
    assert shape(plan) == [
        (label, name, part, f"Bagian ke-{k}")
        for label, name in zip(labels, names, strict=True)
        for k, part in enumerate(parts, 1)
    ]
    assert not [f for f in plan.findings if f.severity == "review" and f.action_id]


def test_an_official_area_between_components_stays_an_area(plan_from: Build, draw: Any) -> None:
    rows = [
        title("1. Penyusunan Tim Kerja"),
        ROW,
        title("I. MANAJEMEN PERUBAHAN"),
        title("2. Agen Perubahan"),
        ROW,
    ]
    plan = plan_from(draw.grid(HEAD, *rows))
    assert [area.name.text for area in plan.areas if area.number == 1] == ["MANAJEMEN PERUBAHAN"]


def test_lines_without_a_numeral_are_titles_where_there_are_several(plan_from: Build, draw: Any) -> None:
    rows = [title("I. MANAJEMEN PERUBAHAN"), title("Tim Kerja"), ROW, title("Agen Perubahan"), ROW]
    plan = plan_from(draw.grid(HEAD, *rows))
    assert [(c.name.text, len(c.actions)) for c in plan.areas[0].components] == [
        ("Tim Kerja", 1),
        ("Agen Perubahan", 1),
    ]
    assert "action-fragment" not in {f.code for f in plan.findings}


def test_a_lone_line_without_a_numeral_asks(plan_from: Build, draw: Any) -> None:
    plan = plan_from(draw.grid(HEAD, title("I. MANAJEMEN PERUBAHAN"), ROW, title("catatan kaki"), ROW))
    assert "action-fragment" in {f.code for f in plan.findings}
    assert [placed.action.needs_review for placed in plan.placed()] == [False, True]
