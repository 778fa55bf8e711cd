"""Draws a table as a PDF by one of several programs: operator by operator, reportlab, a browser or an office program."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from benchmarks.drawing.office.looks import Program
from benchmarks.drawing.office.programs import found, printed
from benchmarks.drawing.pages.content import SIZE, Box, Content, centred
from benchmarks.drawing.pages.fonts import width_of
from benchmarks.drawing.pages.tables import DECREE, LEFT, LINE, PAPER, TOP, Cell, Table
from samples.draw.text import ASCENT, register_fonts, wrap

PAD = 3.0
Draw = Callable[[Table], bytes]


def flipped(table: Table, cell: Cell) -> Box:
    """Return a cell's box with the origin at the lower left."""
    x0, top, x1, bottom = table.box(cell)
    return x0, PAPER[1] - bottom, x1, PAPER[1] - top


def lines_of(table: Table, cell: Cell) -> list[str]:
    """Break a cell's text into the lines that it is printed in."""
    x0, _, x1, _ = table.box(cell)
    return wrap(cell.text, "Vera", SIZE, x1 - x0 - 2 * PAD) if cell.text else []


def placed(table: Table, cell: Cell) -> Iterator[tuple[float, float, str]]:
    """Yield the lines of a cell with the start of each one's baseline, origin lower left."""
    box = flipped(table, cell)
    lines = lines_of(table, cell)
    if cell.kind in {"mark", "head"}:
        for n, line in enumerate(lines):
            x, y = centred(box, line)
            yield x, y + (len(lines) - 1 - 2 * n) * LINE / 2, line
        return
    for n, line in enumerate(lines):
        yield box[0] + PAD, box[3] - PAD - ASCENT * SIZE - n * LINE, line


def written(table: Table, *, filled: bool = False) -> bytes:
    """Write the operators ourselves; rulings are strokes, or with `filled` thin boxes."""
    pdf = pikepdf.new()
    if table.is_plan:
        pdf.add_blank_page(page_size=PAPER)
        first = Content(pdf, pdf.pages[0])
        for n, line in enumerate(DECREE):
            first.text((PAPER[0] - width_of(line, 9)) / 2, PAPER[1] - 60 - 16 * n, line, size=9)
        first.close()
    pdf.add_blank_page(page_size=PAPER)
    content = Content(pdf, pdf.pages[-1])
    for cell in table.cells:
        for x, y, line in placed(table, cell):
            content.text(x, y, line)
    for x0, y0, x1, y1 in sorted({flipped(table, cell) for cell in table.cells}):
        if filled:
            for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                content.rectangle((side[0] - 0.25, side[1] - 0.25, side[2] + 0.25, side[3] + 0.25))
        else:
            content.stroke(((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)), 0.5)
    content.close()
    return saved(pdf)


def by_reportlab(table: Table) -> bytes:
    """Draw with reportlab: subset fonts, one rectangle a cell."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAPER, invariant=1)
    if table.is_plan:
        canvas.setFont("Vera", 9)
        for n, line in enumerate(DECREE):
            canvas.drawCentredString(PAPER[0] / 2, PAPER[1] - 60 - 16 * n, line)
        canvas.showPage()
    canvas.setLineWidth(0.5)
    for cell in table.cells:
        x0, y0, x1, y1 = flipped(table, cell)
        canvas.rect(x0, y0, x1 - x0, y1 - y0)
        canvas.setFont("Vera", SIZE)
        for x, y, line in placed(table, cell):
            canvas.drawString(x, y, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def by_browser(table: Table) -> bytes:
    """Print a page of HTML with Chromium."""
    page = f"width:{PAPER[0]}pt;height:{PAPER[1]}pt;position:relative;overflow:hidden"
    decree = "".join(f"<p>{escape(line)}</p>" for line in DECREE)
    first = f'<div style="{page};break-after:page;text-align:center;font-size:9pt">{decree}</div>'
    columns = "".join(f'<col style="width:{width}pt">' for width in table.widths)
    rows = "".join(
        f'<tr style="height:{height}pt">{"".join(_data(table, cell) for cell in table.cells if cell.row == row)}</tr>'
        for row, height in enumerate(table.heights)
    )
    html = (
        '<!doctype html><meta charset="utf-8"><style>'
        f"@page{{size:{PAPER[0]}pt {PAPER[1]}pt;margin:0}}body{{margin:0;font:{SIZE}pt/{LINE}pt 'DejaVu Sans',sans-serif}}"
        f"table{{position:absolute;left:{LEFT}pt;top:{TOP}pt;width:{sum(table.widths)}pt;border-collapse:collapse;table-layout:fixed}}"
        "td{border:0.75pt solid black;padding:0 2pt;vertical-align:top;white-space:nowrap}"
        ".mark,.head{text-align:center;vertical-align:middle}</style>"
        f'{first if table.is_plan else ""}<div style="{page}"><table>{columns}{rows}</table></div>'
    )
    return printed(html.encode(), "html", "chromium")


def _data(table: Table, cell: Cell) -> str:
    spans = f' rowspan="{cell.row_span}" colspan="{cell.column_span}" class="{cell.kind}"'
    return f"<td{spans}>{'<br>'.join(map(escape, lines_of(table, cell)))}</td>"


def by_office(table: Table) -> bytes:
    """Print a text document with LibreOffice's Writer."""
    return printed(_document(table).encode(), "fodt", "writer-odt")


