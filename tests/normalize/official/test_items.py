"""The list files: complete, and the two editions tied together."""

from __future__ import annotations

import pytest

from lampiran.resources import load_sheet
from normalize.official import OfficialList


@pytest.fixture(scope="module")
def sheet() -> OfficialList:
    return load_sheet()


@pytest.mark.parametrize(("part", "components", "questions"), [("pemenuhan", 25, 87), ("reform", 17, 23)])
def test_the_list_of_2021_is_complete(
    sheet: OfficialList, part: str, components: int, questions: int
) -> None:
    found = [c for c in sheet.components if c.edition == "2021" and c.part == part]
    assert (len(found), sum(len(c.questions) for c in found)) == (components, questions)
    assert sum(c.weight or 0 for c in found) == pytest.approx(30)


def test_the_list_of_2014_has_codes_of_its_own(sheet: OfficialList) -> None:
    found = [c for c in sheet.components if c.edition == "2014"]
    assert len(found) == 23
    assert all(c.code.startswith("2014.") and c.weight is None for c in found)
    assert sheet.question_by_code["2014.6.a.3"].text == (
        "Unit kerja telah memiliki SOP bagi pelaksanaan standar pelayanan"
    )


def test_the_crosswalk_knows_every_old_code_and_only_codes_of_the_new_list(sheet: OfficialList) -> None:
    old = {c.code for c in sheet.components if c.edition == "2014"}
    old |= {q.code for q in sheet.questions if q.edition == "2014"}
    assert set(sheet.current) == old
    new = {*sheet.component_by_code, *sheet.question_by_code} - old
    assert {code for codes in sheet.current.values() for code in codes} <= new


def test_what_only_the_old_list_asks_has_no_code_in_the_new_one(sheet: OfficialList) -> None:
    alone = {q.code for q in sheet.questions if not sheet.now(q.code)}
    assert alone == {"2014.3.b.1", "2014.3.d.4", "2014.6.a.3"}
    assert sheet.now("2014.6.b.3") == ("A.I.6.ii.c", "A.I.6.ii.d")
    assert sheet.now("A.I.6.ii.c") == ("A.I.6.ii.c",)
