"""Recognised words decided: slots, candidates, their chances, and what of it a person is told."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.types import Seen, TextLine
from normalize import Resources, build_plan
from normalize.recognised.candidates import candidates, is_sure
from normalize.recognised.decide import Judge, decide_words, weigh_words
from normalize.recognised.document_words import Vocabulary
from normalize.recognised.model import WordModel
from normalize.recognised.slots import Slot, cell_slots, slots_of
from normalize.recognised.word_features import NAMES, features, kind_of, known_in
from schema.choices import DEFAULT_THRESHOLD
from schema.geometry import BBox

sys.path.insert(0, str(Path(__file__).parent))
from recognised import TITLE, action, extraction_of, line, page_of

NAME = "Penyusunan Tim Kerja"


def second(text: str, *others: str) -> TextLine:
    """Return a line whose second reader saw these words."""
    return line(text, 0.9, agreed=False).model_copy(
        update={"second": tuple(Seen(text=word, chance=0.8) for word in others)}
    )


def slot(text: str, resources: Resources, *others: str, **choices: float) -> tuple[Slot, Vocabulary]:
    """Return the only slot of a line of one word, and the vocabulary of a document of just that line."""
    own = line(text, 0.6, agreed=False, choices={text: choices})
    own = own.model_copy(update={"second": tuple(Seen(text=word, chance=0.8) for word in others)})
    (found,) = slots_of(own)
    return found, Vocabulary([own], resources.words)


def test_words_that_both_readers_part_alike_are_slots_of_their_own() -> None:
    slots = slots_of(second("rapat tim kerja", "rapat", "tirn", "kerja"))
    assert [(each.text, each.second) for each in slots] == [
        ("rapat", "rapat"),
        ("tim", "tirn"),
        ("kerja", "kerja"),
    ]


def test_words_that_one_reader_ran_together_share_a_slot() -> None:
    slots = slots_of(second("rapat telahmelibatkan tim", "rapat", "telah", "melibatkan", "tim"))
    assert [(each.text, each.second) for each in slots][1] == ("telahmelibatkan", "telah melibatkan")
    parted = slots_of(second("me laksanakan rapat", "melaksanakan", "rapat"))
    assert [(each.text, each.second, each.start, each.end) for each in parted] == [
        ("me laksanakan", "melaksanakan", 0, 2),
        ("rapat", "rapat", 2, 3),
    ]


def test_a_garbled_second_reading_is_set_against_each_word_by_itself() -> None:
    slots = slots_of(second("satu dua tiga empat lima", "zzz"))
    assert [each.text for each in slots] == ["satu", "dua", "tiga", "empat", "lima"]


@given(st.lists(st.text("abc", min_size=1, max_size=4), max_size=6), st.text("abc ", max_size=20))
def test_every_word_stands_in_one_slot(words: list[str], other: str) -> None:
    read = second(" ".join(words), *other.split())
    slots = slots_of(read)
    assert [word.text for each in slots for word in each.words] == words
    assert [each.start for each in slots[1:]] == [each.end for each in slots[:-1]]


def test_neighbours_reach_over_the_lines_of_a_cell() -> None:
    first, last = cell_slots([line("Meningkatny"), line("a kinerja")])
    assert (first[0].behind, first[0].closes) == ("a", True)
    assert (last[0].before, last[0].opens) == ("Meningkatny", True)


@pytest.mark.parametrize(
    ("above", "below", "known"),
    [("Meningkatny", "a kinerja", True), ("Meningkatxy", "a kinerja", False), ("Pembent", "ukan tim", True)],
)
def test_a_known_word_that_its_column_cuts_is_known(
    above: str, below: str, known: bool, resources: Resources
) -> None:
    lines = [line(above), line(below)]
    vocabulary = Vocabulary(lines, resources.words)
    first, last = cell_slots(lines)
    assert (known_in(above, first[0], vocabulary) > 0) is known
    assert (known_in(below.split(maxsplit=1)[0], last[0], vocabulary) > 0) is known


def test_candidates_come_from_both_readers_the_document_and_the_lexicon(resources: Resources) -> None:
    own, _ = slot("tekrus", resources, "tekus", teknus=0.2)
    lines = [line("bimbingan Pagaralam"), line("Kota Pagaralam")]
    vocabulary = Vocabulary(lines, resources.words)
    found = candidates(own, vocabulary)
    assert found[0] == "tekrus"
    assert {"teknus", "tekus", "teknis"} <= set(found)
    other, _ = slot("Pagdralam,", resources, "Pagdralam.")
    assert {"Pagdralam.", "Pagaralam,", "Pagaralam."} <= set(candidates(other, vocabulary))


def test_a_sure_known_word_has_no_candidates_beside_it(resources: Resources) -> None:
    (sure,) = slots_of(line("laporan", 0.999))
    assert candidates(sure, Vocabulary([], resources.words)) == ["laporan"]


@pytest.mark.parametrize(
    ("text", "known", "kind"),
    [
        ("laporan", 1.0, "known"),
        ("lapxran", 0.0, "unknown"),
        ("LAKIP", 0.0, "capitals"),
        ("2.500", 0.0, "number"),
        ("95%", 0.0, "share"),
        ("di", 1.0, "short"),
        ("-", 0.0, "signs"),
    ],
)
def test_kinds_of_texts(text: str, known: float, kind: str) -> None:
    assert kind_of(text, known) == kind


def test_features_are_as_many_as_their_names(resources: Resources) -> None:
    own, vocabulary = slot("Iaporan", resources, "laporan", laporan=0.3)
    for text in candidates(own, vocabulary):
        assert len(features(text, own, vocabulary, 0.1)) == len(NAMES)


@given(count=st.integers(1, 6), seed=st.integers(0, 1000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_chances_are_shares_and_the_rest_is_none_of_them(count: int, seed: int, resources: Resources) -> None:
    values = np.random.default_rng(seed).normal(size=(count, len(NAMES)))
    chances = resources.word_model.chances(values.tolist())
    assert len(chances) == count
    assert (chances >= 0).all()
    assert chances.sum() <= 1 + 1e-9


def test_a_model_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        WordModel.from_json({"features": ["weighed"]})


def test_what_its_reader_weighed_and_the_lexicon_knows_is_taken_and_told(resources: Resources) -> None:
    read = line("Pengendalian Gratlfikasi", 0.55, choices={"Gratlfikasi": {"Gratifikasi": 0.42}})
    plan = build_plan(extraction_of(page_of([TITLE, action("1.", NAME, read)])), resources)
    (placed,) = plan.placed()
    assert placed.action.action.text == "Pengendalian Gratifikasi"
    assert placed.action.action.printed == "Pengendalian Gratlfikasi"
    (finding,) = [f for f in plan.findings if f.code == "word-corrected"]
    assert (finding.raw, finding.value) == ("Gratlfikasi", "Gratifikasi")


def test_a_misprint_that_was_read_for_sure_stays(resources: Resources) -> None:
    plan = build_plan(
        extraction_of(page_of([TITLE, action("1.", NAME, line("Menyusun lapuran", 0.9995))])), resources
    )
    (placed,) = plan.placed()
    assert placed.action.action.text == "Menyusun lapuran"
    assert {f.code for f in plan.findings} >= {"print-suspect"}


def test_a_lone_sign_is_never_decided_to_be_nothing(resources: Resources) -> None:
    read = line("5", 0.3, agreed=False, choices={"5": {"": 0.6}})
    (only,) = slots_of(read)
    assert "" not in candidates(only, Vocabulary([read], resources.words))


def test_weighing_leaves_every_text_as_it_was_read(resources: Resources) -> None:
    read = line("Gratlfikasi", 0.55, choices={"Gratlfikasi": {"Gratifikasi": 0.42}})
    extraction = extraction_of(page_of([action("1.", NAME, read)]))
    weighed = weigh_words(extraction, resources.words, resources.word_model)
    cells = {cell.ref: cell for cell in weighed.grids[0].cells}
    assert [cells[cell.ref].text for cell in extraction.grids[0].cells] == [
        cell.text for cell in extraction.grids[0].cells
    ]
    doubted = next(cell for cell in weighed.grids[0].cells if cell.text == "Gratlfikasi")
    assert doubted.lines[0].words[0].confidence < 0.5


def test_a_document_without_recognised_words_is_the_same_value(resources: Resources) -> None:
    plain = extraction_of().model_copy(update={"lines": (TextLine(text="MEMUTUSKAN", page=1),)})
    assert decide_words(plain, resources.words, resources.word_model) is plain


def test_a_decided_line_keeps_what_was_read_and_one_place_a_word(resources: Resources) -> None:
    read = second("Rapat telahmelibatkan pegawai", "Rapat", "telah", "melibatkan", "pegawai")
    extraction = extraction_of(page_of([action("1.", NAME, read)]))
    decided = decide_words(extraction, resources.words, resources.word_model)
    lines = [each for cell in decided.grids[0].cells for each in cell.lines if "Rapat" in each.text]
    (found,) = lines
    assert found.text == "Rapat telah melibatkan pegawai"
    assert found.first_read == found.printed == "Rapat telahmelibatkan pegawai"
    assert [word.text for word in found.words] == found.text.split()
    assert all(isinstance(word.bbox, BBox) for word in found.words)


@pytest.mark.parametrize(("column", "field"), [(3, "action"), (17, "responsible")])
def test_a_decided_text_is_told_once_a_cell(column: int, field: str, resources: Resources) -> None:
    read = line("Menyusun 1aporan", 0.55, choices={"1aporan": {"laporan": 0.44}})
    row = action("1.", NAME, read) if column == 3 else replace(action("1.", NAME), team=read)
    plan = build_plan(extraction_of(page_of([TITLE, row])), resources)
    told = [f for f in plan.findings if f.code == "word-corrected"]
    assert [(f.raw, f.value, f.field) for f in told] == [("1aporan", "laporan", field)]


def test_the_doubt_about_dropped_dirt_stays_with_the_line(resources: Resources) -> None:
    read = line("| laporan", 0.2, agreed=False, choices={"|": {"": 0.75}})
    read = read.model_copy(update={"second": (Seen(text="laporan", chance=0.95),)})
    vocabulary = Vocabulary([read], resources.words)
    judge = Judge(vocabulary, resources.word_model)
    (found,) = judge.lines([read])
    dropped = [judge.decision(each, vocabulary.wear[1]) for each in slots_of(read)]
    chance = 1.0
    for each in dropped:
        chance *= each.chance
    product = 1.0
    for word in found.words:
        product *= word.confidence
    assert product == pytest.approx(chance, abs=0.02)


@pytest.mark.parametrize("read", ["Zi", "Zl"])
def test_an_acronym_in_another_case_is_no_sure_word(read: str, resources: Resources) -> None:
    own = line(f"Rapat {read}", 0.999, agreed=None)
    vocabulary = Vocabulary([own, *[line("Laporan ZI tahun")] * 4], resources.words)
    last = slots_of(own)[-1]
    assert not is_sure(last, vocabulary)
    assert "ZI" in candidates(last, vocabulary)
    decided = Judge(vocabulary, resources.word_model).decision(last, 0.0)
    assert decided.text == "ZI" or decided.chance < DEFAULT_THRESHOLD


@pytest.mark.parametrize(("other", "sure"), [("—", True), ("-", True), ("=", False), ("-—", False)])
def test_dashes_that_readers_write_either_way_are_one_sign(
    other: str, sure: bool, resources: Resources
) -> None:
    own = line("–", 0.94, agreed=False, choices={"–": {"-": 0.052, "—": 0.006}})
    own = own.model_copy(update={"second": (Seen(text=other, chance=0.9),)})
    (found,) = slots_of(own)
    assert is_sure(found, Vocabulary([own], resources.words)) is sure
