"""Whatever stands in the cell, nothing is lost: no error, no letter, and no word that was not understood."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lampiran.resources import load_resources
from normalize.text import squeeze

TABLE = Path(__file__).with_name("wordings.csv")
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = [{**row, "wording": row["wording"].replace("\\n", "\n")} for row in csv.DictReader(file)]
UNDERSTOOD = [
    row["wording"]
    for row in ROWS
    if row["state"] == "marked" and not row["flags"] and not row["unit"] and row["reader"] == "digital"
]
SEPARATORS = [", ", " dan ", "; ", "\n", " ", "/", " & ", " (", ") ", " - ", " s/d ", ". "]
NAMED = {name: {("month", n)} for n, name in enumerate(("Januari", "Feb.", "Maret", "Apr", "Mei", "Juni"), 1)}
NAMED |= {"Triwulan III": {("quarter", 3)}, "TW 4": {("quarter", 4)}, "Smt II": {("semester", 2)}}
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
pieces = st.one_of(
    st.sampled_from([row["wording"] for row in ROWS]), st.sampled_from(SEPARATORS), st.text(max_size=6)
)
foreign = st.text(alphabet="bcdfghjklmnpqrtuwz", min_size=4, max_size=9)


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@given(text=st.one_of(st.text(max_size=60), st.lists(pieces, max_size=8).map("".join)), mends=st.booleans())
@relaxed
def test_any_text_is_read_without_an_error(text: str, mends: bool, read: Any) -> None:
    reading = read(text, may_mend=mends)
    unknown = reading.state in ("unknown", "partial")
    reasons = (reading.unclear, reading.open_words, reading.backwards, reading.mismatched)
    assert any(reasons) == unknown or (reading.state == "marked" and bool(reading.open_words))
    assert (reading.state == "unknown") <= (not reading.unplanned)
    assert bool(reading.planned) == (reading.state in ("marked", "partial"))
    assert not reading.planned & reading.unplanned


@given(text=st.lists(pieces, max_size=8).map("".join))
@relaxed
def test_no_letter_of_print_is_lost(text: str, read: Any) -> None:
    reading = read(text)
    assert letters(reading.text) == letters(text)
    if "\n" not in text:
        assert reading.text == squeeze(text)


@given(
    known=st.lists(st.sampled_from(UNDERSTOOD), min_size=1, max_size=3),
    word=foreign,
    at=st.integers(min_value=0, max_value=3),
    separators=st.lists(st.sampled_from(SEPARATORS), min_size=4, max_size=4),
)
@relaxed
def test_an_unknown_word_is_never_dropped(
    known: list[str], word: str, at: int, separators: list[str], read: Any
) -> None:
    assume(not load_resources().schedule_words.phrases.search(word))
    parts = [*known[:at], word, *known[at:]]
    text = "".join(part + separator for part, separator in zip(parts, separators, strict=False))
    reading = read(text)
    assert reading.state in ("unknown", "partial")
    assert any(word in piece for piece in (*reading.unclear, *reading.mismatched))


@given(names=st.lists(st.sampled_from(sorted(NAMED)), min_size=1, max_size=5, unique=True))
@relaxed
def test_a_list_plans_what_each_of_its_items_plans(names: list[str], read: Any) -> None:
    reading = read(", ".join(names))
    assert reading.state == "marked"
    assert reading.planned == set().union(*(NAMED[name] for name in names))


@given(first=st.integers(1, 12), last=st.integers(1, 12))
@relaxed
def test_a_range_holds_all_between_or_is_flagged(first: int, last: int, read: Any) -> None:
    reading = read(f"B{first:02} - B{last:02}")
    if first <= last:
        assert reading.planned == {("month", n) for n in range(first, last + 1)}
    else:
        assert (reading.state, reading.planned, len(reading.backwards)) == ("unknown", frozenset(), 1)


@given(row=st.sampled_from([row for row in ROWS if "\n" not in row["wording"]]))
@relaxed
def test_what_was_put_right_reads_the_same_again(row: dict[str, str], read: Any) -> None:
    reading = read(row["wording"], may_mend=True)
    again = read(reading.text, may_mend=True)
    assert (again.text, again.planned, again.state) == (reading.text, reading.planned, reading.state)
