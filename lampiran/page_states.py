"""The page ledger of a result -> whether all of the file was read, in words and as an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from schema.errors import InputError
from schema.findings import Finding, Message
from schema.provenance import PageEntry

NOT_SEEN = "table-not-read"  # a finding: a page is whole, but a table on it was not found
# Findings that mean that rows of the file may be missing.
UNREAD = frozenset({"page-not-read", "pages-missing", "file-salvaged", NOT_SEEN})
PARTLY_READ = InputError.exit_code


def is_partly_read(findings: Iterable[Finding]) -> bool:
    """Tell whether something of the file could not be read, by the findings of its result."""
    return any(finding.code in UNREAD for finding in findings)


def numbers_of(pages: Iterable[PageEntry], state: str) -> str:
    """Return the numbers of the pages in a state, runs in short: `3, 7-9`."""
    numbers = enumerate(page.number for page in pages if page.state == state)
    runs = [[number for _, number in run] for _, run in groupby(numbers, lambda pair: pair[1] - pair[0])]
    return ", ".join("-".join(map(str, dict.fromkeys((run[0], run[-1])))) for run in runs)


def partly_read_error(
    file: Path, pages: Sequence[PageEntry], findings: Iterable[Finding], missing: Message
) -> InputError:
    """Return the error for a file of which the part that was read does not hold what is `missing`."""
    numbers = numbers_of(pages, "not_read")
    unread = Message.of(f"halaman {numbers} tidak dapat dibaca", f"page {numbers} could not be read")
    if not numbers:
        unread = Message.of("sebagian berkasnya hilang", "a part of the file is lost")
    remedy = Message.of("mintalah salinan yang utuh", "ask for an intact copy")
    if {finding.code for finding in findings if finding.code in UNREAD} == {NOT_SEEN}:
        remedy = Message.of("pindailah lagi halaman itu", "scan that page again")
    return InputError(
        id=f"{file}: {unread.id}, dan di bagian yang terbaca tidak ada {missing.id}; {remedy.id}.",
        en=f"{file}: {unread.en}, and no {missing.en} is in what was read; {remedy.en}.",
    )
