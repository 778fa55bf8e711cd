"""One card is one decision: however many findings ask and however many rows share the value."""

from __future__ import annotations

from pathlib import Path

import pytest

from lampiran.diff.sides import plan_of
from lampiran.review.cards import cards_of
from lampiran.review.desk import Desk
from lampiran.review.options import options_of
from schema.decree import Field
from schema.plan import Plan


@pytest.fixture(scope="module")
def scan(scan_once: Path) -> Plan:
    return plan_of(scan_once)


def test_the_covered_months_of_a_row_are_one_card(scan: Plan) -> None:
    covered = [f for f in scan.findings if f.code == "mark-covered"]
    cards = [card for card in cards_of(scan) if card.field == "schedule"]
    assert len(covered) > len(cards) == len({f.action_id for f in covered})
    assert sum(len(card.findings) for card in cards) == len(covered)


def test_every_review_is_on_one_card(scan: Plan, desk: Desk) -> None:
    for plan in (scan, desk.plan):
        reviews = [f for f in plan.findings if f.severity == "review"]
        told = [f for card in cards_of(plan) for f in card.findings]
        assert sorted(map(repr, told)) == sorted(map(repr, reviews))


def test_a_label_that_rows_share_is_decided_once_for_all_of_them(desk: Desk) -> None:
    (card,) = [card for card in desk.cards if card.field == "component_no"]
    items = list(desk.plan.placed())
    assert [items[t.row].action.action_id for t in card.targets if t.row is not None] == [
        "L2.ii.1",
        "L2.ii.2",
    ]


def test_a_merged_cell_is_decided_for_the_rows_that_were_filled_from_it(desk: Desk) -> None:
    first, second = [card for card in desk.cards if card.field == "responsible"]
    assert (len(first.targets), len(second.targets)) == (4, 4)


def test_options_never_contradict_a_cell_that_was_read_for_sure(scan: Plan) -> None:
    offered = 0
    for card in cards_of(scan):
        if card.kind is None or card.targets[0].row is None:
            continue
        sure = set(list(scan.actions)[card.targets[0].row].schedule.planned())
        for option in card.options:
            months = (
                set(map(int, (option.value or "").strip("-").split(";"))) if option.value != "-" else set()
            )
            assert sure <= months
            offered += 1
    assert offered


def test_ids_stay_the_same_in_another_reading(scan: Plan, scan_desk: Desk) -> None:
    assert [card.id for card in scan_desk.cards] == [card.id for card in cards_of(scan)]
    assert len({card.id for card in cards_of(scan)}) == len(cards_of(scan))


def test_another_reading_of_a_line_becomes_an_option_of_the_whole_text(scan: Plan) -> None:
    (card,) = [card for card in cards_of(scan) if card.field == "legal_basis.3"]
    values = [option.value for option in card.options if option.value]
    assert values
    assert all(abs(len(value) - len(card.text)) < 20 for value in values)


def test_a_text_keeps_its_label_out_of_the_options(scan: Plan) -> None:
    (card,) = [card for card in cards_of(scan) if card.field == "dictum.KESATU"]
    value = Field(printed=card.printed, text=card.text)
    options = options_of(card, value, scan, ())
    assert options
    assert all(not (option.value or "").startswith(("KESATU", ":")) for option in options)
