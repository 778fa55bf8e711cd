"""Turns a truth and a form into the bytes of the decree's facsimile."""

from samples.draw.body import (
    attestation_lines,
    draw_body,
    number_line,
    office_lines,
    signature_lines,
    title_lines,
)
from samples.draw.forms import Form
from samples.draw.ink import Ink
from samples.draw.layout import areas_of, pages
from samples.draw.sheet import Sheet
from samples.draw.text import LEADING, wrap
from samples.draw.truth import Head, Truth

TOP, BOTTOM = 34.0, 30.0
NOTE = 7.0
TITLE = 8.5


def facsimile(form: Form, truth: Truth) -> bytes:
    """Draw the whole decree: body on portrait pages, annex on landscape pages.

    Raises:
        ValueError: a page's rows do not fit on the page, or a word not into its column.
    """
    ink = Ink(form, f"{truth.decree_id} (facsimile)")
    draw_body(ink, form, truth.head)
    _draw_annex(ink, form, truth)
    return ink.close()


def _draw_annex(ink: Ink, form: Form, truth: Truth) -> None:
    left = (form.annex[0] - sum(form.columns)) / 2
    started: frozenset[int] = frozenset()
    leaves = pages(truth)
    for number, rows in enumerate(leaves, start=1):
        ink.page(form.annex)
        top = draw_annex_head(ink, form, truth.head) if number == 1 else _draw_number(ink, number)
        sheet = Sheet(form, rows, started, left, top)
        sheet.draw(ink)
        started |= areas_of(rows)
        bottom = sheet.bottom
        if number == len(leaves):
            bottom = draw_signatures(ink, form, truth.head, sheet.bottom + 14)
        if bottom > form.annex[1] - BOTTOM:
            raise ValueError(f"annex page {number} needs {bottom:.0f} points")


def _draw_number(ink: Ink, number: int) -> float:
    ink.centred(ink.size[0] / 2, TOP - 16, f"- {number} -", size=NOTE)
    return TOP


def draw_annex_head(ink: Ink, form: Form, head: Head) -> float:
    """The annex's note at the right and its title; gives where the table may start."""
    x = ink.size[0] * 0.68
    width = ink.size[0] - x - 40
    ink.text(x, 22, "LAMPIRAN", size=NOTE)
    top = 22 + LEADING * NOTE
    note = [*office_lines(f"KEPUTUSAN {head.institution}"), number_line(head), f"TENTANG {head.title}"]
    for text in note:
        lines = wrap(text, form.font(bold=False), NOTE, width, trailing_space=form.keeps_trailing_space)
        top = ink.block(x, top, lines, size=NOTE)
    top += 8
    for line in title_lines(head.title.removeprefix("PENETAPAN ")):
        ink.centred(ink.size[0] / 2, top, line, size=TITLE, bold=True)
        top += LEADING * TITLE
    return top + 8


def draw_signatures(ink: Ink, form: Form, head: Head, top: float) -> float:
    """The attestation at the left and the office holder's block at the right; gives the lower bottom."""
    dated = f"{head.place}, {head.printed_date}"
    right = [dated, *signature_lines(head, comma="")]
    left = attestation_lines(form, head, 260, NOTE)
    ends = [
        ink.block(60, top, left, size=NOTE),
        ink.block(ink.size[0] * 0.68, top, right, size=NOTE),
    ]
    return max(ends)
