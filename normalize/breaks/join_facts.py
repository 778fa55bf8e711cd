"""A verdict on two parts of a row turned into a fact: that they were joined and why, or a question."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.breaks.page_breaks import PageBreak
from normalize.breaks.table import TEXTS
from normalize.facts import Fact, fact
from normalize.labels import plain
from schema.findings import RuleName
from schema.provenance import SourceRef

PAGES = ("halaman", "pages")
LINES = ("baris", "lines")
# Each reason as the end of a sentence: Indonesian, English.
REASONS: dict[str, tuple[str, str]] = {
    "marks": ("tanda bulan hanya ada pada satu bagian", "the months' marks stand in one part only"),
    "no-action": ("langkah aksi kosong di halaman baru", "the action is blank on the new page"),
    "action-below": ("langkah aksi baru mulai di halaman baru", "the action begins on the new page only"),
    "mid-sentence": ("teks berlanjut di tengah kalimat atau daftar", "a text goes on in mid-sentence or in a list"),
    "full": ("teks mengisi bagian pertama sampai akhir", "the texts fill the first part to its end"),
    "nothing": ("tidak ada teks utama di halaman baru", "no main text stands on the new page"),
    "both-marked": ("kedua bagian mempunyai tanda bulan sendiri", "both parts have marks of their own"),
    "short": ("sebuah teks berakhir di atas kaki halaman, tetapi berlanjut", "a text that goes on ends above the page's foot"),
    "fits": ("kata pertama masih muat di halaman sebelumnya", "the first word would have fitted on the page before"),
    "merged": ("teks ini dapat berlanjut dalam sel gabungan", "this text may go on in a merged cell"),
    "blank": ("sel di awal halaman kosong, mungkin lanjutan sel gabungan", "a cell that begins the page is blank and may go on from a merged one"),
    "component": ("nama komponen berlanjut di halaman baru", "the component's name goes on on the new page"),
    "stretch": ("baris pertama setelah pergantian halaman tidak lengkap", "the first row behind a page's end is incomplete"),
    "line-feed": ("ganti baris di dalam sel", "a line feed inside a cell"),
    "below-team": ("baris di atasnya berakhir dengan kata", "the row above ends in words"),
}  # fmt: skip


def reasons_of(*names: str) -> dict[str, str]:
    """Return the reasons as the places `reason_id` and `reason_en` of a finding's message."""
    found = [REASONS[name] for name in dict.fromkeys(names)]
    return {"reason_id": "; ".join(m[0] for m in found), "reason_en": "; ".join(m[1] for m in found)}


def joined(
    rule: RuleName,
    ref: SourceRef,
    places: Sequence[object],
    value: str | None,
    *why: str,
    field: str | None = None,
    words: tuple[str, str] = PAGES,
) -> Fact:
    """Return the fact that parts of a row are joined; `places` are the numbers of their pages (or lines: `words`)."""
    numbers = ", ".join(map(str, places))
    where = {"where_id": f"{words[0]} {numbers}", "where_en": f"{words[1]} {numbers}"}
    return fact(
        "row-joined",
        rule=rule,
        ref=ref,
        field=field,
        raw=numbers,
        value=value,
        certainty="probable",
        **where,
        **reasons_of(*why),
    )


def doubt(rule: RuleName, breaks: Sequence[PageBreak], ref: SourceRef, *why: str) -> Fact:
    """Return a fact that asks whether two rows are one, with the text that most likely goes on."""
    texts = [b for b in breaks if b.role in TEXTS and b.whole.strip()]
    shown = max(texts, key=lambda b: (b.goes_on, b.is_mid_sentence), default=None)
    parts = [plain(shown.whole), plain(shown.lower.text)] if shown is not None else [""]
    return fact(
        "row-join-doubtful",
        rule=rule,
        ref=ref,
        field=shown.role if shown is not None else None,
        raw=" | ".join(part for part in parts if part),
        alternatives=(*parts, " ".join(parts)) if all(parts) else (),
        certainty="ambiguous",
        **reasons_of(*why),
    )
