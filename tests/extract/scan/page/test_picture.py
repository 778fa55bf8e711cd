"""A page of a PDF becomes an upright, straight sheet, and every pixel knows where it came from."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from extract.errors import PageNotReadableError
from extract.scan.model import Grey, Points, Sheet
from extract.scan.page.picture import prepare
from samples.draw.scan_file import Leaf, ScanFile
from samples.draw.scan_lens import Lens
from samples.draw.scans import preset, scan

SAMPLE = Path(__file__).parents[4] / "samples" / "kpu-contoh-2024.pdf"
ANNEX, SIGNED, BODY = 4, 9, 1
GRID_X = np.linspace(150, 2150, 9)
GRID_Y = np.linspace(200, 1400, 7)


def file_of(picture: Grey, dpi: float = 200) -> bytes:
    file = ScanFile("a picture", None)
    height, width = picture.shape[:2]
    file.add(Leaf(picture, width * 72 / dpi, height * 72 / dpi, 0, ()))
    return file.close()


def scanned(name: str, page: int, seed: int = 1) -> tuple[Sheet, Lens]:
    drawn = scan(SAMPLE.read_bytes(), preset(name, seed, (page,)))
    return prepare(drawn.pdf, 1), drawn.lenses[0]


def pixels_of(sheet: Sheet, points: Points) -> Points:
    """Where places in points lie on the sheet: the way back, walked by iteration."""
    scale = sheet.dpi / 72
    found = points * scale
    for _ in range(30):
        found = found - (sheet.place.forward(found) - points) * scale
    return found


def ruled_page() -> tuple[Grey, Points]:
    """A grid with words and a planted square in each cell; gives the middles of the squares."""
    page = np.full((1654, 2339), 255, np.uint8)
    for x in GRID_X:
        cv2.line(page, (round(x), 200), (round(x), 1400), 0, 3)
    for y in GRID_Y:
        cv2.line(page, (150, round(y)), (2150, round(y)), 0, 3)
    squares = [(round(x) + 60, round(y) + 150) for y in GRID_Y[:-1] for x in GRID_X[:-1]]
    for x, y in squares:
        page[y - 10 : y + 11, x - 10 : x + 11] = 0
        cv2.putText(page, "Rencana aksi", (x - 40, y - 90), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2, cv2.LINE_AA)
        cv2.putText(page, "pembangunan", (x - 40, y - 55), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2, cv2.LINE_AA)
    return page, np.array(squares, dtype=np.float64) + 0.5


def undone(places: Points, degrees: float, bulge: float) -> Points:
    """From places of the distorted picture to those of the flat one, both in pixels."""
    turn = np.radians(degrees)
    x, y = (places - (1169.5, 827)).T
    x, y = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    depth = 1 + 8e-6 * x + 8e-6 * y
    flat = np.column_stack([x / depth + 1169.5, y / depth + 827])
    flat[:, 1] += bulge * np.sin(2 * np.pi * flat[:, 0] / 2339)
    flat[:, 0] += bulge * np.sin(2 * np.pi * 0.6 * flat[:, 1] / 1654)
    return flat


def distorted(page: Grey, degrees: float, bulge: float) -> Grey:
    y, x = np.mgrid[: page.shape[0], : page.shape[1]] + 0.5
    source = undone(np.column_stack([x.ravel(), y.ravel()]), degrees, bulge) - 0.5
    across, down = source.T.astype(np.float32).reshape(2, *page.shape)
    bent: Grey = cv2.remap(page, across, down, cv2.INTER_LINEAR, borderValue=255)
    return bent


def squares_of(sheet: Sheet) -> Points:
    solid = cv2.erode((sheet.grey < 128).astype(np.uint8), np.ones((13, 13), np.uint8))
    return np.array(cv2.connectedComponentsWithStats(solid)[3][1:] + 0.5)


@pytest.mark.parametrize(("degrees", "bulge"), [(0.0, 0.0), (4.6, 0.0), (-1.3, 8.0), (2.1, -5.0)])
def test_planted_places_come_back_within_half_a_point(degrees: float, bulge: float) -> None:
    page, planted = ruled_page()
    sheet = prepare(file_of(distorted(page, degrees, bulge)), 1)
    points = sheet.place.forward(squares_of(sheet))
    flat = undone(points * 200 / 72, degrees, bulge)
    assert len(flat) == len(planted)
    off = np.linalg.norm(flat[:, None] - planted[None], axis=2).min(axis=1)
    assert off.max() < 1.5


def test_a_box_in_points_holds_the_corners_of_each_box_of_pixels() -> None:
    page, _ = ruled_page()
    place = prepare(file_of(distorted(page, 2.1, -5.0)), 1).place
    pixels = [(150.0, 200.0, 400.0, 230.0), (900.0, 700.0, 960.0, 712.0), (2000.0, 1300.0, 2150.0, 1390.0)]
    found = place.boxes(pixels)
    for box, (x0, top, x1, bottom) in zip(found, pixels, strict=True):
        corners = place.forward(np.array([(x0, top), (x1, top), (x1, bottom), (x0, bottom)]))
        ends = [*corners.min(axis=0), *corners.max(axis=0)]
        assert [box.x0, box.top, box.x1, box.bottom] == pytest.approx(ends, abs=0.006)
        assert place.box(x0, top, x1, bottom) == box
    assert place.boxes([]) == []


@pytest.mark.parametrize(("degrees", "bulge"), [(4.6, 0.0), (-1.3, 8.0), (2.1, -5.0)])
def test_rulings_of_a_bent_page_become_straight(degrees: float, bulge: float) -> None:
    page, _ = ruled_page()
    sheet = prepare(file_of(distorted(page, degrees, bulge)), 1)
    squares = squares_of(sheet)
    rows = squares[np.argsort(squares[:, 1])].reshape(6, 8, 2)
    columns = squares[np.argsort(squares[:, 0])].reshape(8, 6, 2)
    assert np.ptp(rows[:, :, 1], axis=1).max() < 1.5
    assert np.ptp(columns[:, :, 0], axis=1).max() < 1.5


@pytest.mark.parametrize("name", ["crooked200", "warped200", "rough150"])
def test_rulings_of_a_drawn_scan_are_straight_to_a_pixel(name: str) -> None:
    sheet, lens = scanned(name, SIGNED)
    for y in (34.0, 123.0):
        line = np.column_stack([np.linspace(45, 740, 20), np.full(20, y)])
        assert np.ptp(pixels_of(sheet, lens.delivered(line))[:, 1]) < 2.0


@pytest.mark.parametrize("page", [BODY, ANNEX, SIGNED])
@pytest.mark.parametrize(("name", "turn"), [("sideways200", 270), ("upside200", 180), ("rotated200", 0)])
def test_pages_are_turned_upright(name: str, turn: int, page: int) -> None:
    sheet, lens = scanned(name, page)
    width, height = lens.size
    assert sheet.turn == turn
    assert (sheet.width, sheet.height) == pytest.approx((width, height), abs=0.1)
    assert (sheet.grey.shape[1] > sheet.grey.shape[0]) == (width > height)


def test_a_nearly_empty_upside_down_page_is_turned_upright() -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    for row, text in enumerate(("Ditetapkan di Contoh", "KETUA KOMISI PEMILIHAN")):
        cv2.putText(page, text, (900, 300 + 45 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2, cv2.LINE_AA)
    assert prepare(file_of(np.ascontiguousarray(page[::-1, ::-1])), 1).turn == 180
    assert prepare(file_of(np.ascontiguousarray(np.rot90(page))), 1).turn == 90


def test_lines_of_a_skewed_body_page_become_level() -> None:
    sheet, lens = scanned("crooked200", BODY)
    across = np.column_stack([np.linspace(80, 500, 2), np.full(2, 400.0)])
    (x0, y0), (x1, y1) = pixels_of(sheet, lens.delivered(across))
    assert abs(np.degrees(np.arctan2(y1 - y0, x1 - x0))) < 0.05


def test_a_grey_scan_has_no_colour_and_a_stamped_one_has() -> None:
    assert scanned("office200", ANNEX)[0].colour is None
    stamped, _ = scanned("stamped200", ANNEX)
    assert stamped.colour is not None
    assert stamped.colour.shape == (*stamped.grey.shape, 3)


@pytest.mark.parametrize(("native", "used"), [(100, 150), (200, 200), (300, 300), (400, 300)])
def test_a_page_is_drawn_at_the_resolution_of_its_picture(native: int, used: int) -> None:
    picture = np.full((native * 4, native * 3), 255, np.uint8)
    sheet = prepare(file_of(picture, native), 1)
    assert sheet.dpi == pytest.approx(used, rel=0.01)
    assert sheet.grey.shape == pytest.approx((used * 4, used * 3), abs=2)


def test_a_blank_page_gives_a_white_sheet_in_the_likely_turn() -> None:
    blank = file_of(np.full((2339, 1654), 250, np.uint8))
    assert prepare(blank, 1).turn == 0
    turned = prepare(blank, 1, rotation=90)
    assert turned.turn == 90
    assert turned.width > turned.height
    assert turned.grey.min() > 240


def body_picture() -> Grey:
    drawn = scan(SAMPLE.read_bytes(), preset("clean200", 1, (BODY,)))
    return prepare(drawn.pdf, 1).grey


def test_two_pages_side_by_side_are_refused_in_both_languages() -> None:
    page = body_picture()
    spread = np.hstack([page, page])
    spread[:, page.shape[1] - 2 : page.shape[1] + 2] = 120
    with pytest.raises(PageNotReadableError) as refused:
        prepare(file_of(spread), 1)
    assert "dua halaman" in refused.value.reason_id
    assert "two pages" in refused.value.reason_en


def test_a_full_page_beside_the_short_end_of_a_letter_is_refused() -> None:
    page = body_picture()
    ending = np.full_like(page, 255)
    ending[200:800] = page[400:1000]
    for spread in (np.hstack([ending, page]), np.hstack([page, ending])):
        with pytest.raises(PageNotReadableError):
            prepare(file_of(spread), 1)


def test_a_landscape_page_with_two_signature_blocks_is_no_spread() -> None:
    page = np.full((1654, 2339), 255, np.uint8)
    for left in (150, 1500):
        for row, text in enumerate(("SEKRETARIS", "KABUPATEN CONTOH", "ttd.", "nama pejabat")):
            cv2.putText(page, text, (left, 300 + 50 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2, cv2.LINE_AA)
    assert prepare(file_of(page), 1).turn == 0


def test_a_wide_table_with_a_blank_middle_is_no_spread() -> None:
    page = np.full((1654, 2339), 255, np.uint8)
    for row in range(31):
        cv2.line(page, (120, 150 + 45 * row), (2200, 150 + 45 * row), 120, 1)
    for x in (120, 950, 2200):
        cv2.line(page, (x, 150), (x, 1500), 120, 1)
    for row in range(30):
        for x, text in (
            (130, f"{row}. Pelayanan pemeriksaan kesehatan"),
            (1600, "1.250.000 per orang, per hari"),
        ):
            cv2.putText(page, text, (x, 185 + 45 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2, cv2.LINE_AA)
    assert prepare(file_of(page), 1).turn == 0


def test_a_damaged_file_is_not_readable() -> None:
    with pytest.raises(PageNotReadableError):
        prepare(b"%PDF-1.4 nothing", 1)
