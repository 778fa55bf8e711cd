"""The sample's transcription: every fault that the truth implies is told, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.accuracy.audits import told_faults
from benchmarks.accuracy.implied_faults import implied_faults
from schema.audit import CONSEQUENCES, Audit
from tests.lampiran.audit.conftest import cell_of


def test_every_implied_fault_is_found_and_none_is_invented(sample_audit: Audit) -> None:
    wanted, found = implied_faults(), told_faults(sample_audit)
    assert (wanted - found, found - wanted) == (set(), set())
    assert len(wanted) == 41


def test_the_faults_are_named_by_their_likely_kind(sample_audit: Audit) -> None:
    assert Counter(cell.kind for cell in sample_audit.faults()) == {
        "mark-moved": 16,
        "mark-invented": 8,
        "letter-confusion": 7,
        "row-shifted": 4,
        "column-swallowed": 2,
        "mark-lost": 1,
        "component-missing": 1,
        "cell-misplaced": 1,
        "team-missing": 1,
    }


def test_the_gravest_come_first(sample_audit: Audit) -> None:
    ranks = [CONSEQUENCES.index(cell.consequence) for cell in sample_audit.faults()]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0


def test_every_printed_row_is_found_and_the_shifted_ones_say_by_how_much(sample_audit: Audit) -> None:
    assert {row.state for row in sample_audit.rows} == {"matched"}
    assert {row.line: row.shift for row in sample_audit.rows if row.shift} == {89: 1, 98: 2, 99: 2, 131: -1}


@pytest.mark.parametrize(
    ("action_id", "field", "verdict"),
    [
        ("L1.i.1", "m12", "not-stated"),  # eleven cells for twelve months: nothing is said of the last
        ("L1.ii.1", "responsible", "same"),  # a blank cell goes on from above
        ("L1.iv.1", "indicator", "normalised"),  # <i>role model</i>
        ("L3.iii.1", "m12", "not-stated"),  # the line is cut off
        ("L4.i.1", "responsible", "misplaced"),  # the team stands in a row of its own, below
        ("L6.i.1", "responsible", "missing"),
        ("L2.ii.1", "component", "missing"),
    ],
)
def test_what_a_line_says_and_does_not_say(
    sample_audit: Audit, action_id: str, field: str, verdict: str
) -> None:
    assert cell_of(sample_audit, action_id, field).verdict == verdict


def test_places_on_both_sides_are_kept(sample_audit: Audit) -> None:
    cell = cell_of(sample_audit, "L3.iv.1", "indicator")
    assert cell.paper_ref is not None
    assert cell.paper_ref.page == 6
    assert cell.stated_ref is not None
    assert (cell.stated_ref.line, cell.stated_ref.cell) == (104, 3)
