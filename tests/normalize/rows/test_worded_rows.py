"""A transcription whose time is a column of words: the cell is found by what it says, and by its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from schema.plan import Action, Plan

Read = Callable[[str], Plan]
HEAD = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI", "WAKTU", "PENANGGUNG JAWAB")
TITLE = ("1. MANAJEMEN PERUBAHAN",)
TEAM = "TIM KERJA"


def row(time: str, *, numeral: str = "", name: str = "", lead: Sequence[str] = ("",)) -> tuple[str, ...]:
    part = f"{numeral} {name}".strip()
    return (
        *lead,
        part,
        "Tim kerja telah dibentuk",
        "Menyusun keputusan tim",
        "Keputusan tim kerja",
        time,
        TEAM,
    )


def first(time: str, lead: Sequence[str] = ("",)) -> tuple[str, ...]:
    return row(time, numeral="i.", name="Penyusunan Tim Kerja", lead=lead)


def table(*rows: Sequence[str], head: Sequence[str] = HEAD) -> str:
    return "\n".join("\t".join(cells) for cells in (head, (*TITLE, *[""] * 6), *rows)) + "\n\n"


def actions(plan: Plan) -> list[Action]:
    return [placed.action for placed in plan.placed()]


def test_words_of_a_transcription_become_periods(plan_of: Read) -> None:
    plan = plan_of(table(first("Maret, Juni"), row("Tiap Bulan"), row("TW I - TW III")))
    schedules = [a.schedule for a in actions(plan)]
    assert [s.planned() for s in schedules] == [(3, 6), tuple(range(1, 13)), ()]
    assert schedules[2].planned("quarter") == (1, 2, 3)
    assert [a.responsible.text for a in actions(plan)] == [TEAM] * 3
    assert [a.evidence.text for a in actions(plan)] == ["Keputusan tim kerja"] * 3
    assert not any(a.needs_review for a in actions(plan))


def test_a_misread_word_of_a_transcription_is_put_right_with_a_warning(plan_of: Read) -> None:
    plan = plan_of(table(first("Januan s/d Maret"), row("<i>Jull</i>")))
    assert [a.schedule.planned() for a in actions(plan)] == [(1, 2, 3), (7,)]
    changed = [
        (f.raw, f.value) for f in plan.findings if f.code == "word-corrected" and f.field == "schedule"
    ]
    assert changed == [("Januan", "Januari"), ("Jull", "Juli")]


@pytest.mark.parametrize("text", ["menunggu juknis", ""])
def test_what_is_not_understood_or_left_out_is_unknown(text: str, plan_of: Read) -> None:
    plan = plan_of(table(first("Maret"), row(text), row("Juni")))
    doubtful = actions(plan)[1]
    assert (doubtful.schedule.state, doubtful.schedule.periods) == ("unknown", ())
    assert doubtful.schedule.text.text == text
    assert doubtful.needs_review
    codes = {f.code for f in plan.findings if f.action_id == doubtful.action_id and f.field == "schedule"}
    assert codes == {"schedule-text-unknown" if text else "schedule-unknown"}
    assert doubtful.responsible.text == TEAM


def test_a_shifted_row_is_anchored_on_its_time(plan_of: Read) -> None:
    plan = plan_of(table(first("Maret"), row("Juni", lead=("", "")), row("Juli")))
    assert [a.schedule.planned() for a in actions(plan)] == [(3,), (6,), (7,)]
    assert [a.evidence.text for a in actions(plan)] == ["Keputusan tim kerja"] * 3


def test_the_team_may_stand_before_the_time(plan_of: Read) -> None:
    head = (*HEAD[:5], "PENANGGUNG JAWAB", "WAKTU")
    rows = [(*cells[:5], cells[6], cells[5]) for cells in (first("Maret"), row("Semester II"))]
    plan = plan_of(table(*rows, head=head))
    assert [a.responsible.text for a in actions(plan)] == [TEAM] * 2
    assert actions(plan)[0].schedule.planned() == (3,)
    assert actions(plan)[1].schedule.planned("semester") == (2,)
