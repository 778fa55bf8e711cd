"""What an audit comes to in words, and when two files are different decrees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from lampiran.audit.report.same_decree import other_decree
from lampiran.audit.report.verdict import in_words
from schema.audit import Audit, AuditCell
from tests.lampiran.audit.audits import audit, cell, marks, matched, numbered


def audit_of(cells: Sequence[AuditCell], **other: Any) -> Audit:
    return audit().model_copy(update={"cells": numbered(cells), "rows": (matched(1),), **other})


def head(field: str, paper: str | None, stated: str | None, **other: Any) -> AuditCell:
    kind = {"kind": "head-wrong", "consequence": "medium"} if paper != stated else {}
    return cell(None, f"head.{field}", paper, stated, **(kind | other))


SAME = [cell(1, "action", "Menyusun rencana", "Menyusun rencana"), *marks(1, (1, 6), (1, 6))]
LOW = cell(1, "evidence", "Notula", "Notuka", consequence="low", kind="letter-wrong")
LOST = cell(1, "m03", "true", None, verdict="missing", consequence="critical", kind="mark-lost")
UNSEEN = cell(1, "evidence", "Notula", None, verdict="not-stated")


@pytest.mark.parametrize(
    ("cells", "trust", "id", "en"),
    [
        (SAME, "trusted", "dapat dipercaya: tidak ada", "can be trusted: no fault"),
        ([*SAME, LOW], "repair", "setelah diperbaiki: 1 kesalahan", "once it is put right: 1 fault"),
        ([*SAME, LOW, LOST], "untrusted", "tidak dapat dipercaya: 1 dari 2", "cannot be trusted: 1 of its 2"),
        ([*SAME, *[UNSEEN] * 3], "unknown", "Belum dapat dikatakan", "cannot be said"),
        ([], "unknown", "Belum dapat dikatakan", "cannot be said"),
        ([*SAME, head("year", "2024", "2025")], "other", "keputusan yang berbeda", "different decrees"),
    ],
)
def test_the_verdict_is_one_sentence(cells: list[AuditCell], trust: str, id: str, en: str) -> None:
    found = in_words(audit_of(cells))
    assert found.trust == trust
    assert id in found.said.id
    assert en in found.said.en


def test_the_gravest_kinds_come_first_and_the_commonest_of_them() -> None:
    invented = cell(1, "m04", None, "true", consequence="critical", kind="mark-invented")
    found = in_words(audit_of([*SAME, LOW, LOST, invented, invented]))
    assert found.reasons[0].en == "The gravest: 2 × Mark invented, 1 × Mark lost, 1 × Letter wrong."


def test_numbers_are_written_as_each_language_does() -> None:
    reasons = in_words(audit_of([*SAME, LOW, LOST])).reasons
    assert any("(60,00 %)" in reason.id and "(60.00 %)" in reason.en for reason in reasons)


@pytest.mark.parametrize(
    ("cells", "fields"),
    [
        ([], []),
        ([head("number", "8.1", "8.1")], []),
        ([head("number", "8.1", "9")], ["head.number"]),
        ([head("number", "8.1", None)], []),
        ([head("number", None, "9")], []),
        ([head("number", "3/PW.01", "3 / PW 01")], []),
        ([head("year", "2024", "2025", verdict="unreadable")], []),
        ([head("institution", "KPU KABUPATEN BATANG", "KOMISI PEMILIHAN UMUM KABUPATEN BATANG")], []),
        ([head("institution", "KPU KABUPATEN BATANG", "KPU BATANG")], []),
        ([head("institution", "KPU KABUPATEN BATANG", "KPU KABUPATEN BATANC", consequence="low")], []),
        ([head("institution", "KPU KABUPATEN BATANG", "KPU KABUPATEN SUBANG")], ["head.institution"]),
        ([head("title", "RENCANA AKSI", "RENCANA KERJA")], []),
    ],
)
def test_another_decree_is_known_by_office_number_and_year(cells: list[AuditCell], fields: list[str]) -> None:
    assert [one.field for one in other_decree(audit_of([*SAME, *cells]))] == fields


def test_cells_that_say_nothing_do_not_make_a_transcription_look_better() -> None:
    few = audit_of([*marks(1, (1,), (2,))])
    assert (few.exactness, sum(one.counts for one in few.cells)) == (0.0, 2)
    assert audit_of([UNSEEN]).exactness is None
    normalised = cell(1, "action", "Tim", "tim", verdict="normalised")
    assert audit_of([normalised]).exactness == 0.0
