"""audit.xlsx: its sheets, its words, and that nothing in it runs."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from lampiran.audit.figures.figures import figures_of
from lampiran.audit.report.words import Speaker, sheet_label
from lampiran.audit.report.workbook import audit_workbook
from schema.audit import CONSEQUENCES, VERDICTS, Audit
from schema.errors import Language
from tests.lampiran.audit.audits import audit


def whole() -> Audit:
    one = audit()
    return one.model_copy(update={"figures": figures_of(one.rows, one.cells)})


def book(language: Language = "en") -> Workbook:
    return load_workbook(io.BytesIO(audit_workbook(whole(), language=language)))


def lines(name: str) -> list[dict[str, object]]:
    head, *rest = list(book()[name].iter_rows(values_only=True))
    return [dict(zip(map(str, head), line, strict=True)) for line in rest]


def test_the_sheets_are_named_in_both_languages() -> None:
    assert book().sheetnames == ["Faults", "All cells", "Rows", "Figures", "About this audit"]
    assert book("id").sheetnames == ["Kesalahan", "Semua sel", "Baris", "Angka", "Tentang audit ini"]


def test_faults_stand_with_the_gravest_first() -> None:
    found = lines("Faults")
    assert [line["Consequence"] for line in found] == ["critical", "critical", "low"]
    lost = found[0]
    assert (lost["Column"], lost["On the paper"], lost["In the transcription"]) == ("Mar", "√", "empty")
    assert (found[2]["Page"], found[2]["On the paper"]) == (1, "=Notula rapat")


def test_every_cell_row_and_figure_is_there() -> None:
    one = whole()
    assert len(lines("All cells")) == len(one.cells)
    assert [line["Faults"] for line in lines("Rows")] == [1, 1, 1]
    assert len(lines("Figures")) == len(one.figures)
    assert [line["Figure"] for line in lines("Figures")[:2]] == ["Exact cells", "Exactness of texts"]
    assert any("a" * 64 in str(line["Value"]) for line in lines("About this audit"))


def test_texts_are_string_cells_heads_are_frozen_and_sheets_have_filters() -> None:
    for sheet in book().worksheets:
        assert sheet.freeze_panes == "B2"
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}, f"{sheet.title} {cell.coordinate}"
    assert [sheet.auto_filter.ref is not None for sheet in book().worksheets] == [True] * 4 + [False]


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert audit_workbook(whole()) == audit_workbook(whole())
    assert audit_workbook(whole(), language="id") != audit_workbook(whole(), language="en")


def test_every_verdict_and_consequence_has_a_word() -> None:
    say = Speaker("id")
    assert all(say("verdict", code) != code for code in VERDICTS)
    assert all(say("consequence", code) != code for code in CONSEQUENCES)


def test_fields_are_called_by_their_names() -> None:
    assert sheet_label("m03").en == "Mar"
    assert sheet_label("q2").id != "q2"
    assert sheet_label("extra.TARGET").id == "TARGET"
    assert (sheet_label("extra.cell 20").id, sheet_label("extra.cell 20").en) == ("Sel ke-20", "Cell 20")
    assert sheet_label("head.number").en == "Number"
    assert sheet_label(None).en == "(all)"
