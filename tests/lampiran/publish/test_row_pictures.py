"""Pictures of rows: each value has an address that shows it, the result knows its pictures, and their number is bounded."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

import lampiran
from lampiran.publish import row_pictures as rows
from lampiran.publish.settings import CROPS, ROWS
from lampiran.result import Result
from lampiran.review.opening import open_desk, renew
from schema.errors import OutputError
from schema.geometry import BBox


@pytest.fixture(scope="module")
def result(samples: Path) -> Result:
    """A decree that was read."""
    return lampiran.read(samples / "kpu-contoh-2024.pdf")


@pytest.fixture
def written(result: Result, tmp_path: Path) -> Path:
    """Its result, with pictures."""
    result.write(tmp_path / "hasil", crops=True)
    return tmp_path / "hasil"


def index(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "crops" / "crops.csv").read_text(encoding="utf-8"))))


def place(address: str) -> tuple[str, tuple[int, int, int, int]]:
    found = re.fullmatch(r"([A-Za-z0-9._-]+\.png)#xywh=(\d+),(\d+),(\d+),(\d+)", address)
    assert found, address
    x, y, w, h = map(int, found.groups()[1:])
    return found[1], (x, y, x + w, y + h)


def test_each_value_has_an_address_in_a_picture_that_is_there(result: Result, written: Path) -> None:
    addressed = index(written)
    fields = result.to_frames()["fields"].dropna(subset=["page", "x0"])
    assert len(fields) > 200
    assert {(row["action_id"], row["field"]) for row in addressed} == set(
        zip(fields["action_id"], fields["field"], strict=True)
    )
    for row in addressed:
        name, (left, top, right, bottom) = place(row["crop"])
        with Image.open(written / "crops" / name) as picture:
            assert picture.width <= ROWS.widest
            assert picture.height <= ROWS.tallest
            assert 0 <= left < right <= picture.width + 1
            assert 0 <= top < bottom <= picture.height + 1


def test_an_address_shows_what_stands_there_on_the_page(result: Result, written: Path, samples: Path) -> None:
    fields = result.to_frames()["fields"].set_index(["action_id", "field"])
    document = pypdfium2.PdfDocument(samples / "kpu-contoh-2024.pdf")
    for row in index(written)[:24:5]:
        name, region = place(row["crop"])
        held = fields.loc[(row["action_id"], row["field"])]
        page = document[int(held["page"]) - 1].render(scale=CROPS.scale).to_pil().convert("L")
        box = tuple(round(float(held[edge]) * CROPS.scale) for edge in ("x0", "top", "x1", "bottom"))
        with Image.open(written / "crops" / name) as picture:
            shown = picture.convert("L").crop(region)
        expected = page.crop(box).resize(shown.size)
        difference = ImageChops.difference(shown, expected)
        assert sum(difference.histogram()[100:]) < 0.03 * shown.width * shown.height, row
    document.close()


def test_equal_results_give_equal_pictures(result: Result, written: Path, tmp_path: Path) -> None:
    result.write(tmp_path / "lagi", crops=True)
    for path in written.rglob("*"):
        if path.is_file():
            assert (tmp_path / "lagi" / path.relative_to(written)).read_bytes() == path.read_bytes(), path


def test_a_picture_that_was_changed_is_not_lost(result: Result, written: Path) -> None:
    result.write(written, crops=True)
    picture = next((written / "crops").glob("*.png"))
    picture.write_bytes(b"x")
    with pytest.raises(OutputError, match=f"crops/{picture.name}"):
        result.write(written)
    kept = result.write(written, force=True).kept
    assert kept is not None
    assert (kept / "crops" / picture.name).read_bytes() == b"x"
    (written / "crops" / "catatan.txt").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match=r"crops/catatan\.txt"):
        result.write(written)


def test_a_result_with_pictures_has_them_when_it_is_made_again(written: Path, samples: Path) -> None:
    before = {path.name for path in (written / "crops").iterdir()}
    renew(open_desk(written, source=samples / "kpu-contoh-2024.pdf"), written)
    assert {path.name for path in (written / "crops").iterdir()} == before


def test_without_the_option_and_without_a_page_there_are_none(
    result: Result, samples: Path, tmp_path: Path
) -> None:
    result.write(tmp_path / "tanpa")
    assert not (tmp_path / "tanpa" / "crops").exists()
    typed = lampiran.read(samples / "kpu-batang-2025.transcript.txt")
    typed.write(tmp_path / "ketikan", crops=True)
    assert not (tmp_path / "ketikan" / "crops").exists()
    assert rows.row_pictures(result.plan, None).files == {}


def test_names_are_files_on_every_system_and_differ() -> None:
    names = dict(rows._names([("L1.i.1", 2), ("L1.I.1", 2), ("L1.a/b:c.1", 3), ("L1.a_b_c.1", 3)]))
    assert names["L1.i.1", 2] == "L1.i.1-p2.png"
    assert len({name.casefold() for name in names.values()}) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in names.values())


def test_a_tall_row_is_shown_smaller_and_its_values_with_it() -> None:
    page = Image.new("RGB", (2000, 4000))
    part, left, top, scale = rows._part(page, BBox(x0=0, top=100, x1=800, bottom=2000))
    assert part is not None
    assert (part.height, left) == (ROWS.tallest, 0)
    assert top == int((100 - ROWS.margin) * CROPS.scale)
    assert scale < CROPS.scale


def test_the_number_of_pictures_is_bounded(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "ROWS", ROWS.replace(most=3))
    assert len(rows.row_pictures(result.plan, result.source_path).files) == 3
