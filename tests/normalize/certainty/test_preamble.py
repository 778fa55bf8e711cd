"""The head of a scanned decree: how sure each field is, and what a doubtful one may be held against."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.types import Extraction, Page, TextLine, Word
from normalize import Resources, build_plan
from schema.geometry import BBox
from schema.plan import Plan
from schema.provenance import Source

SHA = "0" * 64
BODY = (
    "KOMISI PEMILIHAN UMUM",
    "KABUPATEN CONTOH",
    "KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH",
    "NOMOR 7 TAHUN 2024",
    "TENTANG",
    "RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN 2024",
    "KETUA KOMISI PEMILIHAN UMUM KABUPATEN CONTOH,",
    "Menimbang : a. bahwa perlu disusun rencana aksi;",
    "Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
    "MEMUTUSKAN:",
    "Menetapkan : KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH TENTANG RENCANA AKSI.",
    "KESATU : Menetapkan rencana aksi sebagaimana tercantum dalam Lampiran.",
    "Ditetapkan di Contoh",
    "pada tanggal 5 Februari 2024",
    "KETUA KOMISI PEMILIHAN UMUM KABUPATEN CONTOH,",
    "(nama pejabat)",
)


def pieces_of(text: str, top: float, slope: float, *, split: bool) -> list[tuple[str, tuple[Word, ...]]]:
    """Place a line's words 6 points a letter, falling by `slope`; `split` parts the label before a colon."""
    x, words = 60.0, []
    for word in text.split():
        y = top + slope * x
        box = BBox(x0=x, top=y, x1=x + 5 * len(word), bottom=y + 10)
        words.append(Word(text=word, bbox=box, confidence=0.999))
        x += 6 * (len(word) + 1)
    at = next((n for n, word in enumerate(words) if n and word.text == ":"), None) if split else None
    parts = [words] if at is None else [words[:at], words[at:]]
    return [(" ".join(word.text for word in part), tuple(part)) for part in parts]


def scanned(
    resources: Resources,
    *,
    replaced: dict[str, str] | None = None,
    covered: str | None = None,
    doubted: dict[str, str] | None = None,
    below: Sequence[str] = (),
    slope: float = 0.0,
    split: bool = False,
) -> Plan:
    """Read a scanned body: texts `replaced` or `doubted` by another reader, a `covered` line, named by their starts.

    `below` are lines of an annex on a page of their own.
    """
    lines = []
    printed_lines = [(1, text) for text in BODY] + [(2, text) for text in below]
    for number, (page, printed) in enumerate(printed_lines):
        text = next((new for start, new in (replaced or {}).items() if printed.startswith(start)), printed)
        if page == 2:
            text = printed
        others = tuple(other for start, other in (doubted or {}).items() if printed.startswith(start))
        hidden = covered is not None and printed.startswith(covered)
        for piece, words in pieces_of(text, 60 + 14 * number, slope, split=split):
            sure = tuple(w.model_copy(update={"confidence": 0.5 if others else 0.999}) for w in words)
            box = words[0].bbox.union(words[-1].bbox)
            lines.append(
                TextLine(
                    text=piece,
                    page=page,
                    bbox=box,
                    confidence=0.999,
                    words=sure,
                    agreed=not others,
                    others=others,
                    covered=hidden,
                )
            )
    source = Source(name="scan.pdf", sha256=SHA, media_type="application/pdf", size=1)
    pages = tuple(Page(number=n, width=595, height=842, kind="picture") for n in (1, 2))
    return build_plan(Extraction(source=source, pages=pages, lines=tuple(lines)), resources)


def fields_of(plan: Plan, code: str) -> set[str | None]:
    return {finding.field for finding in plan.findings if finding.code == code}


def test_a_preamble_read_for_sure_asks_for_nothing(resources: Resources) -> None:
    plan = scanned(resources)
    assert plan.head.number.text == "7"
    assert plan.head.number.status == "read"
    assert (plan.head.title.confidence or 0) > resources.review_threshold
    assert not fields_of(plan, "text-uncertain") | fields_of(plan, "text-covered")
    assert not [f for f in plan.findings if f.origin == "decree" and f.field == "decides"]


def test_a_label_and_the_stop_behind_a_name_do_not_count(resources: Resources) -> None:
    plan = scanned(resources, replaced={"Menimbang": "Menimbang ; 4. bahwa perlu disusun rencana aksi;"})
    assert plan.head.enacted_by.status == "read"
    assert not fields_of(plan, "text-uncertain")


def test_a_doubtful_number_asks_for_a_review(resources: Resources) -> None:
    plan = scanned(resources, doubted={"NOMOR": "NOMOR 1 TAHUN 2024"})
    assert plan.head.number.status == "uncertain"
    assert [f.field for f in plan.findings if f.code == "text-uncertain"] == ["number"]


@pytest.mark.parametrize("covered", [True, False])
def test_what_a_stamp_covers_is_not_a_mistake_of_the_decree(resources: Resources, *, covered: bool) -> None:
    torn = "Menetapkan : KEPUTUSAN KOMISI PEMILI N CONTOH TENTANG RENCANA AKSI."
    plan = scanned(resources, replaced={"Menetapkan :": torn}, covered="Menetapkan :" if covered else None)
    assert ("decides" in fields_of(plan, "text-covered")) is covered
    assert ("decides" in fields_of(plan, "office-mismatch")) is not covered


def test_a_covered_legal_basis_is_not_said_to_be_missing(resources: Resources) -> None:
    assert fields_of(scanned(resources), "legal-basis-missing") == {"legal_basis"}
    assert not fields_of(scanned(resources, covered="Mengingat"), "legal-basis-missing")


def test_a_misread_sign_behind_the_label_of_the_number_loses_nothing(resources: Resources) -> None:
    head = scanned(resources, replaced={"NOMOR": "NOMOR_7 TAHUN 2024"}).head
    assert (head.institution.text, head.number.text, head.year.text) == (
        "KOMISI PEMILIHAN UMUM KABUPATEN CONTOH",
        "7",
        "2024",
    )


def test_what_body_and_annex_both_say_needs_no_second_reader(resources: Resources) -> None:
    annex = [text.format("7") for text in ANNEX]
    plan = scanned(resources, doubted={"NOMOR": "NOMOR 1 TAHUN 2024"}, below=annex)
    assert plan.head.number.status == "read"
    assert not fields_of(plan, "text-uncertain")


ANNEX = ("LAMPIRAN", "KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH", "NOMOR {} TAHUN 2024")


@pytest.mark.parametrize(
    ("number", "code"), [("31/PW.01-Kpv/2024", "text-uncertain"), ("9", "head-disagrees")]
)
def test_an_annex_that_reads_nearly_the_same_number_puts_the_number_in_doubt(
    number: str, code: str, resources: Resources
) -> None:
    plan = scanned(
        resources,
        replaced={"NOMOR": "NOMOR 31/PW.01-Kpt/2024 TAHUN 2024"},
        below=[text.format(number) for text in ANNEX],
    )
    codes = {f.code for f in plan.findings if f.field == "number"}
    assert codes == {code}


def test_lines_of_a_crooked_page_go_together_by_its_slope(resources: Resources) -> None:
    head = scanned(resources, slope=0.04, split=True).head
    assert [(c.label, c.field.text) for c in head.considerations] == [
        ("a", "bahwa perlu disusun rencana aksi;")
    ]
    assert [c.label for c in head.dictum] == ["KESATU"]
