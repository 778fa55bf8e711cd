"""Cards -> a workbook in which people decide, and a filled-in workbook -> their decisions."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from extract.held_file import read_whole
from extract.settings import LIMITS
from extract.transcript.workbook_size import size_of
from lampiran.publish.labels import label
from lampiran.publish.workbook import plain_text
from lampiran.publish.workbook_bytes import repacked
from lampiran.review.card import Card
from lampiran.review.desk import Choice, Desk, check
from lampiran.review.settings import SHEET
from lampiran.review.view import CardView, ShownOption, decision_label
from schema.choices import Language
from schema.decisions import Decision
from schema.errors import InputError, UsageError

# The columns of the sheet, in their order, by the ends of their labels' keys.
COLUMNS = ("card", "where", "row", "field", "doubt", "read", "options", "picture", "decision", "by", "note")
_WIDTHS: Mapping[str, int] = {
    "card": 14, "where": 14, "row": 26, "field": 13, "doubt": 28, "read": 26, "options": 32,
    "picture": 56, "decision": 26, "by": 12, "note": 20,
}  # fmt: skip
_FILLED_IN = ("decision", "by", "note")
_POINTS_PER_PIXEL = 0.75
_UNREADABLE_KEY = "0"  # as on the page
_HEAD = PatternFill("solid", start_color="14424F")
_OPEN = PatternFill("solid", start_color="FDF0D5")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one row of a filled-in sheet says about a card."""

    card: Card
    choice: Choice
    by: str


