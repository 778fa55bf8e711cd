"""What counts as a change, what may be a matter of reading, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lampiran.diff.doubts import MADE_ROWS
from lampiran.diff.fields import compare_texts
from lampiran.diff.schedules import compare_schedules
from schema.catalogue import catalogue, make_finding
from schema.comparison import ActionDelta, Comparison
from schema.decree import Field, Status
from schema.findings import Finding
from schema.plan import Action, ExtraField, Period, PeriodState, PeriodType, Plan, Schedule

Compared = Callable[[Plan, Plan], Comparison]
Row = Callable[..., Action]
Make = Callable[..., Plan]
TEXT = "Melaksanakan rapat monitoring dan evaluasi pada akhir triwulan"


def read(text: str, status: Status = "read") -> Field:
    return Field(printed=text, text=text, status=status)


def periods(kind: PeriodType, states: str) -> Schedule:
    """A schedule from a line such as `√.?▒`."""
    meaning: dict[str, PeriodState] = {"√": "planned", ".": "not-planned", "?": "unknown", "▒": "covered"}
    found = tuple(Period(period_type=kind, period=n, state=meaning[s]) for n, s in enumerate(states, start=1))
    state = "partial" if {"?", "▒"} & set(states) else "marked" if "√" in states else "none"
    return Schedule(state=state, periods=found)  # type: ignore[arg-type]


def asked(code: str, field: str | None, action_id: str = "L1.i.1") -> Finding:
    places = dict.fromkeys(("reason", "reason_id", "reason_en", "where_id", "where_en"), "x")
    return make_finding(code, rule="test", action_id=action_id, field=field, raw="x", steps=1, **places)


def only(comparison: Comparison) -> ActionDelta:
    (found,) = comparison.actions
    return found


@pytest.mark.parametrize(
    ("other", "doubts", "state"),
    [
        (TEXT, (), "same"),
        (TEXT.upper() + ".", (), "spelling"),
        (TEXT.replace("akhir", "awal"), (), "changed"),
        (TEXT.replace("akhir", "awal"), ("text-uncertain",), "reading"),
        ("Memasang meteran listrik di gudang", ("text-uncertain",), "changed"),
        ("", ("text-covered",), "reading"),
        ("", (), "changed"),
    ],
)
def test_states_of_a_text(other: str, doubts: tuple[str, ...], state: str) -> None:
    assert compare_texts("action", read(TEXT), read(other), doubts).state == state


@pytest.mark.parametrize("status", ["covered", "inferred"])
def test_what_was_not_read_may_be_any_text(status: Status) -> None:
    assert compare_texts("action", read(TEXT), read("POKJA", status), (status,)).state == "reading"


def test_another_year_is_no_matter_of_reading() -> None:
    a, b = read(f"{TEXT} tahun 2024"), read(f"{TEXT} tahun 2025")
    assert compare_texts("action", a, b, ("text-uncertain",), ("2024", "2025")).state == "changed"
    assert compare_texts("action", a, b, ("text-uncertain",), ("2025", "2025")).state == "reading"


@pytest.mark.parametrize(
    ("a", "b", "state", "changed"),
    [
        (periods("month", "√" + "." * 11), periods("month", "√" + "." * 11), "same", []),
        (periods("month", "√" + "." * 11), periods("month", ".√" + "." * 10), "changed", [1, 2]),
        (periods("month", "√" + "." * 11), periods("month", "?" * 12), "unknown", []),
        (periods("month", "√" + "." * 11), periods("month", "▒√" + "." * 10), "changed", [2]),
        (periods("month", "..√..√......"), periods("quarter", "√√.."), "same", []),
        (periods("month", "..√..√......"), periods("quarter", "√..√"), "changed", [2, 4]),
        (periods("quarter", "√.√."), periods("semester", "√√"), "same", []),
        (periods("month", "." * 12), Schedule(state="unknown"), "unknown", []),
        (Schedule(state="unknown"), Schedule(state="unknown"), "same", []),
    ],
)
def test_states_of_a_schedule(a: Schedule, b: Schedule, state: str, changed: list[int]) -> None:
    found = compare_schedules(a, b)
    assert found.state == state
    assert [period.period for period in found.periods if period.changed] == changed


def test_a_doubtful_schedule_is_no_change() -> None:
    a, b = periods("month", "√" + "." * 11), periods("month", ".√" + "." * 10)
    assert compare_schedules(a, b, ("mark-surplus",)).state == "reading"


@pytest.mark.parametrize(
    ("a", "b", "state"),
    [
        ("Maret", "maret", "spelling"),
        ("Maret", "April", "changed"),
        ("Maret", "Maret", "same"),
        ("Maret", "", "unknown"),
    ],
)
def test_times_in_words_are_compared_as_words(a: str, b: str, state: str) -> None:
    one, other = (Schedule(state="unknown", text=read(text)) for text in (a, b))
    assert compare_schedules(one, other).state == state


@pytest.mark.parametrize(
    ("finding", "kinds", "reading"),
    [
        (asked("text-uncertain", "action"), ("same",), ("action",)),
        (asked("word-corrected", "action"), ("same",), ("action",)),
        (asked("row-shifted", None), ("same",), ("action",)),
        (asked("text-uncertain", "evidence"), ("reworded",), ()),
        (asked("spelling-habit", "action"), ("reworded",), ()),
        (asked("text-uncertain", "action", "L1.i.9"), ("reworded",), ()),
    ],
)
@pytest.mark.parametrize("side", ["a", "b"])
def test_a_finding_on_the_field_makes_it_a_matter_of_reading(
    finding: Finding,
    kinds: tuple[str, ...],
    reading: tuple[str, ...],
    side: str,
    make_row: Row,
    make_plan: Make,
    compared: Compared,
) -> None:
    plans = {
        name: make_plan(("Satu", [make_row(text, indicator="Rapat", evidence="Notula")]))
        for name, text in (("a", TEXT), ("b", TEXT.replace("rapat", "rnpat")))
    }
    plans[side] = plans[side].model_copy(update={"findings": (finding,)})
    row = only(compared(plans["a"], plans["b"]))
    assert (row.kinds, row.reading) == (kinds, reading)


def test_a_doubtful_place_moves_nothing(make_row: Row, make_plan: Make, compared: Compared) -> None:
    rows = [
        make_row(text)
        for text in ("Menata arsip inaktif", "Melatih petugas loket", "Memasang meteran listrik")
    ]
    a = make_plan(("Pola Mutasi", rows[:2]), ("Penyusunan Tim", rows[2:]))
    b = make_plan(("Pola Mutasi", rows[:1]), ("Penyusunan Tim", rows[1:]))
    assert compared(a, b).actions[1].kinds == ("moved",)
    doubted = b.model_copy(update={"findings": (asked("numeral-misplaced", "component_no", "L1.ii.1"),)})
    found = compared(a, doubted).actions[1]
    assert (found.kinds, found.reading) == (("same",), ("component",))


def test_what_is_missing_beside_unread_parts_is_in_doubt(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    rows = [make_row(text) for text in ("Menata arsip inaktif", "Melatih petugas loket")]
    a, b = make_plan(("Satu", rows)), make_plan(("Satu", rows[:1]))
    torn = b.model_copy(
        update={"findings": (make_finding("page-not-read", rule="test", reason_id="x", reason_en="x"),)}
    )
    assert (compared(a, b).counts.gone, compared(a, b).has_changes) == (1, True)
    found = compared(a, torn)
    assert found.actions[1].in_doubt
    assert (found.counts.gone, found.counts.reading, found.has_changes) == (0, 1, False)


@pytest.mark.parametrize(
    ("code", "in_doubt"), [("action-fragment", True), ("row-joined", True), ("row-shifted", False)]
)
def test_a_row_that_the_reading_may_have_made_is_in_doubt(
    code: str, in_doubt: bool, make_row: Row, make_plan: Make, compared: Compared
) -> None:
    rows = [make_row(text) for text in ("Menata arsip inaktif", "Melatih petugas loket")]
    a, b = make_plan(("Satu", rows[:1])), make_plan(("Satu", rows))
    found = compared(a, b.model_copy(update={"findings": (asked(code, None, "L1.i.2"),)}))
    assert (found.actions[1].kinds, found.actions[1].in_doubt) == (("new",), in_doubt)
    assert found.has_changes != in_doubt


def test_a_row_missing_beside_one_that_was_joined_is_in_doubt(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    texts = (
        "Menata arsip inaktif",
        "Melatih petugas loket",
        "Memasang meteran listrik",
        "Menerjemahkan glosarium",
    )
    rows = [make_row(text) for text in texts]
    a, b = make_plan(("Satu", rows)), make_plan(("Satu", [rows[0], rows[2]]))
    joined = b.model_copy(update={"findings": (asked("row-joined", None, "L1.i.1"),)})
    gone = {d.a.action_id: d.in_doubt for d in compared(a, joined).actions if d.a and d.kinds == ("gone",)}
    assert gone == {"L1.i.2": True, "L1.i.4": False}


def test_the_codes_that_make_rows_are_catalogued() -> None:
    assert set(catalogue()) >= MADE_ROWS


def test_a_column_that_one_form_lacks_is_not_compared(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    a = make_plan(("Satu", [make_row(TEXT)]))
    b = make_plan(("Satu", [make_row(TEXT, responsible="")]))
    row = only(compared(a, b))
    assert (row.kinds, row.unknown) == (("same",), ("responsible",))


def test_columns_without_a_role_are_compared_by_name(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    def extra(text: str, column: str = "TARGET") -> Plan:
        row = make_row(TEXT).model_copy(update={"extra": (ExtraField(column=column, field=read(text)),)})
        return make_plan(("Satu", [row]))

    assert only(compared(extra("80 %"), extra("90 %", "Target"))).changed == ("extra.target",)
    assert only(compared(extra("80 %"), extra("80 %", "Anggaran"))).kinds == ("same",)


def test_heads_are_compared_where_both_were_read(make_row: Row, make_plan: Make, compared: Compared) -> None:
    a = make_plan(("Satu", [make_row(TEXT)]), institution="KANTOR SATU", year="2024")
    b = make_plan(("Satu", [make_row(TEXT)]), institution="", year="2025")
    states = {value.field: value.state for value in compared(a, b).head}
    assert (states["institution"], states["year"], states["number"]) == ("unknown", "changed", "same")
    doubted = b.model_copy(update={"findings": (make_finding("text-uncertain", rule="test", field="year"),)})
    assert {value.field: value.state for value in compared(a, doubted).head}["year"] == "reading"
