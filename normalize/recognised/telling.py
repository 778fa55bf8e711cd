"""A line in which another text was decided on than the one that was read, turned into the finding that tells it."""

from __future__ import annotations

from extract.types import TextLine
from schema.catalogue import make_finding
from schema.findings import Finding
from schema.provenance import SourceRef

RULE = "second-reading"


def correction(line: TextLine, ref: SourceRef, field: str | None) -> Finding:
    """Return the finding that names the words in which what was decided on differs from what was read."""
    read, kept = line.printed.split(), line.text.split()
    replaced = " ".join(word for word in read if word not in kept) or line.printed
    chosen = " ".join(word for word in kept if word not in read) or line.text
    return make_finding(
        "word-corrected",
        rule=RULE,
        ref=ref,
        field=field,
        raw=replaced,
        value=chosen,
        alternatives=(replaced,),
        certainty="probable",
        reason=RULE,
    )
