"""What a row leaves blank goes on from above, inside its area; what was lost is inferred only where it is plain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schema.plan import Plan

Read = Callable[[str], Plan]
MONITORING = "Pemantauan dan Evaluasi Pembangunan WBK/WBBM"


def shape(plan: Plan) -> list[tuple[int, str, str, int]]:
    """Return area, numeral, name and number of rows of each component."""
    return [
        (area.number, c.number.text, c.name.text, len(c.actions))
        for area in plan.areas
        for c in area.components
    ]


def test_an_area_repeated_on_a_new_page_is_continued(plan_of: Read, write: Any) -> None:
    plan = plan_of(
        write.page(write.first(3, 6, 9, 12)) + write.page(write.row(1, numeral="ii.", name="Agen Perubahan"))
    )
    assert shape(plan) == [(1, "i", "Penyusunan Tim Kerja", 1), (1, "ii", "Agen Perubahan", 1)]


def test_an_area_whose_number_cannot_be_read_takes_the_next_one(plan_of: Read, write: Any) -> None:
    second = write.page(write.first(1, name="Standar Layanan"), title="VX. PELAYANAN KHUSUS PEMILIH")
    plan = plan_of(write.page(write.first(3, 6, 9, 12)) + second)
    assert [(area.number, area.label.text) for area in plan.areas] == [(1, "1"), (2, "VX")]


def test_a_lone_text_that_is_not_a_known_title_asks_for_a_review(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.title("PELAYANAN KHUSUS PEMILIH")))
    assert [area.number for area in plan.areas] == [1]
    assert [row.action.needs_review for row in plan.placed()] == [False, True]


def test_a_component_repeated_on_a_new_page_is_continued(plan_of: Read, write: Any) -> None:
    plan = plan_of(
        write.page(write.first(3, 6, 9, 12))
        + write.page(write.first(1, name="Penyusunan Tim  KerJa"), title=None)
    )
    assert shape(plan) == [(1, "i", "Penyusunan Tim Kerja", 2)]


def test_a_component_ends_with_its_area(plan_of: Read, write: Any) -> None:
    rows = [
        write.first(3, 6, 9, 12),
        write.title("4. PENGUATAN AKUNTABILITAS"),
        write.row(1, team="TIM AKUNTABILITAS"),
    ]
    plan = plan_of(write.page(*rows))
    assert [(number, rows) for number, _, _, rows in shape(plan)] == [(1, 1), (4, 1)]
    assert plan.areas[1].components[0].name.text == ""
    assert plan.areas[1].components[0].actions[0].needs_review


@pytest.mark.parametrize("indicator", ["Rapat umum pegawai", "Tim kerja telah dibentuk"])
def test_a_gap_that_no_question_explains_is_left_alone(indicator: str, plan_of: Read, write: Any) -> None:
    plan = plan_of(
        write.page(
            write.first(3, 6, 9, 12),
            write.row(1, indicator=indicator),
            write.row(2, numeral="iii.", name=MONITORING),
        )
    )
    assert shape(plan) == [(1, "i", "Penyusunan Tim Kerja", 2), (1, "iii", MONITORING, 1)]
    assert "numbering-gap" in {f.code for f in plan.findings}


def test_a_numbering_without_a_gap_infers_nothing(plan_of: Read, write: Any) -> None:
    question = "Terdapat dokumen rencana pembangunan Zona Integritas menuju WBK/WBBM"
    plan = plan_of(
        write.page(
            write.first(3, 6, 9, 12),
            write.row(1, indicator=question),
            write.row(2, numeral="ii.", name=MONITORING),
        )
    )
    assert "numeral-inferred" not in {f.code for f in plan.findings}
    assert [rows for _, _, _, rows in shape(plan)] == [2, 1]
