"""Turns the name of a drawn decree into its PDF, its truth and the places of its months' cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from benchmarks.tree import SAMPLES
from samples.draw.forms import FORMS
from samples.draw.layout import pages
from samples.draw.places import Corners, month_cells
from samples.draw.scans import Cover, Scan, preset, scan
from samples.draw.truth import Action, Truth, load
from samples.draw.variants import Variant, variant, variant_names


@dataclass(frozen=True, slots=True)
class Wanted:
    """One action as it is printed.

    `hidden` are the months whose cells lie under a stamp or a pen's stroke; `inked` tells that one crosses the row
    anywhere, over a text too.
    """

    area_no: int
    area: str
    component_no: str
    component: str
    action: Action
    hidden: frozenset[int]
    inked: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scan with what is printed on it; `truth` is given when the body's pages are in it."""

    scan: Scan
    pages: int
    rows: tuple[Wanted, ...]
    truth: Truth | None


def source_names() -> tuple[str, ...]:
    """All listed sources; beside them any `random-N` is one."""
    return (*(form.sample for form in FORMS), *variant_names())


@cache
def source(name: str) -> tuple[Variant, bytes]:
    """A sample or a variant with its digital PDF.

    Raises:
        KeyError: there is no such source.
    """
    for form in FORMS:
        if form.sample == name:
            path = SAMPLES / f"{name}.pdf"
            return Variant(form, load(SAMPLES / f"{name}.truth.json")), path.read_bytes()
    chosen = variant(name)
    return chosen, chosen.pdf()


def draw(name: str, preset_name: str, seed: int, annex_pages: int | None = None) -> Drawn:
    """Scan a source, or the first pages of its annex alone."""
    chosen, pdf = source(name)
    leaves = len(pages(chosen.truth))
    body = _page_count(pdf) - leaves
    kept = min(annex_pages or leaves, leaves)
    numbers = tuple(range(body + 1, body + kept + 1)) if annex_pages else None
    drawn = scan(pdf, preset(preset_name, seed, numbers))
    shift = 0 if annex_pages else body
    rows = tuple(_rows(chosen, drawn.covered, shift, kept))
    return Drawn(drawn, kept + shift, rows, None if annex_pages else chosen.truth)


def _page_count(pdf: bytes) -> int:
    import pypdfium2  # noqa: PLC0415 - only where a scan is drawn

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _rows(chosen: Variant, covered: tuple[Cover, ...], shift: int, kept: int) -> list[Wanted]:
    cells = iter(month_cells(chosen.form, chosen.truth))
    rows = []
    for area in chosen.truth.areas:
        for part in area.components:
            for action in part.actions:
                months = next(cells)
                if action.page <= kept:
                    covers = [c for c in covered if c.page == action.page + shift]
                    hidden, inked = _hidden(months, covers), _inked(months, covers)
                    rows.append(Wanted(area.no, area.name, part.no, part.name, action, hidden, inked))
    return rows


def _inked(months: tuple[Corners, ...], covers: list[Cover]) -> bool:
    (_, top, _, bottom) = months[0]
    return any(c.top <= bottom and top <= c.bottom for c in covers)


def _hidden(months: tuple[Corners, ...], covers: list[Cover]) -> frozenset[int]:
    return frozenset(
        number
        for number, (x0, top, x1, bottom) in enumerate(months, start=1)
        if any(c.x0 <= (x0 + x1) / 2 <= c.x1 and c.top <= (top + bottom) / 2 <= c.bottom for c in covers)
    )
