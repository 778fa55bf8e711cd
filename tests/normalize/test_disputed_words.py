"""Words over which readers differ or that are known in another shape: what is taken, and what asks for a person."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from extract.types import Cell, TextLine
from normalize import Resources, build_plan
from normalize.draft import Draft
from normalize.evidence import WordEvidence, line_evidence
from normalize.lexical import DocumentWords
from normalize.rows.build import build_rows
from schema.geometry import BBox
from schema.plan import Plan

sys.path.insert(0, str(Path(__file__).parent))
from recognised import TITLE, RowOf, action, extraction_of, line, page_of

NAME = "Penyusunan Tim Kerja"


def plan_of(*texts: str | TextLine, resources: Resources) -> Plan:
    """Read rows of one component with these actions."""
    rows = [action("1." if n == 0 else "", NAME if n == 0 else "", text) for n, text in enumerate(texts)]
    return build_plan(extraction_of(page_of([TITLE, *rows])), resources)


def evidence_of(word: str, doubtful: TextLine, *others: str, resources: Resources) -> WordEvidence:
    """Return what is known of a word in a line of a document that has other lines, too."""
    rows = [action("1.", NAME, text) for text in (*others, doubtful)]
    draft = build_rows(Draft(extraction_of(page_of([TITLE, *rows])), resources))
    return next(e for e in line_evidence(doubtful, DocumentWords(draft)) if e.text == word)


@pytest.mark.parametrize("read", ["penghargaan, dIl)", "penghargaan, dil)"])
def test_of_words_over_the_same_strokes_the_common_one_is_taken(read: str, resources: Resources) -> None:
    plan = plan_of(line(read, 0.55, others=("penghargaan, dII)",)), resources=resources)
    (placed,) = plan.placed()
    assert placed.action.action.text == "penghargaan, dll)"
    assert placed.action.action.printed == read
    (finding,) = [f for f in plan.findings if f.code == "word-corrected"]
    assert (finding.raw, finding.value) == (read.rsplit(maxsplit=1)[-1], "dll)")


def test_a_slash_at_the_end_of_a_line_stays_though_the_document_prints_the_word_without(
    resources: Resources,
) -> None:
    slashed = line("SK Tim Kerja/", 0.6, others=("SK Tim Kerja",))
    plan = plan_of("SK Tim Kerja", "SK Tim Kerja", slashed, resources=resources)
    assert [p.action.action.text for p in plan.placed()][-1] == "SK Tim Kerja/"


@pytest.mark.parametrize(
    ("ours", "theirs", "others"),
    [
        ("TV, Fungsional", "IV, Fungsional", ("Eselon IV dan staf",) * 3),
        ("risiko ats pelaksanaan", "risiko atas pelaksanaan", ()),
    ],
)
def test_what_the_other_reader_saw_is_a_rival_where_it_is_far_commoner(
    ours: str, theirs: str, others: tuple[str, ...], resources: Resources
) -> None:
    word = next(a for a, b in zip(ours.split(), theirs.split(), strict=True) if a != b)
    found = evidence_of(word, line(ours, 0.6, others=(theirs,)), *others, resources=resources)
    assert found.support == "rival"
    turned = next(b for a, b in zip(ours.split(), theirs.split(), strict=True) if a != b)
    upheld = evidence_of(turned, line(theirs, 0.6, others=(ours,)), *others, resources=resources)
    assert upheld.support != "rival"


def test_a_space_that_only_the_other_reader_saw_is_taken_where_the_document_has_it(
    resources: Resources,
) -> None:
    joined = line("tim POKJAI perubahan", 0.6, others=("tim POKJA I perubahan",))
    texts = ["tim POKJA I perubahan"] * 4 + [joined] * 3
    plan = plan_of(*texts, resources=resources)
    assert {p.action.action.text for p in plan.placed()} == {"tim POKJA I perubahan"}
    assert sum(f.code == "word-corrected" for f in plan.findings) == 3
    kept = plan_of("tim POKJA I perubahan", *[joined] * 3, resources=resources)
    assert [p.action.action.text for p in kept.placed()][1:] == ["tim POKJAI perubahan"] * 3


def test_an_acronym_over_the_same_strokes_in_another_case_is_strange(resources: Resources) -> None:
    others = ["pembangunan ZI tahun ini"] * 4
    strange = evidence_of("Zl", line("rencana tindak lanjut Zl", 0.99), *others, resources=resources)
    assert (strange.word_class, strange.support) == ("stray", "rival")
    own = evidence_of("ZI", line("rencana tindak lanjut ZI", 0.99), *others, resources=resources)
    assert (own.word_class, own.support) == ("short", "repeated")


def test_a_hyphen_between_two_names_is_strange_but_for_one_of_the_official_list(resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    kinds = {e.text: e.word_class for e in line_evidence(line("Penanganan-Benturan Whistle-Blowing"), words)}
    assert kinds == {"Penanganan-Benturan": "stray", "Whistle-Blowing": "known"}


def test_a_dash_at_the_head_of_a_word_in_a_line_is_strange(resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    kinds = {e.text: e.word_class for e in line_evidence(line("percakapan -daring"), words)}
    assert kinds == {"percakapan": "known", "-daring": "stray"}


def test_two_words_that_many_write_as_one_are_no_words_run_together(resources: Resources) -> None:
    plan = plan_of("Tabel tindaklanjut pengaduan", resources=resources)
    (placed,) = plan.placed()
    assert not placed.action.needs_review
    (habit,) = [f for f in plan.findings if f.code == "spelling-habit"]
    assert habit.alternatives == ("tindak lanjut",)


@pytest.mark.parametrize(
    ("theirs", "agreement"),
    [("75", "agreed"), ("715Yo", "agreed"), ("15%", "against-odd"), ("15", "against-odd")],
)
def test_a_percentage_stands_against_garbled_figures_only(
    theirs: str, agreement: str, resources: Resources
) -> None:
    doubtful = line("capaian 75%", 0.6, others=(f"capaian {theirs}",))
    found = evidence_of("75%", doubtful, *["capaian 75% pegawai"] * 3, resources=resources)
    assert found.agreement == agreement


def test_a_stop_that_both_readers_are_sure_of_counts_on_a_worn_page(resources: Resources) -> None:
    def kind(confidence: float) -> str:
        kept = line("Tim Penilai. Kriteria", confidence, agreed=True)
        worn = [line("bahan rapat pegawai", 0.5), *["laporan"] * 8]
        rows = [action("1.", NAME, each) for each in (*worn, kept)]
        draft = build_rows(Draft(extraction_of(page_of([TITLE, *rows])), resources))
        found = DocumentWords(draft)
        assert found.wear(1) != "fresh"
        return next(e.word_class for e in line_evidence(kept, found) if e.text == "Penilai.")

    assert (kind(0.95), kind(0.999)) == ("stray", "known")


def _listed(*items: tuple[str, float, float], resources: Resources) -> Plan:
    """Read an action whose evidence has these lines, each with its left and right end inside a cell 80 points wide."""
    grid = page_of([TITLE, action("1.", NAME)])
    target = next(c for c in grid.cells if c.column == 4 and c.row == 2)
    box = target.ref.bbox
    assert box is not None

    def placed(text: str, x0: float, x1: float) -> TextLine:
        plain = line(text)
        place = BBox(x0=x0, top=box.top, x1=x1, bottom=box.bottom)
        first = BBox(x0=x0, top=box.top, x1=min(x1, x0 + 15), bottom=box.bottom)
        words = tuple(word.model_copy(update={"bbox": first}) for word in plain.words)
        return plain.model_copy(update={"bbox": place, "words": words})

    wide = BBox(x0=80, top=box.top, x1=160, bottom=box.bottom)
    lines = tuple(placed(*item) for item in items)
    ref = target.ref.model_copy(update={"bbox": wide})
    text = "\n".join(item[0] for item in items)
    changed: tuple[Cell, ...] = tuple(
        target.model_copy(update={"ref": ref, "lines": lines, "text": text}) if cell is target else cell
        for cell in grid.cells
    )
    return build_plan(extraction_of(grid.model_copy(update={"cells": changed})), resources)


@pytest.mark.parametrize(("end", "asks"), [(152.0, False), (120.0, True)])
def test_a_line_that_had_no_room_above_goes_on_with_its_item(
    end: float, asks: bool, resources: Resources
) -> None:
    plan = _listed(
        ("- Foto bagan alur", 83, 140),
        ("- Lembar uji penerapan", 83, end),
        ("SOP", 83, 98),
        resources=resources,
    )
    (placed,) = plan.placed()
    assert " ".join(placed.action.evidence.text.split()) == "- Foto bagan alur - Lembar uji penerapan SOP"
    assert placed.action.needs_review is asks


def test_an_official_name_behind_a_numeral_that_is_none_keeps_its_name(resources: Resources) -> None:
    title = RowOf(["HII. PENATAAN SISTEM MANAJEMEN SDM APARATUR", "", "", "", ""])
    rows = [TITLE, action("1.", NAME), RowOf(["2. TATA LAKSANA", "", "", "", ""]), action("1.", NAME)]
    plan = build_plan(extraction_of(page_of([*rows, title, action("1.", NAME)])), resources)
    last = plan.areas[-1]
    assert (last.number, last.label.text, last.name.text) == (
        3,
        "3",
        "PENATAAN SISTEM MANAJEMEN SDM APARATUR",
    )
    (finding,) = [f for f in plan.findings if f.code == "numeral-corrected"]
    assert (finding.raw, finding.value) == ("HII", "3")


def test_a_numeral_before_a_colon_counts_its_component(resources: Resources) -> None:
    rows = [TITLE, action("1.", NAME), action("2:", "Tata Kelola")]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    last = list(plan.placed())[-1].component
    assert (last.number.text, last.name.text) == ("2", "Tata Kelola")


def test_a_number_that_ran_together_with_the_word_before_is_parted(resources: Resources) -> None:
    teams = ("POKJAI PERUBAHAN", "POKJA II LAKSANA", "POKJA III APARATUR", "POKJA IV KINERJA")
    rows = [
        row
        for n, team in enumerate(teams, 1)
        for row in (RowOf([f"{n}. AREA {n}", "", "", "", ""]), replace(action("1.", NAME), team=team))
    ]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    first = plan.areas[0].components[0].actions[0].responsible
    assert (first.text, first.printed) == ("POKJA I PERUBAHAN", "POKJAI PERUBAHAN")
    assert [f.raw for f in plan.findings if f.code == "word-corrected"] == ["POKJAI"]