def _document(table: Table) -> str:
    names = {name: name for name in ("office", "style", "text", "table")} | {"fo": "xsl-fo-compatible"}
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{urn}:{what}:1.0"' for name, what in names.items())
    widths = "".join(
        f'<style:style style:name="c{n}" style:family="table-column"><style:table-column-properties style:column-width="{width}pt"/></style:style>'
        for n, width in enumerate(table.widths)
    )
    heights = "".join(
        f'<style:style style:name="r{n}" style:family="table-row"><style:table-row-properties style:row-height="{height}pt"/></style:style>'
        for n, height in enumerate(table.heights)
    )
    font = f'fo:font-family="DejaVu Sans" fo:font-size="{SIZE}pt"'
    decree = "".join(f'<text:p text:style-name="mid">{escape(line)}</text:p>' for line in DECREE)
    rows = "".join(
        f'<table:table-row table:style-name="r{n}">{"".join(_slots(table, n))}</table:table-row>'
        for n in range(len(table.heights))
    )
    columns = "".join(f'<table:table-column table:style-name="c{n}"/>' for n in range(len(table.widths)))
    breaks = 'fo:break-before="page"' if table.is_plan else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{widths}{heights}"
        f'<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="{PAPER[0]}pt" fo:page-height="{PAPER[1]}pt" style:print-orientation="landscape" fo:margin-left="{LEFT}pt" fo:margin-top="{TOP}pt" fo:margin-right="20pt" fo:margin-bottom="20pt"/></style:page-layout>'
        f'<style:style style:name="t" style:family="table"><style:table-properties style:width="{sum(table.widths)}pt" table:align="left" table:border-model="collapsing" {breaks}/></style:style>'
        '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style>'
        '<style:style style:name="cellmid" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.5pt" style:vertical-align="middle"/></style:style>'
        f'<style:style style:name="left" style:family="paragraph"><style:text-properties {font}/></style:style>'
        f'<style:style style:name="mid" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties {font}/></style:style>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles>'
        f'<office:body><office:text>{decree if table.is_plan else ""}<table:table table:style-name="t">{columns}{rows}</table:table></office:text></office:body></office:document>'
    )


def _slots(table: Table, row: int) -> Iterator[str]:
    """Yield the cells of a row, covered ones included."""
    starts = {(cell.row, cell.column): cell for cell in table.cells}
    for column in range(len(table.widths)):
        cell = starts.get((row, column))
        if cell is None:
            yield "<table:covered-table-cell/>"
            continue
        middle = cell.kind in {"mark", "head"}
        paragraphs = "".join(
            f'<text:p text:style-name="{"mid" if middle else "left"}">{escape(line)}</text:p>'
            for line in lines_of(table, cell) or [""]
        )
        yield (
            f'<table:table-cell table:style-name="cell{"mid" if middle else ""}" table:number-rows-spanned="{cell.row_span}" table:number-columns-spanned="{cell.column_span}">{paragraphs}</table:table-cell>'
        )


def saved(pdf: pikepdf.Pdf, **settings: object) -> bytes:
    """Return a document's bytes; the same content gives the same bytes."""
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True, **settings)  # type: ignore[arg-type]
    return buffer.getvalue()


BASES: Mapping[str, Draw] = {
    "strokes": written,
    "fills": partial(written, filled=True),
    "reportlab": by_reportlab,
    "browser": by_browser,
    "office": by_office,
}


def installed() -> tuple[str, ...]:
    """Name the bases that can be drawn on this machine."""
    programs: dict[str, Program] = {"browser": "chromium", "office": "writer-odt"}
    return tuple(name for name in BASES if name not in programs or found(programs[name]))
