"""Pictures on digital pages: what of them is reported as not read."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader


def lettered(width: float, height: float, top: float = 0) -> ImageReader:
    """A picture with rows of rings, as large as letters, on it, from `top` on, a pixel a point."""
    picture = Image.new("RGB", (round(width), round(top + height)), "white")
    pen = ImageDraw.Draw(picture)
    for x in range(2, round(width) - 6, 12):
        for y in range(2, round(top + height) - 4, 14):
            pen.ellipse((x, y, x + 4, y + 6), outline="black")
    return ImageReader(picture.crop((0, round(top), round(width), round(top + height))))


PLAIN = ImageReader(Image.new("RGB", (60, 40), "grey"))
WIDTH, HEIGHT = 400, 300  # 2 % of the page are 2,400 square points


def codes(
    draw: Any,
    read: Any,
    *boxes: tuple[float, float, float, float],
    table: bool = False,
    picture: ImageReader | None = None,
) -> list[str]:
    """Draw pictures (x, top, width, height) beside some text and return the codes of the findings."""

    def paint(sheet: Any) -> None:
        for line in range(8):
            sheet.text(230, 80 + 11 * line, "isi keputusan tentang rencana aksi")
        if table:
            sheet.grid((20, 200, 380), (180, 220, 260))
        for x, top, width, height in boxes:
            shown = picture or lettered(width, height, top % 50)
            sheet.canvas.drawImage(shown, x, HEIGHT - top - height, width, height)

    return [finding.code for finding in read(draw(paint)).findings]


@pytest.mark.parametrize(
    ("case", "boxes"),
    [
        ("a picture in the text", [(50, 100, 60, 60)]),
        ("a letterhead that is a picture", [(10, 5, 380, 60)]),
        ("strips of one picture", [(50, 100 + 5 * n, 100, 5) for n in range(10)]),
        ("a table as a picture", [(20, 170, 300, 100)]),
    ],
)
def test_a_picture_that_may_hold_text_is_reported(
    draw: Any, read: Any, case: str, boxes: list[tuple[float, float, float, float]]
) -> None:
    assert case
    assert codes(draw, read, *boxes) == ["picture-not-read"]


@pytest.mark.parametrize(
    ("case", "boxes"),
    [
        ("no picture", []),
        ("a coat of arms at the top", [(180, 5, 55, 60)]),
        ("a logo in the lowest tenth", [(20, 272, 120, 24)]),
        ("a small picture in the text", [(50, 100, 40, 40)]),
        ("a picture off the page", [(500, 100, 200, 200)]),
    ],
)
def test_arms_logos_and_small_pictures_are_not(
    draw: Any, read: Any, case: str, boxes: list[tuple[float, float, float, float]]
) -> None:
    assert case
    assert codes(draw, read, *boxes) == []


def test_a_picture_without_shapes_like_letters_holds_no_text(draw: Any, read: Any) -> None:
    assert codes(draw, read, (50, 100, 60, 60), picture=PLAIN) == []


def test_pictures_in_a_table_are_told_at_their_cell_not_as_unread_text(draw: Any, read: Any) -> None:
    pictures = [(25.0 + 25 * n, 185.0, 20.0, 20.0) for n in range(6)]
    assert codes(draw, read, *pictures, table=True) == ["ink-unexplained"]
    assert codes(draw, read, *pictures) == ["picture-not-read"]


def test_the_finding_names_the_page_and_the_place(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.text(50, 50, "satu")
        sheet.next_page()
        for line in range(8):
            sheet.text(200, 40 + 11 * line, "isi keputusan tentang rencana aksi")
        sheet.canvas.drawImage(lettered(80, 60), 50, HEIGHT - 160, 80, 60)

    (finding,) = read(draw(paint)).findings
    assert (finding.code, finding.severity, finding.raw) == ("picture-not-read", "warning", "2")
    box = finding.ref.bbox
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((50, 100, 130, 160), abs=0.5)


def test_narrow_columns_over_a_picture_as_large_as_the_page_keep_their_rows(draw: Any, read: Any) -> None:
    ground = Image.new("RGB", (WIDTH, HEIGHT), "white")
    ImageDraw.Draw(ground).rectangle((0, 0, WIDTH, 30), fill=(40, 70, 120))
    columns, rows = (20, 80, 180, *range(194, 363, 14)), tuple(range(60, 261, 25))

    def paint(sheet: Any) -> None:
        sheet.canvas.drawImage(ImageReader(ground), 0, 0, WIDTH, HEIGHT)
        sheet.grid(columns, rows)
        for row in rows[:-1]:
            sheet.text(24, row + 14, "rencana")

    (grid,) = read(draw(paint)).grids
    assert (grid.row_count, grid.column_count) == (len(rows) - 1, len(columns) - 1)
    assert all(cell.row_span == 1 for cell in grid.cells)
