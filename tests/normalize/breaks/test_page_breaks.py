"""A row that a page's end cut in two is joined with a finding, or asks for a review; two rows are never made one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.accuracy.breaks import drawn_form, judged, read_pdf, some_breaks
from extract.types import Cell, Extraction
from normalize import Resources
from samples.draw.breaks import Break, broken, rows_of
from schema.findings import Finding
from schema.geometry import BBox
from schema.plan import Placed, Plan

NAMES = ("kpu-batang-2025", "kpu-contoh-2024", "random-0", "random-3", "random-11", "kpu-contoh-2024+lists",
         "kpu-batang-2025+merged")  # fmt: skip
TEAM = "TIM MANAJEMEN PERUBAHAN"
Make = Callable[[Extraction], Plan]
Cells = tuple[str | tuple[str, dict[str, Any]] | None, ...]


@given(name=st.sampled_from(NAMES), seed=st.integers(min_value=0, max_value=2**32 - 1))
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_a_drawn_row_cut_anywhere_is_joined_or_asks_and_whole_rows_stay_apart(
    name: str, seed: int, resources: Resources
) -> None:
    form, truth, breaks = some_breaks(name, seed)
    tally = judged(form, truth, breaks, read_pdf(broken(form, truth, breaks), resources))
    assert tally.joined + tally.flagged == tally.cut
    assert (tally.silent, tally.fused) == (0, 0)


def drawn(
    breaks: Sequence[Break], resources: Resources, name: str = "kpu-contoh-2024", area: int = 1
) -> list[Placed]:
    """Read one area of a drawn form whose pages end as told."""
    form, truth = drawn_form(name)
    truth = truth.model_copy(update={"areas": truth.areas[area : area + 1]})
    return list(read_pdf(broken(form, truth, breaks), resources).placed())


def test_a_joined_row_names_both_pages_and_keeps_both_places(resources: Resources) -> None:
    form, truth = drawn_form("kpu-contoh-2024")
    truth = truth.model_copy(update={"areas": truth.areas[1:2]})
    plan = read_pdf(broken(form, truth, [Break(2, 1)]), resources)
    row = list(plan.placed())[2]
    wanted = rows_of(truth)[2].action
    (joined,) = [f for f in plan.findings if f.code == "row-joined"]
    assert (joined.action_id, joined.raw, joined.severity) == (row.action.action_id, "1, 2", "warning")
    assert "pages 1, 2" in joined.message.en
    assert "halaman 1, 2" in joined.message.id
    assert row.action.action.text == wanted.action
    assert row.action.action.status == "joined"
    assert [ref.page for ref in row.action.action.refs] == [1, 2]
    assert (row.action.page_first, row.action.page_last) == (1, 2)
    assert not row.action.needs_review


@pytest.mark.parametrize("marks", ["first", "second"])
@pytest.mark.parametrize("border", ["closed", "open"])
@pytest.mark.parametrize("head", [True, False])
def test_the_marks_of_either_part_are_those_of_the_row(
    marks: Any, border: Any, head: bool, resources: Resources
) -> None:
    rows = drawn([Break(4, 2, marks=marks, border=border, head=head)], resources)
    assert len(rows) == 6
    assert rows[4].action.schedule.planned() == (1, 4, 7, 10)
    assert rows[4].action.schedule.state == "marked"


def test_documents_are_those_of_the_whole_list(resources: Resources) -> None:
    rows = drawn([Break(4, 2)], resources, name="kpu-contoh-2024+lists")
    whole = drawn([], resources, name="kpu-contoh-2024+lists")
    assert rows[4].action.documents == whole[4].action.documents
    assert len(rows[4].action.documents) == 3


def test_a_name_cut_with_its_merged_cell_is_whole_in_every_row_of_it(resources: Resources) -> None:
    rows = drawn([Break(0, 1)], resources)
    assert {row.component.name.text for row in rows[:3]} == {
        "Prosedur Operasional Tetap (SOP) Kegiatan Utama"
    }


def test_a_team_printed_on_one_page_only_is_that_of_the_merged_cell(resources: Resources) -> None:
    rows = drawn([Break(2, 1, team="blank")], resources)
    assert {row.action.responsible.text.replace(" ", "") for row in rows} == {"POKJAIITATALAKSANA"}
    assert not [row for row in rows if row.action.needs_review]


MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
HEAD = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI/EVIDEN", *MONTHS, "PENANGGUNG JAWAB")


def row(
    *texts: str, months: Sequence[int] = (), component: str = "", team: str = "", mark: Any = "√"
) -> Cells:
    """Cells of a row: indicator, action, evidence and the marks of its months."""
    marks = [mark if n in months else "" for n in range(1, 13)]
    return ("", component, *texts, *marks, team)


FIRST = row(
    "Tim telah dibentuk",
    "Menyusun keputusan tim",
    "Keputusan tim",
    months=(3,),
    component="i. Tim Kerja",
    team=TEAM,
)
TITLE = ("1. MANAJEMEN PERUBAHAN", *[""] * 17)


@pytest.fixture
def pages_of(draw: Any, plan_from: Make) -> Callable[..., Plan]:
    """Read pages made by hand, each under its head; cells have no measured lines."""

    def read(*pages: Sequence[Cells], head: bool = True, measured: bool = False) -> Plan:
        whole: Extraction = draw.grid(*pages[0])
        grids = []
        for number, rows in enumerate(pages, 1):
            grid = draw.grid(*((HEAD,) if head or number == 1 else ()), *rows).grids[0]
            cells = tuple(
                c.model_copy(update={"ref": c.ref.model_copy(update={"page": number})}) for c in grid.cells
            )
            cells = tuple(map(_measured, cells)) if measured else cells
            grids.append(grid.model_copy(update={"page": number, "cells": cells}))
        sheets = [whole.pages[0].model_copy(update={"number": n}) for n in range(1, len(pages) + 1)]
        return plan_from(whole.model_copy(update={"pages": tuple(sheets), "grids": tuple(grids)}))

    return read


def _measured(cell: Cell) -> Cell:
    """Give a cell's lines places below each other, ten points high and as wide as the cell."""
    box = cell.ref.bbox
    assert box is not None
    lines = [
        line.model_copy(
            update={"bbox": BBox(x0=box.x0, top=box.top + 10 * n, x1=box.x1, bottom=box.top + 10 * (n + 1))}
        )
        for n, line in enumerate(cell.lines)
    ]
    return cell.model_copy(update={"lines": tuple(lines)})


