"""The workbook of decisions: filled in with a spreadsheet program, it decides what the page would."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lampiran.decisions import load_decisions
from lampiran.publish.quotes import Quotes
from lampiran.review.card import Card
from lampiran.review.desk import Choice, Desk
from lampiran.review.pictures import card_pictures
from lampiran.review.sheet import COLUMNS, read_workbook, review_workbook
from lampiran.review.view import CardView, card_views
from schema.errors import InputError

SOFFICE = shutil.which("soffice")
Right = Callable[[Desk, Card], Choice]
DECISION, BY, NOTE = (COLUMNS.index(name) + 1 for name in ("decision", "by", "note"))


def views_of(desk: Desk) -> tuple[CardView, ...]:
    return card_views(desk.cards, desk.plan, Quotes(desk.extraction))


def filled(desk: Desk, path: Path, said: Callable[[CardView], str], by: str = "pemeriksa") -> Path:
    """Write the workbook and fill in what somebody says about each card."""
    book = load_workbook(io.BytesIO(review_workbook(views_of(desk), desk, {}, "id")))
    for n, view in enumerate(views_of(desk), 2):
        book.worksheets[0].cell(n, DECISION).value = said(view)
        book.worksheets[0].cell(n, BY).value = by
    book.save(path)
    return path


def imported(desk: Desk, path: Path) -> list[str]:
    answers, wrong = read_workbook(path, desk, views_of(desk))
    for answer in answers:
        desk.decide(answer.card, answer.choice, by=answer.by)
    return [error.text("en") for error in wrong]


def told(desk: Desk) -> list[object]:
    """All decisions, but for the time and the group of their making."""
    blank = {"at": None, "group": ""}
    return sorted(repr(d.model_dump() | blank) for d in load_decisions(desk.path).decisions)


def words(desk: Desk, right: Right) -> Callable[[CardView], str]:
    """How a person writes down the right decision: an option in its words, or a value."""

    def said(view: CardView) -> str:
        choice = right(desk, view.card)
        shown = [option.label.id for option in view.options if option.choice == choice]
        return shown[0] if shown and view.card.kind is None else choice.value or shown[0]

    return said


def test_the_workbook_decides_what_the_page_would(desk: Desk, tmp_path: Path, right_choice: Right) -> None:
    for card in desk.cards:
        desk.decide(card, right_choice(desk, card), by="pemeriksa")
    by_page = told(desk)
    desk.path.unlink()
    assert imported(desk, filled(desk, tmp_path / "review.xlsx", words(desk, right_choice))) == []
    assert told(desk) == by_page


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_by_libreoffice_is_read(desk: Desk, tmp_path: Path, right_choice: Right) -> None:
    path = filled(desk, tmp_path / "review.xlsx", words(desk, right_choice))
    saved = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    assert SOFFICE is not None
    subprocess.run(
        [
            SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(saved),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert imported(desk, saved / "review.xlsx") == []
    assert not desk.waiting()


def test_blank_rows_wait_and_wrong_ones_are_named(desk: Desk, tmp_path: Path) -> None:
    schedules = [view for view in views_of(desk) if view.card.kind]
    said = {schedules[0].card.id: "13", schedules[1].card.id: "3;6"}
    path = filled(desk, tmp_path / "review.xlsx", lambda view: said.get(view.card.id, ""))
    (sentence,) = imported(desk, path)
    assert sentence.startswith("Row ")
    assert "3;6;9;12" in sentence
    assert set(desk.decided()) == {schedules[1].card.id}


def test_an_option_is_chosen_by_its_number_or_its_words(desk: Desk, tmp_path: Path) -> None:
    text = next(view for view in views_of(desk) if view.card.field == "component")
    for said in ("2", "2.", text.options[1].label.id, f"2. {text.options[1].label.id}"):
        path = filled(desk, tmp_path / "review.xlsx", lambda view, said=said: said if view == text else "")
        assert imported(desk, path) == []
        assert desk.decided()[text.card.id].value == text.options[1].choice.value
        desk.take_back(text.card)


def test_a_number_in_a_schedules_cell_is_a_month(desk: Desk, tmp_path: Path) -> None:
    view = next(view for view in views_of(desk) if view.card.kind)
    imported(desk, filled(desk, tmp_path / "review.xlsx", lambda one: "2" if one == view else ""))
    assert desk.decided()[view.card.id].value == "2"


@pytest.mark.parametrize("said", ["0", "tidak terbaca", "UNREADABLE", "Tidak terbaca"])
def test_unreadable_is_said_in_many_ways(desk: Desk, tmp_path: Path, said: str) -> None:
    path = filled(desk, tmp_path / "review.xlsx", lambda view: said if view.card.field == "component" else "")
    assert imported(desk, path) == []
    assert {d.verdict for d in desk.decided().values()} == {"unreadable"}


def test_a_number_that_is_no_option_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = filled(desk, tmp_path / "review.xlsx", lambda view: "9" if view.card.field == "component" else "")
    assert len(imported(desk, path)) == 1
    assert not desk.decided()


def test_an_exported_workbook_comes_back_unchanged_and_a_note_is_kept(desk: Desk, tmp_path: Path) -> None:
    card = next(card for card in desk.cards if card.kind)
    desk.decide(card, Choice("value", "3"), by="satu")
    path = tmp_path / "same.xlsx"
    path.write_bytes(review_workbook(views_of(desk), desk, {}, "id"))
    before = load_decisions(desk.path)
    assert imported(desk, path) == []
    assert load_decisions(desk.path) == before
    book = load_workbook(path)
    row = next(n for n in range(2, 40) if book.worksheets[0].cell(n, 1).value == card.id)
    book.worksheets[0].cell(row, NOTE).value = "lihat halaman 3"
    book.save(path)
    imported(desk, path)
    assert (desk.decided()[card.id].note, desk.decided()[card.id].by) == ("lihat halaman 3", "satu")


def test_what_is_decided_is_filled_in_already(desk: Desk, tmp_path: Path) -> None:
    desk.decide(desk.cards[0], Choice("unreadable", note="robek"), by="satu")
    sheet = load_workbook(io.BytesIO(review_workbook(views_of(desk), desk, {}, "id"))).worksheets[0]
    assert [sheet.cell(2, column).value for column in (DECISION, BY, NOTE)] == [
        "Tidak terbaca",
        "satu",
        "robek",
    ]
    before = load_decisions(desk.path)
    (tmp_path / "same.xlsx").write_bytes(review_workbook(views_of(desk), desk, {}, "id"))
    imported(desk, tmp_path / "same.xlsx")
    assert load_decisions(desk.path) == before


def test_the_same_desk_gives_the_same_bytes(desk: Desk) -> None:
    assert review_workbook(views_of(desk), desk, {}, "en") == review_workbook(views_of(desk), desk, {}, "en")


def test_no_text_is_a_formula(desk: Desk) -> None:
    desk.decide(
        next(c for c in desk.cards if c.field == "component"), Choice("value", "=1+1", note="@SUM(A1)")
    )
    book = load_workbook(io.BytesIO(review_workbook(views_of(desk), desk, {}, "id")))
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_a_scans_rows_have_their_pictures(scan_desk: Desk) -> None:
    desk = scan_desk
    pictures = card_pictures(desk.cards, desk.plan, desk.source, desk.extraction.pages)
    assert set(pictures) == {card.id for card in desk.cards}
    book = load_workbook(io.BytesIO(review_workbook(views_of(desk), desk, pictures, "id")))
    assert len(book.worksheets[0]._images) == len(desk.cards)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nothing"])
def test_another_file_is_refused(desk: Desk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(InputError, match="--export"):
        imported(desk, tmp_path / "x.xlsx")


def test_our_own_plan_is_no_workbook_of_decisions(desk: Desk, result: Path) -> None:
    with pytest.raises(InputError, match="--export"):
        imported(desk, result / "actions.xlsx")
