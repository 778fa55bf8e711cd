"""Drawn scans are pictures of the original's size, the same for the same seed, and know what was done to them."""

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pytest
from numpy.typing import NDArray

from samples.draw import scans
from samples.draw.scans import PRESETS, Scan, ScanSettings, preset, scan
from samples.draw.specimen import SPECIMEN, problems, specimen

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SOURCE = SAMPLES / "kpu-contoh-2024.pdf"
BODY, ANNEX = 1, 4
A4 = (595.28, 841.89)
LEAST = {"dpi": 60, "jpeg": None, "noise": 0.0}


@cache
def drawn(name: str, seed: int = 1, pages: tuple[int, ...] = (ANNEX,)) -> Scan:
    return scan(SOURCE.read_bytes(), preset(name, seed, pages))


def seen(data: bytes, page: int = 0, dpi: int = 60) -> NDArray[np.uint8]:
    document = pypdfium2.PdfDocument(data)
    try:
        return np.array(document[page].render(scale=dpi / 72).to_numpy())
    finally:
        document.close()


def with_dots(*places: tuple[float, float]) -> bytes:
    """A landscape page of 400 x 300 points with a black square of 4 points about each place."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 300))
    squares = "".join(f"{x - 2} {300 - y - 2} 4 4 re f\n" for x, y in places)
    pdf.pages[0].Contents = pdf.make_stream(squares.encode())
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["office200", "stamped200", "warped200", "poorlayer200"])
def test_the_same_seed_gives_the_same_bytes(name: str) -> None:
    again = scan(SOURCE.read_bytes(), preset(name, 1, (ANNEX,)))
    assert again == drawn(name)


def test_another_seed_gives_another_picture() -> None:
    assert not np.array_equal(seen(drawn("office200").pdf), seen(drawn("office200", seed=2).pdf))


def test_no_two_presets_look_the_same() -> None:
    pictures = {
        seen(scan(SOURCE.read_bytes(), replace(preset(name, 1, (ANNEX,)), dpi=50)).pdf).tobytes()
        for name in PRESETS
        if name not in {"rotated200", "poorlayer200"}
    }
    assert len(pictures) == len(PRESETS) - 2


def test_a_page_looks_the_same_alone_as_among_others() -> None:
    alone = seen(drawn("office200", pages=(ANNEX,)).pdf)
    among = seen(drawn("office200", pages=(BODY, ANNEX)).pdf, page=1)
    assert np.array_equal(alone, among)


@pytest.mark.parametrize("name", ["clean200", "stamped200", "rough150"])
def test_each_page_is_one_picture_of_the_originals_size_and_no_text(name: str) -> None:
    with pdfplumber.open(io.BytesIO(drawn(name, pages=(BODY, ANNEX)).pdf)) as document:
        sizes = [(round(float(page.width), 2), round(float(page.height), 2)) for page in document.pages]
        assert sizes == [A4, A4[::-1]]
        for page in document.pages:
            assert len(page.images) == 1
            assert page.chars == []
            dots = page.images[0]["srcsize"][0] / float(page.width) * 72
            assert round(dots) == PRESETS[name].dpi


def test_colour_is_kept_where_it_is_asked_for() -> None:
    coloured, grey = (seen(drawn(name).pdf) for name in ("stamped200", "grey-stamp200"))
    assert np.ptp(coloured.astype(int), axis=2).max() > 60
    assert grey.ndim == 2 or np.ptp(grey.astype(int), axis=2).max() == 0


def test_a_turn_is_baked_in_and_rotate_undoes_itself() -> None:
    plain = ScanSettings(**LEAST, pages=(ANNEX,))  # type: ignore[arg-type]
    upright = seen(scan(SOURCE.read_bytes(), plain).pdf)
    quarter = seen(scan(SOURCE.read_bytes(), replace(plain, turn=90)).pdf)
    half = seen(scan(SOURCE.read_bytes(), replace(plain, turn=180)).pdf)
    rotated = scan(SOURCE.read_bytes(), replace(plain, rotate=270)).pdf
    assert np.array_equal(np.rot90(upright, -1), quarter)
    assert np.array_equal(np.rot90(upright, 2), half)
    assert np.abs(seen(rotated).astype(int) - upright).mean() < 1
    with pikepdf.open(io.BytesIO(rotated)) as pdf:
        assert pdf.pages[0].Rotate == 270


@pytest.mark.parametrize("name", ["crooked200", "warped200", "sideways200", "upside200", "rotated200"])
def test_the_lens_says_where_each_place_went(name: str) -> None:
    places = [(60.0, 50.0), (340.0, 60.0), (200.0, 150.0), (70.0, 240.0), (330.0, 250.0)]
    settings = replace(preset(name, 3), speckles=0, noise=0.0, black_borders=False, dpi=144)
    result = scan(with_dots(*places), settings)
    picture = seen(result.pdf, dpi=144)
    dark = (picture if picture.ndim == 2 else picture.min(axis=2)) < 110
    for x, y in result.lenses[0].delivered(np.array(places)):
        column, row = round(x * 2), round(y * 2)
        near_y, near_x = np.nonzero(dark[row - 12 : row + 12, column - 12 : column + 12])
        assert (near_x.mean() + column - 12 + 0.5) / 2 == pytest.approx(x, abs=0.6)
        assert (near_y.mean() + row - 12 + 0.5) / 2 == pytest.approx(y, abs=0.6)


def test_the_lens_finds_the_way_back() -> None:
    places = np.array([(50.0, 50.0), (700.0, 90.0), (420.0, 500.0)])
    (lens,) = drawn("warped200").lenses
    assert np.abs(lens.original(lens.delivered(places)) - places).max() < 0.01


def test_stamp_and_signature_cover_cells_that_lie_on_the_page() -> None:
    covered = drawn("stamped200", pages=(BODY, ANNEX)).covered
    assert {cell.page for cell in covered} == {2}
    assert 15 <= len(covered) <= 60
    for cell in covered:
        assert 0 <= cell.x0 < cell.x1 <= A4[1]
        assert 0 <= cell.top < cell.bottom <= A4[0]
        assert 0 < cell.share <= 1


def test_a_covered_cell_is_darker_or_coloured_in_the_picture() -> None:
    bare = replace(
        preset("stamped200", 1, (ANNEX,)), stamp=False, signature=False, noise=0.0, skew=(0.0, 0.0)
    )
    inked = replace(bare, stamp=True, signature=True)
    result = scan(SOURCE.read_bytes(), inked)
    lens = result.lenses[0]
    picture = seen(result.pdf, dpi=100).astype(int)
    colour = np.ptp(picture, axis=2) > 45
    heavy = [cell for cell in result.covered if cell.share > 0.12]
    assert heavy
    for cell in heavy:
        corners = lens.delivered(np.array([(cell.x0, cell.top), (cell.x1, cell.bottom)])) * 100 / 72
        (x0, top), (x1, bottom) = np.rint(corners).astype(int)
        part = (colour | (picture.max(axis=2) < 110))[top:bottom, x0:x1]
        assert part.mean() > 0.02


def test_a_page_without_a_stamp_covers_nothing() -> None:
    assert drawn("office200").covered == ()


def test_the_poor_layer_is_invisible_and_wrong() -> None:
    with_layer = drawn("poorlayer200")
    bare = scan(SOURCE.read_bytes(), replace(preset("poorlayer200", 1, (ANNEX,)), ocr_layer=None))
    assert np.array_equal(seen(with_layer.pdf), seen(bare.pdf))
    with pdfplumber.open(io.BytesIO(with_layer.pdf)) as poor, pdfplumber.open(SOURCE) as original:
        read = [word["text"] for word in poor.pages[0].extract_words()]
        printed = [word["text"] for word in original.pages[ANNEX - 1].extract_words()]
    right = len(set(read) & set(printed)) / len(set(printed))
    assert 0.3 < right < 0.97
    assert read.count("v") < printed.count("v")


def test_a_text_layer_on_a_turned_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="upright"):
        ScanSettings(turn=90, ocr_layer="poor")


def test_the_command_writes_the_scan(tmp_path: Path) -> None:
    target = tmp_path / "scan.pdf"
    asked = ["office200", "--seed", "1", "--source", str(SOURCE), "--pages", str(ANNEX), "-o", str(target)]
    assert scans.main(asked) == 0
    assert target.read_bytes() == drawn("office200").pdf


def test_the_committed_scan_is_small_and_what_is_drawn() -> None:
    assert SPECIMEN.stat().st_size < 1_000_000
    assert problems(SPECIMEN.read_bytes(), specimen().pdf) == []


def test_another_scan_is_not_taken_for_the_committed_one() -> None:
    one, other = drawn("stamped200"), drawn("stamped200", seed=2)
    assert problems(one.pdf, one.pdf) == []
    assert problems(one.pdf, other.pdf)
    assert problems(one.pdf, SPECIMEN.read_bytes())


@pytest.mark.checkout
def test_the_readme_names_every_preset_and_the_committed_scan() -> None:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*PRESETS, SPECIMEN.name) if f"`{name}`" not in text] == []
