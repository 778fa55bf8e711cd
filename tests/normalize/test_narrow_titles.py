"""Titles, labels and row numbers in narrow columns of recognised pages keep every letter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from normalize import Resources, build_plan
from normalize.rows.titles import _without_label, _worded
from schema.periods import name_periods

sys.path.insert(0, str(Path(__file__).parent))
from recognised import NAMES, RowOf, extraction_of, line, page_of


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("1.", "PEMAN", "TAPAN"), "PEMAN\nTAPAN"),
        (("4.", "ABILITA", "S"), "ABILITA\nS"),
        (("PEMAN", "TAPAN"), "PEMAN\nTAPAN"),
    ],
)
def test_a_title_over_several_lines_loses_its_label_alone(lines: tuple[str, ...], name: str) -> None:
    cell = (
        page_of([])
        .cells[0]
        .model_copy(update={"text": "\n".join(lines), "lines": tuple(line(text) for text in lines)})
    )
    assert _without_label([cell], lines[0].rstrip(".") if lines[0][0].isdigit() else "1").text == name


def test_an_unsure_lone_stroke_is_none_of_a_title() -> None:
    lines = (line("TATA LAKSANA"), line("|", 0.3), line("S", 0.3))
    cell = page_of([]).cells[0].model_copy(update={"text": "TATA LAKSANA\n|\nS", "lines": lines})
    assert _worded(cell) == "TATA LAKSANA\nS"


def test_letters_below_each_other_name_a_month() -> None:
    assert name_periods(["J\na\nn", "F\ne\nb", "M\na\nr", "A\np\nr"])
    assert not name_periods(["x\ny", "z\nq", "w\nv", "k\nt"])


def test_row_numbers_that_count_on_are_vouched_for(resources: Resources) -> None:
    head = tuple("NO. URUT" if name == "INDIKATOR" else name for name in NAMES)
    numbers = [line(str(n)) for n in range(1, 6)]
    numbers[2] = line("3", 0.45, agreed=None, choices={"3": {"8": 0.3}})
    rows = [
        RowOf(["", f"{n}. Komponen {n}", number, "Menyusun laporan", "Surat"], frozenset({3}), "TIM KERJA")
        for n, number in enumerate(numbers, 1)
    ]
    plan = build_plan(extraction_of(page_of(rows, names=head)), resources)
    extras = [placed.action.extra[0].field for placed in plan.placed()]
    assert [each.text for each in extras] == ["1", "2", "3", "4", "5"]
    assert all((each.confidence or 0.0) > 0.9 for each in extras)