def review_workbook(
    views: Sequence[CardView], desk: Desk, pictures: Mapping[str, bytes], language: Language
) -> bytes:
    """Return a workbook with one row for each card: its place, its picture, what can be chosen, and room to decide.

    What is decided already is filled in. A decision is one of the options by its number or its words, or another
    value as it is printed.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(label("review", "sheet").text(language))
    decided = desk.decided()
    for column, name in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, column)
        plain_text(cell, label("review", f"column_{name}").text(language))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        bare = name == "picture" and not pictures
        sheet.column_dimensions[get_column_letter(column)].width = SHEET.narrow if bare else _WIDTHS[name]
    for n, view in enumerate(views, 2):
        _write_row(sheet, n, view, decided.get(view.card.id), pictures.get(view.card.id), language)
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.column_dimensions[
        get_column_letter(COLUMNS.index("card") + 1)
    ].hidden = True  # it is for reading back
    sheet.page_margins = PageMargins(
        left=SHEET.margin, right=SHEET.margin, top=SHEET.margin, bottom=SHEET.margin
    )
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    target = io.BytesIO()
    book.save(target)
    return repacked(target.getvalue())


def _write_row(
    sheet: Worksheet, n: int, view: CardView, held: Decision | None, picture: bytes | None, language: Language
) -> None:
    card = view.card
    texts = {
        "card": card.id,
        "where": view.where.text(language),
        "row": next((field.text for field in view.row if field.label == label("field", "action")), ""),
        "field": view.title.text(language),
        "doubt": "\n".join(question.text(language) for question in view.questions),
        "read": " | ".join(cell.text for cell in view.quote) or card.printed,
        "options": "\n".join(_option_line(k, o, view, language) for k, o in enumerate(view.options, 1)),
        "decision": _decision_text(held, card, language) if held else "",
        "by": held.by if held else "",
        "note": held.note if held else "",
    }
    lines = [1]
    for column, name in enumerate(COLUMNS, 1):
        cell = sheet.cell(n, column)
        plain_text(cell, texts.get(name, ""))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if name in _FILLED_IN:
            cell.fill, cell.protection = _OPEN, Protection(locked=False)
        if name != "picture":
            lines.append(sum(1 + len(line) // _WIDTHS[name] for line in texts.get(name, "").split("\n")))
    height = max(lines) * SHEET.line
    if picture is not None:
        drawn = SheetImage(io.BytesIO(picture))
        scale = min(1.0, SHEET.picture_width / drawn.width)
        drawn.width, drawn.height = round(drawn.width * scale), round(drawn.height * scale)
        sheet.add_image(drawn, f"{get_column_letter(COLUMNS.index('picture') + 1)}{n}")
        height = max(height, drawn.height * _POINTS_PER_PIXEL + SHEET.line)
    sheet.row_dimensions[n].height = min(height, SHEET.tallest)
    _offer(sheet, n, view, language)


def _option_line(k: int, option: ShownOption, view: CardView, language: Language) -> str:
    """Return an option as a line: numbered, but of a schedule by its periods, whose numbers are months."""
    words = option.label.text(language)
    return f"{option.choice.value}  {words}" if view.card.kind else f"{k}. {words}"


def _decision_text(held: Decision, card: Card, language: Language) -> str:
    value = held.value if card.kind and held.verdict == "value" else None
    return value if value is not None else decision_label(held, card).text(language)


def _offer(sheet: Worksheet, n: int, view: CardView, language: Language) -> None:
    """Give the cell of the decision a list to choose from; another value is allowed."""
    kind = view.card.kind
    words = [(o.choice.value or "") if kind else o.label.text(language) for o in view.options]
    if view.card.subject in ("row", "area", "preamble"):
        words.append(label("review", "unreadable").text(language))
    numbered = [
        word.replace(",", ";") if kind else f"{k} {word.replace(',', ';')}" for k, word in enumerate(words, 1)
    ]
    listed = ",".join(numbered)
    if len(listed) > SHEET.longest_list or '"' in listed:
        listed = ",".join(str(k) for k in range(1, len(words) + 1))
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
    choice.add(sheet.cell(n, COLUMNS.index("decision") + 1))
    sheet.add_data_validation(choice)


def read_workbook(path: Path, desk: Desk, views: Sequence[CardView]) -> tuple[list[Answer], list[UsageError]]:
    """Return what a filled-in workbook decides, and a sentence for each row that cannot be used.

    Raises `InputError` if the file is not such a workbook.
    """
    by_id = {view.card.id: view for view in views}
    answers, wrong = [], []
    for n, row in _rows(path):
        said = row["decision"].strip()
        if not said:
            continue
        view = by_id.get(row["card"])
        if view is None:
            wrong.append(_unknown(n, row["card"]))
            continue
        choice = _choice(said, view, row["note"])
        held = desk.decided().get(view.card.id)
        if held is not None and _is_told(held, choice, row["by"]):
            continue
        try:
            if said.rstrip(".").isdigit() and view.card.kind is None and choice.value == said:
                raise _no_option(said)
            check(view.card, choice)
        except UsageError as error:
            wrong.append(UsageError(id=f"Baris {n}: {error.text('id')}", en=f"Row {n}: {error.text('en')}"))
            continue
        answers.append(Answer(view.card, choice, row["by"]))
    return answers, wrong


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        content = read_whole(path, LIMITS.workbook_bytes)
        modest = size_of(content).modest
        book = load_workbook(io.BytesIO(content if modest else b""), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        held = sheet.iter_rows(values_only=True, max_row=SHEET.most_rows, max_col=SHEET.most_columns)
        rows = iter(list(held))
    except Exception as error:  # the library raises whatever the damaged part leads to
        raise _unfit(path) from error
    head = [_plain(value) for value in next(rows, ())]
    said = {name: label("review", f"column_{name}") for name in COLUMNS}
    places = {
        name: next((n for n, text in enumerate(head) if text in (m.id, m.en)), None)
        for name, m in said.items()
    }
    if places["card"] is None or places["decision"] is None:
        raise _unfit(path)
    for n, row in enumerate(rows, 2):
        yield (
            n,
            {
                name: _plain(row[at]) if at is not None and at < len(row) else ""
                for name, at in places.items()
            },
        )


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _choice(said: str, view: CardView, note: str) -> Choice:
    """Return what a cell's text chooses: an option by its number or in words, else a value."""
    unreadable = label("review", "unreadable")
    named = [(option.choice, option.label) for option in view.options]
    if view.card.subject in ("row", "area", "preamble"):
        named.append((Choice("unreadable"), unreadable))
    for k, (choice, words) in enumerate(named, 1):
        for word in (words.id, words.en):
            if said in (word, f"{k} {word.replace(',', ';')}", f"{k}. {word}"):
                return Choice(choice.verdict, choice.value, note)
    if said.casefold() in (_UNREADABLE_KEY, unreadable.id.casefold(), unreadable.en.casefold()):
        return Choice("unreadable", note=note)
    number = said.rstrip(".")
    if view.card.kind is None and number.isdigit() and 0 < int(number) <= len(named):
        choice = named[int(number) - 1][0]
        return Choice(choice.verdict, choice.value, note)
    return Choice("value", said, note)


def _is_told(held: Decision, choice: Choice, by: str) -> bool:
    """Tell whether a row says only what is decided already, by the same person and with the same note."""
    told = (choice.verdict, choice.value, choice.note, by or held.by)
    return (held.verdict, held.value, held.note, held.by) == told


def _no_option(said: str) -> UsageError:
    return UsageError(id=f"Tidak ada pilihan {said}.", en=f"There is no option {said}.")


def _unknown(n: int, card: str) -> UsageError:
    return UsageError(
        id=f'Baris {n}: kartu "{card}" bukan dari hasil ini; ekspor lagi dengan --export.',
        en=f'Row {n}: the card "{card}" is not of this result; export again with --export.',
    )


def _unfit(path: Path) -> InputError:
    return InputError(
        id=f"{path}: bukan buku kerja putusan; buat dengan lampiran review --export.",
        en=f"{path}: it is not a workbook of decisions; make one with lampiran review --export.",
    )