def test_a_components_rest_that_names_an_area_is_no_title(pages_of: Callable[..., Plan]) -> None:
    above = row("Tim", "Menyusun", "Surat", months=(3,), component="i. Pengelolaan", team=TEAM)
    below = row("", "", "", component="Akuntabilitas")
    plan = pages_of([TITLE, above], [below, row("Rapat", "Rapat", "N", months=(1,))], measured=True)
    assert [(item.area.number, item.component.name.text) for item in plan.placed()] == [
        (1, "Pengelolaan Akuntabilitas"),
        (1, "Pengelolaan Akuntabilitas"),
    ]


def asked(plan: Plan) -> list[Finding]:
    return [f for f in plan.findings if f.code == "row-join-doubtful"]


@pytest.mark.parametrize("head", [True, False])
def test_a_row_over_three_pages_is_one(head: bool, pages_of: Callable[..., Plan]) -> None:
    plan = pages_of(
        [TITLE, FIRST, row("Rencana aksi telah", "Menyusun rencana", "Rencana aksi,", months=(6, 12))],
        [row("disusun dan", "", "undangan rapat,")],
        [row("disahkan", "", "notula"), row("Rapat", "Rapat", "Notula", months=(1,))],
        head=head,
    )
    placed = [item.action for item in plan.placed()]
    assert [a.action.text for a in placed] == ["Menyusun keputusan tim", "Menyusun rencana", "Rapat"]
    assert placed[1].indicator.text == "Rencana aksi telah disusun dan disahkan"
    assert placed[1].documents == ("Rencana aksi", "undangan rapat", "notula")
    assert (placed[1].page_first, placed[1].page_last) == (1, 3)
    assert placed[1].schedule.planned() == (6, 12)


def test_a_row_with_marks_of_its_own_stays_apart_and_takes_the_merged_indicator(
    pages_of: Callable[..., Plan],
) -> None:
    merged = ("Tim telah dibentuk", {"row_span": 2})
    one = (*FIRST[:2], merged, *FIRST[3:])
    two = row("x", "Menetapkan tim", "Surat tugas", months=(4,))
    plan = pages_of(
        [TITLE, one, (*two[:2], None, *two[3:])],
        [
            row("", "Mengevaluasi tim", "Laporan evaluasi", months=(9,)),
            row("Rapat", "Rapat", "Notula", months=(1,)),
        ],
    )
    placed = [item.action for item in plan.placed()]
    assert [a.action.text for a in placed] == [
        "Menyusun keputusan tim",
        "Menetapkan tim",
        "Mengevaluasi tim",
        "Rapat",
    ]
    assert (placed[2].indicator.text, placed[2].indicator.status) == ("Tim telah dibentuk", "filled")
    assert not asked(plan)


