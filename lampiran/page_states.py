"""The page ledger of a result -> whether all of the file was read, in words and as an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from schema.choices import Language
from schema.errors import InputError
from schema.findings import Finding
from schema.provenance import PageEntry

NOT_SEEN = "table-not-read"  # a finding: a page is whole, but a table on it was not found
# Findings that mean that rows of the file may be missing.
UNREAD = frozenset({"page-not-read", "pages-missing", "file-salvaged", NOT_SEEN})
PARTLY_READ = InputError.exit_code


def is_partly_read(findings: Iterable[Finding]) -> bool:
    """Tell whether something of the file could not be read, by the findings of its result."""
    return any(finding.code in UNREAD for finding in findings)


def remedy_words(findings: Iterable[Finding], language: Language) -> str:
    """Say, as a clause, what to do about the parts that could not be read."""
    if {finding.code for finding in findings if finding.code in UNREAD} == {NOT_SEEN}:
        return {"id": "pindailah lagi halaman itu", "en": "scan that page again"}[language]
    return {"id": "mintalah salinan yang utuh", "en": "ask for an intact copy"}[language]


def numbers_of(pages: Iterable[PageEntry], state: str) -> str:
    """Return the numbers of the pages in a state, runs in short: `3, 7-9`."""
    numbers = enumerate(page.number for page in pages if page.state == state)
    runs = [[number for _, number in run] for _, run in groupby(numbers, lambda pair: pair[1] - pair[0])]
    return ", ".join("-".join(map(str, dict.fromkeys((run[0], run[-1])))) for run in runs)


def unread_words(pages: Sequence[PageEntry], language: Language) -> str:
    """Say, as the end of a sentence, which part of a file could not be read."""
    numbers = numbers_of(pages, "not_read")
    if language == "id":
        return f"halaman {numbers} tidak dapat dibaca" if numbers else "sebagian berkasnya hilang"
    return f"page {numbers} could not be read" if numbers else "a part of the file is lost"
