"""The faults of an audit -> what a reader looks at one by one: a cell, a row's marks, or a whole row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from lampiran.alignment.wording import Span, marked
from lampiran.audit.report.words import column_label
from lampiran.audit.settings import PAGE
from lampiran.publish.crops import Crop, Spot
from lampiran.publish.periods import period_of
from schema.audit import CONSEQUENCES, Audit, AuditCell, AuditRow, Consequence, by_row
from schema.findings import Message
from schema.geometry import BBox


@dataclass(frozen=True, slots=True)
class CellView:
    """A value on both sides with its words marked; a side without one is `None`."""

    cell: AuditCell
    label: Message
    paper: tuple[Span, ...] | None
    stated: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A period on both sides: `true`, `false`, another text, or `None`."""

    cell: AuditCell
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place to look at; `n` counts them from 1 in the order of the page, `id` is its address on it.

    `cells` are its texts, `periods` all periods of the row where marks differ. `row` is `None` in the head.
    `further` are rows that the same fault is in.
    """

    n: int
    id: str
    consequence: Consequence
    kinds: tuple[str, ...]
    verdicts: tuple[str, ...]
    fields: tuple[str, ...]
    row: AuditRow | None
    title: str
    page: int | None
    line: int | None
    is_row: bool
    cells: tuple[CellView, ...]
    periods: tuple[PeriodView, ...]
    doubts: tuple[str, ...]
    further: tuple[int, ...]
    spot: Spot | None
    crop: Crop | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether nothing is said of the place, since the paper cannot be read there."""
        return self.verdicts == ("unreadable",)


def places_of(audit: Audit) -> tuple[PlaceView, ...]:
    """Return the places where the transcription differs, the most consequential first, then in the order of the paper.

    Faults that one cause made in one row are one place: a row that is missing or invented, a row whose cells are
    shifted, the marks of a row. Every fault is in exactly one place. Last, without a consequence, come the places that
    cannot be read on the paper: a person's eyes may decide them.
    """
    rows = {row.n: row for row in audit.rows}
    cells = by_row(audit.cells)
    groups, further = _grouped(audit, cells)
    ordered = sorted(groups, key=lambda key: (_rank(groups[key]), min(cell.n for cell in groups[key])))
    return tuple(_place(n, groups[key], further[key], rows, cells) for n, key in enumerate(ordered, start=1))


Key = tuple[object, ...]


def _grouped(
    audit: Audit, cells: Mapping[int | None, Sequence[AuditCell]]
) -> tuple[dict[Key, list[AuditCell]], dict[Key, list[int]]]:
    """Return the cells of each place, and the further rows that it tells of: those under one merged cell."""
    groups: dict[Key, list[AuditCell]] = defaultdict(list)
    further: dict[Key, list[int]] = defaultdict(list)
    last: dict[tuple[str | None, str], Key] = {}
    for cell in audit.cells:
        if cell.verdict == "unreadable":
            groups[("open marks", cell.row) if cell.level == "mark" else ("open", cell.n)].append(cell)
        if not cell.is_fault:
            continue
        same = [other for other in cells[cell.row] if other.is_fault and other.kind == cell.kind]
        key = _key(cell, same)
        told = last.get((cell.kind, cell.field))
        if told is not None and key not in groups and all(other.consequence == "none" for other in same):
            further[told].append(cell.row or 0)
        else:
            groups[key].append(cell)
            last[cell.kind, cell.field] = key
    return groups, further


def _rank(cells: Iterable[AuditCell]) -> int:
    return min(CONSEQUENCES.index(cell.consequence) for cell in cells)


def _key(cell: AuditCell, same: Sequence[AuditCell]) -> Key:
    """Return what groups a fault with others: its row and kind where one cell tells of several, its row's marks.

    `same` are the faults of its row and kind.
    """
    if cell.row is not None and any(other.consequence == "none" for other in same):
        return ("row", cell.row, cell.kind)
    if cell.row is not None and cell.level == "mark":
        return ("marks", cell.row)
    return ("cell", cell.n)