def test_a_blank_indicator_at_a_pages_head_asks_where_no_cell_is_merged(
    pages_of: Callable[..., Plan],
) -> None:
    plan = pages_of([TITLE, FIRST], [row("", "Mengevaluasi tim", "Laporan evaluasi", months=(9,))])
    assert [f.field for f in asked(plan)] == ["indicator"]


def test_a_row_that_only_repeats_its_merged_cells_adds_nothing(pages_of: Callable[..., Plan]) -> None:
    cut = (*row("", "", "dan undangan", component="i. Tim Kerja")[:-1], (TEAM, {"row_span": 2}))
    plan = pages_of([TITLE, FIRST], [cut, (*row("A", "B", "C", months=(1,))[:-1], None)])
    placed = list(plan.placed())
    assert [item.action.evidence.text for item in placed] == ["Keputusan tim dan undangan", "C"]
    assert {item.component.name.text for item in placed} == {"Tim Kerja"}
    assert {item.action.responsible.text for item in placed} == {TEAM}


def test_a_numeral_of_its_own_begins_a_row_whatever_its_words_say(pages_of: Callable[..., Plan]) -> None:
    plan = pages_of(
        [TITLE, FIRST], [row("dan seterusnya", "", "dan undangan", component="ii. Agen Perubahan")]
    )
    assert len(list(plan.placed())) == 2
    assert not asked(plan)


def test_two_columns_of_one_role_go_on_each_for_itself(draw: Any, plan_from: Make) -> None:
    head = ("KOMPONEN", "INDIKATOR", "INDIKATOR KINERJA", *HEAD[3:])
    first = ("i. Tim Kerja", "Tim kerja", "Jumlah tim yang", *FIRST[3:])
    second = ("", "telah dibentuk", "bekerja", *row("", "", "")[3:])
    pages = [draw.grid(head, ("1. MANAJEMEN PERUBAHAN", *[""] * 17), first), draw.grid(head, second)]
    grids = [page.grids[0] for page in pages]
    cells = [c.model_copy(update={"ref": c.ref.model_copy(update={"page": 2})}) for c in grids[1].cells]
    grids[1] = grids[1].model_copy(update={"page": 2, "cells": tuple(cells)})
    sheets = (pages[0].pages[0], pages[0].pages[0].model_copy(update={"number": 2}))
    (read,) = plan_from(pages[0].model_copy(update={"pages": sheets, "grids": tuple(grids)})).placed()
    further = {extra.column: extra.field.text for extra in read.action.extra}
    assert {read.action.indicator.text, *further.values()} == {
        "Tim kerja telah dibentuk",
        "Jumlah tim yang bekerja",
    }


def test_a_merged_text_that_may_flow_over_the_pages_end_asks(pages_of: Callable[..., Plan]) -> None:
    merged = ("Tim telah dibentuk", {"row_span": 2})
    one = (*FIRST[:2], merged, *FIRST[3:])
    two = row("x", "Menetapkan tim", "Surat tugas", months=(4,))
    last = row("Terdapat Indikator", "Menyusun IKU", "Dokumen", months=(2,))
    below = row("Utama yang memadai", "Menyusun LAKIP", "Laporan", months=(1,))
    plan = pages_of([TITLE, one, (*two[:2], None, *two[3:]), last], [below], measured=True)
    assert {f.field for f in asked(plan)} == {"indicator"}
    assert [f.action_id for f in asked(plan)] == ["L1.i.3", "L1.i.4"]


def test_where_shading_hides_what_the_marks_say_both_rows_ask(pages_of: Callable[..., Plan]) -> None:
    shade = ("", {"fill": "#808080"})
    above = row("Tim", "Menyusun", "Surat", months=(3,), mark=shade, component="i. Tim Kerja", team=TEAM)
    plan = pages_of([TITLE, above], [row("Kerja", "Keputusan", "Tugas", months=(3,), mark=shade)])
    assert [f.action_id for f in asked(plan)] == ["L1.i.1", "L1.i.2"]
    assert all(item.action.needs_review for item in plan.placed())
    assert "Tim | Kerja" in asked(plan)[0].message.en


