"""An HTML transcription turned into blocks: tables with their spans, and the text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import cast

from lxml import html as lxml_html
from lxml.html import HtmlElement

from extract.settings import LIMITS
from extract.transcript.blocks import Block, RawCell, RawLine, RawRow, RawTable
from extract.transcript.settings import TEXTS

_LOOKS_LIKE_HTML = re.compile(r"<\s*(table|html|body|!doctype)\b", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Tell whether the text holds an HTML table or document, not just inline residue such as `<i>`."""
    return _LOOKS_LIKE_HTML.search(text) is not None


def html_blocks(text: str) -> Iterator[Block]:
    """Yield the tables and loose lines of an HTML document or fragment in document order."""
    document = text if "<html" in text.lower() else f"<div>{text}</div>"
    root = cast("HtmlElement", lxml_html.document_fromstring(document))
    buffer: list[str] = []
    line = 1
    for value, source_line in _walk(root):
        line = source_line or line
        if isinstance(value, str):
            buffer.append(value)
            continue
        yield from _flush(buffer, line)
        if value is not None:
            yield value
    yield from _flush(buffer, line)


def _flush(buffer: list[str], line: int) -> Iterator[RawLine]:
    text = " ".join("".join(buffer).split(" "))
    buffer.clear()
    for part in text.split("\n"):
        if part.strip():
            yield RawLine(line, part.strip())


def _walk(element: HtmlElement) -> Iterator[tuple[RawTable | str | None, int | None]]:
    """Yield tables, texts and breaks (`None`) with their lines."""
    tag = element.tag if isinstance(element.tag, str) else ""
    line = element.sourceline
    if tag == "table":
        rows = tuple(_table_rows(element))
        if any(row.cells for row in rows):
            yield RawTable(rows), line
    elif tag not in TEXTS.silent_tags and tag:
        if tag in TEXTS.block_tags or tag == "br":
            yield None, line
        if element.text:
            yield element.text, line
        for child in element:
            yield from _walk(cast("HtmlElement", child))
        if tag in TEXTS.block_tags:
            yield None, line
    if element.tail and element.getparent() is not None:
        yield element.tail, line


def _table_rows(table: HtmlElement) -> Iterator[RawRow]:
    """Place the cells by the table model of HTML: a cell takes the first position that no span covers."""
    covered: set[tuple[int, int]] = set()
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    for r, row in enumerate(rows):
        cells: list[RawCell] = []
        column = 0
        for item in row:
            if item.tag not in ("td", "th"):
                continue
            while (r, column) in covered:
                column += 1
            row_span, column_span = _span(item.get("rowspan")), _span(item.get("colspan"))
            cells.append(RawCell(column, _cell_text(cast("HtmlElement", item)), row_span, column_span))
            covered.update(product(range(r, r + row_span), range(column, column + column_span)))
            column += column_span
        yield RawRow(row.sourceline or 0, tuple(cells))


def _span(value: str | None) -> int:
    return min(LIMITS.span, max(1, int(value))) if value and value.strip().isdigit() else 1


def _cell_text(cell: HtmlElement) -> str:
    lines = "".join(_cell_parts(cell)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _cell_parts(element: HtmlElement) -> Iterator[str]:
    """Yield an element's text in document order, with a line feed around blocks and at breaks."""
    tag = element.tag if isinstance(element.tag, str) else ""
    ends = "\n" if tag in TEXTS.block_tags or tag == "br" else ""
    yield ends
    if tag and tag not in TEXTS.silent_tags:
        yield " ".join((element.text or "").split("\n"))
        for child in element:
            yield from _cell_parts(cast("HtmlElement", child))
            yield " ".join((child.tail or "").split("\n"))
    yield ends
