"""Codes and numbers of an audit turned into words for people, in both languages."""

from __future__ import annotations

import re

from lampiran.audit.kinds import kinds
from lampiran.publish.labels import field_label, finding_title, label
from schema.audit import Figure, Verdict
from schema.findings import Message

_PERIOD = re.compile(r"([mqsy])(\d\d?)")
_STRAY = re.compile(r"extra\.cell (\d+)")
PERIODS = {"m": "month", "q": "quarter", "s": "semester", "y": "year"}
# What stands for a verdict beside its colour and its word.
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


def period_of(field: str) -> tuple[str, int] | None:
    """Return the type and number of the period that a field is (`m03` is `month`, 3), `None` for another field."""
    found = _PERIOD.fullmatch(field)
    return (PERIODS[found[1]], int(found[2])) if found else None


def column_label(field: str) -> Message:
    """Return what people call a field of an audit: a column, a period, a further column, a value of the head."""
    period = period_of(field)
    if period is not None:
        return label(*period)
    if stray := _STRAY.fullmatch(field):
        return Message(id=f"sel {stray[1]}, di luar kolom waktu", en=f"cell {stray[1]}, outside the periods")
    if field.startswith("extra."):
        return Message(id=field[len("extra.") :], en=field[len("extra.") :])
    return field_label(field.removeprefix("head."))


def kind_title(code: str) -> Message:
    """Return the title of a kind of fault, or the code where it is not catalogued."""
    kind = kinds().get(code)
    return kind.title if kind else Message(id=code, en=code)


def kind_about(code: str) -> Message | None:
    """Return what a kind of fault means, `None` where it is not catalogued."""
    kind = kinds().get(code)
    return kind.about if kind else None


def doubt_title(code: str) -> Message:
    """Return the title of a finding on the paper's reading."""
    return finding_title(code)


def share(value: float | None, decimals: int = 1) -> Message:
    """Return a share as per cent; what is not quite all, or not quite nothing, is never rounded to it."""
    if value is None:
        return Message(id="–", en="–")
    text = f"{100 * value:.{decimals}f}"
    least = 10.0**-decimals
    if value < 1 and float(text) >= 100:
        text = f"{100 - least:.{decimals}f}"
    elif value > 0 and float(text) == 0:
        text = f"{least:.{decimals}f}"
    text = text if float(text) not in {0.0, 100.0} else text.partition(".")[0]
    return Message(id=f"{text.replace('.', ',')} %", en=f"{text} %")


def interval(figure: Figure) -> Message | None:
    """Return a figure's interval, `None` where it has none."""
    if figure.low is None or figure.high is None:
        return None
    low, high = share(figure.low), share(figure.high)
    return Message(id=f"{low.id[:-2]}–{high.id}", en=f"{low.en[:-2]}–{high.en}")


def shift(columns: int) -> Message:
    """Return how far a row's cells stand beside their columns, to the right where `columns` is positive."""
    far, side = abs(columns), ("kanan", "right") if columns > 0 else ("kiri", "left")
    many = "column" if far == 1 else "columns"
    return Message(id=f"bergeser {far} kolom ke {side[0]}", en=f"{far} {many} too far {side[1]}")
