"""The codes against the hand-keyed truths: what is given for sure is right, and most of what is there is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.accuracy.lke import FILES, ROWS, Codes, count, damaged, load, of_plan, of_rows
from normalize import Resources


@pytest.fixture(scope="module")
def counted(samples: Path, resources: Resources) -> dict[str, tuple[Codes, Codes, Codes]]:
    return {
        file: count(load(name).keys, of_plan(samples / file), resources.lke) for file, name in FILES.items()
    }


@pytest.mark.parametrize("file", FILES)
def test_every_component_of_a_sample_gets_its_code(
    file: str, counted: dict[str, tuple[Codes, Codes, Codes]]
) -> None:
    components, _, _ = counted[file]
    assert components.keyed == components.given == components.right == components.sure_right


@pytest.mark.parametrize("file", FILES)
def test_no_code_of_a_sample_is_wrong_and_nearly_every_question_is_found(
    file: str, counted: dict[str, tuple[Codes, Codes, Codes]]
) -> None:
    _, questions, finest = counted[file]
    assert finest.given == finest.right == finest.keyed
    assert questions.right / questions.keyed > 0.95


@pytest.mark.parametrize("name", ROWS)
def test_rows_in_other_words_are_never_wrong_for_sure(name: str, resources: Resources) -> None:
    keyed = load(name)
    components, questions, finest = count(keyed.keys, of_rows(keyed.components, resources.lke), resources.lke)
    assert components.sure == components.sure_right
    assert finest.sure == finest.sure_right
    assert components.right / components.keyed > 0.95
    assert questions.right / questions.keyed > 0.9


@pytest.mark.parametrize("name", ["kpu-contoh-2024", "reworded-unseen"])
def test_misread_words_cost_certainty_not_truth(name: str, resources: Resources) -> None:
    keyed = load(name)
    components, questions, finest = count(
        keyed.keys, of_rows(damaged(keyed.components, 0.15, 7), resources.lke), resources.lke
    )
    assert components.sure == components.sure_right
    assert finest.sure == finest.sure_right
    assert questions.right / questions.keyed > 0.8


def test_the_old_wording_gets_the_old_codes(resources: Resources) -> None:
    keyed = load("old-list")
    edition, matched = resources.lke.match(keyed.components)
    assert edition == "2014"
    given = [(m.component and m.component.match.code, [r and r.match.code for r in m.rows]) for m in matched]
    assert given == [(key.code, [row.code for row in rows]) for key, rows in keyed.keys]
