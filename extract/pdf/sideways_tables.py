"""Turns what is printed sideways on a page: how a grid must be turned to be read, and the grid as it is read then."""

from __future__ import annotations

from collections import Counter

from extract.grid.chars import Chars
from extract.grid.frame import Frame
from extract.grid.lattice import Shape
from extract.grid.settings import BOXES
from extract.pdf.cell_boxes import text_cells
from extract.pdf.settings import PAGE
from extract.types import Cell, Grid


def turn_of(shape: Shape, chars: Chars) -> int:
    """Return the clockwise degrees by which the page must be turned to read a grid: 0 where its text is horizontal.

    It is turned where the text of most cells runs the same way, in several rows and columns.
    """
    if not chars.turn.any():
        return 0
    turns = {
        span: Counter(chars.turn[own][chars.printed[own]].tolist()).most_common(1)[0][0]
        for span, own in text_cells(shape, chars).items()
    }
    if not turns:
        return 0
    turn, count = Counter(turns.values()).most_common(1)[0]
    spans = [span for span, own in turns.items() if own == turn]
    lines = min(len({span.row for span in spans}), len({span.column for span in spans}))
    return turn if lines >= PAGE.turned_lines and count >= PAGE.turned * len(turns) else 0


def turned_grid(grid: Grid, shape: Shape, frame: Frame) -> Grid:
    """Return a grid of the page with rows and columns as they are read, `shape` on the turned page; its places stay."""
    page = frame.back().shape(shape)
    moved = {(s.row, s.column): frame.span(s, page) for s in page.spans}

    def placed(cell: Cell) -> Cell:
        row, column, rows, columns = moved[cell.row, cell.column]
        place = {"row": row, "column": column, "row_span": rows, "column_span": columns}
        return cell.model_copy(update=place)

    return grid.model_copy(
        update={
            "turn": frame.degrees,
            "column_edges": tuple(round(x, BOXES.places) for x in shape.column_edges),
            "row_edges": tuple(round(y, BOXES.places) for y in shape.row_edges),
            "row_count": shape.rows,
            "column_count": shape.columns,
            "cells": tuple(sorted(map(placed, grid.cells), key=lambda cell: (cell.row, cell.column))),
        }
    )
