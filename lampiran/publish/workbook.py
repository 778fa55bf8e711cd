"""A Plan -> the bytes of `actions.xlsx`, a workbook that can be read and printed, in which no cell can run as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from lampiran.data import data_toml
from lampiran.publish.labels import label
from lampiran.publish.print_layout import paper_code, print_layout
from lampiran.publish.settings import PRINT, SHEETS
from lampiran.publish.sheet_columns import SheetColumn, SheetData
from lampiran.publish.sheets import sheets
from lampiran.publish.text_lines import row_height, width_for
from lampiran.publish.workbook_bytes import workbook_bytes
from schema.choices import Language, PaperSize
from schema.harmless import FORMULA_STARTS, visible
from schema.plan import Plan

_LONGEST = 32_767  # characters of a cell, by Excel's own limit
_INCH = 72  # points
_LOOK = data_toml("report/sheets.toml")["look"]
_HEADER_FILL, _TICK_FILL, _DOUBT_FILL, _BAND_FILL, _ENTRY_FILL = (
    PatternFill("solid", fgColor=_LOOK[f"{name}_fill"])
    for name in ("header", "tick", "doubt", "band", "entry")
)
_FONT = Font(name=SHEETS.font, size=SHEETS.font_size)
_HEADER_FONT = Font(name=SHEETS.font, size=SHEETS.font_size, bold=True, color=_LOOK["header_font"])
_HEADING_FONT = Font(name=SHEETS.font, size=SHEETS.font_size, bold=True, color=_LOOK["heading_font"])
_HAIR = Side(style="hair", color=_LOOK["line"])
_LINE = Border(left=_HAIR, right=_HAIR, bottom=_HAIR)
# By kind of column; "@" is text: what a person writes is taken as it is.
_FORMATS = {"date": "dd/mm/yyyy", "entry": "@", "status": "@", "share": '0.00" "%'}


def workbook(plan: Plan, *, language: Language = "id", paper: PaperSize = "a4") -> bytes:
    """Return `actions.xlsx` with the sheets plan, schedule, evidence, one a team, findings and decree, in one language.

    Every text is a string cell, also one that begins like a formula; control characters and others that are
    not seen are shown as `<U+202E>`, and a text beyond Excel's 32,767 characters is cut with a note. Rows are as high as their texts need,
    and each sheet is laid out for `paper`. The bytes depend on the plan, the language and the paper only.
    """
    return workbook_of(sheets(plan, language), language, paper=paper)


def workbook_of(pages: Iterable[SheetData], language: Language, *, paper: PaperSize = "a4") -> bytes:
    """Return the bytes of a workbook with these sheets, under the rules of `workbook`."""
    book = Workbook()
    book._fonts[0] = _FONT  # noqa: SLF001 - the font that a column's width is counted in
    for number, data in enumerate(pages):
        sheet: Any = book.active if number == 0 else book.create_sheet()
        _Sheet(sheet, data, language, paper).write()
    return workbook_bytes(book)


class _Sheet:
    """A sheet that is being written."""

    def __init__(self, sheet: Worksheet, data: SheetData, language: Language, paper: PaperSize) -> None:
        self.sheet, self.data, self.language, self.paper = sheet, data, language, paper
        self.cut = self._said("cut")
        self.styles: dict[tuple[str, bool, int], Any] = {}
        self.header = 2 if data.heading else 1
        self.last = get_column_letter(len(data.columns))
        self.widths = [
            max((width_for(str(row[n]), column.width, SHEETS.widest) for row in data.rows if row[n]), default=column.width)
            for n, column in enumerate(data.columns)
        ]  # fmt: skip

    def write(self) -> None:
        self.sheet.title = self.data.title
        for number, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self._head()
        banded, last_group = False, None
        for number, row in enumerate(self.data.rows, start=self.header + 1):
            if self.data.band is not None:
                banded, last_group = banded != (row[self.data.band] != last_group), row[self.data.band]
            self._row(number, row, banded=banded)
        self._furnish()
        self._offer_choices()
        self._set_print()

    def _said(self, key: str) -> str:
        return label("workbook", key).text(self.language)

    def _head(self) -> None:
        if self.data.heading:
            cell = self.sheet.cell(row=1, column=1)
            plain_text(cell, self.data.heading, self.cut)
            cell.font, cell.alignment = _HEADING_FONT, Alignment(vertical="center", wrap_text=True)
            self.sheet.merge_cells(f"A1:{self.last}1")
            self._set_height(1, [(self.data.heading, sum(self.widths))], bold=True)
        for number, column in enumerate(self.data.columns, start=1):
            cell = self.sheet.cell(row=self.header, column=number)
            plain_text(cell, column.title, self.cut)
            cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _alignment(column, "top")
        titles = (column.title for column in self.data.columns)
        below = SHEETS.filter_button if self.data.filtered else 0.0
        self._set_height(self.header, zip(titles, self.widths, strict=True), bold=True, below=below)

    def _row(self, number: int, row: Sequence[Any], *, banded: bool) -> None:
        for position, (column, value) in enumerate(zip(self.data.columns, row, strict=True), start=1):
            cell = self.sheet.cell(row=number, column=position)
            self._style(cell, column, _fill_of(column, value, banded=banded))
            if isinstance(value, str):
                plain_text(cell, value, self.cut)
            else:
                cell.value = value
        texts = ("" if value is None else str(value) for value in row)
        self._set_height(number, zip(texts, self.widths, strict=True))

    def _style(self, cell: Cell, column: SheetColumn, fill: PatternFill | None) -> None:
        """Give a cell its look. A look is made once a sheet: openpyxl takes most of a workbook's time to look it up."""
        key = (column.kind, column.centred, id(fill))
        if key in self.styles:
            cell._style = copy(self.styles[key])  # noqa: SLF001 - as openpyxl copies styles from sheet to sheet
            return
        cell.font, cell.border, cell.alignment = _FONT, _LINE, _alignment(column, "top")
        if column.kind in _FORMATS:
            cell.number_format = _FORMATS[column.kind]
        if fill:
            cell.fill = fill
        self.styles[key] = copy(cell._style)  # noqa: SLF001

    def _set_height(
        self, number: int, cells: Iterable[tuple[str, float]], *, bold: bool = False, below: float = 0.0
    ) -> None:
        self.sheet.row_dimensions[number].height = row_height(cells, bold=bold) + below

    def _furnish(self) -> None:
        """Freeze the header and add the filter."""
        first = get_column_letter(self.data.frozen + 1)
        self.sheet.freeze_panes = f"{first}{self.header + 1}"
        if self.data.filtered:
            last_row = max(self.header + 1, len(self.data.rows) + self.header)
            self.sheet.auto_filter.ref = f"A{self.header}:{self.last}{last_row}"

    def _offer_choices(self) -> None:
        """Give cells in which a person chooses a word a list to choose it from."""
        for number, column in enumerate(self.data.columns, start=1):
            if column.choices and self.data.rows:
                listed = DataValidation(
                    type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True, showErrorMessage=True,
                    error=self._said("choose"), errorTitle=column.title,
                )  # fmt: skip
                letter = get_column_letter(number)
                listed.add(f"{letter}{self.header + 1}:{letter}{self.header + len(self.data.rows)}")
                self.sheet.add_data_validation(listed)

    def _set_print(self) -> None:
        """Lay the sheet out on paper, sideways: its header on each page, letters that can be read, numbers of pages."""
        sheet, page = self.sheet, self.sheet.page_setup
        page.orientation, page.paperSize = "landscape", paper_code(self.paper)
        sheet.print_title_rows = f"1:{self.header}"
        together = [
            [width for _, width in group]
            for _, group in groupby(enumerate(self.widths), key=lambda item: self._print_group(item[0]))
        ]
        layout = print_layout(together, sum(self.widths[: self.data.frozen]), self.paper)
        if layout.breaks:
            page.scale, page.pageOrder = layout.scale, "overThenDown"
            sheet.print_title_cols = f"A:{get_column_letter(self.data.frozen)}"
            sheet.col_breaks = ColBreak(brk=[Break(id=column) for column in layout.breaks])
        else:
            page.fitToWidth, page.fitToHeight = 1, 0
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = PRINT.margin / _INCH
        margins.top, margins.bottom = PRINT.head_margin / _INCH, PRINT.foot_margin / _INCH
        margins.header = margins.footer = PRINT.foot_line / _INCH
        sheet.oddFooter.left.text = "&A"
        sheet.oddFooter.right.text = f"{self._said('page')} &P {self._said('of')} &N"

    def _print_group(self, column: int) -> int:
        """Return what tells a column from others that are printed beside it: frozen ones, and those of periods, are together."""
        kinds = [one.kind for one in self.data.columns]
        if column < self.data.frozen:
            return 0
        return kinds.index("tick") if kinds[column] == "tick" else column


def _alignment(column: SheetColumn, vertical: str) -> Alignment:
    return Alignment(vertical=vertical, wrap_text=True, horizontal="center" if column.centred else "left")


def _fill_of(column: SheetColumn, value: object, *, banded: bool) -> PatternFill | None:
    if value and column.kind == "tick":
        return _TICK_FILL if value == "√" else _DOUBT_FILL
    if value and column.kind == "doubt":
        return _DOUBT_FILL
    if column.is_entry:
        return _ENTRY_FILL
    return _BAND_FILL if banded else None


def plain_text(cell: Cell, value: str, cut: str = "") -> None:
    """Set a string that remains a string whatever it begins with, also after a person edits it."""
    clean = visible(value)
    if not clean:
        return
    cell.value = clean if len(clean) <= _LONGEST else clean[: _LONGEST - len(cut)] + cut
    cell.data_type = "s"
    if clean.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
