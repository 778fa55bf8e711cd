"""A grid whose header has no ruling below -> the same grid, the header's cells cut where the first data row begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extract.types import Cell, Grid, TextLine
from normalize.form.content import covering_of
from normalize.form.headers import is_header, unwrapped
from normalize.form.naming import is_recognised, named_role
from normalize.form.periods import period_of
from normalize.form.settings import HEADERS
from normalize.vocabulary import FormVocabulary
from schema.geometry import BBox
from schema.roles import Role

_Covering = Mapping[tuple[int, int], Cell]
_Rows = Mapping[int, Sequence[Cell]]


def bounded(grid: Grid, vocabulary: FormVocabulary) -> Grid:
    """Cut the cells of a header that reach down beside rows of data.

    Below a header that is printed again a word processor lets merged cells of the page before go on without a ruling,
    so that name and content are one cell: the name is above the cut, the content below.
    """
    if not grid.exact or not grid.row_edges:
        return grid
    rows = {row[0].row: unwrapped(row, vocabulary) for row in grid.rows() if row}
    covering = covering_of(cell for row in rows.values() for cell in row)
    headers = [(n, at) for n in rows if (at := _first_data(grid, rows, n, covering, vocabulary)) is not None]
    if not headers:
        return grid
    cells = [part for cell in grid.cells for part in _cut(cell, headers, grid)]
    return grid.replace(cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _first_data(
    grid: Grid, rows: _Rows, start: int, covering: _Covering, vocabulary: FormVocabulary
) -> int | None:
    """Return the first data row beside the cells of a header that begins in row `start`."""
    end = max(cell.row + cell.row_span for cell in rows[start])
    for at in range(start + 1, min(end, start + HEADERS.most_rows + 1)):
        if at in rows and _is_data(rows, start, at, covering, vocabulary):
            if not all(_is_named_above(cell, grid.row_edges[at]) for cell in _crossing(covering, at)):
                return None
            above = [cell for n in range(start, at) for cell in rows.get(n, ())]
            names = [cell for cell in above if period_of(cell.text, vocabulary) is None]
            return (
                at if is_header(rows[start], vocabulary) or (names and is_header(names, vocabulary)) else None
            )
    return None


def _is_data(rows: _Rows, start: int, at: int, covering: _Covering, vocabulary: FormVocabulary) -> bool:
    """Tell whether the texts of a row are below whole names, not below one that they are the parts of.

    A whole name is as wide as the text below it, with no wider name above and no row that divides it. One of them must
    name what plans hold, for a unit may be below a name (`ANGGARAN` over `(Rp)`).
    """
    filled = [cell for cell in rows[at] if cell.text.strip()]
    if (
        not filled
        or is_header(filled, vocabulary)
        or all(period_of(cell.text, vocabulary) for cell in filled)
    ):
        return False
    parts = 0
    roles: list[Role] = []
    for cell in filled:
        over = [covering.get((row, cell.column)) for row in range(start, at)]
        name = over[-1]
        if name is None or _is_divided(name, rows, at):
            parts += 1
        elif all(one is not None and _same_width(one, cell) for one in over):
            roles.append(named_role(name.text, vocabulary, recognised=is_recognised((name,))))
    return len(roles) >= parts and any(role not in ("unknown", "extra") for role in roles)


def _crossing(covering: _Covering, at: int) -> list[Cell]:
    return list({id(c): c for (row, _), c in covering.items() if row == at and c.row < at}.values())


def _is_named_above(cell: Cell, edge: float) -> bool:
    """Tell whether a cell's name is above an edge, and not in the middle of the whole cell."""
    box, boxes = cell.ref.bbox, [line.bbox for line in cell.lines if line.bbox is not None]
    if box is None or not boxes:
        return True
    name = [line for line in boxes if _middle(line) < edge]
    return bool(name) and name[0].top + name[-1].bottom < (box.top + edge) / 2 + _middle(box)


def _is_divided(name: Cell, rows: _Rows, at: int) -> bool:
    """Tell whether a name is that of a group: a cell of the rows below begins within its width."""
    inside = range(name.column + 1, name.column + name.column_span)
    return bool(inside) and any(
        cell.column in inside for row in range(at, at + HEADERS.most_rows) for cell in rows.get(row, ())
    )


def _same_width(name: Cell, cell: Cell) -> bool:
    return (name.column, name.column_span) == (cell.column, cell.column_span)


def _cut(cell: Cell, headers: Sequence[tuple[int, int]], grid: Grid) -> Iterator[Cell]:
    """Yield a cell, in two parts where it begins in a header and reaches into the data rows below."""
    end = cell.row + cell.row_span
    at = next((at for start, at in headers if start <= cell.row < at < end), None)
    if at is None or cell.ref.bbox is None:
        yield cell
        return
    edge = grid.row_edges[at]
    upper = tuple(line for line in cell.lines if line.bbox is None or _middle(line.bbox) < edge)
    lower = tuple(line for line in cell.lines if line not in upper)
    yield _part(cell, cell.row, at, upper, {"bottom": edge})
    yield _part(cell, at, end, lower, {"top": edge})


def _middle(box: BBox) -> float:
    return (box.top + box.bottom) / 2


def _part(cell: Cell, first: int, end: int, lines: Sequence[TextLine], edge: Mapping[str, float]) -> Cell:
    box = cell.ref.bbox
    ref = cell.ref.replace(bbox=box.replace(**edge) if box else None)
    text = "\n".join(line.text for line in lines)
    return cell.replace(row=first, row_span=end - first, lines=tuple(lines), text=text, ref=ref)
