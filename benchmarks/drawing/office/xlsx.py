"""Writes a document as a workbook (.xlsx) of one sheet, set up to be printed one page wide."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from math import ceil
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from benchmarks.drawing.office.archive import FIRST_DAY, timeless
from benchmarks.drawing.office.model import Cell, Document, Line, Paragraph, Table
from benchmarks.drawing.office.tick import tick_png

PAPER_CODES = {(595, 842): 9, (609, 935): 14, (612, 1008): 5, (612, 792): 1, (842, 1191): 8}
POINTS_A_CHARACTER = 5.25  # a column's unit, the digit of an 11 point face
EMU = 12700  # a point in English metric units
LETTER_WIDTH = 0.6  # of the face's size: wider than most, so that a cell's text fits


def xlsx(document: Document) -> bytes:
    """Return the document as an .xlsx file."""
    book = Workbook()
    sheet = book.active
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for n, width in enumerate(tables[0].widths, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width / POINTS_A_CHARACTER
    row = 1
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _paragraph(sheet, block, document, row, len(tables[0].widths))
            row += 1
        else:
            if block.repeat_head and len(tables) == 1:
                sheet.print_title_rows = f"{row}:{row + block.head - 1}"
            _table(sheet, block, document, row)
            row += len(block.rows) + 1
    _page(sheet, document)
    book.properties.created = book.properties.modified = datetime(*FIRST_DAY)  # noqa: DTZ001 - openpyxl keeps UTC, unnamed
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()  # `book.save` writes the time of the run
    return timeless(held.getvalue())


def _page(sheet: Worksheet, document: Document) -> None:
    width, height = document.page
    setup = sheet.page_setup
    setup.orientation = "landscape" if width > height else "portrait"
    setup.paperSize = PAPER_CODES[round(min(width, height)), round(max(width, height))]
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.header = margins.footer = 0.2
    margins.left, margins.top, margins.right, margins.bottom = (length / 72 for length in document.margins)
    sheet.oddHeader.center.text = document.running_head or None
    sheet.oddFooter.center.text = document.running_foot.replace("#", "&P") or None


def _paragraph(sheet: Worksheet, paragraph: Paragraph, document: Document, row: int, columns: int) -> None:
    cell = sheet.cell(row, 1, paragraph.text)
    size = document.size * paragraph.scale
    cell.font = Font(name=document.face, size=size, bold=paragraph.bold)
    cell.alignment = Alignment(horizontal=paragraph.align)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.row_dimensions[row].height = size * 1.4
    if paragraph.new_page and row > 1:
        sheet.row_breaks.append(Break(id=row - 1))


def _table(sheet: Worksheet, table: Table, document: Document, first: int) -> None:
    heights = [document.size * 1.5] * len(table.rows)
    for y, x, cell in table.placed():
        _cell(sheet, cell, table, document, first + y, x + 1)
        needed = _height(cell, sum(table.widths[x : x + cell.columns]) - 4, document.size)
        heights[y] = max(heights[y], needed / cell.rows)
    for y, height in enumerate(heights):
        sheet.row_dimensions[first + y].height = min(height, 400)


def _height(cell: Cell, width: float, size: float) -> float:
    """Return the height that a cell's text may need, in points."""
    letter = size * LETTER_WIDTH * (1.15 if cell.bold else 1)
    if cell.turned:
        return len(cell.text) * letter + 4
    lines = sum(max(1, ceil(len(line) * letter / max(width * 0.85, 1))) for line in cell.text.split("\n"))
    return lines * size * 1.3 + 3


def _cell(sheet: Worksheet, cell: Cell, table: Table, document: Document, row: int, column: int) -> None:
    last_row, last_column = row + cell.rows - 1, column + cell.columns - 1
    for y in range(row, last_row + 1):
        for x in range(column, last_column + 1):
            sheet.cell(y, x).border = _border(cell, table.line)
            if cell.fill:
                sheet.cell(y, x).fill = PatternFill("solid", start_color=cell.fill)
    made = sheet.cell(row, column)
    made.value = cell.text or None
    made.font = Font(name=cell.face or document.face, size=document.size, bold=cell.bold, color=cell.colour)
    valign = {"top": "top", "middle": "center"}[cell.valign]
    turn = 90 if cell.turned else 0
    made.alignment = Alignment(
        horizontal=cell.align, vertical=valign, wrap_text=not cell.turned, text_rotation=turn
    )
    if cell.comment:
        made.comment = Comment(cell.comment, "Atasan")
    if cell.picture:
        picture = Image(BytesIO(tick_png()))
        start = AnchorMarker(col=column - 1, row=row - 1, colOff=3 * EMU, rowOff=3 * EMU)
        picture.anchor = OneCellAnchor(_from=start, ext=XDRPositiveSize2D(7 * EMU, 7 * EMU))
        sheet.add_image(picture)
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(start_row=row, end_row=last_row, start_column=column, end_column=last_column)


def _border(cell: Cell, line: Line) -> Border:
    width = "hair" if line.width < 0.2 else "thin" if line.width < 1 else "medium"
    side = Side(style=width if line.style == "solid" else line.style, color=line.colour)
    return Border(
        **{name: side for name in ("left", "right", "top", "bottom") if name not in cell.open_sides}
    )
