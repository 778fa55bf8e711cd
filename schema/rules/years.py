"""Years that texts and the date name against the decree's own year -> findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schema.decree import Field
from schema.findings import Finding
from schema.language import decree_words, either
from schema.plan import Action, Plan
from schema.rules.data import RuleData
from schema.rules.texts import clauses_of, fault, is_sound, row_cells, year_of

_YEAR = r"(?<![\d.,/])(?:19|20)\d{2}(?!\d|[.,]\d)"
_WORDS = {name: either(words) for name, words in decree_words("acts").items()}
_RANGE = re.compile(
    rf"({_YEAR})\s*(?:[-–—/]|s\.?\s?/?\s?d\.?|{_WORDS['until']})\s*((?:19|20)\d{{2}})(?!\d)", re.IGNORECASE
)
_SINGLE = re.compile(_YEAR)
_LIKE_A_YEAR = re.compile(r"(?:19|20)\d{2}")
# The year of a legal act is the act's own: "Nomor 8 Tahun 2019", "Tahun 2017 Nomor 182", "UU 14/2008",
# "314/ORT.07-Kpt/01/KPU/V/2021".
_NUMBER, _SHORT, _OF_YEAR = _WORDS["number"], _WORDS["number_short"], _WORDS["year"]
_ACTS = re.compile(
    rf"(?:{_NUMBER}|{_SHORT}\.?)\s*:?\s*\S+\s+{_OF_YEAR}\s+\d{{4}}|{_OF_YEAR}\s+\d{{4}}\s+{_NUMBER}|"
    rf"\b(?:{_WORDS['kinds']}|{_WORDS['ministerial']}\w*(?:[\s-]\w+)?)"
    rf"\s+(?:{_NUMBER}\s+|{_SHORT}\.?\s*)?\d+\s*(?:/|{_OF_YEAR})\s*\d{{4}}|\S+/\S+/\d{{4}}",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(rf"\b(?:{_WORDS['looks_back']}|{_WORDS['reports']}\w*)\b", re.IGNORECASE)


def odd_years(text: str, year: int) -> Iterator[str]:
    """Yield the years and ranges of a text that do not fit a decree of `year`.

    A range fits if it does not end before the year. A single year fits if it is the year itself or the
    next one, or the year before where the text reports on what has been.
    """
    if not _LIKE_A_YEAR.search(text):
        return
    rest = _ACTS.sub(" ", text)
    for match in _RANGE.finditer(rest):
        if int(match[2]) < year:
            yield match[0]
    looks_back = bool(_LOOKS_BACK.search(rest))
    for match in _SINGLE.finditer(_RANGE.sub(" ", rest)):
        named = int(match[0])
        if named not in (year, year + 1) and not (named == year - 1 and looks_back):
            yield match[0]


def year_mismatch(plan: Plan, _: RuleData) -> Iterator[Finding]:
    """Rows, clauses and the date speak of the decree's year; Mengingat is not looked at."""
    year = year_of(plan.head)
    if year is None:
        return
    for name, field in clauses_of(plan.head):
        yield from _report(name, field, year)
    date = plan.head.date
    if date is not None and date.year != year and is_sound(plan.head.date_text):
        yield fault("year-mismatch", "date", plan.head.date_text, raw=str(date.year), value=str(year))
    for action, name, field in row_cells(plan):
        yield from _report(name, field, year, action)


def _report(name: str, field: Field, year: int, action: Action | None = None) -> Iterator[Finding]:
    for raw in dict.fromkeys(odd_years(field.text, year)):
        yield fault("year-mismatch", name, field, action, raw=raw, value=str(year))
