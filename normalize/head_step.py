"""The loose text of the draft turned into the decree's head; what nobody understands is reported."""

from __future__ import annotations

from dataclasses import replace

from extract.types import TextLine
from normalize.draft import Draft
from normalize.head import parse_head
from normalize.text import squeeze
from schema.catalogue import make_finding
from schema.provenance import Reader, SourceRef


def read_head(draft: Draft) -> Draft:
    """Read the decree's head; keep the lines that it left unused."""
    result = parse_head(draft.loose, source=draft.extraction.source, digital=draft.digital)
    return replace(draft, head=result.head, loose=result.unused, findings=(*draft.findings, *result.findings))


def report_unplaced(draft: Draft) -> Draft:
    """Report every line of loose text that no step has taken: nothing printed is lost unseen."""
    findings = [
        make_finding(
            "text-unplaced",
            rule="account-for-text",
            ref=_ref(line, draft.extraction.source.sha256),
            raw=squeeze(line.text),
            certainty="ambiguous",
        )
        for line in draft.loose
        if line.text.strip()
    ]
    return draft.noting(*findings)


def _ref(line: TextLine, sha256: str) -> SourceRef:
    reader: Reader = "transcript" if line.line is not None else "pdf-text"
    return SourceRef(sha256=sha256, page=line.page, bbox=line.bbox, line=line.line, reader=reader)
