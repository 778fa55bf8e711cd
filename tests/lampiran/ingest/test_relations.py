"""What decrees are to each other, by their records: amendments, several of one decree, in a circle, of a part."""

from __future__ import annotations

import pytest

from lampiran.ingest.record import Record
from lampiran.ingest.relations import related


def record(
    number: str, *, amends: str = "", date: str | None = None, actions: int = 30, **more: object
) -> Record:
    title = f"PERUBAHAN {amends} TENTANG RENCANA AKSI" if amends else "RENCANA AKSI MANAJEMEN PERUBAHAN"
    given = {
        "sha256": number.ljust(64, "0"),
        "size": 1,
        "names": (f"{number}.pdf",),
        "state": "done",
        "outcome": "done",
        "decree_id": f"kantor-{number}-2025",
        "identified": True,
        "office": "KANTOR",
        "number": number,
        "year": "2025",
        "title": title,
        "date": date,
        "actions": actions,
        "result": number,
        **more,
    }
    return Record.model_validate(given)


def states(*records: Record) -> dict[str, tuple[str, str | None]]:
    settled = related(records, lambda _a, _b: False)
    assert settled == related(settled[::-1], lambda _a, _b: False)
    names = {each.sha256: each.number for each in records}
    return {str(each.number): (each.state, names.get(each.superseded_by or "")) for each in settled}


@pytest.mark.parametrize(
    "words",
    ["ATAS KEPUTUSAN KANTOR NOMOR 1 TAHUN 2025", "KEDUA ATAS KEPUTUSAN NOMOR\n1 TAHUN 2025", "ke-2 atas Keputusan Nomor 1 Tahun 2025"],
)  # fmt: skip
def test_a_decree_that_is_amended_is_superseded(words: str) -> None:
    assert states(record("1"), record("9", amends=words)) == {"1": ("superseded", "9"), "9": ("done", None)}


def test_a_title_that_names_another_decree_amends_nothing() -> None:
    words = "BUDAYA SESUAI KEPUTUSAN NOMOR 1 TAHUN 2025"
    assert states(record("1"), record("9", amends=words))["1"] == ("done", None)
    assert states(record("1"), record("9", amends="ATAS KEPUTUSAN NOMOR 7 TAHUN 2025"))["1"] == ("done", None)


def test_of_several_that_amend_one_the_last_holds() -> None:
    words = "ATAS KEPUTUSAN NOMOR 1 TAHUN 2025"
    first, second = record("5", amends=words, date="2025-03-01"), record("4", amends=words, date="2025-06-01")
    assert states(record("1", date="2025-01-02"), first, second) == {
        "1": ("superseded", "4"),
        "4": ("done", None),
        "5": ("superseded", "4"),
    }
    chained = record("6", amends="ATAS KEPUTUSAN NOMOR 5 TAHUN 2025")
    assert states(record("1"), first, chained) == {
        "1": ("superseded", "5"),
        "5": ("superseded", "6"),
        "6": ("done", None),
    }


def test_which_of_two_amendments_holds_is_asked_where_no_date_tells() -> None:
    words = "ATAS KEPUTUSAN NOMOR 1 TAHUN 2025"
    told = states(record("1"), record("5", amends=words), record("4", amends=words))
    assert (told["1"][0], told["4"][0], told["5"][0]) == ("superseded", "waits", "waits")
    told = states(record("1"), record("5", amends=words, outdated=True), record("4", amends=words))
    assert told == {"1": ("superseded", "4"), "4": ("done", None), "5": ("superseded", "4")}


def test_an_amendment_with_few_actions_may_state_the_changes_alone() -> None:
    words = "ATAS KEPUTUSAN NOMOR 1 TAHUN 2025"
    small = record("9", amends=words, actions=3)
    (old, _) = related([record("1"), small], lambda _a, _b: False)
    assert old.state == "waits"
    assert old.reason is not None
    assert "with only 3 actions in place of 30" in old.reason.en
    assert "--outdated" in old.reason.id
    assert states(record("1", outdated=True), small)["1"] == ("superseded", "9")


def test_none_is_lost_where_two_amend_each_other_or_an_earlier_one_a_later() -> None:
    one, two = record("1", amends="ATAS NOMOR 2 TAHUN 2025"), record("2", amends="ATAS NOMOR 1 TAHUN 2025")
    assert states(one, two) == {"1": ("done", None), "2": ("done", None)}
    words = "ATAS NOMOR {} TAHUN 2025".format
    circle = [record(a, amends=words(b)) for a, b in ("12", "23", "31")]
    assert {state for state, _ in states(*circle).values()} == {"done"}
    assert states(
        record("1", date="2025-05-01"), record("2", amends="ATAS NOMOR 1 TAHUN 2025", date="2025-01-01")
    )["1"] == (
        "done",
        None,
    )


def test_a_version_without_a_date_waits_unless_a_part_of_it_is_lost() -> None:
    one = record("1", date="2025-01-02", rows="a", decree_id="x")
    two = record("2", rows="b", decree_id="x")
    assert [each.state for each in related([one, two], lambda _a, _b: False)] == ["waits", "waits"]
    lost = two.replace(code=4, outcome="waits", state="waits")
    assert [each.state for each in related([one, lost], lambda _a, _b: False)] == ["done", "superseded"]
    later = record("3", date="2025-03-02", rows="c", decree_id="x", code=4)
    assert [each.state for each in related([one, later], lambda _a, _b: False)] == ["waits", "waits"]


def test_a_record_of_another_version_is_known() -> None:
    old = {**record("1").model_dump(mode="json"), "batch": 3}
    assert Record.model_validate(old) == record("1")
