"""Decisions at a desk: on the disk at once, taken back, made by several people, and the result made again with them."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import lampiran
from lampiran.decisions import load_decisions
from lampiran.review.card import Card
from lampiran.review.desk import Choice, Desk, StaleError, frequent_confusions
from lampiran.review.ledger import merged, with_decisions
from lampiran.review.opening import open_desk, renew
from schema.decisions import DecisionFile
from schema.errors import InputError, OutputError, UsageError

Right = Callable[[Desk, Card], Choice]
Row = tuple[str, str, str, str, str, str, str]


def rows(plan: lampiran.Result) -> list[Row]:
    return [
        (
            str(item.area.number), item.component.number.text.strip(". "), item.component.name.text,
            item.action.action.text, item.action.evidence.text, item.action.responsible.text,
            ";".join(map(str, item.action.schedule.planned())),
        )
        for item in plan.plan.placed()
    ]  # fmt: skip


def test_what_is_decided_by_the_paper_is_what_the_paper_says(
    desk: Desk, result: Path, right_choice: Right, samples: Path
) -> None:
    for card in desk.cards:
        desk.decide(card, right_choice(desk, card), by="pemeriksa")
    assert not desk.waiting()
    plan, _ = renew(desk, result)
    assert not [action.action_id for action in plan.actions if action.needs_review]
    assert not [finding for finding in plan.findings if finding.severity == "review"]
    decided = {action.action_id: ";".join(map(str, action.schedule.planned())) for action in plan.actions}
    paper = lampiran.read(samples / "kpu-batang-2025.pdf").plan
    assert decided == {
        action.action_id: ";".join(map(str, action.schedule.planned())) for action in paper.actions
    }


def test_a_decision_says_who_and_when_and_keeps_what_was_printed(desk: Desk, result: Path) -> None:
    card = next(card for card in desk.cards if card.kind is not None)
    before = list(desk.plan.actions)[card.targets[0].row or 0]
    desk.decide(card, Choice("value", "3;6;9;12", "dari naskah"), by="pemeriksa")
    plan, _ = renew(desk, result)
    action = list(plan.actions)[card.targets[0].row or 0]
    assert (action.schedule.planned(), action.schedule.state) == ((3, 6, 9, 12), "marked")
    assert action.schedule.printed == before.schedule.printed
    (finding,) = [f for f in plan.findings_of(action.action_id) if f.code == "decided"]
    assert (finding.value, finding.alternatives) == ("3;6;9;12", tuple(o.value for o in card.options))
    assert "pemeriksa" in finding.message.en
    fields = (result / "fields.csv").read_text(encoding="utf-8")
    assert "decided" in fields


def test_the_result_with_its_decisions_is_what_a_new_reading_gives(
    desk: Desk, result: Path, right_choice: Right, samples: Path, tmp_path: Path
) -> None:
    for card in desk.cards:
        desk.decide(card, right_choice(desk, card))
    renew(desk, result)
    fresh = lampiran.read(samples / "kpu-batang-2025.transcript.txt", decisions=desk.path)
    fresh.write(tmp_path / "fresh")
    for name in ("decree.json", "actions.csv", "findings.csv", "schedule.csv"):
        assert (tmp_path / "fresh" / name).read_bytes() == (result / name).read_bytes()


def test_unreadable_waits_no_more_and_stays_unknown(desk: Desk, result: Path) -> None:
    card = next(card for card in desk.cards if card.codes == ("schedule-unknown",))
    desk.decide(card, Choice("unreadable"))
    plan, _ = renew(desk, result)
    action = list(plan.actions)[card.targets[0].row or 0]
    assert action.schedule.state == "unknown"
    assert not any(
        f.severity == "review" and f.field == "schedule" for f in plan.findings_of(action.action_id)
    )


def test_undo_and_again_let_a_card_wait(desk: Desk) -> None:
    one, two = desk.cards[:2]
    desk.decide(one, Choice("unreadable"))
    desk.decide(two, Choice("as-read"))
    file, undone = desk.undo()
    assert (undone, len(desk.waiting(file))) == (two, len(desk.cards) - 1)
    file = desk.take_back(one)
    assert len(desk.waiting(file)) == len(desk.cards)
    assert len(file.past) == len(one.targets) + len(two.targets)


def test_the_same_everywhere_decides_all_cards_that_are_alike(desk: Desk) -> None:
    card = next(card for card in desk.cards if len(desk.alike(card)) > 1)
    file = desk.decide(card, Choice(card.options[0].verdict, card.options[0].value), everywhere=True)
    assert set(desk.decided(file)) == {one.id for one in desk.alike(card)}
    assert len(desk.waiting(desk.take_back(card))) == len(desk.cards)


def test_a_card_that_somebody_else_decided_is_not_decided_over(desk: Desk, result: Path) -> None:
    card = desk.cards[0]
    other = open_desk(result)
    other.decide(other.cards[0], Choice("unreadable"), seen="", by="dua")
    with pytest.raises(StaleError):
        desk.decide(card, Choice("value", "1"), seen="")
    assert [d.by for d in load_decisions(desk.path).decisions] == ["dua"]


@pytest.mark.parametrize(
    "value", ["13", "0", "x", "", "3;14", "3.5", "-1", "1" * 30_000], ids=lambda v: v[:6] or "empty"
)
def test_a_schedule_that_cannot_be_is_refused(desk: Desk, value: str) -> None:
    card = next(card for card in desk.cards if card.kind is not None)
    with pytest.raises(UsageError):
        desk.decide(card, Choice("value", value))
    assert not desk.path.exists()


def test_a_changed_result_is_not_written_over(desk: Desk, result: Path) -> None:
    desk.decide(desk.cards[0], Choice("unreadable"))
    (result / "actions.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"actions\.csv"):
        renew(desk, result)
    assert (result / "actions.csv").read_text(encoding="utf-8") == "mine"
    assert len(load_decisions(desk.path).decisions) == 1


def test_people_may_decide_at_once_and_nothing_is_lost(result: Path) -> None:
    cards = len(open_desk(result).cards)
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_decide_every, args=(str(result), start, 2)) for start in (0, 1)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    desk = open_desk(result)
    assert len(desk.decided()) == cards
    assert {d.by for d in desk.decided().values()} == {"0", "1"}


def _decide_every(result: str, start: int, step: int) -> None:
    desk = open_desk(Path(result), by=str(start))
    for card in desk.cards[start::step]:
        desk.decide(card, Choice("unreadable"))


_DECIDE_UNTIL_KILLED = """
import sys
from pathlib import Path
from lampiran.review.desk import Choice
from lampiran.review.opening import open_desk
desk = open_desk(Path(sys.argv[1]))
for card in desk.cards:
    desk.decide(card, Choice("unreadable"))
    print(card.id, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
@pytest.mark.parametrize("after", [1, 4, 9])
def test_what_was_told_as_saved_outlives_a_kill(result: Path, after: int) -> None:
    call = [sys.executable, "-c", _DECIDE_UNTIL_KILLED, str(result)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(after)]
        os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.read().split()
    desk = open_desk(result)
    assert set(told) <= set(desk.decided())
    desk.decide(desk.cards[-1], Choice("unreadable"))  # the lock died with its process


def test_two_peoples_files_are_merged_and_conflicts_hold_no_decision(
    desk: Desk, result: Path, tmp_path: Path
) -> None:
    one, two, three = desk.cards[:3]
    desk.decide(one, Choice("unreadable"), by="a")
    desk.decide(two, Choice("as-read"), by="a")
    mine = load_decisions(desk.path)
    desk.path.unlink()
    desk.decide(one, Choice("value", "3"), by="b")
    desk.decide(two, Choice("as-read"), by="b")
    desk.decide(three, Choice("as-read"), by="b")
    file, new = merged(mine, load_decisions(desk.path))
    assert new == len(three.targets)
    assert set(desk.decided(file)) == {two.id, three.id}
    assert {d.by for d in desk.conflicts(file)[one.id]} == {"a", "b"}
    assert desk.decided(file)[two.id].by == "a"  # the earlier one
    again, none = merged(file, mine)
    assert (again, none) == (file, 0)
    ended = with_decisions(file, [desk.conflicts(file)[one.id][0]])
    assert not ended.conflicts
    assert {d.by for d in ended.past} >= {"a", "b"}


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"decisions_version": "9.0.0"}', '{"decisions": [{"x": 1}]}']
)
def test_a_file_that_holds_no_decisions_is_refused_and_stays(result: Path, content: str) -> None:
    path = result.with_name(result.name + ".decisions.json")
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="decisions"):
        open_desk(result)
    assert path.read_text(encoding="utf-8") == content


