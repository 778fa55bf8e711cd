"""The loose text of the draft turned into the decree's head; what nobody understands is reported."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from normalize.draft import Draft
from normalize.head import parse_head
from normalize.lines import line_ref
from normalize.text import squeeze
from schema.catalogue import make_finding
from schema.provenance import SourceRef

RULE = "account-for-text"
_NAMED = ("institution", "number", "year")
CROWDED = 12  # lines from which on a page without a table is reported as a whole


def read_head(draft: Draft) -> Draft:
    """Read the decree's head; keep the lines that it left unused."""
    result = parse_head(draft.loose, source=draft.extraction.source, digital=draft.digital)
    annex = result.annex_head
    says = {name: getattr(annex, name).text for name in _NAMED} if annex is not None else {}
    findings = (*draft.findings, *result.findings)
    return replace(draft, head=result.head, annex_says=says, loose=result.unused, findings=findings)


def report_unplaced(draft: Draft) -> Draft:
    """Report every line of loose text that no step has taken: nothing printed is lost unseen.

    A page without a table and with many such lines gets one finding: a table may have been overlooked there.
    """
    left = [line for line in draft.loose if line.text.strip()]
    counts = Counter(line.page for line in left)
    tabled = {grid.page for grid in draft.extraction.grids}
    crowded = {page for page, count in counts.items() if page and count >= CROWDED and page not in tabled}
    sha256 = draft.extraction.source.sha256
    findings = [
        make_finding(
            "text-unplaced",
            rule=RULE,
            ref=line_ref(line, sha256),
            raw=squeeze(line.text),
            certainty="ambiguous",
        )
        for line in left
        if line.page not in crowded
    ]
    pages = [
        make_finding(
            "page-unplaced",
            rule=RULE,
            ref=SourceRef(sha256=sha256, page=page, reader="pdf-text"),
            raw=str(page),
            value=str(counts[page]),
            certainty="ambiguous",
        )
        for page in sorted(crowded)
    ]
    return draft.noting(*pages, *findings)
