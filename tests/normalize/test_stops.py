"""Full stops that a recogniser read: those that print would not have, and the doubt that they bring."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from normalize import Resources, build_plan

sys.path.insert(0, str(Path(__file__).parent))
from recognised import TITLE, action, extraction_of, line, page_of


@pytest.mark.parametrize(("last", "worn", "asks"), [("RKT.", False, False), ("RKT,", True, False)])
def test_a_stop_between_two_lines_of_a_worn_page_asks(
    last: str, worn: bool, asks: bool, resources: Resources
) -> None:
    dirt = [line("laporan", 0.5 if worn else 0.999) for _ in range(3)]
    rows = [action(f"{n}.", f"Komponen {n}", text) for n, text in enumerate(dirt, 1)]
    grid = page_of([TITLE, *rows, action("4.", "Komponen 4")])
    texts = (f"Menyusun {last}", "Penetapan Kinerja")
    cells = [
        c.model_copy(update={"text": "\n".join(texts), "lines": tuple(map(line, texts))})
        if c.column == 3 and c.row == 5
        else c
        for c in grid.cells
    ]
    plan = build_plan(extraction_of(grid.model_copy(update={"cells": tuple(cells)})), resources)
    assert list(plan.placed())[-1].action.needs_review is asks


def test_an_official_name_with_a_stop_inside_asks(resources: Resources) -> None:
    rows = [action("1.", "Pengaduan Masyarakat"), action("2.", "Pola Mutasi. Internal")]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [p.action.needs_review for p in plan.placed()] == [False, True]
