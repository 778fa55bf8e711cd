"""Makes the copy of a form, given the split, the form's number and the kind of copy, with what the copy shows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.drawing.copying.forms import FIRST_SEED, Split, form
from benchmarks.drawing.copying.kinds import Copied, copied
from benchmarks.drawing.copying.places import Place, printed_rows
from benchmarks.drawing.office.programs import print_to

NEAR = 3.0  # points round a text in which foreign ink may touch it
LEAST_INK = 0.4  # square points of foreign ink that cross a row


@dataclass(frozen=True, slots=True)
class CopyTruth:
    """What a copy shows: the printed texts (`fields`), the rows, the pages of each row and the rows under foreign ink.

    `breaks` are the places of each row's texts at which a narrow column ends a line inside a word, which may be read
    as two there.
    """

    fields: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    pages: tuple[frozenset[int], ...]
    inked: frozenset[int] = frozenset()
    breaks: tuple[Mapping[str, Sequence[int]], ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnCopy:
    """A copy's file, its number of pages, and what it shows."""

    path: Path
    pages: int
    truth: CopyTruth


def digital(split: Split, number: int, folder: Path) -> Path:
    """Return a form's PDF in the folder as its program printed it, with its truth beside it.

    Raises:
        ProgramMissingError: the program is not installed.
    """
    path = folder / f"{split}-{number}.pdf"
    if not path.exists():
        print_to(path, form(split, number))
    return path


def draw(split: Split, number: int, name: str, folder: Path) -> DrawnCopy:
    """Return a copy of a form whose digital PDF is in the folder; the copy and its truth are left there too."""
    path, truth = copy_with_truth(digital(split, number, folder), name, FIRST_SEED[split] + number)
    shown = CopyTruth(
        fields=tuple(truth["fields"]),
        rows=tuple(truth["rows"]),
        pages=tuple(frozenset(pages) for pages in truth["row_pages"]),
        inked=frozenset(truth["inked"]),
        breaks=tuple(truth["breaks"]),
    )
    return DrawnCopy(path, truth["copied_pages"], shown)


def copy_with_truth(source: Path, name: str, seed: int) -> tuple[Path, dict[str, Any]]:
    """Copy a PDF whose truth (`rows`) is beside it; return the copy and the truth with what became of the rows.

    That is `copied_pages`, a number; `row_pages`, the pages of each row; `inked`, the rows that foreign ink crosses; and
    `breaks`, where lines end inside words.
    """
    path = source.with_name(f"{source.stem}-{name}.pdf")
    told = path.with_suffix(".truth.json")
    if path.exists() and told.exists():
        return path, json.loads(told.read_text(encoding="utf-8"))
    truth = json.loads(source.with_suffix(".truth.json").read_text(encoding="utf-8"))
    made = copied(source, name, seed)
    path.write_bytes(made.pdf)
    printed = printed_rows(source, truth["rows"])
    truth |= {
        "copy": name,
        "copied_pages": len(made.foreign),
        "row_pages": [sorted({place.page for place in row.places if place.band}) for row in printed],
        "inked": [index for index, row in enumerate(printed) if is_inked(row.places, made)],
        "breaks": [row.breaks for row in printed],
    }
    told.write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return path, truth


def is_inked(places: Sequence[Place], made: Copied) -> bool:
    """Tell whether foreign ink crosses the band of a row's own texts, or one of the texts that it shares with others."""
    return any(_ink(place, made) > LEAST_INK for place in places)


def _ink(place: Place, made: Copied) -> float:
    """Return the foreign ink over a place, in square points."""
    mask = made.foreign[place.page - 1]
    scale = made.dpi / 72
    x0, top, x1, bottom = place.box
    rows = slice(max(0, int((top - NEAR) * scale)), int((bottom + NEAR) * scale) + 1)
    columns = (
        slice(None) if place.band else slice(max(0, int((x0 - NEAR) * scale)), int((x1 + NEAR) * scale) + 1)
    )
    return float(np.count_nonzero(mask[rows, columns])) / scale**2