def _place(
    n: int,
    cells: Sequence[AuditCell],
    further: Sequence[int],
    rows: Mapping[int, AuditRow],
    all_cells: Mapping[int | None, Sequence[AuditCell]],
) -> PlaceView:
    row, whole = rows.get(cells[0].row or 0), all_cells[cells[0].row]
    ordered = sorted(cells, key=lambda cell: cell.n)
    ranked = sorted(cells, key=lambda cell: (_rank([cell]), cell.n))
    texts = [cell for cell in ordered if period_of(cell.field) is None]
    has_marks = len(texts) < len(ordered)
    page = next((c.page for c in ordered if c.paper_ref), None) or (row.page if row else None)
    line = next((c.line for c in ordered if c.stated_ref), None) or (row.line if row else None)
    return PlaceView(
        n=n,
        id=f"d{ordered[0].n}",
        consequence=CONSEQUENCES[_rank(cells)],
        kinds=tuple(dict.fromkeys(cell.kind for cell in ranked if cell.kind)),
        verdicts=tuple(dict.fromkeys(cell.verdict for cell in ranked)),
        fields=tuple(dict.fromkeys(cell.field for cell in ordered)),
        row=row,
        title=_title(whole),
        page=page,
        line=line,
        is_row=len(texts) >= PAGE.row_cells,
        cells=tuple(cell_view(cell) for cell in texts),
        periods=periods_of(whole) if has_marks else (),
        doubts=tuple(dict.fromkeys(code for cell in ordered for code in cell.doubts)),
        further=tuple(dict.fromkeys(further)),
        spot=_spot(ordered, whole),
    )


def cell_view(cell: AuditCell) -> CellView:
    """Mark the words of a value that differ."""
    one, other = cell.paper or "", cell.stated or ""
    if one and other and cell.verdict not in {"not-stated", "misplaced"}:
        paper, stated = marked(one, other, soft=cell.verdict in {"normalised", "unreadable"})
    else:
        paper, stated = (Span(one, "same"),), (Span(other, "same"),)
    return CellView(cell, column_label(cell.field), paper if one else None, stated if other else None)


def periods_of(cells: Iterable[AuditCell]) -> tuple[PeriodView, ...]:
    """Return the periods of a row in their order."""
    found = [(period, cell) for cell in cells if (period := period_of(cell.field)) is not None]
    return tuple(PeriodView(cell, kind, number) for (kind, number), cell in found)


def _title(cells: Iterable[AuditCell]) -> str:
    """Return what the row is about: its action, on the paper or else in the transcription."""
    texts = {cell.field: cell.paper or cell.stated or "" for cell in cells}
    return next((texts[name] for name in ("action", "indicator", "component", "area") if texts.get(name)), "")


def _spot(cells: Sequence[AuditCell], whole: Sequence[AuditCell]) -> Spot | None:
    """Return where on the paper a place is; of marks, the row's whole schedule is shown around them.

    A fault of a row with several cells is shown by the height of the one that is least tall: merged cells reach further.
    What only the transcription has is shown by its row.
    """
    beside = {"mark"} if all(cell.level == "mark" for cell in cells) else {"action", "mark"}
    boxes = _boxes(cells) or _boxes([cell for cell in whole if cell.level in beside])
    if not boxes:
        return None
    page = boxes[0][0]
    own = [box for at, box in boxes if at == page]
    bbox = reduce(BBox.union, own)
    if len(own) > 1:
        low = min(own, key=lambda box: box.height)
        bbox = bbox.replace(top=low.top, bottom=low.bottom)
    if not any(period_of(cell.field) for cell in cells):
        return Spot(page=page, bbox=bbox)
    periods = [box for at, box in _boxes([cell for cell in whole if period_of(cell.field)]) if at == page]
    around = reduce(BBox.union, periods) if periods else None
    shown = around is not None and around.height <= PAGE.around * max(bbox.height, 1.0)
    return Spot(page=page, bbox=bbox, around=around if shown else None)


def _boxes(cells: Iterable[AuditCell]) -> list[tuple[int, BBox]]:
    refs = [cell.paper_ref for cell in cells if cell.paper_ref]
    return [(ref.page, ref.bbox) for ref in refs if ref.page and ref.bbox]
