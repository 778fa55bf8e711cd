"""A truth file turned into a clean transcription of some of its rows, on one or two pages."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from benchmarks.faults.transcription import USUAL, Entry, Script, header_of

FIRST_MONTH, TEAM, WIDTH = 6, 18, 19  # columns of the samples' form
HEADING = {"heading": "KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH"}
HEADER = tuple(line.cells for line in header_of(Script(USUAL, (), pages=(0,))))
AREAS = {
    1: "MANAJEMEN PERUBAHAN",
    2: "PENATAAN TATALAKSANA",
    3: "PENATAAN SISTEM MANAJEMEN SDM APARATUR",
    4: "PENGUATAN AKUNTABILITAS",
    5: "PENGUATAN PENGAWASAN",
    6: "PENINGKATAN KUALITAS PELAYANAN PUBLIK",
}
PATTERNS = (
    (1,), (2,), (10,), (3, 6, 9, 12), (6, 12), tuple(range(1, 13)), (1, 2), (4, 8), (5,), (3, 4, 5, 11),
)  # fmt: skip


def clean_sheet(truth: Mapping[str, Any], rng: random.Random, *, rows: int = 8, pages: int = 2) -> Script:
    """Return a clean transcription of adjacent rows; months that the truth lacks or doubts are drawn anew."""
    found = [(a, c, r) for a in truth["areas"] for c in a["components"] for r in c["actions"]]
    # A component begins the sheet, so that areas and components begin and go on as they do in print.
    begins = [n for n, (_, c, r) in enumerate(found) if c["actions"][0] is r]
    start = rng.choice([n for n in begins if n + rows <= len(found)])
    entries = [_entry(*row, rng) for row in found[start : start + rows]]
    cuts = sorted(rng.sample(range(1, len(entries)), min(pages - 1, len(entries) - 1)))
    numbered = tuple(replace(entry, source=n) for n, entry in enumerate(entries))
    return Script(USUAL, numbered, preamble=HEADING, pages=(0, *cuts))


def drawn(truths: Mapping[str, Any], rng: random.Random) -> Script:
    """Draw a clean transcription of 4 to 9 rows on one or two pages from one of the truth files."""
    truth = rng.choice([truths[name] for name in sorted(truths)])
    return clean_sheet(truth, rng, rows=rng.randint(4, 9), pages=rng.choice((1, 2, 2)))


def _entry(area: Any, component: Any, row: Any, rng: random.Random) -> Entry:
    doubtful = any(d["field"] == "months" for d in row.get("doubts", ()))
    months = tuple(row["months"]) if row["months"] and not doubtful else rng.choice(PATTERNS)
    texts = {
        "area_no": str(area["no"]),
        "area": AREAS[area["no"]],
        "component_no": f"{component['no']}.",
        "component": component["name"],
        "indicator": row["indicator"],
        "action": row["action"],
        "evidence": " ".join(row["evidence"].split()),
        "responsible": row["responsible"],
    }
    return Entry(texts, frozenset(f"m{month:02}" for month in months), None)