def test_another_file_is_not_taken_for_the_source(result: Path, samples: Path) -> None:
    with pytest.raises(InputError, match="not the file"):
        open_desk(result, source=samples / "kpu-batang-2025.pdf")


def test_a_folder_without_its_extraction_is_refused(result: Path) -> None:
    (result / "extraction.json").unlink()
    with pytest.raises(InputError, match=r"extraction\.json"):
        open_desk(result)


def test_words_put_right_twice_are_offered_and_nothing_more(desk: Desk) -> None:
    card = next(card for card in desk.cards if card.field == "responsible")
    made = desk.decide(card, Choice("value", "TIM LAIN")).decisions
    said = [d.model_copy(update={"printed": "rnonev ZI", "value": "monev ZI"}) for d in made]
    assert frequent_confusions(said) == (("rnonev", "monev", len(said)),)
    assert frequent_confusions(said[:1]) == ()


def test_the_file_is_plain_json_that_another_program_reads(desk: Desk) -> None:
    desk.decide(desk.cards[0], Choice("unreadable"))
    parsed = json.loads(desk.path.read_text(encoding="utf-8"))
    assert parsed["decisions"][0]["sha256"] == desk.plan.source.sha256
    assert DecisionFile.model_validate(parsed).decisions


SPLIT = "Menyusun LAKIP"


