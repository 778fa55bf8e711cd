"""Texts matched to the sheet: other words, misread words, what it does not hold, and what is doubtful."""

from __future__ import annotations

import pytest

from normalize import Resources
from normalize.official import LkeMatcher
from normalize.official.matching import Found, MatchedComponent, PlanComponent, PlanRow


@pytest.fixture(scope="module")
def matcher(resources: Resources) -> LkeMatcher:
    return resources.lke


def one(matcher: LkeMatcher, area: str, name: str, indicator: str, action: str = "") -> MatchedComponent:
    component = PlanComponent(0, area, name, (PlanRow(indicator, action),))
    return matcher.match([component])[1][0]


def code(found: Found | None) -> str | None:
    return found.match.code if found else None


@pytest.mark.parametrize(
    ("area", "name", "indicator", "wanted"),
    [
        ("Pengawasan", "WBS", "Evaluasi penerapan WBS", "A.I.5.iv.b"),
        ("Pengawasan", "Pengendalian Gratifikasi", "Public campaign gratifikasi", "A.I.5.i.a"),
        ("Tata Laksana", "SOP", "SOP sudah dievaluasi", "A.I.2.i.c"),
        ("", "", "Pengukuran kinerja individu dilakukan secara periodik", "A.I.3.iv.c"),
        ("Pengawasan", "Penerapan SPIP", "Teiah dilakukan peniIaian rlsiko atas kebijakan", "A.I.5.ii.b"),
        ("Manajemen Perubahan", "Komitmen dalam perubahan", "Perubahan konkret oleh agen", "A.II.1.i.a"),
    ],
)
def test_a_row_gets_the_question_it_answers(
    matcher: LkeMatcher, area: str, name: str, indicator: str, wanted: str
) -> None:
    row = one(matcher, area, name, indicator).rows[0]
    assert code(row) == wanted
    assert row is not None
    assert row.match.level == "question"


@pytest.mark.parametrize(
    ("area", "name", "indicator"),
    [
        ("Keselamatan lalu lintas", "Perlengkapan jalan", "Jumlah rambu yang dipasang"),
        ("Sekretariat", "", "Pemeliharaan gedung dan halaman"),
        ("Penguatan Akuntabilitas", "Anggaran", "Serapan anggaran triwulan"),
        ("", "", ""),
    ],
)
def test_what_the_sheet_does_not_hold_gets_no_code(
    matcher: LkeMatcher, area: str, name: str, indicator: str
) -> None:
    matched = one(matcher, area, name, indicator)
    assert matched.component is None
    assert matched.rows == (None,)


def test_a_plan_of_another_subject_follows_no_edition(matcher: LkeMatcher) -> None:
    rows = (PlanRow("Jumlah terminal", "Rehabilitasi terminal"),)
    assert matcher.match([PlanComponent(1, "Angkutan", "Terminal", rows)])[0] is None
    assert matcher.match([]) == (None, [])


def test_a_row_whose_question_is_not_clear_keeps_the_code_of_its_component(matcher: LkeMatcher) -> None:
    matched = one(matcher, "Pengawasan", "Pengendalian Gratifikasi", "Pemasangan stiker di ruang tamu")
    assert code(matched.component) == "A.I.5.i"
    assert matched.rows == (matched.component,)


def test_a_question_of_another_component_is_told(matcher: LkeMatcher) -> None:
    row = one(
        matcher, "Pelayanan Publik", "Pemanfaatan Teknologi Informasi", "Terdapat inovasi pelayanan"
    ).rows[0]
    assert row is not None
    assert (row.match.code, row.elsewhere) == ("A.I.6.ii.f", True)


def test_a_row_may_answer_several_questions(matcher: LkeMatcher) -> None:
    indicator = "SOP mengacu pada peta proses bisnis dan SOP telah dievaluasi"
    row = one(matcher, "Tata Laksana", "SOP", indicator).rows[0]
    assert row is not None
    assert {row.match.code, *row.match.also} == {"A.I.2.i.a", "A.I.2.i.c"}


def test_a_doubtful_match_lists_what_else_it_may_be(matcher: LkeMatcher) -> None:
    indicator = "Terdapat Indikator Kinerja Utama (IKU) dan indikator kinerja telah SMART"
    row = one(matcher, "Akuntabilitas", "Pengelolaan Akuntabilitas", indicator).rows[0]
    assert row is not None
    assert row.match.certainty == "probable"
    assert {"A.I.4.ii.c", "A.I.4.ii.d"} <= set(row.match.alternatives)
    assert 0.5 <= row.match.score < 0.9


def test_a_component_without_a_name_is_known_by_its_rows(matcher: LkeMatcher) -> None:
    rows = (
        PlanRow("Pemberian pelayanan kepada publik sudah menggunakan teknologi informasi", ""),
        PlanRow("Operasionalisasi manajemen SDM sudah menggunakan teknologi informasi", ""),
    )
    found = matcher.match([PlanComponent(2, "Tata Laksana", "", rows)])[1][0].component
    assert code(found) == "A.I.2.ii"
    assert found is not None
    assert found.match.name == "Sistem Pemerintahan Berbasis Elektronik (SPBE)"


def test_an_old_wording_in_a_new_plan_gets_the_new_code_and_says_so(matcher: LkeMatcher) -> None:
    row = one(
        matcher, "Akuntabilitas", "Pengelolaan Akuntabilitas", "Dokumen perencanaan telah berorientasi hasil"
    )
    found = row.rows[0]
    assert found is not None
    assert (found.match.code, found.match.edition) == ("A.I.4.ii.b", "2021")
    assert found.match.wording == "2014.4.b.2"


def test_a_match_does_not_depend_on_the_other_rows_of_the_call(matcher: LkeMatcher) -> None:
    rows = (PlanRow("Hasil evaluasi WBS telah ditindaklanjuti", "x"), PlanRow("", ""))
    alone = matcher.match([PlanComponent(5, "Pengawasan", "WBS", rows[:1])])[1][0]
    both = matcher.match([PlanComponent(5, "Pengawasan", "WBS", rows)])[1][0]
    assert code(alone.rows[0]) == code(both.rows[0]) == "A.I.5.iv.c"


def test_a_component_without_a_name_that_breaks_the_order_is_doubtful(matcher: LkeMatcher) -> None:
    above = PlanComponent(6, "Pelayanan Publik", "Penilaian Kepuasan terhadap Pelayanan", (PlanRow("", ""),))
    lost = PlanComponent(6, "Pelayanan Publik", "", (PlanRow("Terdapat inovasi pelayanan", ""),))
    found = matcher.match([above, lost])[1][1].component
    assert found is not None
    assert (found.match.code, found.match.certainty) == ("A.I.6.ii", "probable")
