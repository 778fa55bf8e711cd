"""Published again nothing changes; a decree is replaced as a whole; a killed or second publisher loses nothing."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import lampiran
from lampiran.cli.app import run
from lampiran.databases.entries import result_id_of
from lampiran.databases.publishing import Given, publish_given
from lampiran.databases.settings import AMOUNTS
from lampiran.databases.target import target_of
from lampiran.ingest.record import Record
from lampiran.publish.writing import to_json
from schema.many import many_tables
from schema.plan import Plan
from tests.lampiran.databases.plans import COPY, KEYED, NEWER, OLDER, asked, many, write
from tests.lampiran.databases.publisher import Publisher

KINDS = ("sqlite", "duckdb", "postgresql")
ID = result_id_of(KEYED)


def content(target: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of a database by their tables."""
    held = {}
    for name, table in many_tables().items():
        named = ", ".join(f'"{column.name}"' for column in table.columns)
        held[name] = sorted(asked(target, f"SELECT {named} FROM {name}"), key=repr)
    return held


def changed(plan: Plan) -> Plan:
    """The same decree, read again: another team, and a row less."""
    area = plan.areas[0]
    part = area.components[0]
    first = part.actions[0]
    actions = (first.replace(responsible=first.responsible.with_text("TIM C")), *part.actions[1:-1])
    return plan.replace(areas=(area.replace(components=(part.replace(actions=actions),)),), findings=())


@pytest.mark.parametrize("kind", KINDS)
def test_published_again_nothing_changes(kind: str, place: Callable[[str], str], tmp_path: Path) -> None:
    count = 46 if kind == "postgresql" else 4
    results = write(tmp_path / "out", *many(count), OLDER, NEWER, COPY, KEYED)
    target = place(kind)
    first = lampiran.publish(results, to=target)
    before = content(target)
    again = lampiran.publish(results, to=target)
    assert (len(first.added), first.unchanged) == (count + 4, ())
    assert (again.added, again.replaced, again.removed, len(again.unchanged)) == ((), (), (), count + 4)
    assert content(target) == before
    assert len(before["decree"]) == count + 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_decree_is_replaced_as_a_whole(kind: str, place: Callable[[str], str]) -> None:
    target, other = place(kind), place(kind)
    lampiran.publish(KEYED, OLDER, NEWER, to=target)
    told = lampiran.publish(changed(KEYED), to=target)
    assert told.replaced == (ID,)
    assert len(told.kept) == 2
    lampiran.publish(changed(KEYED), OLDER, NEWER, to=other)
    assert content(target) == content(other)


