"""The official list is found by likeness: names of areas, questions of components."""

from __future__ import annotations

import pytest

from normalize import Resources
from normalize.official.official_list import Match, OfficialList, best_margin


@pytest.fixture(scope="module")
def official(resources: Resources) -> OfficialList:
    return resources.official


def test_the_list_holds_six_areas_and_their_components(official: OfficialList) -> None:
    assert list(official.areas) == [1, 2, 3, 4, 5, 6]
    assert len(official.plan_components) == 25
    assert sum(len(c.questions) for c in official.plan_components) == 87


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("MANAJEMEN PERUBAHAN", 1),
        ("Tata Laksana", 2),
        ("PENATAAN SISTEM MANAJEMEN SDM", 3),
        ("PENGUATAN AKUNTABlLITAS", 4),
        ("penguatan  pengawasan", 5),
        ("PENINGKATAN KUALITAS PELAYANAN PUBLIK", 6),
        ("Rencana aksi", None),
        ("", None),
    ],
)
def test_an_area_is_known_by_its_name(text: str, number: int | None, official: OfficialList) -> None:
    assert official.match_area(text) == number


def test_a_question_leads_to_its_component(official: OfficialList) -> None:
    component = official.component(1, 2)
    assert component is not None
    best = official.match_questions(component.questions[0].text.lower(), 1)[0]
    assert (best.component, round(best.score)) == (component, 100)


def test_every_question_of_an_area_leads_to_its_own_component(official: OfficialList) -> None:
    for component in official.plan_components:
        for question in component.questions:
            assert official.match_questions(question.text, component.area)[0].component.area == component.area
            best = official.match_questions(question.text, component.area)[0]
            assert question in best.component.questions


def test_without_an_area_all_components_are_compared(official: OfficialList) -> None:
    assert len(official.match_questions("Tim kerja", None)) == 25
    assert {m.component.area for m in official.match_questions("Tim kerja", 5)} == {5}


def test_the_margin_is_the_lead_over_the_second(official: OfficialList) -> None:
    one, two = official.plan_components[:2]
    assert best_margin([Match(one, 90.0), Match(two, 60.0)]) == 30.0
    assert best_margin([Match(one, 90.0)]) == 90.0
    assert best_margin([]) == 0.0


def test_a_place_outside_the_list_holds_no_component(official: OfficialList) -> None:
    assert official.component(7, 1) is None
    assert official.component(1, 99) is None


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("PENATAAN SISTEM MANAJEMEN SDMAPARATUR", "PENATAAN SISTEM MANAJEMEN SDM APARATUR"),
        ("Pengendalian Gratifi kasi", "Pengendalian Gratifikasi"),
        ("PENATAAN SISTEM MANAJEMEN SDNAPARATUR", None),
        ("", None),
    ],
)
def test_a_name_that_lacks_spaces_takes_the_official_ones(
    text: str, spaced: str | None, official: OfficialList
) -> None:
    assert official.spaced(text) == spaced
