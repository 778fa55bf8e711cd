"""Turns a decree's head into the lines of its body and sets them on portrait pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from samples.draw.forms import Form
from samples.draw.ink import Ink
from samples.draw.text import LEADING, wrap
from samples.draw.truth import Clause, Head

SIZE = 11.0
LEFT, COLON, LABEL, INDENT = 62.0, 150.0, 160.0, 184.0
RIGHT = 58.0
TOP, BOTTOM = 62.0, 105.0
GAP = 8.0


@dataclass(frozen=True)
class Line:
    """One line of the body: texts at their x (None: centred), the gap below, whether it is bold.

    `kept` is the number of lines that stay with this one on a page.
    """

    parts: tuple[tuple[float | None, str], ...]
    gap: float = 0.0
    bold: bool = False
    kept: int = 1


def draw_body(ink: Ink, form: Form, head: Head) -> None:
    """Set the body on as many portrait pages as it needs; from page 2 on each is numbered `- 2 -`."""
    ink.page(form.paper)
    top, number = TOP, 1
    for line in body_lines(form, head):
        if top + line.kept * LEADING * SIZE > form.paper[1] - BOTTOM:
            number += 1
            ink.page(form.paper)
            ink.centred(form.paper[0] / 2, TOP - 26, f"- {number} -", size=SIZE)
            top = TOP
        _draw_line(ink, line, top)
        top += LEADING * SIZE + line.gap


def body_lines(form: Form, head: Head) -> Iterator[Line]:
    """All lines of the body in reading order."""
    yield from _opening(head)
    yield from _clauses(form, "Menimbang", head.considerations)
    yield from _clauses(form, "Mengingat", head.legal_basis)
    yield _centre("")
    yield _centre("MEMUTUSKAN:", gap=GAP)
    yield from _hanging(form, "Menetapkan", head.decides)
    for clause in head.dictum:
        yield from _hanging(form, clause.label, clause.text)
    yield from _closing(form, head)


def title_lines(title: str) -> list[str]:
    """Split a title where a decree breaks it: before DI LINGKUNGAN and before TAHUN."""
    for word in (" DI LINGKUNGAN ", " TAHUN "):
        title = title.replace(word, f"\n{word[1:]}")
    return title.split("\n")


def number_line(head: Head) -> str:
    """The number as it is printed; a number that ends with the year is not followed by it again."""
    if head.number.endswith(f"/{head.year}"):
        return f"NOMOR {head.number}"
    return f"NOMOR {head.number} TAHUN {head.year}"


def office_lines(office: str) -> list[str]:
    """Split an office's name before KABUPATEN, as letterheads do."""
    return office.replace(" KABUPATEN ", "\nKABUPATEN ").split("\n")


def signature_lines(head: Head, *, comma: str) -> list[str]:
    """The office holder's block below the place and date."""
    *offices, last = office_lines(head.signatory.office)
    return [*offices, last + comma, "", f"{head.signature}.", "", head.signatory.name]


def attestation_lines(form: Form, head: Head, width: float, size: float) -> list[str]:
    """The block that attests the copy, with the position broken to `width`."""
    copy = head.attestation
    position = _wrapped(form, f"{copy.position},", width, size=size)
    return [copy.statement, *office_lines(copy.office), *position, "", "", copy.name]


def _draw_line(ink: Ink, line: Line, top: float) -> None:
    for x, text in line.parts:
        if x is None:
            ink.centred(ink.size[0] / 2, top, text, size=SIZE, bold=line.bold)
        else:
            ink.text(x, top, text, size=SIZE, bold=line.bold)


def _wrapped(form: Form, text: str, width: float, *, size: float = SIZE, bold: bool = False) -> list[str]:
    return wrap(text, form.font(bold=bold), size, width, trailing_space=form.keeps_trailing_space)


def _centre(text: str, *, gap: float = 0.0, bold: bool = False) -> Line:
    return Line(((None, text),), gap=gap, bold=bold)


def _opening(head: Head) -> Iterator[Line]:
    *first, last = office_lines(head.institution)
    yield from (_centre(text, bold=True) for text in first)
    yield _centre(last, bold=True, gap=2 * GAP)
    yield _centre(f"KEPUTUSAN {head.institution}", gap=GAP)
    yield _centre(number_line(head), gap=GAP)
    yield _centre("TENTANG", gap=GAP)
    *before, end = title_lines(head.title)
    yield from (_centre(text) for text in before)
    yield _centre(end, gap=GAP)
    yield _centre(f"{head.enacted_by},", gap=2 * GAP)


def _clauses(form: Form, word: str, clauses: Sequence[Clause]) -> Iterator[Line]:
    lead: tuple[tuple[float | None, str], ...] = ((LEFT, word), (COLON, ":"))
    for clause in clauses:
        lines = _wrapped(form, clause.text, form.paper[0] - INDENT - RIGHT)
        yield from _paragraph((*lead, (LABEL, f"{clause.label}.")), lines)
        lead = ()


def _hanging(form: Form, word: str, text: str) -> Iterator[Line]:
    lines = _wrapped(form, text, form.paper[0] - LABEL - RIGHT)
    yield from _paragraph(((LEFT, word), (COLON, ":")), lines, at=LABEL)


def _paragraph(
    lead: tuple[tuple[float | None, str], ...], lines: Sequence[str], *, at: float = INDENT
) -> Iterator[Line]:
    for index, text in enumerate(lines):
        parts = (*(lead if index == 0 else ()), (at, text))
        yield Line(parts, gap=GAP / 2 if index == len(lines) - 1 else 0.0)


def _closing(form: Form, head: Head) -> Iterator[Line]:
    middle = form.paper[0] / 2
    dated = [f"Ditetapkan di {head.place}", f"pada tanggal {head.printed_date}", ""]
    yield from _block(middle, [*dated, *signature_lines(head, comma=",")])
    yield from _block(LEFT, attestation_lines(form, head, middle, SIZE))


def _block(x: float, lines: Iterable[str]) -> Iterator[Line]:
    texts = list(lines)
    for index, text in enumerate(texts):
        kept = len(texts) if index == 0 else 1
        yield Line(((x, text),), gap=2 * GAP if index == len(texts) - 1 else 0.0, kept=kept)
