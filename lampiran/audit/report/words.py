"""Codes and numbers of an audit turned into words for people, in both languages."""

from __future__ import annotations

import re

from lampiran.audit.catalogue import kinds
from lampiran.language import percent
from lampiran.publish.labels import field_label, label, labels
from lampiran.publish.periods import period_of
from schema.audit import AuditCell, Figure, Verdict
from schema.errors import Language
from schema.findings import Message

_STRAY = re.compile(r"extra\.cell (\d+)")  # a cell of the line that no column is over
_SHEETS_OWN = ("verdict", "consequence", "row")  # groups of which a sheet words some otherwise than the page
# What is shown for a verdict beside its colour and its word.
SIGNS: dict[Verdict, str] = {
    "same": "=",
    "normalised": "≈",
    "differs": "≠",
    "missing": "−",
    "invented": "+",
    "misplaced": "↷",
    "not-stated": "○",
    "unreadable": "?",
}


def column_label(field: str) -> Message:
    """Return what people call a field of an audit: a column, a period, a further column, a value of the head."""
    if stray := _STRAY.fullmatch(field):
        return Message(id=f"sel {stray[1]}, di luar kolom waktu", en=f"cell {stray[1]}, outside the periods")
    period = period_of(field)
    return label(*period) if period else _named(field)


def sheet_label(field: str | None) -> Message:
    """Return what a field is called in a workbook; `None` stands for all together."""
    if field is None:
        return label("audit_field", "all")
    if stray := _STRAY.fullmatch(field):
        beyond = label("audit_field", "cell")
        return Message(id=f"{beyond.id}{stray[1]}", en=f"{beyond.en}{stray[1]}")
    period = period_of(field)
    if period is not None and period[0] != "year":
        return label(*period)
    return labels("audit_field").get(field) or _named(field)


def _named(field: str) -> Message:
    if field.startswith("extra."):
        return Message(id=field.removeprefix("extra."), en=field.removeprefix("extra."))
    return field_label(field.removeprefix("head."))


def kind_title(code: str) -> Message:
    """Return the title of a kind of fault, or the code where it is not catalogued."""
    kind = kinds().get(code)
    return kind.title if kind else Message(id=code, en=code)


def kind_about(code: str) -> Message | None:
    """Return what a kind of fault means, `None` where it is not catalogued."""
    kind = kinds().get(code)
    return kind.about if kind else None


def share(value: float | None, decimals: int = 1) -> Message:
    """Return a share as per cent; what is not quite all, or not quite nothing, is never rounded to it."""
    if value is None:
        return Message(id="–", en="–")
    return Message(id=percent(value, "id", decimals), en=percent(value, "en", decimals))


def interval(figure: Figure) -> Message | None:
    """Return a figure's interval, `None` where it has none."""
    if figure.low is None or figure.high is None:
        return None
    low, high = share(figure.low), share(figure.high)
    return Message(id=f"{low.id[:-2]}–{high.id}", en=f"{low.en[:-2]}–{high.en}")


def shift(columns: int) -> Message:
    """Return how far a row's cells are beside their columns, to the right where `columns` is positive."""
    far, side = abs(columns), ("kanan", "right") if columns > 0 else ("kiri", "left")
    many = "column" if far == 1 else "columns"
    return Message(id=f"bergeser {far} kolom ke {side[0]}", en=f"{far} {many} too far {side[1]}")


class Speaker:
    """Words of an audit's sheets in one language; a code without a word is its own."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __call__(self, group: str, code: str) -> str:
        """Return the word of a group (`column`, `verdict` ...) by its code."""
        own = labels(f"audit_sheet_{group}").get(code) if group in _SHEETS_OWN else None
        return self.of(own or label(f"audit_{group}", code))

    def of(self, message: Message) -> str:
        """Return a message in the language."""
        return str(getattr(message, self._language))

    def field(self, name: str | None) -> str:
        """Return what a field is called."""
        return self.of(sheet_label(name))

    def kind(self, code: str | None) -> str:
        """Return what a kind of fault is called."""
        return self.of(kind_title(code)) if code is not None else ""

    def side(self, cell: AuditCell, text: str | None) -> str:
        """Return what one side says; a mark as people write it."""
        return self("mark", text) if text is not None and cell.level == "mark" else text or ""
