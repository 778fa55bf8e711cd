"""Decisions on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from lampiran.publish.quotes import Quotes
from lampiran.review.desk import Desk
from lampiran.review.terminal import review_on_terminal
from lampiran.review.view import card_views


def run(desk: Desk, lines: Iterable[str]) -> list[str]:
    said: list[str] = []
    waiting = iter(lines)
    views = card_views(desk.cards, desk.plan, Quotes(desk.extraction))
    review_on_terminal(desk, views, "en", lambda _: next(waiting), said.append)
    return said


def test_numbers_choose_and_each_decision_is_kept(desk: Desk) -> None:
    run(desk, ["1"] * len(desk.cards))
    assert not desk.waiting()


def test_a_value_zero_undo_skip_and_quit(desk: Desk) -> None:
    run(desk, ["3;6", "q"])
    assert desk.decided()[desk.cards[0].id].value == "3;6"
    run(desk, ["0", "u", "", "q"])
    assert set(desk.decided()) == {desk.cards[0].id}


def test_a_number_is_an_option_and_never_a_month(desk: Desk) -> None:
    said = run(desk, ["12", "2;", "q"])
    assert any("12" in line and "option" in line for line in said)
    assert desk.decided()[desk.cards[0].id].value == "2;"


def test_a_value_can_be_typed_after_t_whatever_its_letters_mean_elsewhere(desk: Desk) -> None:
    card = next(card for card in desk.cards if card.kind is None and card.subject == "row")
    before = [""] * desk.cards.index(card)
    run(desk, [*before, "t", "", "t", "q", "q"])
    assert desk.decided()[card.id].value == "q"


@pytest.mark.parametrize("typed", ["Mar Jun", "Mar, Jun", "3;6", "3, 6"])
def test_months_by_name_or_number(desk: Desk, typed: str) -> None:
    run(desk, [typed, "q"])
    assert (desk.decided()[desk.cards[0].id].value or "").replace(",", ";").replace(" ", "") == "3;6"


def test_what_cannot_be_is_told_and_asked_again(desk: Desk) -> None:
    said = run(desk, ["13;14", "1", "q"])
    assert any("3;6;9;12" in line for line in said)
    assert len(desk.decided()) == 1


def test_a_card_shows_its_line_with_the_doubtful_cell(desk: Desk) -> None:
    said = run(desk, ["q"])
    assert any(">>√<<" in line for line in said)
    assert any(line.startswith("  0 ") for line in said)
