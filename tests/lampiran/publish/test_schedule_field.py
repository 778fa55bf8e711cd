"""A schedule as one field: its planned periods as text, and how sure the reading is."""

from __future__ import annotations

from lampiran.publish.field_rows import schedule_field
from schema.decree import Field
from schema.plan import Period, Schedule


def test_periods_of_several_kinds_are_told_apart_in_one_text() -> None:
    month = Period(period_type="month", period=6, state="planned")
    quarter = Period(period_type="quarter", period=2, state="planned")
    assert schedule_field(Schedule(state="marked", periods=(month, quarter)), ()).text == "m6;q2"
    assert schedule_field(Schedule(state="marked", periods=(quarter,)), ()).text == "2"


def test_an_open_wording_was_read_for_certain() -> None:
    words = Field(printed="insidentil", text="insidentil")
    assert schedule_field(Schedule(state="unknown", text=words), ()).status == "read"
    assert schedule_field(Schedule(state="unknown"), ()).status == "uncertain"
