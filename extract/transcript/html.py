"""An HTML transcription turned into blocks: tables with their spans, and the text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import cast

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from extract.errors import refused
from extract.settings import LIMITS
from extract.transcript.blocks import Block, RawCell, RawLine, RawRow, RawTable
from extract.transcript.settings import TEXTS

_DECLARED = re.compile(r"\A\s*<\?xml[^>]*>")  # of an encoding: the text is decoded
_FIGURES = 9  # of a span that is read as a number
_LOOKS_LIKE_HTML = re.compile(r"<\s*(table|html|body|!doctype)\b", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Tell whether the text holds an HTML table or document, not just inline residue such as `<i>`."""
    return _LOOKS_LIKE_HTML.search(text) is not None


def html_blocks(text: str, name: str = "") -> Iterator[Block]:
    """Yield the tables and loose lines of an HTML document or fragment in document order; `name` is what errors name."""
    document = text if "<html" in text.lower() else f"<div>{text}</div>"
    document = _DECLARED.sub("", document, count=1)
    try:
        root = cast("HtmlElement", lxml_html.document_fromstring(document))
    except (etree.ParserError, ValueError) as error:
        raise refused("no-text", path=name) from error
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
    area = 0
    for r, row in enumerate(_own_rows(table)):
        cells: list[RawCell] = []
        column = 0
        for item in row:
            if item.tag not in ("td", "th"):
                continue
            while (r, column) in covered:
                column += 1
            row_span, column_span = _span(item.get("rowspan")), _span(item.get("colspan"))
            cells.append(RawCell(column, _cell_text(cast("HtmlElement", item)), row_span, column_span))
            area += row_span * column_span
            if area <= LIMITS.covered_cells:  # a table with more is refused
                covered.update(product(range(r, r + row_span), range(column, column + column_span)))
            column += column_span
        yield RawRow(row.sourceline or 0, tuple(cells))


def _span(value: str | None) -> int:
    figures = (value or "").strip()
    if not (figures.isascii() and figures.isdigit()):
        return 1
    return min(LIMITS.span, max(1, int(figures[:_FIGURES]))) if len(figures) <= _FIGURES else LIMITS.span


def _own_rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the rows of a table, not those of tables within it."""
    waiting = [cast("HtmlElement", child) for child in reversed(table)]
    while waiting:
        element = waiting.pop()
        if element.tag == "tr":
            yield element
        if element.tag != "table":
            waiting += [cast("HtmlElement", child) for child in reversed(element)]


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
