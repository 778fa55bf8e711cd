"""Damaged copies of a sample: a result or one clear error, and never a loss that nobody is told of."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pytest
from pikepdf import Name

import lampiran
from schema.errors import LampiranError

SAMPLE = "kpu-contoh-2024.pdf"


def damaged(data: bytes, seed: int) -> bytes:
    """Return a copy with bytes changed, its end cut off, or objects taken out."""
    chance = Random(seed)
    return (_with_other_bytes, _cut, _without_objects, _with_other_operators)[seed % 4](data, chance)


def _with_other_bytes(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 20, 400))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) // 10, len(data))]


def _without_objects(data: bytes, chance: Random) -> bytes:
    """Put null, a number or an empty list in the place of some objects."""
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = [item.objgen[0] for item in pdf.objects if item.objgen[0]]
        for number in chance.sample(numbers, min(len(numbers), chance.choice((1, 3, 10)))):
            stand_in = chance.choice((pikepdf.Dictionary(), pikepdf.Array([7]), pikepdf.Name.Lost))
            pdf._replace_object((number, 0), stand_in)
        return _saved(pdf)


def _with_other_operators(data: bytes, chance: Random) -> bytes:
    """Change bytes of the pages' operators, below their packing."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in chance.sample(list(pdf.pages), 3):
            content = bytearray(page.Contents.read_bytes())
            for _ in range(chance.choice((5, 50, 500))):
                content[chance.randrange(len(content))] = chance.randrange(256)
            page.Contents.write(bytes(content))
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("seed", [*range(1, 11), 120, 168])  # the last two: page tree, name of a filter
def test_a_damaged_copy_gives_a_result_or_one_clear_error(samples: Path, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "rusak.pdf"
    path.write_bytes(damaged((samples / SAMPLE).read_bytes(), seed))
    try:
        plan = lampiran.read(path).plan
    except LampiranError as error:
        assert error.text("en")  # noqa: PT017 - either outcome is right, another exception is not
    else:
        assert plan.source.size == path.stat().st_size


@pytest.mark.parametrize("place", [0.02, 0.5, 0.99])
def test_operators_that_do_not_unpack_are_reported(samples: Path, tmp_path: Path, place: float) -> None:
    data = bytearray((samples / SAMPLE).read_bytes())
    with pikepdf.open(BytesIO(bytes(data))) as pdf:
        packed = pdf.pages[4].Contents.read_raw_bytes()
    data[data.find(packed) + int(place * len(packed))] ^= 1
    path = tmp_path / "isi.pdf"
    path.write_bytes(data)
    findings = lampiran.read(path).plan.findings
    assert [finding.raw for finding in findings if finding.code == "page-not-read"] == ["5"]


def test_something_else_in_the_place_of_operators_is_reported(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "hilang.pdf"
    with pikepdf.open(samples / SAMPLE) as pdf:
        pdf.pages[4].obj.Contents = Name.Lost
        pdf.save(path)
    findings = lampiran.read(path).plan.findings
    assert [finding.raw for finding in findings if finding.code == "page-not-read"] == ["5"]
