"""Writes a document as HTML, for a browser that prints it (CSS) or for Writer/Web (attributes of old HTML as well)."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from benchmarks.drawing.office.model import Cell, Document, Line, Paragraph, Side, Table
from benchmarks.drawing.office.tick import tick_png

SIDES: tuple[Side, ...] = ("top", "right", "bottom", "left")


def html(document: Document) -> bytes:
    """Return the document as one page of HTML with its styles inside."""
    width, height = document.page
    left, top, right, bottom = document.margins
    style = (
        f"@page {{ size: {width}pt {height}pt; margin: {top}pt {right}pt {bottom}pt {left}pt;"
        f" @top-center {{ font: 8pt sans-serif; content: {_css(document.running_head)} }}"
        f" @bottom-center {{ font: 8pt sans-serif; content: {_css(document.running_foot)} }} }}"
        f" body {{ font-family: '{document.face}'; font-size: {document.size}pt; margin: 0 }}"
        " p { margin: 0 0 3pt 0 } table { border-collapse: collapse; table-layout: fixed; margin-bottom: 8pt }"
        " .box { position: absolute; left: 1pt; top: 1pt; right: 1pt; background: #ffffff }"
        " .turned { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; margin: auto }"
        " .mark { position: fixed; top: 40%; left: 20%; font-size: 90pt; color: rgba(160,160,160,.35);"
        " transform: rotate(-35deg) }"
    )
    body = "".join(
        _paragraph(b, document) if isinstance(b, Paragraph) else _table(b) for b in document.blocks
    )
    # A browser repeats what is fixed on each page.
    around = f"<div class=mark>{escape(document.watermark)}</div>" if document.watermark else ""
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8><style>{style}</style></head><body>{around}{body}</body></html>"
    return page.encode()


def _css(text: str) -> str:
    """Return a text as CSS generates it, its `#` as the page's number."""
    return " counter(page) ".join(f'"{part}"' for part in text.split("#"))


def _paragraph(paragraph: Paragraph, document: Document) -> str:
    styles = [f"text-align: {paragraph.align}", f"font-size: {document.size * paragraph.scale:.1f}pt"]
    if paragraph.bold:
        styles.append("font-weight: bold")
    if paragraph.new_page:
        styles += ["break-before: page", "page-break-before: always"]
    return f'<p style="{"; ".join(styles)}">{escape(paragraph.text) or "&nbsp;"}</p>'


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width: {w:.1f}pt" width="{w * 4 / 3:.0f}">' for w in table.widths)
    lines: list[list[str]] = [[] for _ in table.rows]
    for y, _, cell in table.placed():
        lines[y].append(_cell(cell, table, "th" if y < table.head else "td"))
    avoid = "" if table.cut_rows else ' style="break-inside: avoid"'
    rows = [f"<tr{avoid}>{''.join(cells)}</tr>" for cells in lines]
    head, body = "".join(rows[: table.head]), "".join(rows[table.head :])
    head = f"<thead>{head}</thead>" if table.repeat_head else f"<tbody>{head}</tbody>"
    width = sum(table.widths)
    return f'<table style="width: {width:.1f}pt" width="{width * 4 / 3:.0f}" cellspacing=0><colgroup>{columns}</colgroup>{head}<tbody>{body}</tbody></table>'


def _cell(cell: Cell, table: Table, tag: str) -> str:
    styles = [f"border-{side}: {_border(table.line)}" for side in SIDES if side not in cell.open_sides]
    styles += [f"padding: {table.padding}pt", f"text-align: {cell.align}", f"vertical-align: {cell.valign}"]
    styles += [
        f"font-weight: {'bold' if cell.bold else 'normal'}",
        f"color: #{cell.colour}",
        "overflow-wrap: break-word",
    ]
    if cell.fill:
        styles.append(f"background: #{cell.fill}; -webkit-print-color-adjust: exact")
    if cell.boxed:
        styles.append("position: relative")
    if cell.face:
        styles.append(f"font-family: {cell.face}")
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    fill = f' bgcolor="#{cell.fill}"' if cell.fill else ""
    note = f' title="{escape(cell.comment)}"' if cell.comment else ""
    return f'<{tag}{spans}{fill}{note} style="{"; ".join(styles)}">{_content(cell)}</{tag}>'


def _border(line: Line) -> str:
    width = max(line.width, 2.25) if line.style == "double" else line.width
    return f"{width}pt {line.style} #{line.colour}"


def _content(cell: Cell) -> str:
    if cell.picture:
        return f'<img width=9 height=9 src="data:image/png;base64,{b64encode(tick_png()).decode()}">'
    text = escape(cell.text).replace("\n", "<br>")
    if cell.turned:
        return f'<div class="turned">{text}</div>'
    return f'<div class="box">{text}</div>' if cell.boxed else text
