"""Words that a narrow column cuts in two, and the signs by which a document parts its items, do not ask."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from normalize import Resources
from normalize.draft import Draft
from normalize.evidence import is_cut_word, line_evidence, lines_evidence
from normalize.lexical import DocumentWords
from normalize.rows.build import build_rows

sys.path.insert(0, str(Path(__file__).parent))
from recognised import TITLE, action, extraction_of, line, page_of


@pytest.mark.parametrize(
    ("above", "below", "cut"),
    [
        ("Meningkatny", "a kinerja", True),
        ("Pembent", "ukan tim", True),
        ("laporan", "kegiatan", False),
        ("Meningkatxy", "a kinerja", False),
        ("kegiatan.", "dan", False),
    ],
)
def test_a_known_word_over_two_lines_is_one_that_its_column_cuts(
    above: str, below: str, cut: bool, resources: Resources
) -> None:
    words = DocumentWords(Draft(extraction_of(page_of([])), resources))
    one, other = line(above, 0.99), line(below, 0.99)
    assert is_cut_word(one, other, words) is cut
    kinds = [e.word_class for e in lines_evidence([one, other], words)]
    if cut:
        assert kinds[:2] == ["known", "known"]


def test_no_lines_hold_no_words(resources: Resources) -> None:
    words = DocumentWords(Draft(extraction_of(page_of([])), resources))
    assert list(lines_evidence([], words)) == []


@pytest.mark.parametrize(
    ("theirs", "agreement"), [("Notula: undangan", "agreed"), ("Notula, undangan", "stops")]
)
def test_a_sign_that_the_document_hardly_prints_is_no_other_reading(
    theirs: str, agreement: str, resources: Resources
) -> None:
    kept = line("Notula; undangan", 0.95, others=(theirs,))
    others = [line(f"{word}; undangan", 0.99) for word in ("Foto", "Piagam", "Video")]
    others += [line(f"{word}, undangan", 0.99) for word in ("Foto", "Piagam")]
    rows = [action("1.", "Penyusunan Tim Kerja", each) for each in (*others, kept)]
    draft = build_rows(Draft(extraction_of(page_of([TITLE, *rows])), resources))
    first = next(line_evidence(kept, DocumentWords(draft)))
    assert first.agreement == agreement
