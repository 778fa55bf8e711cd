"""Lines of invented decrees, as a transcription and as pieces on a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.types import TextLine
from normalize.preamble import PreambleResult, parse_preamble
from schema.geometry import BBox
from schema.provenance import Source

BODY = """\
PEMERINTAH KABUPATEN CONTOH
DINAS PERHUBUNGAN
Jalan Contoh Nomor 1

KEPUTUSAN KEPALA DINAS PERHUBUNGAN
KABUPATEN CONTOH

NOMOR : 12 TAHUN 2024

TENTANG
RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS
TAHUN 2024

KEPALA DINAS PERHUBUNGAN
KABUPATEN CONTOH,

Menimbang : a. bahwa perlu disusun rencana aksi;
b. bahwa rencana aksi ditetapkan dengan keputusan;

Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan
Publik;
2. Peraturan Presiden Nomor 81 Tahun 2010;

MEMUTUSKAN:

Menetapkan : KEPUTUSAN KEPALA DINAS PERHUBUNGAN KABUPATEN CONTOH TENTANG RENCANA AKSI.

PERTAMA : Menetapkan rencana aksi sebagaimana tercantum dalam Lampiran.

KEDUA : Keputusan ini mulai berlaku pada tanggal ditetapkan.

Ditetapkan di Contoh
pada tanggal 5 Pebruari 2024

KEPALA DINAS PERHUBUNGAN
KABUPATEN CONTOH,

(nama pejabat)
Pembina Utama Muda
NIP. 00000000 000000 0 000
"""

ANNEX = """\
LAMPIRAN
KEPUTUSAN KEPALA DINAS PERHUBUNGAN
KABUPATEN CONTOH
NOMOR 12 TAHUN 2024
TENTANG
RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN 2024

RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS
TAHUN 2024

TIM PENGAWASAN

KEPALA DINAS PERHUBUNGAN
KABUPATEN CONTOH,

ttd.

(nama pejabat)
"""


@pytest.fixture
def body() -> str:
    """The body of an invented decree, transcribed."""
    return BODY


@pytest.fixture
def annex() -> str:
    """The loose lines of its annex."""
    return ANNEX


@pytest.fixture
def source() -> Source:
    """A source of no real file."""
    return Source(name="keputusan.txt", sha256="ab" * 32, media_type="text/plain", size=1)


@pytest.fixture
def read(source: Source) -> Callable[[str], PreambleResult]:
    """Read the head of a transcription; blank lines show as gaps in the numbering."""

    def reading(text: str) -> PreambleResult:
        lines = enumerate(text.split("\n"), start=1)
        kept = [TextLine(text=line, line=number) for number, line in lines if line.strip()]
        return parse_preamble(kept, source=source, digital=False)

    return reading


@pytest.fixture
def placed() -> Callable[..., tuple[TextLine, ...]]:
    """Make pieces on a page from (text, x0, top), five points a letter and ten points high."""

    def placing(*pieces: tuple[str, float, float]) -> tuple[TextLine, ...]:
        return tuple(
            TextLine(text=t, page=1, bbox=BBox(x0=x, top=y, x1=x + 5 * len(t), bottom=y + 10))
            for t, x, y in pieces
        )

    return placing
