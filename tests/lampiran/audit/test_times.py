"""Time in words and time in marks are held against each other by the periods that they name."""

from __future__ import annotations

from pathlib import Path

import pytest

import lampiran
from lampiran.result import Result
from samples.draw.variants import variant
from tests.lampiran.audit.conftest import FIRST, TEAM, cell_of, told, typed

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


def in_words(result: Result) -> list[list[str]]:
    """Return the table with one column of months in words in place of twelve of marks."""
    rows = []
    for row in typed(result.plan):
        named = [name for name, mark in zip(MONTHS, row[FIRST:TEAM], strict=True) if mark]
        rows.append([*row[:FIRST], ", ".join(named), row[TEAM]])
    return rows


def write(path: Path, rows: list[list[str]]) -> Path:
    head = ["NO", "KOMPONEN", "", "INDIKATOR", "LANGKAH AKSI", "BUKTI/EVIDEN", "WAKTU", "PENANGGUNG JAWAB"]
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in [head, *rows]]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_words_say_what_marks_say(result: Result, tmp_path: Path) -> None:
    audit = lampiran.audit(result, write(tmp_path / "words.txt", in_words(result)))
    assert told(audit) == []
    assert cell_of(audit, "L3.iv.3", "m06").verdict == "same"


def test_another_month_in_words_is_a_mark_that_moved(result: Result, tmp_path: Path) -> None:
    rows = in_words(result)
    row = next(row for row in rows if row[4].startswith("Melakukan pengukuran kinerja"))
    row[FIRST] = row[FIRST].replace("Juni", "Juli")
    audit = lampiran.audit(result, write(tmp_path / "words.txt", rows))
    assert told(audit) == [("L3.iv.3", "m06", "mark-moved"), ("L3.iv.3", "m07", "mark-moved")]


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A decree that prints its time in words."""
    path = tmp_path_factory.mktemp("worded") / "text-names.pdf"
    path.write_bytes(variant("text-names").pdf())
    return lampiran.read(path)


@pytest.mark.parametrize(
    ("words", "verdict", "kind"),
    [
        ("same", "same", None),
        ("numbers", "normalised", None),
        ("other", "differs", "schedule-wrong"),
    ],
)
def test_words_against_printed_words(
    words: str, verdict: str, kind: str | None, worded: Result, tmp_path: Path
) -> None:
    """Other words for the same months are the same time; other months are not."""
    item = next(item.action for item in worded.plan.placed() if len(item.action.schedule.planned()) == 2)
    months = item.schedule.planned()
    other = next(m for m in range(1, 13) if m not in months)
    stated = {
        "same": item.schedule.text.text,
        "numbers": " dan ".join(MONTHS[m - 1] for m in months).upper(),
        "other": MONTHS[other - 1],
    }[words]
    rows = [
        [
            "",
            "",
            "",
            a.indicator.text,
            a.action.text,
            a.evidence.text,
            a.schedule.text.text,
            a.responsible.text,
        ]
        for a in (placed.action for placed in worded.plan.placed())
    ]
    for row, placed in zip(rows, worded.plan.placed(), strict=True):
        if placed.action.action_id == item.action_id:
            row[6] = stated
    audit = lampiran.audit(worded, write(tmp_path / "typed.txt", rows))
    cell = cell_of(audit, item.action_id, "schedule_text")
    assert (cell.verdict, cell.kind) == (verdict, kind)
