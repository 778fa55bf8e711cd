"""Which column of a profile is which of a form."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalize.form.model import Column
from normalize.profile.matching import Pair, is_same_name, match_columns, moved
from schema.profile import ProfileColumn
from schema.roles import Role

NAMES = ("NO", "KOMPONEN", "INDIKATOR", "RENCANA AKSI", "TARGET", "BUKTI DUKUNG", "PIC", "ANGGARAN")


def old(*names: str, role: Role = "extra") -> list[ProfileColumn]:
    return [ProfileColumn(name=name, role=role, head=(name,)) for name in names]


def new(*names: str, role: Role = "unknown") -> list[Column]:
    return [Column(n, role, name, head=(name,)) for n, name in enumerate(names)]


@given(st.permutations(NAMES))
def test_names_are_found_wherever_they_are(order: list[str]) -> None:
    pairs = match_columns(old(*NAMES), new(*order))
    assert [order[pair.new] for pair in pairs] == list(NAMES)
    assert {pair.by for pair in pairs} == {"name"}
    assert bool(moved(pairs, [False] * len(pairs))) == (tuple(order) != NAMES)


def test_equal_names_are_paired_in_their_order() -> None:
    pairs = match_columns(old("KOMPONEN", "KOMPONEN"), new("NO", "KOMPONEN", "KOMPONEN"))
    assert [(pair.old, pair.new) for pair in pairs] == [(0, 1), (1, 2)]


def test_a_name_that_says_nothing_is_paired_by_its_neighbours() -> None:
    pairs = match_columns(old("NO", "LUARAN", "PIC"), new("NO", "HASIL KERJA", "PIC"))
    assert pairs[1] == Pair(1, 1, "place", renamed=True)


def test_a_name_that_says_something_else_is_another_column() -> None:
    named = [*new("NO"), Column(1, "evidence", "EVIDEN", head=("EVIDEN",)), *new("NO", "X", "PIC")[2:]]
    pairs = match_columns(old("NO", "ANGGARAN", "PIC"), named)
    assert [(pair.old, pair.new) for pair in pairs] == [(0, 0), (2, 2)]


def test_where_more_columns_are_left_on_one_side_none_is_guessed() -> None:
    pairs = match_columns(old("NO", "A B C D", "E F G H", "PIC"), new("NO", "URAIAN HASIL", "PIC"))
    assert [(pair.old, pair.new) for pair in pairs] == [(0, 0), (3, 2)]


def test_years_spaces_and_stops_are_no_other_name() -> None:
    assert is_same_name("TARGET TAHUN 2024", "Target Tahun 2025")
    assert is_same_name("PENANGGUNG JAWAB", "PENANGGUNGJAWAB")
    assert not is_same_name("TARGET TW I", "TARGET TW II")
    assert is_same_name("PENANGGUNG JAWAB", "PENANGGIING JAWA8", recognised=True)


def test_where_two_have_changed_places_the_periods_have_not_moved() -> None:
    swapped = (Pair(0, 1, "name"), Pair(1, 2, "name"), Pair(2, 0, "name"))
    assert moved(swapped, [True, True, False]) == (Pair(2, 0, "name"),)