@pytest.mark.parametrize("kind", KINDS)
def test_an_input_that_is_read_as_another_decree_takes_the_place_of_the_first(
    kind: str, place: Callable[[str], str]
) -> None:
    target = place(kind)
    lampiran.publish(KEYED.replace(decree_id="salah-baca-1"), to=target)
    told = lampiran.publish(KEYED, to=target)
    assert len(told.removed) == 1
    assert asked(target, "SELECT result_id FROM decree") == [(ID,)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_named_stays_until_it_is_pruned(kind: str, place: Callable[[str], str]) -> None:
    target, alone = place(kind), place(kind)
    lampiran.publish(KEYED, OLDER, NEWER, to=target)
    told = lampiran.publish(NEWER, to=target)
    assert (len(told.kept), told.removed) == (2, ())
    assert len(content(target)["changes"]) > 0
    told = lampiran.publish(NEWER, to=target, prune=True)
    assert len(told.removed) == 2
    lampiran.publish(NEWER, to=alone)
    assert content(target) == content(alone)


@pytest.mark.parametrize("kind", KINDS)
def test_a_year_that_was_replaced_is_compared_again_or_not_at_all(
    kind: str, place: Callable[[str], str]
) -> None:
    target, other = place(kind), place(kind)
    lampiran.publish(OLDER, NEWER, to=target)
    told = lampiran.publish(changed(OLDER), to=target)
    assert told.not_compared == ((result_id_of(OLDER), result_id_of(NEWER)),)
    assert content(target)["changes"] == []
    assert lampiran.publish(changed(OLDER), NEWER, to=target).not_compared == ()
    lampiran.publish(changed(OLDER), NEWER, to=other)
    assert content(target) == content(other)


def test_the_order_of_publishing_does_not_matter(place: Callable[[str], str]) -> None:
    one, other = place("sqlite"), place("sqlite")
    for plan in (KEYED, COPY, OLDER, NEWER):
        lampiran.publish(plan, to=one)
    lampiran.publish(OLDER, NEWER, to=one)
    lampiran.publish(NEWER, COPY, OLDER, KEYED, to=other)
    assert content(one) == content(other)


def test_two_results_of_one_input_are_one_and_it_is_said(place: Callable[[str], str]) -> None:
    told = lampiran.publish(KEYED, KEYED.replace(decree_id="lain-1"), to=place("sqlite"))
    assert told.added == (ID,)
    assert len(told.repeated) == 1


def test_results_that_do_not_fit_into_memory_together_are_read_again(
    place: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = write(tmp_path / "out", KEYED, OLDER, NEWER)
    target, wanted = place("sqlite"), place("sqlite")
    lampiran.publish(results, to=wanted)
    monkeypatch.setattr("lampiran.databases.publishing.AMOUNTS", AMOUNTS.replace(held=1))
    given = Given()
    for result in sorted(results.iterdir()):
        given.add(result)
    assert all(entry.plan is None for entry in given.entries.values())
    file = results / f"{KEYED.decree_id}-{KEYED.source.sha256[:8]}" / "decree.json"
    kept = file.read_bytes()
    file.write_bytes(to_json(changed(KEYED)))
    with pytest.raises(lampiran.InputError, match="changed while it was published"):
        publish_given(given, target_of(target))
    assert asked(target, "SELECT count(*) FROM sqlite_master") == [(0,)]
    file.write_bytes(kept)
    publish_given(given, target_of(target))
    assert content(target) == content(wanted)


def store(folder: Path, *plans: Plan, superseded: Plan) -> Path:
    """A store as `lampiran ingest` leaves it, as far as publishing reads it."""
    write(folder / "results", *plans)
    (folder / "store.json").write_text('{"format": 1}', encoding="utf-8")
    (folder / "records").mkdir()
    for plan in plans:
        sha256 = plan.source.sha256
        record = Record(
            sha256=sha256,
            size=1,
            names=(plan.source.name,),
            state="done",
            outcome="done",
            result=f"{plan.decree_id}-{sha256[:8]}",
        )
        if plan is superseded:
            record = record.replace(state="superseded", superseded_by=NEWER.source.sha256, relation="version")
        (folder / record.key).write_bytes(record.to_json())
    return folder


def test_what_a_store_calls_superseded_is_marked_and_not_counted_and_pruned(
    place: Callable[[str], str], tmp_path: Path
) -> None:
    target = place("sqlite")
    lampiran.publish(OLDER, KEYED, to=target)
    results = store(tmp_path / "gudang", OLDER, KEYED, NEWER, superseded=OLDER)
    told = lampiran.publish(results, to=target)
    assert (told.replaced, told.uncounted) == ((result_id_of(OLDER),), (result_id_of(OLDER),))
    assert asked(target, "SELECT superseded, counted FROM decree WHERE plan_year = 2024") == [(1, 0)]
    assert asked(target, "SELECT count(*) FROM load_by_team WHERE plan_year = 2024") == [(0,)]
    assert content(target)["changes"] == []
    told = lampiran.publish(results, to=target, prune=True)
    assert told.removed == (result_id_of(OLDER),)
    assert len(told.unchanged) == 2


@pytest.mark.parametrize("kind", ["store", "store with a folder for results", "folder", "file"])
def test_what_holds_no_result_is_named_with_what_publish_takes(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named, target = tmp_path / "surat", tmp_path / "x.jsonl"
    if kind == "file":
        named.write_bytes(b"%PDF-1.7\n")
    else:
        named.mkdir()
    if kind.startswith("store"):
        (named / "store.json").write_text('{"format": 1}', encoding="utf-8")
    if kind.endswith("results"):
        (named / "results").mkdir()
    assert run(["publish", str(named), "--to", str(target), "--lang", "en"]) == 4
    said = capsys.readouterr().err
    assert said.startswith(
        f"lampiran: {named}: it is no result and holds none; give a store of lampiran ingest"
    )
    with pytest.raises(lampiran.InputError, match="holds none"):
        lampiran.publish(named, to=target)
    assert not target.exists()


def test_a_plan_for_which_two_plans_of_the_year_before_are_there_is_not_compared(
    place: Callable[[str], str],
) -> None:
    target = place("sqlite")
    second = OLDER.replace(decree_id="kpu-uji-2-2024", source=OLDER.source.replace(sha256="e" * 64))
    lampiran.publish(OLDER, NEWER, to=target)
    lampiran.publish(OLDER, second, NEWER, to=target)
    assert content(target)["changes"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_publisher_leaves_the_old_or_the_new(
    kind: str, place: Callable[[str], str], tmp_path: Path
) -> None:
    old = write(tmp_path / "old", KEYED, OLDER, NEWER)
    new = write(tmp_path / "new", changed(KEYED), changed(OLDER), NEWER, *many(1))
    target, wanted = place(kind), place(kind)
    lampiran.publish(old, to=target)
    before = content(target)
    lampiran.publish(old, to=wanted)
    code, said, statements = Publisher(new, "--to", wanted).ended()
    assert code == 0, said
    after = content(wanted)
    assert after != before
    for last in (1, statements // 2, statements - 1, statements):
        assert Publisher(new, "--to", target, kill_before=last).ended()[0] == -signal.SIGKILL
        assert content(target) == before, f"killed before statement {last} of {statements}"
    assert Publisher(new, "--to", target).ended()[0] == 0
    assert content(target) == after


@pytest.mark.parametrize("kind", KINDS)
def test_a_publisher_killed_at_the_first_publishing_leaves_an_empty_place(
    kind: str, place: Callable[[str], str], tmp_path: Path
) -> None:
    results = write(tmp_path / "out", KEYED)
    target, wanted = place(kind), place(kind)
    assert Publisher(results, "--to", target, kill_before=30).ended()[0] == -signal.SIGKILL
    lampiran.publish(results, to=wanted)
    lampiran.publish(results, to=target)
    assert content(target) == content(wanted)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_publishers_at_once_lose_nothing(kind: str, place: Callable[[str], str], tmp_path: Path) -> None:
    one = write(tmp_path / "one", *many(4), KEYED, OLDER, NEWER)
    two = write(tmp_path / "two", *many(4, first=2), COPY, OLDER, NEWER)
    target, wanted = place(kind), place(kind)
    both = [Publisher(one, "--to", target), Publisher(two, "--to", target)]
    assert [publisher.ended()[0] for publisher in both] == [0, 0]
    lampiran.publish(one, two, to=wanted)
    assert content(target) == content(wanted)
    assert len(content(target)["decree"]) == 4 + 2 + 4


def test_a_second_publisher_of_a_duckdb_file_is_told_who_has_it(
    place: Callable[[str], str], tmp_path: Path
) -> None:
    target = place("duckdb")
    with duckdb.connect(target):
        code, said, _ = Publisher(write(tmp_path / "out", KEYED), "--to", target).ended()
    assert code == 6
    assert said == f"lampiran: {target}: another program is using it; publish again when that has finished.\n"
