"""The heads of both sides of an audit -> what says that they are two different decrees: office, number or year."""

from __future__ import annotations

from collections.abc import Iterator

from lampiran.resources import load_resources
from normalize.preamble import abbreviate, slug
from schema.audit import Audit, AuditCell

_TELLING = ("head.institution", "head.number", "head.year")


def other_decree(audit: Audit) -> tuple[AuditCell, ...]:
    """Return the values of the head that name another decree; none where a side does not state them.

    What cannot be read on the paper is not compared. A misspelt or shortened name of an office is the same office.
    """
    cells = {cell.field: cell for cell in audit.cells if cell.row is None and cell.is_fault}
    return tuple(cells[name] for name in _TELLING if name in cells and _is_other(cells[name]))


def _is_other(cell: AuditCell) -> bool:
    paper, stated = (set(_words(cell.field, text or "")) for text in (cell.paper, cell.stated))
    if cell.field == "head.institution":
        return bool(paper - stated and stated - paper) and cell.consequence != "low"
    return bool(paper and stated and paper != stated)


def _words(field: str, text: str) -> Iterator[str]:
    if field == "head.institution":
        text = abbreviate(text, load_resources().rules.abbreviations)
        yield from filter(None, slug(text).split("-"))
    elif joined := slug(text):
        yield joined