def test_a_mark_that_only_its_colour_tells_from_a_coloured_row_is_one(pages_of: Callable[..., Plan]) -> None:
    def coloured(cells: Cells, months: Sequence[int], ground: str) -> Cells:
        fills = [("", {"fill": "#808080" if n in months else ground}) for n in range(1, 13)]
        return (*cells[:5], *fills, *cells[17:])

    above = row("Tim yang", "Menyusun tim", "Surat", component="i. Tim Kerja", team=TEAM)
    below = row("dibentuk", "Menetapkan tim", "Tugas", team=TEAM)
    for months, count in (((3,), 2), ((1, 2), 1)):
        plan = pages_of(
            [TITLE, coloured(above, (1, 2), "#dbe9f7")], [coloured(below, months, "#bcd6ee")], measured=True
        )
        assert len(list(plan.placed())) == count
        assert bool(asked(plan)) == (count == 2)


def test_a_text_that_goes_on_beside_several_rows_joins_none_of_them(pages_of: Callable[..., Plan]) -> None:
    wide = ("dibentuk", {"row_span": 2})
    above = row("Tim yang", "Menyusun tim", "Surat", component="i. Tim Kerja", team=TEAM)
    one = row("x", "Menetapkan tim", "Tugas", team=TEAM)
    two = row("x", "Melapor", "Laporan", team=TEAM)
    plan = pages_of([TITLE, above], [(*one[:2], wide, *one[3:]), (*two[:2], None, *two[3:])], measured=True)
    assert [item.action.action.text for item in plan.placed()] == [
        "Menyusun tim",
        "Menetapkan tim",
        "Melapor",
    ]
    assert {f.code for f in asked(plan)} == {"row-join-doubtful"}


def test_marks_in_both_parts_and_words_that_go_on_ask(pages_of: Callable[..., Plan]) -> None:
    plan = pages_of([TITLE, FIRST], [row("dan bekerja", "Mengevaluasi tim", "Laporan", months=(9,))])
    assert len(list(plan.placed())) == 2
    assert len(asked(plan)) == 2


def test_a_word_cut_at_a_hyphen_is_whole_again(pages_of: Callable[..., Plan]) -> None:
    above = row("Tim", "Menyusun perencana-", "Surat", months=(3,), component="i. Tim Kerja", team=TEAM)
    plan = pages_of(
        [TITLE, above], [row("", "an kegiatan", ""), row("Rapat perencanaan", "Rapat", "N", months=(1,))]
    )
    assert next(plan.placed()).action.action.text == "Menyusun perencanaan kegiatan"


# Transcriptions


def test_a_transcribed_row_cut_by_a_page_is_joined_cell_below_cell(plan_of: Any, write: Any) -> None:
    above = write.page(write.first(3, 6), write.row(2, 8, evidence="Undangan rapat, daftar hadir dan"))
    below = write.page(write.row(evidence="notula", indicator="", action=""), write.row(1), title=None)
    plan = plan_of(above + below)
    placed = [item.action for item in plan.placed()]
    assert [a.evidence.text for a in placed][1] == "Undangan rapat, daftar hadir dan notula"
    assert len(placed) == 3
    assert placed[1].schedule.planned() == (2, 8)
    (joined,) = [f for f in plan.findings if f.code == "row-joined"]
    assert joined.raw == "6, 11"


def test_a_transcribed_rest_that_need_not_be_one_asks_on_both_rows(plan_of: Any, write: Any) -> None:
    above = write.page(write.first(3, 6), write.row(2, 8))
    below = write.page(write.row(evidence="Notula", indicator="", action=""), write.row(1), title=None)
    plan = plan_of(above + below)
    assert len(asked(plan)) == 2
    assert [item.action.needs_review for item in plan.placed()][1:3] == [True, True]


def test_the_rest_of_a_teams_name_is_no_title_of_an_area(plan_of: Any, write: Any) -> None:
    plan = plan_of(write.page(write.first(1, team="POKJA\nI PERUBAHAN"), write.row(2)))
    assert {item.area.number for item in plan.placed()} == {1}
    assert [f.raw for f in asked(plan)] == ["POKJA | I PERUBAHAN"]
    assert "I PERUBAHAN" in {f.raw for f in plan.findings if f.code == "text-unplaced"}
