"""Two grids on following pages turned into a verdict: one table, two tables, or a doubt that is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extract.types import Grid
from normalize.tables.columns import Alignment, align, by_order, share_places
from normalize.tables.rows import (
    Repeated,
    ends_with_title,
    first_text_row,
    has_own_header,
    is_seen,
    numbers,
    repeated_header,
)
from normalize.tables.settings import JOINING
from normalize.tables.surroundings import Surroundings
from schema.findings import Grade

Reason = Literal["repeated-head", "numbering", "columns"]
Counting = Literal["goes-on", "again", "unknown"]
DoubtKind = Literal["text", "numbering", "columns", "widths", "fewer", "room", "page", "inside"]

# Why a join is only probable, as the end of a sentence: Indonesian, English.
REASONS: dict[Reason, tuple[str, str]] = {
    "repeated-head": ("kepala tabelnya diulang", "its head is printed again"),
    "numbering": ("nomor barisnya berlanjut", "the numbering of its rows goes on"),
    "columns": ("kolomnya sama", "its columns are the same"),
}
# Why a join is in doubt, as the end of a sentence: Indonesian, English.
DOUBTS: dict[DoubtKind, tuple[str, str]] = {
    "text": ("ada teks di antaranya", "text stands between them"),
    "numbering": ("nomor barisnya mulai lagi", "the numbering of the rows begins again"),
    "columns": ("hanya kolomnya yang cocok", "only the columns agree"),
    "widths": (
        "kepalanya diulang, tetapi lebar kolomnya berbeda",
        "the head is printed again, but its columns are of other widths",
    ),
    "fewer": (
        "kolomnya di tempat yang sama, tetapi jumlahnya berbeda",
        "columns are in the same places, but there are more on one page",
    ),
    "inside": ("keduanya berdiri di dalam sel tabel lain", "both stand in cells of other tables"),
    "page": ("keduanya berdiri di halaman yang sama", "both stand on one page"),
    "room": ("di bawah tabel yang pertama masih ada banyak ruang", "there is much room below the first one"),
}


@dataclass(frozen=True, slots=True)
class Join:
    """Both are one table."""

    columns: Alignment
    reason: Reason
    grade: Grade
    header: Repeated


@dataclass(frozen=True, slots=True)
class Doubt:
    """Both may be one table; a person decides."""

    kind: DoubtKind


def verdict(parts: Sequence[Grid], after: Grid, around: Surroundings) -> Join | Doubt | None:
    """Judge whether `after` goes on from a table, of which `parts` are known, the last on the page before.

    `None`: they are two tables, or nothing says otherwise.
    """
    first, before = parts[0], parts[-1]
    seen = is_seen(before) or is_seen(after)
    columns = align(fullest(parts).column_edges, after.column_edges, seen=seen)
    with_first = align(first.column_edges, after.column_edges, seen=seen)
    if columns is None:
        return _of_other_columns(parts, after, around, seen=seen)
    header = repeated_header(first, after, with_first) if with_first is not None else Repeated()
    counting = _counting(parts, after, header)
    if around.between(before, after):
        alike = columns.equal and (header.rows > 0 or counting == "goes-on")
        return Doubt("text") if alike else None
    much_room = around.room_below(before) > JOINING.much_room
    if header.rows:
        return _with_header(columns, header, counting, much_room=much_room)
    return _without_header(first, after, columns, counting, much_room=much_room)


def repeats_below(parts: Sequence[Grid], below: Grid, around: Surroundings) -> bool:
    """Tell whether a grid of the same page has the header and columns of the table right above it, with no text between."""
    columns = align(parts[0].column_edges, below.column_edges, seen=is_seen(below))
    if columns is None or not columns.equal or around.between_on_page(parts[-1], below):
        return False
    return repeated_header(parts[0], below, columns).rows > 0


def fullest(parts: Sequence[Grid]) -> Grid:
    """Return the part with the most columns; the others' edges are some of its own."""
    return max(parts, key=lambda part: part.column_count)


def _of_other_columns(
    parts: Sequence[Grid], after: Grid, around: Surroundings, *, seen: bool
) -> Join | Doubt | None:
    """Judge a grid whose columns are not in the places of the table's.

    A header that is printed again word for word says that it goes on: a program of texts fits the columns of each
    page to what they hold.
    """
    first, before, full = parts[0], parts[-1], fullest(parts)
    columns = by_order(first.column_edges, after.column_edges)
    header = repeated_header(first, after, columns) if columns is not None else Repeated()
    counting = _counting(parts, after, header)
    if around.between(before, after):
        return Doubt("text") if header.rows and counting == "goes-on" else None
    if columns is not None and header.rows:
        if counting == "goes-on" and full.column_count == after.column_count:
            return Join(columns, "repeated-head", "probable", header)
        return Doubt("numbering" if counting == "again" else "widths")
    goes_on = share_places(full.column_edges, after.column_edges, seen=seen)
    much_room = around.room_below(before) > JOINING.much_room
    return Doubt("fewer") if goes_on and not much_room and not has_own_header(first, after) else None


def _with_header(
    columns: Alignment, header: Repeated, counting: Counting, *, much_room: bool
) -> Join | Doubt:
    if counting == "again":
        return Doubt("numbering")
    sure = columns.equal and (counting == "goes-on" or not much_room)
    return Join(columns, "repeated-head", "certain" if sure else "probable", header)


def _without_header(
    first: Grid, after: Grid, columns: Alignment, counting: Counting, *, much_room: bool
) -> Join | Doubt | None:
    if has_own_header(first, after):
        return Doubt("columns") if counting == "goes-on" else None
    if counting == "goes-on":
        return Join(columns, "numbering", "certain" if columns.equal else "probable", Repeated())
    if counting == "again":
        return Doubt("numbering") if columns.equal else None
    if not columns.equal or after.column_count < JOINING.fewest_columns:
        return Doubt("columns")
    return Doubt("room") if much_room else Join(columns, "columns", "probable", Repeated())


def _counting(parts: Sequence[Grid], after: Grid, header: Repeated) -> Counting:
    """Tell whether the numbers of the first column go on, or begin again at one.

    They tell nothing where they began again in the table before, or where another row precedes them on either
    side of the break: a new section may begin there.
    """
    found = [pair for part in parts for pair in numbers(part)]
    right = numbers(after, header.rows)
    if not found or not right:
        return "unknown"
    row, value = right[0]
    if value == found[-1][1] + 1 and value > 1:
        return "goes-on"
    in_sections = sum(number == 1 for _, number in found) > 1 or ends_with_title(parts[-1])
    leads = row == first_text_row(after, header.rows) or header.rows == 0
    return "again" if value == 1 and leads and not in_sections else "unknown"
