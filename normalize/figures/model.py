"""A cell's text turned into the figure it is: its value, its marks, its kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from extract.types import Cell
from normalize.figures.settings import COLUMNS
from normalize.text import from_roman, squeeze
from normalize.words.confusables import as_digits
from schema.language import decree_words, either
from schema.provenance import SourceRef

Kind = Literal["number", "share", "date", "roman", "text", "none"]
_AMOUNT = re.compile(
    rf"\(?-?{either(decree_words('figures')['currency'])}?\.?\s?"
    r"(?P<whole>[1-9]\d{0,2}(?:[.,]\d{3})+|\d+)(?P<rest>[.,]\d{1,4})?(?:[.,]?-)?\)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]")
_SHARE = re.compile(r"\(?\d{1,3}(?:[.,]\d{1,3})?\s?%\)?")
_DATE = re.compile(r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2})|\d{1,2}\s[^\W\d]{3,9}\s\d{4}")
_NONE = re.compile(r"[-–—.\s]*")
_ROMAN = re.compile(r"\(?([ivxlIVXL]{1,6})[.)]?")


@dataclass(frozen=True)
class Seen:
    """A cell of a column: its text as it was read, what other readers saw, its place."""

    text: str
    ref: SourceRef
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, cell: Cell) -> Seen:
        """Return a cell with what other readers saw of its only line."""
        others = tuple(other for line in cell.lines for other in line.others)
        return cls(cell.text, cell.ref, others if len(cell.lines) == 1 else ())

    @property
    def recognised(self) -> bool:
        """Tell whether it was read in a picture."""
        return self.ref.reader == "ocr"

    @cached_property
    def plain(self) -> str:
        """The text in one line."""
        return squeeze(self.text)

    @cached_property
    def kind(self) -> Kind:
        """What the text is; `none` for an empty cell or a dash."""
        return kind_of(self.plain)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """What the text may be where it was misread: its lines alone, without spaces, with the figures its signs look like."""
        lines = self.text.split("\n")
        each = lines if len(lines) > 1 else [self.plain, as_digits(self.plain)]
        return tuple(dict.fromkeys((*map(squeeze, each), *("".join(text.split()) for text in each))))

    @property
    def is_misread_number(self) -> bool:
        """Tell whether a text that is none of the kinds is a number in one of its forms."""
        return self.kind == "text" and any(kind_of(form) == "number" for form in self.forms)

    @property
    def has_tail(self) -> bool:
        """Tell whether a sign or two below a number are not part of it: mostly the tail of a long comma."""
        first, *more = self.text.split("\n")
        short = bool(more) and all(len(line.strip()) <= COLUMNS.tail for line in more)
        return short and bool(marks_of(squeeze(first)))

    @cached_property
    def value(self) -> Decimal | None:
        """The value of a number, `None` for anything else."""
        return value_of(self.plain)

    @cached_property
    def marks(self) -> str:
        """The marks of its thousands, in their order, empty for a number without."""
        return marks_of(squeeze(self.text.split("\n")[0]) if self.has_tail else self.plain)

    @property
    def proves_its_marks(self) -> bool:
        """Tell whether an amount has the other mark before its decimals, so that none of both can be misread alone."""
        mark, decimals = set(self.marks), _decimal_mark(self.plain)
        return len(mark) == 1 and decimals is not None and decimals not in mark

    @property
    def is_contradictory(self) -> bool:
        """Tell whether an amount has one of the marks of its thousands before its decimals, too (`140,000,00`)."""
        decimals = _decimal_mark(self.plain)
        return decimals is not None and decimals in self.marks


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a cell asks: the code of its finding, and what it may be instead.

    `told` is False where the finding of another cell tells of this one, too: a doubt asks once.
    """

    code: str
    alternatives: tuple[str, ...] = ()
    told: bool = True


def kind_of(text: str) -> Kind:
    """Return what a text in one line is."""
    kinds: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
        ("none", lambda t: _NONE.fullmatch(t) is not None),
        ("share", lambda t: _SHARE.fullmatch(t) is not None),
        ("date", lambda t: _DATE.fullmatch(t) is not None),
        ("number", lambda t: (_AMOUNT.fullmatch(t) or _NUMBER.fullmatch(t)) is not None),
        ("roman", _is_roman),
    )
    return next((kind for kind, fits in kinds if fits(text)), "text")


def _is_roman(text: str) -> bool:
    found = _ROMAN.fullmatch(text)
    return (
        found is not None and from_roman(found[1]) is not None and (found[1].isupper() or found[1].islower())
    )


def value_of(text: str) -> Decimal | None:
    """Return the value of an amount or a number; in brackets or behind a minus it is negative."""
    counted = _NUMBER.fullmatch(text)
    if counted is not None:
        return Decimal(counted[1])
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    value = Decimal(f"{whole}.{found['rest'][1:] if found['rest'] else 0}")
    return -value if text.lstrip("(").startswith("-") or text.startswith("(") else value


def marks_of(text: str) -> str:
    """Return the marks between the thousands of an amount (`1.234,000`: `.,`)."""
    found = _AMOUNT.fullmatch(text)
    return re.sub(r"\d", "", found["whole"]) if found else ""


def _decimal_mark(text: str) -> str | None:
    found = _AMOUNT.fullmatch(text)
    return found["rest"][0] if found and found["rest"] else None


def written(value: Decimal, like: str) -> str:
    """Return a whole value as an amount is written whose marks are those of another."""
    mark = (marks_of(like) or ".")[0]
    return f"{int(value):,}".replace(",", mark) if value == int(value) else f"{value}"
