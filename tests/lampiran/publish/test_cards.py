"""Findings become cards: one for each row that asks, one sentence for cells that differ by a number alone."""

from __future__ import annotations

import pytest

from extract.types import Extraction
from lampiran.publish.cards import chips_of, group_of, merged, parts_of, spots_of
from lampiran.publish.quotes import Quotes
from schema.catalogue import make_finding
from schema.findings import Finding, Message
from schema.geometry import BBox
from schema.provenance import SourceRef


def covered(month: int, action_id: str = "L1.a.1") -> Finding:
    box = BBox(x0=100.0 + 10 * month, top=50.0, x1=110.0 + 10 * month, bottom=70.0)
    ref = SourceRef(sha256="0" * 64, page=3, bbox=box, reader="ocr")
    return make_finding(
        "mark-covered", rule="marks", ref=ref, action_id=action_id, field="schedule", value=str(month)
    )


def unsure(action_id: str, field: str) -> Finding:
    return make_finding(
        "numeral-inferred", rule="infer-components", action_id=action_id, field=field, value="ii", reason="x"
    )


def test_covered_months_of_a_row_are_one_part_with_one_place(extraction: Extraction) -> None:
    (part,) = parts_of([covered(month) for month in range(2, 8)], Quotes(extraction))
    assert part.numbers == (1, 2, 3, 4, 5, 6)
    assert [message.en for message in part.messages] == [
        "The cell of period 2 to 7 is covered by a stamp or handwriting."
    ]
    assert part.messages[0].id.startswith("Sel periode 2 sampai 7 tertutup")
    assert part.spot is not None
    assert (part.spot.bbox.x0, part.spot.bbox.x1) == (120.0, 180.0)
    assert chips_of([part]) == {"L1.a.1": [("review", 1, 1)]}
    assert list(spots_of([part])) == [1]


def test_all_that_a_row_asks_is_one_card(extraction: Extraction) -> None:
    found = [covered(2), covered(3), covered(2, "L1.a.2"), unsure("L1.a.1", "component_no")]
    parts = parts_of(found, Quotes(extraction))
    group = group_of("review", parts)
    assert [[part.numbers for part in card.parts] for card in group.open] == [[(1, 2), (4,)], [(3,)]]
    assert group.count == 2


def test_findings_without_an_action_stay_apart(extraction: Extraction) -> None:
    alone = make_finding("repeated-head-dropped", rule="heads")
    parts = parts_of([alone, alone], Quotes(extraction))
    assert [part.numbers for part in parts] == [(1,), (2,)]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["sel 2", "sel 3", "sel 4"], ["sel 2 sampai 4"]),
        (["sel 2", "sel 3"], ["sel 2, 3"]),
        (["sel 9", "sel 2", "sel 3", "sel 4", "sel 10"], ["sel 2 sampai 4, 9, 10"]),
        (["sel 2", "sel 2"], ["sel 2"]),
        (["sel 2 dari 3", "sel 3 dari 4"], ["sel 2 dari 3", "sel 3 dari 4"]),
        (["sel 2", "baris 2"], ["sel 2", "baris 2"]),
        (["sel 2", "sel 2 juga"], ["sel 2", "sel 2 juga"]),
    ],
)
def test_sentences_that_differ_by_one_number_are_one(texts: list[str], told: list[str]) -> None:
    assert [message.id for message in merged([Message.of(text) for text in texts])] == told
