"""Wordings of real plans, each with the periods and the flags that a careful reader would give it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from normalize.schedule_text import Reading
from schema.plan import PeriodType

KINDS: dict[str, PeriodType] = {"m": "month", "q": "quarter", "s": "semester", "y": "year"}
TABLE = Path(__file__).with_name("wordings.csv")
FEWEST = 120


def table() -> list[dict[str, Any]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def periods(listed: str) -> Iterator[tuple[PeriodType, int]]:
    """Yield the periods of a list such as `q1 m3-6`."""
    for kind, first, last in re.findall(r"([mqsy])(\d+)(?:-(\d+))?", listed):
        yield from ((KINDS[kind], number) for number in range(int(first), int(last or first) + 1))


def flags(reading: Reading, year: int | None) -> set[str]:
    said = {
        "unclear": reading.unclear,
        "open": reading.open_words,
        "backwards": reading.backwards,
        "contradicts": reading.mismatched,
        "mended": reading.corrections,
        "detail": reading.finer,
        "beyond-year": reading.crossed and reading.state != "unknown",
        "year": year is not None and not reading.crossed and not reading.years <= {year},
    }
    return {name for name, value in said.items() if value}


@pytest.mark.parametrize(
    "row", table(), ids=lambda row: f"{row['wording']}|{row['reader']}|{row['year']}|{row['unit']}"
)
def test_a_wording_is_read_as_a_careful_reader_would(row: dict[str, Any], read: Any) -> None:
    wording, year = row["wording"].replace("\\n", "\n"), int(row["year"]) if row["year"] else None
    reading = read(wording, year=year, unit=row["unit"] or None, may_mend=row["reader"] == "ocr")
    assert reading.state == row["state"]
    assert reading.planned == set(periods(row["periods"]))
    assert flags(reading, year) == set(row["flags"].split())


def test_the_table_is_long_and_says_where_each_style_is_from() -> None:
    rows = table()
    assert len(rows) >= FEWEST
    assert all(row["style"].strip() for row in rows)
    assert len({(r["wording"], r["reader"], r["year"], r["unit"]) for r in rows}) == len(rows)


def test_what_is_unknown_is_never_without_a_reason() -> None:
    assert all(row["flags"] for row in table() if row["state"] in ("unknown", "partial"))
