"""What was recognised on scanned pages: heads, numerals and words settled by what stands around them."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from extract.types import Extraction, TextLine
from normalize import Resources, build_plan
from normalize.draft import Draft
from normalize.evidence import line_evidence
from normalize.lexical import DocumentWords
from normalize.rows.build import build_rows
from schema.catalogue import make_finding
from schema.geometry import BBox
from schema.plan import Plan
from schema.provenance import SourceRef

sys.path.insert(0, str(Path(__file__).parent))
from recognised import MONTHS, NAMES, SHA, TITLE, WAKTU, RowOf, action, extraction_of, line, page_of

COMPONENTS = ("Penyusunan Tim Kerja", "Rencana Pembangunan Zona Integritas", "Pemantauan dan Evaluasi")


def numerals(plan: Plan) -> list[str]:
    return [p.component.number.text for p in plan.placed()]


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in plan.findings}


def test_a_misread_row_of_column_numbers_is_no_action(resources: Resources) -> None:
    numbers = ["I", *[str(n) for n in range(2, 9)], "g", *[str(n) for n in range(10, 19)]]
    grid = page_of([TITLE, action("i.", COMPONENTS[0])], above=[numbers])
    plan = build_plan(extraction_of(grid), resources)
    assert numerals(plan) == ["i"]
    assert "column-numbers-dropped" in codes(plan)


def test_a_misread_month_is_known_by_its_place(resources: Resources) -> None:
    names = [name if name != "MAR" else "M4R" for name in NAMES]
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0])], names=names)), resources)
    (placed,) = plan.placed()
    assert placed.action.schedule.planned() == (3, 6)
    (finding,) = [f for f in plan.findings if f.code == "period-label-inferred"]
    assert (finding.raw, finding.value) == ("M4R", "3")


def test_months_that_stand_out_of_order_are_not_made_up(resources: Resources) -> None:
    labels = ["", "", "", "", "", *reversed(MONTHS[:6]), *["?"] * 6, ""]
    grid = page_of([TITLE, action("i.", COMPONENTS[0])], names=WAKTU, above=[labels])
    plan = build_plan(extraction_of(grid), resources)
    placed = list(plan.placed())[-1]
    assert placed.action.schedule.planned() == ()
    assert placed.action.needs_review


def test_a_head_without_months_takes_them_from_another_page(resources: Resources) -> None:
    labels = ["", "", "", "", "", *MONTHS, ""]
    blurred = ["", "", "", "", "", "JAN", "F", "M", "A", "MEI", *["?"] * 7, ""]
    first = page_of([TITLE, action("i.", COMPONENTS[0])], names=WAKTU, above=[blurred])
    second = page_of([action("ii.", COMPONENTS[1])], number=2, names=WAKTU, above=[labels])
    plan = build_plan(extraction_of(first, second), resources)
    assert [p.action.schedule.planned() for p in plan.placed()] == [(3, 6), (3, 6)]
    (finding,) = [f for f in plan.findings if f.code == "form-taken-over"]
    assert finding.value == "2"


def test_the_second_readers_word_is_taken_where_only_that_is_a_word(resources: Resources) -> None:
    doubtful = line("Pimpinan telahmelibatkan pegawai", 0.6, others=("Pimpinan telah melibatkan pegawai",))
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0], doubtful)])), resources)
    (placed,) = plan.placed()
    assert placed.action.action.text == "Pimpinan telah melibatkan pegawai"
    assert placed.action.action.printed == "Pimpinan telahmelibatkan pegawai"
    (finding,) = [f for f in plan.findings if f.code == "word-corrected"]
    assert (finding.raw, finding.value) == ("telahmelibatkan", "telah melibatkan")


def test_a_word_that_both_readers_know_otherwise_is_left(resources: Resources) -> None:
    disputed = line("Menyusun laporan bulanan", 0.6, others=("Menyusun laporan bulanau",))
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0], disputed)])), resources)
    (placed,) = plan.placed()
    assert placed.action.action.text == "Menyusun laporan bulanan"
    assert "word-corrected" not in codes(plan)


def test_the_doubt_about_a_merged_cell_is_that_of_each_of_its_rows(resources: Resources) -> None:
    team = line("TIM MANAJBMEN", 0.4, agreed=None)
    rows = [
        RowOf(["", "i. Penyusunan Tim Kerja", "Tim dibentuk", "Menyusun", "Surat"], team=team, spans={17: 2}),
        RowOf(["", "ii. Rencana Pembangunan", "Rencana ada", "Menyusun", "Surat"]),
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [f.field for f in plan.findings if f.code == "text-uncertain"] == ["responsible"]
    assert [p.action.needs_review for p in plan.placed()] == [True, True]


def test_text_under_a_stamp_is_covered(resources: Resources) -> None:
    stamped = line("Menyusun laporan", covered=True)
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0], stamped)])), resources)
    (placed,) = plan.placed()
    assert placed.action.action.status == "covered"
    assert "text-covered" in codes(plan)
    assert placed.action.needs_review


def test_a_mark_beside_a_doubtful_border_is_unknown(resources: Resources) -> None:
    row = action("i.", COMPONENTS[0], doubtful=frozenset({6}))
    plan = build_plan(extraction_of(page_of([TITLE, row])), resources)
    (placed,) = plan.placed()
    assert {p.period: p.state for p in placed.action.schedule.periods}[6] == "unknown"
    assert placed.action.schedule.planned() == (3,)
    assert placed.action.needs_review


def test_unexplained_ink_in_a_row_makes_the_row_ask_for_a_review(resources: Resources) -> None:
    grid = page_of([TITLE, action("i.", COMPONENTS[0]), action("ii.", COMPONENTS[1])])
    box = BBox(x0=65, top=32, x1=70, bottom=36)
    ink = make_finding(
        "ink-unexplained",
        rule="test",
        ref=SourceRef(sha256=SHA, page=1, bbox=box, reader="ocr"),
        raw="1",
        certainty="ambiguous",
    )
    extraction = extraction_of(grid).model_copy(update={"findings": (ink,)})
    plan = build_plan(extraction, resources)
    assert [p.action.needs_review for p in plan.placed()] == [False, True]
    assert sum(f.code == "ink-unexplained" for f in plan.findings) == 1


@pytest.mark.parametrize(
    ("read", "other", "word", "kind"),
    [
        ("Menyusun laporan", "", "laporan", "agreed known"),
        ("Menyusun laporan", "Menyusun laporan,", "laporan", "stops known"),
        ("Menyusun laporan", "Menyusun lapxran", "laporan", "against-odd known"),
        ("Menyusun lapoxran", "Menyusun laporan", "lapoxran", "against-known near"),
        ("mutasi pegawai. antar jabatan", "", "pegawai.", "agreed stray"),
        ("tahun 2025 ini", "", "2025", "agreed number"),
        ("membahasny a bersama", "", "membahasny", "agreed stray"),
        ("Laporan XYZQW", "", "XYZQW", "agreed name"),
        ("Menyusun laporan", "Menyusun Iaporan", "laporan", "agreed known"),
        ("Menyusun laporan", "Menyusun LAPORAN", "laporan", "case known"),
        ("kerja WBK/. WBBM", "", "WBK/.", "agreed stray"),
        ("Tetap (SOP)Kegiatan", "", "(SOP)Kegiatan", "agreed stray"),
        ("pegawai . teladan", "", ".", "agreed stray"),
        ("POKJA il TATA", "", "il", "agreed stray"),
        ("Eselon IlI tahun", "", "IlI", "agreed stray"),
    ],
)
def test_words_are_weighed_by_kind(read: str, other: str, word: str, kind: str, resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    found = {e.text: e.kind for e in line_evidence(line(read, others=(other,) if other else ()), words)}
    assert found[word] == kind


def with_rows(*texts: TextLine | str) -> Extraction:
    rows = [action(f"{n}.", COMPONENTS[0], text) for n, text in enumerate(texts, 1)]
    return extraction_of(page_of([TITLE, *rows]))


@pytest.mark.parametrize(
    ("doubtful", "wanted"),
    [
        (line("Rapat Zi bulanan", 0.9), "Rapat ZI bulanan"),
        (line("Rapat Zl bulanan", 0.99, others=("Rapat ZI bulanan",)), "Rapat ZI bulanan"),
        (line("Rapat Zi bulanan", 0.99), "Rapat Zi bulanan"),
        (line("Rapat pPID bulanan", 0.9), "Rapat PPID bulanan"),
    ],
)
def test_an_acronym_takes_the_form_that_the_document_repeats_where_the_reader_was_unsure(
    doubtful: TextLine, wanted: str, resources: Resources
) -> None:
    plan = build_plan(with_rows(*["Laporan PPID dan ZI"] * 4, doubtful), resources)
    last = list(plan.placed())[-1].action
    assert last.action.text == wanted
    assert ("word-corrected" in {f.code for f in plan.findings}) == (wanted != doubtful.text)


def test_an_acronym_that_the_document_prints_once_is_left(resources: Resources) -> None:
    plan = build_plan(with_rows("Laporan ZI bulanan", line("Rapat Zi bulanan", 0.9)), resources)
    assert [p.action.action.text for p in plan.placed()][-1] == "Rapat Zi bulanan"


def test_a_roman_numeral_beside_capitals_is_put_right_where_the_reader_was_unsure(
    resources: Resources,
) -> None:
    rows = [action("1.", COMPONENTS[0]), action("2.", COMPONENTS[1])]
    rows[0] = dataclasses.replace(rows[0], team=line("POKJA il TATA LAKSANA", 0.9))
    rows[1] = dataclasses.replace(rows[1], team=line("POKJA il TATA LAKSANA", 0.999))
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    teams = [p.action.responsible.text for p in plan.placed()]
    assert teams == ["POKJA II TATA LAKSANA", "POKJA il TATA LAKSANA"]


def test_an_address_in_the_foot_is_no_lost_text_though_a_space_was_put_in(resources: Resources) -> None:
    foot = line("jdih.kpu .go .id")
    extraction = extraction_of(page_of([TITLE, action("1.", COMPONENTS[0])]))
    plan = build_plan(extraction.model_copy(update={"lines": (foot,)}), resources)
    assert "text-unplaced" not in codes(plan)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("beban kerja-setiap jabatan", "kerja-setiap"),
        ("Daftar-hadir apel pagi", "Daftar-hadir"),
        ("jelas, akurat- dan tepat", "akurat-"),
        ("Kelompok Kerja-ZI tahun", "Kerja-ZI"),
        (".TIM MANAJEMEN PERUBAHAN", ".TIM"),
        ("untuk masing masing jabatan", "masing"),
        ("peraturan perundang undangan", "undangan"),
        ("elektronik (e voting) seluruh", "voting)"),
        ("individu, penghargaan, dIl)", "dIl)"),
        ("acara pEmilihan umum", "pEmilihan"),
        ("POKJA AKUNTABIL ITAS", "ITAS"),
        ("Menerbitkan_SK Tim", "Menerbitkan_SK"),
        ("secara elektronik (e", "(e"),
        ("penayangan per. bulan", "per."),
        ("sosial media KPUContoh", "KPUContoh"),
        ("Kartu Kendali SPiP", "SPiP"),
        ("TIM MANAjEMEN PERUBAHAN", "MANAjEMEN"),
        ("kegiatan 0 pengendalian", "0"),
        ("PK Eselon lili tahun", "lili"),
        ("modul pelatihan;.3) foto", "pelatihan;.3)"),
        ("kode etik /kode perilaku", "/kode"),
        ("Penilaian•Kepuasan terhadap", "Penilaian•Kepuasan"),
    ],
)
def test_a_word_as_no_printer_prints_it_looks_misread(text: str, word: str, resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    kinds = [e.word_class for e in line_evidence(line(text), words) if e.text == word]
    assert "stray" in kinds or word == "voting)"
    if word == "voting)":
        assert "stray" in {e.word_class for e in line_evidence(line("elektronik ( e voting)"), words)}


@pytest.mark.parametrize(
    "word",
    [
        "perundang-undangan",
        "masing-masing",
        "e-voting",
        "Apel/Upacara",
        "WhatsApp",
        "(sanksi)/reward",
        "di",
        "111",
    ],
)
def test_a_word_as_it_is_printed_does_not(word: str, resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    (found,) = line_evidence(line(word), words)
    assert found.word_class not in ("near", "stray")


@pytest.mark.parametrize(("text", "word"), [("penghargaan, dil)", "dil)"), ("langsung la saat", "la")])
def test_a_word_beside_a_commoner_one_is_doubted(text: str, word: str, resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    assert [e.word_class for e in line_evidence(line(text), words) if e.text == word] == ["near"]


def test_an_x_between_numbers_is_a_sign(resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    assert [e.word_class for e in line_evidence(line("risiko (5 x 5)"), words)][2] == "signs"


TEAMS = ("POKJA I PERUBAHAN", "POKJA II TATA LAKSANA", "POKJA III SDM", "POKJA IV AKUNTABILITAS")


@pytest.mark.parametrize(("read", "asks"), [("IV", False), ("VI", True)])
def test_a_teams_number_is_vouched_for_by_its_area(read: str, asks: bool, resources: Resources) -> None:
    last = line(f"POKJA {read} AKUNTABILITAS", agreed=None)
    words = [w.model_copy(update={"confidence": 0.4}) if w.text == read else w for w in last.words]
    last = last.model_copy(update={"words": tuple(words)})
    rows: list[RowOf] = []
    for number, team in enumerate((*TEAMS[:3], last), 1):
        title = RowOf([f"{number}. AREA {'ABCD'[number - 1]}", "", "", "", ""])
        rows += [title, dataclasses.replace(action("i.", COMPONENTS[0]), team=team)]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    doubted = {f.field for f in plan.findings if f.code == "text-uncertain"}
    assert ("responsible" in doubted) is asks


def test_a_team_that_is_nearly_the_sure_one_of_its_area_takes_its_letters(resources: Resources) -> None:
    sure = dataclasses.replace(action("i.", COMPONENTS[0]), team=line("POKJA PERUBAHAN"))
    dirty = line("POKJA PERUBAHAN.", 0.99, agreed=None)
    other = dataclasses.replace(action("ii.", COMPONENTS[1]), team=dirty)
    plan = build_plan(extraction_of(page_of([TITLE, sure, other])), resources)
    assert [p.action.responsible.text for p in plan.placed()] == ["POKJA PERUBAHAN"] * 2
    assert [p.action.responsible.printed for p in plan.placed()][1] == "POKJA PERUBAHAN."


def test_what_stands_between_the_same_words_elsewhere_is_a_rival(resources: Resources) -> None:
    texts = ["SKP Eselon IV, Fungsional dan Staf"] * 3
    doubtful = line("PK Eselon IV. Fungsional dan Staf", 0.99)
    rows = [action(f"{n}.", COMPONENTS[0], text) for n, text in enumerate([*texts, doubtful], 1)]
    draft = build_rows(Draft(extraction_of(page_of([TITLE, *rows])), resources))
    found = {e.text: e.support for e in line_evidence(doubtful, DocumentWords(draft))}
    assert found["IV."] == "rival"
    seen = line("PK Eselon IV. Fungsional dan Staf", 0.99, others=("PK Eselon IV, Fungsional dan Staf",))
    plan = build_plan(with_rows(*texts, seen), resources)
    assert list(plan.placed())[-1].action.action.text == "PK Eselon IV, Fungsional dan Staf"


def test_a_known_word_over_the_same_strokes_is_taken_where_the_reader_was_unsure(
    resources: Resources,
) -> None:
    plan = build_plan(with_rows(line("Pengendalian Gratlfikasi", 0.9)), resources)
    assert [p.action.action.text for p in plan.placed()] == ["Pengendalian Gratifikasi"]


def test_a_list_in_which_an_item_lost_its_dash_asks_for_a_review(resources: Resources) -> None:
    def plan_of(*items: str) -> Plan:
        rows = [action("1.", COMPONENTS[0])]
        grid = page_of([TITLE, *rows])
        cells = [
            c.model_copy(update={"text": "\n".join(items), "lines": tuple(line(i) for i in items)})
            if c.column == 4 and c.row == 2
            else c
            for c in grid.cells
        ]
        return build_plan(extraction_of(grid.model_copy(update={"cells": tuple(cells)})), resources)

    broken = plan_of("- Foto kegiatan", "Surat keputusan", "- Laporan bulanan")
    assert [p.action.needs_review for p in broken.placed()] == [True]
    headless = plan_of("Foto kegiatan", "- Surat keputusan", "- Laporan bulanan")
    assert [p.action.needs_review for p in headless.placed()] == [True]
    introduced = plan_of("Bukti berupa:", "- Surat keputusan", "- Laporan bulanan")
    assert [p.action.needs_review for p in introduced.placed()] == [False]
    whole = plan_of("- Foto kegiatan", "- Surat keputusan", "- Laporan bulanan")
    assert [p.action.needs_review for p in whole.placed()] == [False]


def test_a_title_with_an_official_name_needs_no_legible_numeral(resources: Resources) -> None:
    title = RowOf(["mI", "TATA LAKSANA", "", "", ""], wide=True)
    rows = [TITLE, action("1.", COMPONENTS[0]), title, action("1.", "Prosedur Operasional Tetap")]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    assert [(area.number, area.label.text) for area in plan.areas] == [(1, "1"), (2, "2")]
    assert "numeral-corrected" in codes(plan)


def test_texts_read_alike_in_two_cells_confirm_each_other(resources: Resources) -> None:
    doubtful = line("Menyusun laporan Xyzvw", 0.93, agreed=None)
    alone = build_plan(with_rows(doubtful), resources)
    twice = build_plan(with_rows(doubtful, doubtful), resources)
    (first,) = alone.placed()
    both = list(twice.placed())
    assert first.action.action.confidence is not None
    assert all((p.action.action.confidence or 0.0) > first.action.action.confidence for p in both)


def test_a_doubtful_team_takes_the_letters_of_the_sure_one_in_its_area(resources: Resources) -> None:
    rows = [
        dataclasses.replace(action("1.", COMPONENTS[0]), team="TIM MANAJEMEN PERUBAHAN"),
        dataclasses.replace(
            action("2.", COMPONENTS[1]), team=line("TIM MANAJEMENPERUBAHAN", 0.5, agreed=None), spans={17: 2}
        ),
        action("3.", COMPONENTS[2]),
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert {p.action.responsible.text for p in plan.placed()} == {"TIM MANAJEMEN PERUBAHAN"}
    corrected = [f for f in plan.findings if f.code == "word-corrected" and f.field == "responsible"]
    assert [f.value for f in corrected] == ["TIM MANAJEMEN PERUBAHAN"]


def test_a_stop_that_the_same_team_elsewhere_does_not_have_is_dirt(resources: Resources) -> None:
    teams = ("TIM. MANAJEMEN PERUBAHAN", "TIM MANAJEMEN PERUBAHAN")
    rows = [
        dataclasses.replace(action(f"{n}.", COMPONENTS[n - 1]), team=team) for n, team in enumerate(teams, 1)
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [p.action.responsible.text for p in plan.placed()] == [teams[1], teams[1]]
    assert [f.raw for f in plan.findings if f.code == "word-corrected"] == [teams[0]]


def test_what_was_read_in_the_shade_of_a_head_hides_no_name(resources: Resources) -> None:
    names = [
        {"LANGKAH AKSI": "EN A E\n- LANGKAH AKSI", "KOMPONEN": "P N ET\nKOMPONEN"}.get(n, n) for n in NAMES
    ]
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0])], names=names)), resources)
    (placed,) = plan.placed()
    assert placed.action.action.text == "Menyusun laporan"
    assert placed.component.name.text == COMPONENTS[0]


@pytest.mark.parametrize(
    ("lines", "asks"),
    [
        (("kinerja unit.", "operasionalisasi tugas"), True),
        (("peraturan perundang", "undangan yang berlaku"), True),
        (("kinerja unit,", "operasionalisasi tugas"), False),
        (("kinerja unit.", "Operasionalisasi tugas"), False),
    ],
)
def test_lines_that_do_not_go_on_as_print_would_ask_for_a_review(
    lines: tuple[str, ...], asks: bool, resources: Resources
) -> None:
    grid = page_of([TITLE, action("1.", COMPONENTS[0])])
    cells = [
        c.model_copy(update={"text": "\n".join(lines), "lines": tuple(line(i) for i in lines)})
        if c.column == 3 and c.row == 2
        else c
        for c in grid.cells
    ]
    plan = build_plan(extraction_of(grid.model_copy(update={"cells": tuple(cells)})), resources)
    assert [p.action.needs_review for p in plan.placed()] == [asks]


def test_what_is_filled_from_a_covered_cell_is_covered_too(resources: Resources) -> None:
    team = line("TIM MANAJ", covered=True)
    rows = [
        RowOf(["", "i. Penyusunan Tim Kerja", "Tim dibentuk", "Menyusun", "Surat"], team=team, spans={17: 2}),
        RowOf(["", "ii. Rencana Pembangunan", "Rencana ada", "Menyusun", "Surat"]),
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [p.action.responsible.status for p in plan.placed()] == ["covered", "covered"]
    assert all(p.action.needs_review for p in plan.placed())


def test_a_stroke_behind_a_name_that_is_numbered_in_roman_is_doubted(resources: Resources) -> None:
    rows = [
        dataclasses.replace(action(f"{n}.", COMPONENTS[0]), team=f"POKJA {numeral} PERUBAHAN")
        for n, numeral in enumerate(("II", "III", "1"), 1)
    ]
    draft = build_rows(Draft(extraction_of(page_of([TITLE, *rows])), resources))
    found = {e.text: e.support for e in line_evidence(line("POKJA 1 PERUBAHAN"), DocumentWords(draft))}
    assert found["1"] == "rival"


def test_a_component_one_letter_off_its_official_name_asks_for_a_review(resources: Resources) -> None:
    rows = [action("1.", COMPONENTS[0]), action("2.", "Prosedur perasional Tetap (SOP) Kegiatan Utama")]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [p.action.needs_review for p in plan.placed()] == [False, True]


def test_a_stop_that_the_picture_doubts_asks_for_a_review(resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    sure, doubted = (line("Dokumen Rencana. Pembangunan", confidence=c) for c in (0.95, 0.6))
    assert [e.word_class for e in line_evidence(sure, words)][1] == "known"
    assert [e.word_class for e in line_evidence(doubted, words)][1] == "stray"


@pytest.mark.parametrize(
    ("ours", "theirs", "agreement"),
    [
        ("25%", "25Yo", "agreed"),
        ("100%", "10076", "agreed"),
        ("75%", "715Yo", "against-known"),
        ("B02", "BO2", "strokes"),
        ("ZI,", "Zl,", "agreed"),
        ("Zl,", "ZI,", "strokes"),
    ],
)
def test_readers_that_see_a_sign_in_another_shape_agree_on_the_rest(
    ours: str, theirs: str, agreement: str, resources: Resources
) -> None:
    words = DocumentWords(Draft(extraction_of(), resources))
    (found,) = line_evidence(line(ours, others=(theirs,)), words)
    assert found.agreement == agreement


def test_an_areas_name_that_lost_a_space_takes_the_official_one_with_a_finding(resources: Resources) -> None:
    titles = ("1. MANAJEMENPERUBAHAN", "2. TATA LAKSANA")
    rows = [
        row
        for title, name in zip(titles, COMPONENTS, strict=False)
        for row in (RowOf([title, "", "", "", ""]), action("i.", name))
    ]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    assert [area.name.text for area in plan.areas] == ["MANAJEMEN PERUBAHAN", "TATA LAKSANA"]
    corrected = [(f.raw, f.value) for f in plan.findings if f.code == "word-corrected"]
    assert corrected == [("MANAJEMENPERUBAHAN", "MANAJEMEN PERUBAHAN")]
    assert not any(p.action.needs_review for p in plan.placed())


def test_the_number_of_a_team_is_that_of_its_area_in_the_decrees_way_of_counting(
    resources: Resources,
) -> None:
    read = ("POKJA 1 PERUBAHAN", "POKJA IITATA LAKSANA", "POKJA III APARATUR", "POKJA IV AKUNTABILITAS")
    rows = [
        row
        for n, team in enumerate(read, 1)
        for row in (
            RowOf([f"{n}. AREA {n}", "", "", "", ""]),
            dataclasses.replace(action("i.", COMPONENTS[0]), team=team),
            dataclasses.replace(action("ii.", COMPONENTS[1]), team=TEAMS[0] if n == 1 else team),
        )
    ]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    first, third = plan.areas[0].components[0].actions[0], plan.areas[1].components[0].actions[0]
    assert (first.responsible.text, first.responsible.printed) == ("POKJA I PERUBAHAN", "POKJA 1 PERUBAHAN")
    assert third.responsible.text == "POKJA II TATA LAKSANA"
    assert {f.raw for f in plan.findings if f.code == "word-corrected"} == {"1", "IITATA"}
