"""The faults of an audit turned into what a reader looks at one by one: a cell, a row's marks, or a whole row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lampiran.alignment.wording import Span, marked
from lampiran.audit.report.page_words import column_label, period_of
from lampiran.publish.crops import Crop, Spot
from schema.audit import CONSEQUENCES, Audit, AuditCell, AuditRow, Consequence
from schema.findings import Message
from schema.geometry import BBox

_ROW_LEVEL = 3  # cells of one fault from which on it is shown as a row


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
    by_row: dict[int | None, list[AuditCell]] = {}
    for cell in audit.cells:
        by_row.setdefault(cell.row, []).append(cell)
    groups, further = _grouped(audit, by_row)
    ordered = sorted(groups, key=lambda key: (_rank(groups[key]), min(cell.n for cell in groups[key])))
    return tuple(
        _place(n, groups[key], further.get(key, ()), rows, by_row) for n, key in enumerate(ordered, start=1)
    )


Key = tuple[object, ...]


def _grouped(
    audit: Audit, by_row: dict[int | None, list[AuditCell]]
) -> tuple[dict[Key, list[AuditCell]], dict[Key, list[int]]]:
    """Return the cells of each place, and the further rows that it tells of: those under one merged cell."""
    groups: dict[Key, list[AuditCell]] = {}
    further: dict[Key, list[int]] = {}
    last: dict[tuple[str | None, str], Key] = {}
    for cell in audit.cells:
        if cell.verdict == "unreadable":
            groups.setdefault(_open_key(cell), []).append(cell)
        if not cell.is_fault:
            continue
        key = _key(cell, by_row[cell.row])
        told = last.get((cell.kind, cell.field))
        alone = key not in groups and all(
            other.consequence == "none"
            for other in by_row[cell.row]
            if other.is_fault and other.kind == cell.kind
        )
        if alone and told is not None:
            further.setdefault(told, []).append(cell.row or 0)
            continue
        groups.setdefault(key, []).append(cell)
        last[cell.kind, cell.field] = key
    return groups, further


def _rank(cells: Iterable[AuditCell]) -> int:
    return min(CONSEQUENCES.index(cell.consequence) for cell in cells)


def _key(cell: AuditCell, row: Sequence[AuditCell]) -> Key:
    """Return what groups a fault with others: its row and kind where one cell tells of several, its row's marks."""
    if cell.row is None:
        return ("cell", cell.n)
    same = [other for other in row if other.is_fault and other.kind == cell.kind]
    if any(other.consequence == "none" for other in same):
        return ("row", cell.row, cell.kind)
    if cell.level == "mark":
        return ("marks", cell.row)
    return ("cell", cell.n)


def _open_key(cell: AuditCell) -> Key:
    return ("open marks", cell.row) if cell.level == "mark" else ("open", cell.n)


def _place(
    n: int,
    cells: Sequence[AuditCell],
    further: Sequence[int],
    rows: Mapping[int, AuditRow],
    by_row: Mapping[int | None, Sequence[AuditCell]],
) -> PlaceView:
    row, whole = rows.get(cells[0].row or 0), by_row[cells[0].row]
    ordered = sorted(cells, key=lambda cell: cell.n)
    ranked = sorted(cells, key=lambda cell: (_rank([cell]), cell.n))
    texts = [cell for cell in ordered if period_of(cell.field) is None]
    has_marks = len(texts) < len(ordered)
    page = next((c.paper_ref.page for c in ordered if c.paper_ref), None) or (row.page if row else None)
    line = next((c.stated_ref.line for c in ordered if c.stated_ref), None) or (row.line if row else None)
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
        is_row=len(texts) >= _ROW_LEVEL,
        cells=tuple(cell_view(cell) for cell in texts),
        periods=periods_of(whole) if has_marks else (),
        doubts=tuple(dict.fromkeys(code for cell in ordered for code in cell.doubts)),
        further=tuple(dict.fromkeys(further)),
        spot=_spot(ordered, whole),
    )


def cell_view(cell: AuditCell) -> CellView:
    """Mark the words of a value that differ."""
    soft = cell.verdict in {"normalised", "unreadable"}
    paper, stated = marked(cell.paper or "", cell.stated or "", soft=soft)
    if not (cell.paper and cell.stated) or cell.verdict in {"not-stated", "misplaced"}:
        paper, stated = (Span(cell.paper or "", "same"),), (Span(cell.stated or "", "same"),)
    return CellView(
        cell,
        column_label(cell.field),
        paper if cell.paper else None,
        stated if cell.stated else None,
    )


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
    bbox = _band(own) if len(own) > 1 else own[0]
    around = None
    if any(period_of(cell.field) for cell in cells):
        all_periods = [c.paper_ref for c in whole if c.paper_ref and period_of(c.field)]
        around = _hull([ref.bbox for ref in all_periods if ref.page == page and ref.bbox])
        around = around if around is not None and around.height <= 3 * max(bbox.height, 1.0) else None
    return Spot(page=page, bbox=bbox, around=around)


def _boxes(cells: Iterable[AuditCell]) -> list[tuple[int, BBox]]:
    refs = [cell.paper_ref for cell in cells if cell.paper_ref]
    return [(ref.page, ref.bbox) for ref in refs if ref.page and ref.bbox]


def _band(boxes: Sequence[BBox]) -> BBox:
    low = min(boxes, key=lambda box: box.height)
    return BBox(
        x0=min(box.x0 for box in boxes), top=low.top, x1=max(box.x1 for box in boxes), bottom=low.bottom
    )


def _hull(boxes: Sequence[BBox]) -> BBox | None:
    if not boxes:
        return None
    return BBox(
        x0=min(box.x0 for box in boxes),
        top=min(box.top for box in boxes),
        x1=max(box.x1 for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )
