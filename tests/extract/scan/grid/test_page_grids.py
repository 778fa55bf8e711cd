"""The grid of a drawn page is found as it was drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from extract.grid.lattice import Span
from extract.grid.rulings import Segment
from extract.scan.grid.page_grids import FoundGrid, find_grids
from extract.scan.grid.stray_rulings import without_strays

sys.path.insert(0, str(Path(__file__).parent.parent))
from grid_drawing import Table, drawn, sheet, table, worn


def _only(found: tuple[FoundGrid, ...]) -> FoundGrid:
    assert len(found) == 1
    return found[0]


def _off(found: FoundGrid, drawing: Table) -> float:
    """Farthest distance of an edge from where it was drawn (the middle of a two-pixel line lies on the edge)."""
    columns = np.abs(np.array(found.shape.column_edges) - drawing.columns).max()
    rows = np.abs(np.array(found.shape.row_edges) - drawing.rows).max()
    return float(max(columns, rows))


@pytest.mark.parametrize(("thickness", "ink"), [(1, 0), (2, 150), (5, 60)])
def test_thin_faint_and_thick_rulings_are_rulings(thickness: int, ink: int) -> None:
    drawing = table(np.random.default_rng(5), 200)
    page = worn(drawn(drawing, 200, thickness=thickness, ink=ink), np.random.default_rng(6), noise=4, wave=0)
    found = _only(find_grids(sheet(page, 200)))
    assert found.shape.spans == drawing.spans


def test_gaps_in_rulings_are_completed() -> None:
    rng = np.random.default_rng(8)
    drawing = table(rng, 200)
    page = drawn(drawing, 200)
    for _ in range(60):
        x, y = rng.integers(90, page.shape[1] - 90), rng.integers(90, page.shape[0] - 90)
        page[y : y + 9, x : x + 9] = 255
    found = _only(find_grids(sheet(page, 200)))
    assert found.shape.spans == drawing.spans


def test_an_open_lower_border_is_closed() -> None:
    drawing = table(np.random.default_rng(9), 200)
    page = drawn(drawing, 200)
    page[drawing.rows[-1] - 3 :] = 255
    found = _only(find_grids(sheet(page, 200)))
    assert found.shape.spans == drawing.spans
    assert found.broken > 0


def test_a_stamp_and_a_pen_make_no_ruling_and_break_none() -> None:
    drawing = table(np.random.default_rng(10), 200)
    page = cv2.cvtColor(drawn(drawing, 200), cv2.COLOR_GRAY2RGB)
    ink = np.full_like(page, 255)
    middle = ((drawing.columns[4] + drawing.columns[9]) // 2, (drawing.rows[4] + drawing.rows[7]) // 2)
    cv2.circle(ink, middle, 130, (110, 90, 190), 5, cv2.LINE_AA)
    cv2.circle(ink, middle, 90, (110, 90, 190), 4, cv2.LINE_AA)
    cv2.line(
        ink, (middle[0] - 150, middle[1] + 14), (middle[0] + 120, middle[1] - 6), (60, 60, 60), 5, cv2.LINE_AA
    )
    colour = np.minimum(page, ink)
    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    found = _only(find_grids(sheet(grey, 200, colour)))
    assert found.shape.spans == drawing.spans


@pytest.mark.parametrize("level", [0, 90, 150, 217])
def test_filled_cells_keep_their_borders(level: int) -> None:
    drawing = table(np.random.default_rng(11), 200)
    page = drawn(drawing, 200)
    chosen = [span for span in drawing.spans if span.rows == span.columns == 1 and 3 <= span.column < 15]
    for span in chosen[12::5] + chosen[13::15]:
        x0, top, x1, bottom = drawing.box(span)
        page[top:bottom, x0:x1] = np.minimum(page[top:bottom, x0:x1], level)
    found = _only(find_grids(sheet(page, 200)))
    assert found.shape.spans == drawing.spans


def test_a_page_of_text_has_no_grid() -> None:
    page = np.full((1700, 1200), 255, np.uint8)
    for line in range(40):
        words = "Menetapkan rencana aksi EFILHT pembangunan zona integritas"
        cv2.putText(page, words, (80, 80 + 40 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    cv2.line(page, (80, 60), (1100, 60), 0, 4)
    assert find_grids(sheet(page, 200)) == ()


def test_a_frame_and_an_empty_page_have_no_grid() -> None:
    page = np.full((800, 800), 255, np.uint8)
    assert find_grids(sheet(page, 150)) == ()
    cv2.rectangle(page, (50, 50), (700, 700), 0, 2)
    assert find_grids(sheet(page, 150)) == ()


def test_the_mask_holds_the_rulings_and_spares_the_text() -> None:
    drawing = table(np.random.default_rng(12), 200)
    bare = drawn(Table(drawing.columns, drawing.rows, drawing.spans), 200)
    page = drawn(drawing, 200)
    found = _only(find_grids(sheet(page, 200)))
    assert found.rulings.shape == page.shape
    assert found.rulings[bare < 128].mean() > 0.99
    assert found.rulings[(page < 128) & (bare > 128)].mean() < 0.01


def test_two_tables_one_below_the_other_are_two_grids() -> None:
    drawing = table(np.random.default_rng(14), 200)
    page = drawn(drawing, 200)
    found = find_grids(sheet(np.vstack([page, page]), 200))
    assert [grid.shape.spans for grid in found] == [drawing.spans] * 2
    assert found[0].shape.row_edges[-1] < found[1].shape.row_edges[0]


def test_a_box_inside_a_cell_belongs_to_that_cell() -> None:
    page = np.full((600, 800), 255, np.uint8)
    for x in (50, 400, 750):
        cv2.line(page, (x, 50), (x, 550), 0, 2)
    for y in (50, 300, 550):
        cv2.line(page, (50, y), (750, y), 0, 2)
    for at in range(4):
        cv2.line(page, (100, 100 + 40 * at), (300, 100 + 40 * at), 0, 2)
        cv2.line(page, (100 + 66 * at, 100), (100 + 66 * at, 220), 0, 2)
    found = _only(find_grids(sheet(page, 150)))
    assert found.shape.spans == (Span(0, 0, 1, 1), Span(0, 1, 1, 1), Span(1, 0, 1, 1), Span(1, 1, 1, 1))


@pytest.mark.parametrize("column", [2, 5])
def test_a_stroke_of_a_pen_through_two_rows_is_no_edge(column: int) -> None:
    drawing = table(np.random.default_rng(15), 200)
    page = drawn(drawing, 200)
    rows = [n for n in range(2, len(drawing.rows) - 2) if Span(n, column, 1, 1) in drawing.spans][:2]
    x = (drawing.columns[column] + drawing.columns[column + 1]) // 2
    top, bottom = drawing.rows[rows[0]], drawing.rows[rows[-1] + 1]
    along = np.linspace(0, 1, 30)
    stroke = np.column_stack([x + 12 * np.sin(3 * along), top + along * (bottom - top)])
    cv2.polylines(page, [stroke.astype(np.int32)], False, 60, 3, cv2.LINE_AA)
    found = _only(find_grids(sheet(page, 200)))
    assert found.shape.spans == drawing.spans


def _title(drawing: Table) -> Span:
    return next(span for span in drawing.spans if span.columns == 16 and span.row > 2)


@pytest.mark.parametrize("ink", [60, 150])
def test_a_rings_edge_that_lies_on_a_columns_line_does_not_part_a_title(ink: int) -> None:
    drawing = table(np.random.default_rng(16), 200)
    page = drawn(drawing, 200)
    title = _title(drawing)
    middle = (drawing.rows[title.row] + drawing.rows[title.row + 1]) // 2
    stamped = np.full_like(page, 255)
    cv2.circle(stamped, (drawing.columns[6] + 141, middle), 140, ink, 6, cv2.LINE_AA)
    found = _only(find_grids(sheet(np.minimum(page, stamped), 200)))
    assert found.shape.spans == drawing.spans


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hairline_at_the_rim_of_a_grey_fill_is_a_border_in_spite_of_grain(seed: int) -> None:
    drawing = table(np.random.default_rng(11), 150)
    page = drawn(drawing, 150, thickness=1, ink=140)
    chosen = [span for span in drawing.spans if span.rows == span.columns == 1 and 3 <= span.column < 15]
    for span in chosen[12::3]:
        x0, top, x1, bottom = drawing.box(span)
        page[top:bottom, x0:x1] = np.minimum(page[top:bottom, x0:x1], 195)
    found = _only(find_grids(sheet(worn(page, np.random.default_rng(seed), noise=10, wave=0), 150)))
    assert found.shape.spans == drawing.spans


@pytest.mark.parametrize(("below", "slope"), [(0, 8), (5, 5), (8, 8)])
def test_a_pens_line_over_a_ruling_does_not_join_the_cells_above_and_below(below: int, slope: int) -> None:
    drawing = table(np.random.default_rng(22), 200)
    page = drawn(drawing, 200, thickness=1, ink=150)
    row = next(n for n in range(4, 11) if {Span(n, 5, 1, 1), Span(n - 1, 5, 1, 1)} <= set(drawing.spans))
    y, (left, right) = drawing.rows[row], (drawing.columns[4] - 60, drawing.columns[11] + 60)
    loops = [(left + 30 * n, y - (20 if n % 2 else 90)) for n in range((right - left) // 30)]
    cv2.polylines(page, [np.array(loops)], False, 70, 4, cv2.LINE_AA)
    ends = (left, y + below + slope), (right, y + below - slope)
    cv2.line(page, *ends, 70, 6, cv2.LINE_AA)
    found = _only(find_grids(sheet(page, 200)))
    assert found.shape.spans == drawing.spans


def test_strokes_as_small_as_letters_are_no_table() -> None:
    page = np.full((600, 900), 255, np.uint8)
    for x in range(200, 300, 18):
        cv2.line(page, (x, 200), (x, 244), 0, 2)
    for y in (200, 222, 244):
        cv2.line(page, (200, y), (290, y), 0, 2)
    assert find_grids(sheet(page, 200)) == ()


def test_a_table_without_outer_sides_keeps_its_outer_columns() -> None:
    drawing = table(np.random.default_rng(24), 200)
    page = drawn(drawing, 200)
    for edge in (drawing.columns[0], drawing.columns[-1]):
        page[drawing.rows[2] + 3 : drawing.rows[-1] - 2, edge - 3 : edge + 4] = 255
    found = _only(find_grids(sheet(page, 200)))  # its titles meet no upright ruling
    assert found.shape.spans == drawing.spans


@pytest.mark.parametrize("row", [5, 7])
def test_a_ruling_that_slopes_is_one_edge(row: int) -> None:
    drawing = table(np.random.default_rng(25), 200)
    page = drawn(drawing, 200)
    across = np.linspace(-6, 6, page.shape[1]).astype(np.float32)
    x, y = np.meshgrid(np.arange(page.shape[1], dtype=np.float32), np.arange(page.shape[0], dtype=np.float32))
    near = np.exp(-(((y - drawing.rows[row]) / 60) ** 2)).astype(np.float32)
    page = cv2.remap(page, x, y + across[None, :] * near, cv2.INTER_LINEAR, borderValue=255)
    found = _only(find_grids(sheet(page, 200)))
    assert found.shape.spans == drawing.spans


def test_a_corner_open_on_both_sides_closes_where_print_stands() -> None:
    page = np.full((700, 900), 255, np.uint8)
    for y in (50, 200, 350, 500):
        cv2.line(page, (50, y), (850 if y < 500 else 600, y), 0, 2)
    for x in (50, 300, 600):
        cv2.line(page, (x, 50), (x, 500), 0, 2)
    cv2.line(page, (850, 50), (850, 350), 0, 2)
    notched = _only(find_grids(sheet(page, 150)))
    assert Span(2, 2, 1, 1) not in notched.shape.spans
    cv2.putText(page, "Seksi Yankes", (620, 440), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2)
    closed = _only(find_grids(sheet(page, 150)))
    assert Span(2, 2, 1, 1) in closed.shape.spans
    assert Span(2, 2, 1, 1) in closed.doubtful


def test_a_fold_through_the_sheet_is_no_edge() -> None:
    drawing = table(np.random.default_rng(26), 200)
    page = drawn(drawing, 200)
    page = np.vstack([np.full((200, page.shape[1]), 255, np.uint8), page, np.full_like(page[:200], 255)])
    x = (drawing.columns[1] + drawing.columns[2]) // 2
    cv2.line(page, (x - 4, 0), (x + 4, page.shape[0]), 90, 3, cv2.LINE_AA)
    found = _only(find_grids(sheet(page, 200)))
    assert found.shape.spans == drawing.spans


def test_specks_on_the_course_of_a_ruling_make_it_no_fold() -> None:
    level = [Segment(y, 50, 500) for y in (200, 300, 400, 800)]
    own = [Segment(x, 200, 800) for x in (50, 150, 300, 500)]
    specks = [Segment(150, 106, 116), Segment(150, 158, 174)]
    fold = [Segment(220, 0, 90), Segment(220, 110, 842)]
    assert [line for line in without_strays([*own, *specks], level) if line not in specks] == own
    assert without_strays([*own, *fold], level) == own


def test_figures_that_stand_below_each_other_in_low_rows_are_no_edges() -> None:
    page = np.full((1100, 1200), 255, np.uint8)
    columns, rows = (60, 200, 520, 1100), [100 + 33 * n for n in range(27)]
    for x in columns:
        cv2.line(page, (x, rows[0]), (x, rows[-1]), 0, 3)
    for y in rows:
        cv2.line(page, (columns[0], y), (columns[-1], y), 0, 3)
    for y in rows[:-1]:
        for x in (240, 268, 330, 352, 380):  # the `1` of codes, in each row at one place
            cv2.line(page, (x, y + 8), (x, y + 26), 0, 3)
            cv2.line(page, (x - 5, y + 12), (x, y + 8), 0, 2)
        for x in (246, 300, 395, 420):
            cv2.putText(page, "2", (x, y + 26), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    found = _only(find_grids(sheet(page, 200)))
    assert (len(found.shape.row_edges), len(found.shape.column_edges)) == (27, 4)


def test_rulings_lighter_than_a_dark_head_tell_which_are_there() -> None:
    page = np.full((700, 1300), 255, np.uint8)
    columns, rows = [60, 300, 640, *range(740, 1221, 40)], [60, 100, 140, *range(190, 591, 50)]
    cv2.rectangle(page, (60, 60), (1220, 140), 18, -1)
    for x in columns:
        cv2.line(page, (x, rows[0] if x in (60, 300, 640, 740, 1220) else rows[1]), (x, rows[2]), 55, 2)
        cv2.line(page, (x, rows[2]), (x, rows[-1]), 55, 2)
    for y in rows:
        cv2.line(page, (740 if y == rows[1] else 60, y), (1220, y), 55, 2)
    cv2.putText(page, "BULAN", (930, 92), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 2)
    for x, label in ((120, "NO"), (390, "AKSI"), (660, "PIC")):
        cv2.putText(page, label, (x, 108), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 2)
    found = _only(find_grids(sheet(page, 200)))
    head = [span for span in found.shape.spans if span.row < 2]
    assert [span for span in head if span.row == 0] == [
        *(Span(0, column, 2, 1) for column in range(3)),
        Span(0, 3, 1, 12),
    ]
    assert len(head) == 4 + 12


def test_a_pale_line_between_two_fills_parts_them() -> None:
    page = np.full((600, 1300), 255, np.uint8)
    columns, rows = [60, 400, 740, *range(780, 1221, 40)], [*range(60, 561, 50)]
    for x in columns:
        cv2.line(page, (x, rows[0]), (x, rows[-1]), 120, 2)
    for y in rows:
        cv2.line(page, (60, y), (1220, y), 120, 2)
    cv2.rectangle(page, (740, 160), (1220, 260), 128, -1)
    for x in columns[3:-1]:
        cv2.line(page, (x, 160), (x, 260), 136, 2)
    cv2.line(page, (740, 210), (1220, 210), 136, 2)
    grain = np.random.default_rng(5).normal(0, 2, page.shape)
    found = _only(find_grids(sheet(np.clip(page + grain, 0, 255).astype(np.uint8), 200)))
    assert len(found.shape.spans) == 10 * (len(columns) - 1)
