"""Lines of a page: hanging columns, footers, signature blocks side by side."""

from __future__ import annotations

from collections.abc import Callable

from extract.types import TextLine
from normalize.preamble import parse_preamble
from schema.provenance import Source

Placed = Callable[..., tuple[TextLine, ...]]


def test_pieces_of_one_visual_line_are_one_line(placed: Placed, source: Source) -> None:
    lines = placed(
        ("KEPUTUSAN BUPATI CONTOH", 200, 10),
        ("NOMOR 1 TAHUN 2024", 200, 24),
        ("TENTANG", 200, 38),
        ("RENCANA AKSI", 200, 52),
        ("BUPATI CONTOH,", 200, 80),
        ("Menimbang", 50, 110),
        (":", 120, 110),
        ("a.", 140, 110),
        ("bahwa Undang-Undang Nomor", 160, 110),
        ("25", 300, 110.4),
        ("Tahun 2009 berlaku;", 160, 124),
        ("- 2 -", 250, 800),
        ("2", 250, 815),
        ("jdih.contoh.example", 50, 830),
    )
    result = parse_preamble(lines, source=source, digital=True)
    clause = result.head.considerations[0].field
    assert clause.text == "bahwa Undang-Undang Nomor 25 Tahun 2009 berlaku;"
    assert result.unused == ()


def test_blocks_side_by_side_are_told_apart(placed: Placed, source: Source) -> None:
    lines = placed(
        ("Salinan sesuai dengan aslinya", 50, 10),
        ("Ditetapkan di Contoh", 350, 10),
        ("SEKRETARIAT DAERAH", 50, 24),
        ("pada tanggal 1 Maret 2024", 350, 24),
        ("Kepala Bagian Hukum,", 50, 38),
        ("BUPATI CONTOH,", 350, 38),
        ("ttd.", 350, 66),
        ("(pejabat satu)", 50, 90),
        ("(pejabat dua)", 350, 90),
    )
    head = parse_preamble(lines, source=source, digital=True).head
    assert head.place.text == "Contoh"
    assert head.date is not None
    assert head.signatory is not None
    assert head.attestation is not None
    assert (head.signatory.office.text, head.signatory.name.text) == ("BUPATI CONTOH", "(pejabat dua)")
    assert head.attestation.office.text == "SEKRETARIAT DAERAH"
    assert head.attestation.position.text == "Kepala Bagian Hukum"
    assert head.attestation.name.text == "(pejabat satu)"
    assert head.signature_kind == "copy"


def test_blocks_that_came_as_one_line_are_left_unread_not_mixed(placed: Placed, source: Source) -> None:
    lines = placed(
        ("Salinan sesuai dengan aslinya Ditetapkan di Contoh", 50, 10),
        ("SEKRETARIAT DAERAH pada tanggal 1 Maret 2024", 50, 24),
        ("(pejabat satu) (pejabat dua)", 50, 90),
    )
    result = parse_preamble(lines, source=source, digital=True)
    assert result.head.signatory is None
    assert result.head.attestation is None
    assert len(result.unused) == len(lines)
