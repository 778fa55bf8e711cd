"""Drawn scans read end to end: one annex page a kind of scan; `benchmarks/accuracy/scans.py` reads whole decrees."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from benchmarks.accuracy.scan_score import Score, score
from benchmarks.accuracy.scans import missed_bars
from benchmarks.drawing.scan_sources import Drawn, draw
from extract.reading import read_document
from extract.scan.model import PixelBox
from extract.scan.text.tesseract import installed_reader
from extract.scan.unread import unexplained
from lampiran.resources import load_resources
from normalize import build_plan
from schema.plan import Plan

SEED = 31


def read(drawn: Drawn, folder: Path, readers: tuple[str, ...] | None = ("rapidocr",)) -> Plan:
    path = folder / "scan.pdf"
    path.write_bytes(drawn.scan.pdf)
    return build_plan(read_document(path, text_readers=readers), load_resources())


@cache
def judged(source: str, preset: str, readers: tuple[str, ...] | None = ("rapidocr",)) -> tuple[Plan, Score]:
    """Read a drawn scan once, whatever is asked of it."""
    drawn = draw(source, preset, SEED, 1)
    with TemporaryDirectory() as folder:
        plan = read(drawn, Path(folder), readers)
    return plan, score(plan, drawn.rows, drawn.truth)


@pytest.mark.parametrize(
    ("source", "preset"),
    [
        ("kpu-contoh-2024", "office200"),
        ("serif-f4-2025", "clean200"),
        ("kpu-batang-2025", "stamped200"),
        ("kpu-contoh-2024", "sideways200"),
        ("dot-a3-2020", "upside200"),
        ("kpu-contoh-2024", "rough150"),
    ],
)
def test_every_action_is_found_and_no_schedule_is_wrong(source: str, preset: str) -> None:
    plan, counted = judged(source, preset)
    assert counted.rows >= 3
    assert (counted.missing, counted.invented) == (0, 0)
    assert counted.schedules_wrong == 0
    assert counted.silent_schedules == 0
    assert {f.ref.reader for f in plan.findings if f.ref and f.ref.page} <= {"ocr", "pdf-text"}


BOTH = pytest.param(
    None,
    id="both",
    marks=pytest.mark.skipif(
        installed_reader() is None, reason="Tesseract's data for ind is not installed: no second text reader"
    ),
)


READERS = pytest.mark.parametrize("readers", [pytest.param(("rapidocr",), id="default"), BOTH])
PAGES = (
    ("kpu-batang-2025", "clean200"),
    ("check-legal-2023", "office200"),
    ("random-12", "office200"),
    ("shaded-a4-2021", "rough150"),
)


@READERS
@pytest.mark.parametrize(("source", "preset"), PAGES)
def test_the_bars_of_the_scan_benchmark_hold(
    source: str, preset: str, readers: tuple[str, ...] | None
) -> None:
    _, counted = judged(source, preset, readers)
    assert counted.rows >= 3
    shares = {"rows for review", "silent errors in rows"}  # a page has too few rows for a share of them
    assert set(missed_bars(preset, counted)) <= shares
    assert counted.silent_fields <= (1 if preset == "rough150" else 0)


@READERS
@pytest.mark.parametrize(("source", "preset"), PAGES)
def test_few_rows_of_a_drawn_scan_ask(source: str, preset: str, readers: tuple[str, ...] | None) -> None:
    _, counted = judged(source, preset, readers)
    assert counted.open_reviews <= (counted.rows // 2 if preset == "rough150" else 1)


def test_a_turned_page_is_read_upright_and_says_so() -> None:
    plan, counted = judged("kpu-contoh-2024", "sideways200")
    assert counted.found == counted.rows
    assert "page-turned" in {f.code for f in plan.findings}


def test_a_poor_text_layer_is_not_trusted() -> None:
    plan, counted = judged("kpu-contoh-2024", "poorlayer200")
    (layer,) = [f for f in plan.findings if f.code == "text-layer-ignored"]
    assert layer.value is not None
    assert 10 <= int(layer.value.rstrip("%")) <= 95
    assert (counted.missing, counted.schedules_wrong) == (0, 0)


def test_every_recognised_word_is_placed_on_the_page(tmp_path: Path) -> None:
    drawn = draw("kpu-contoh-2024", "crooked200", SEED, 1)
    path = tmp_path / "scan.pdf"
    path.write_bytes(drawn.scan.pdf)
    extraction = read_document(path, text_readers=("rapidocr",))
    page = extraction.pages[0]
    boxes = [
        w.bbox for grid in extraction.grids for cell in grid.cells for line in cell.lines for w in line.words
    ]
    assert len(boxes) > 50
    assert all(-1 <= b.x0 <= b.x1 <= page.width + 1 for b in boxes)
    assert all(-1 <= b.top <= b.bottom <= page.height + 1 for b in boxes)


def test_a_text_under_a_stamp_is_covered_and_asks_for_a_review(tmp_path: Path) -> None:
    drawn = draw("check-legal-2023", "stamped200", 901, 1)
    plan = read(drawn, tmp_path)
    found = [f for f in plan.findings if f.code == "text-covered"]
    assert {f.field for f in found} == {"responsible"}
    asking = {p.action.action_id for p in plan.placed() if p.action.needs_review}
    assert {f.action_id for f in found} <= asking
    assert score(plan, drawn.rows, drawn.truth).silent_fields == 0


def test_a_mark_that_a_stamp_swallowed_is_covered_and_not_empty(tmp_path: Path) -> None:
    drawn = draw("kpu-batang-2025", "stamped200", 1301, 2)
    counted = score(read(drawn, tmp_path), drawn.rows, drawn.truth)
    assert (counted.marks_lost, counted.marks_invented) == (0, 0)
    assert counted.schedules_covered >= 4


def test_ink_that_nothing_read_accounts_for_is_told_with_its_place() -> None:

    page = np.full((400, 600), 255, dtype=np.uint8)
    page[100:120, 100:200] = 0
    page[300:330, 400:440] = 0
    (box,) = unexplained(page, [PixelBox(95, 95, 205, 125)], 200.0)
    near = [abs(box.x0 - 400), abs(box.x1 - 440), abs(box.top - 300), abs(box.bottom - 330)]
    assert max(near) <= 15


def test_specks_are_no_unexplained_ink() -> None:

    page = np.full((400, 600), 255, dtype=np.uint8)
    page[50:53, 70:73] = 0
    assert unexplained(page, [], 200.0) == []


def test_unexplained_ink_of_an_annex_page_is_a_review() -> None:
    plan, _ = judged("kpu-contoh-2024", "clean200")
    assert all(f.severity == "review" for f in plan.findings if f.code == "ink-unexplained")
    assert sum(f.code == "ink-unexplained" for f in plan.findings) <= 3
