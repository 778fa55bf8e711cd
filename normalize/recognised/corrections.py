"""A line in which another text was decided on than the one that was read, turned into the finding that tells it."""

from __future__ import annotations

from extract.types import TextLine
from normalize.facts import Fact, fact
from schema.findings import Grade, RuleName
from schema.provenance import SourceRef

RULE: RuleName = "second-reading"


def correction(line: TextLine, ref: SourceRef, field: str | None) -> Fact:
    """Return the finding that names the words in which what was decided on differs from what was read."""
    read, kept = line.printed.split(), line.text.split()
    replaced = " ".join(word for word in read if word not in kept) or line.printed
    chosen = " ".join(word for word in kept if word not in read) or line.text
    return corrected(replaced, chosen, ref, field)


def corrected(
    read: str,
    text: str,
    ref: SourceRef,
    field: str | None,
    rule: RuleName = RULE,
    grade: Grade = "probable",
) -> Fact:
    """Return the finding that tells what was read and what it became by a rule."""
    return fact(
        "word-corrected",
        rule=rule,
        ref=ref,
        field=field,
        raw=read,
        value=text,
        alternatives=(read,),
        certainty=grade,
        reason=rule,
    )