def test_a_row_that_is_one_with_the_row_above_joins_that_row_and_no_other(
    samples: Path, tmp_path: Path
) -> None:
    lines = (samples / "kpu-batang-2025.transcript.txt").read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.count(SPLIT) and "\t" in line)
    cells = lines[at].split("\t")
    widest = max(range(len(cells)), key=lambda n: len(cells[n]))
    words = cells[widest].split()
    half = len(words) // 2
    cells[widest] = " ".join(words[:half])
    lines[at : at + 1] = ["\t".join(cells), " ".join(words[half:])]
    source = tmp_path / "split.txt"
    source.write_text("\n".join(lines), encoding="utf-8")
    lampiran.read(source).write(tmp_path / "split")
    desk = open_desk(tmp_path / "split", source=source)
    for card in desk.cards:
        wanted = next((o for o in card.options if o.verdict == "joined"), card.options[0])
        desk.decide(card, Choice(wanted.verdict, wanted.value))
    plan, _ = renew(desk, tmp_path / "split")
    assert not [f.message.en for f in plan.findings if f.severity == "review"]
    assert not any(action.needs_review for action in plan.actions)
    teams = {action.responsible.text for action in plan.actions}
    assert all(team.count("TIM ") <= 1 for team in teams)
    texts = [action.action.text for action in plan.actions]
    assert not [text for text in texts if text.count(SPLIT) > 1]


def test_every_card_of_a_plan_with_doubts_of_many_kinds_can_be_settled(desk: Desk, result: Path) -> None:
    for card in desk.cards:
        desk.decide(card, Choice(card.options[-1].verdict, card.options[-1].value))
    plan, _ = renew(desk, result)
    assert not [finding for finding in plan.findings if finding.severity == "review"]


def test_a_text_with_an_unread_letter_is_no_decision(desk: Desk) -> None:
    card = next(card for card in desk.cards if card.field == "component")
    with pytest.raises(UsageError, match="letter"):
        desk.decide(card, Choice("value", "Sistem � Elektronik"))
