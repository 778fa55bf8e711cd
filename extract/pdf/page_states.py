"""The page ledger: turns what was found on a page into the state in which its reading ended."""

from __future__ import annotations

from collections.abc import Iterable

from extract.types import Page
from schema.findings import Finding

NOT_READ = "page-not-read"
UNREAD = frozenset({NOT_READ, "table-not-read"})  # findings: rows of the page may be missing


def with_state(page: Page, findings: Iterable[Finding]) -> Page:
    """Return the page with its state: `not_read` where a finding says so, `empty` where nothing is on it, else `read`."""
    state = "not_read" if is_unread(findings) else "empty" if page.kind == "empty" else "read"
    return page.model_copy(update={"state": state})


def is_unread(findings: Iterable[Finding]) -> bool:
    """Tell whether a page's findings say that it was not read, or not as a whole."""
    return any(finding.code in UNREAD for finding in findings)
