"""`tables.html` as a reader and a browser meet it."""

from __future__ import annotations

import html
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lampiran import read_tables
from lampiran.tables.page import tables_html
from samples.draw.ruled import RuledCell, RuledTable, budget, ruled, ruled_pdf
from schema.ruled import TableSet

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Grids(HTMLParser):
    """Collects the cells of each table as they are written: spans and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[int, int, str]]]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self._in_cell = True
            spans = int(given.get("rowspan") or 1), int(given.get("colspan") or 1)
            self.tables[-1][-1].append((*spans, ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            down, across, text = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (down, across, text + data)


def content_of(folder: Path, *tables: RuledTable) -> TableSet:
    path = folder / "tabel.pdf"
    path.write_bytes(ruled_pdf(tables))
    return read_tables(path).content


def test_spans_and_texts_are_those_of_the_tables(tmp_path: Path) -> None:
    content = content_of(tmp_path, budget(3, 30), ruled("timetable", 2))
    parser = Grids()
    parser.feed(tables_html(content).decode("utf-8"))
    for table, written in zip(content.tables, parser.tables, strict=True):
        rows: list[list[tuple[int, int, str]]] = [[] for _ in range(table.row_count)]
        for cell in table.cells:
            rows[cell.row].append((cell.row_span, cell.column_span, cell.text))
        assert written == rows


def test_text_that_looks_like_markup_stays_text(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    table = RuledTable((200.0, 200.0), (RuledCell(0, 0, evil), RuledCell(0, 1, "b")), head_rows=0)
    page = tables_html(content_of(tmp_path, table)).decode("utf-8")
    assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_loads_nothing(tmp_path: Path) -> None:
    page = tables_html(content_of(tmp_path, ruled("price-list", 1))).decode("utf-8")
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "default-src 'none'" in html.unescape(page)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_browser_shows_one_language_at_a_time_and_every_cell(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is there

    content = content_of(tmp_path, budget(3, 30), ruled("attendance", 2))
    file = tmp_path / "tables.html"
    file.write_bytes(tables_html(content))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        try:
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            said: list[str] = []
            page.on("console", lambda message: said.append(message.text))
            page.goto(file.as_uri())
            assert page.locator("h2").first.inner_text() == "Tabel 1"
            page.get_by_role("button", name="English").click()
            assert page.locator("h2").first.inner_text() == "Table 1"
            for table in content.tables:
                cells = page.locator(f"#{table.id} td, #{table.id} th")
                assert cells.count() == len(table.cells)
                widths = page.evaluate(
                    "id => { const t = document.getElementById(id);"
                    " return [t.scrollWidth, t.parentElement.clientWidth]; }",
                    table.id,
                )
                assert widths[0] <= widths[1]
            assert said == []
        finally:
            browser.close()
