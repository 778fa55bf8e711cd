"""Two plans -> what the second still carries of the first: an older year, another office's name, whole rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lampiran.alignment.wording import wording
from schema.comparison import ActionDelta, CopyNote, TextDelta
from schema.decree import DecreeHead
from schema.rules.offices import Office, office_of
from schema.rules.texts import clauses_of, key, year_of
from schema.rules.years import odd_years

Mentions = Callable[[str], Iterator[str]]
_LEVEL = r"(?:kabupaten|kab\.?|kota|provinsi|prov\.?)"


@dataclass(frozen=True)
class Adapting:
    """How A's year and office become B's: wordings and what takes their place."""

    pairs: tuple[tuple[str, str], ...]

    def adapted(self, a: str, b: str) -> bool:
        """Tell whether two texts are the same but for the year and the office."""
        one, other = wording(a), wording(b)
        for old, new in self.pairs:
            one = one.replace(old, new)
        return one == other


def adapting(a: DecreeHead, b: DecreeHead) -> Adapting:
    """Return what a text of A needs to fit B."""
    one, other = office_of(a.institution.text), office_of(b.institution.text)
    names = ((a.year.text, b.year.text), *(((one.region, other.region),) if one and other else ()))
    keys = ((wording(old), wording(new)) for old, new in names)
    return Adapting(tuple((old, new) for old, new in keys if old and new and old != new))


def copy_notes(
    a: DecreeHead, b: DecreeHead, actions: Iterable[ActionDelta], abbreviations: Mapping[str, str]
) -> tuple[CopyNote, ...]:
    """Return each year that does not fit B and each mention of A's office in B that A has in the same words.

    Rows are looked at where they are matched, the head's clauses as a whole. Nothing is reported of a head in
    which year or office were not read.
    """
    finders: list[tuple[str, Mentions]] = []
    year = year_of(b)
    if year is not None:
        finders.append(("year", lambda text: odd_years(text, year)))
    pattern = _office_pattern(a.institution.text, b.institution.text, abbreviations)
    if pattern is not None:
        finders.append(("office", lambda text: (match[0] for match in pattern.finditer(text))))
    return tuple(
        CopyNote.model_validate({"kind": kind, "mention": mention, "field": field, "n": n})
        for n, field, old, new in (*_clauses(a, b), *_cells(actions))
        for kind, find in finders
        for mention in dict.fromkeys(find(new))
        if wording(mention) in wording(old)
    )


def _clauses(a: DecreeHead, b: DecreeHead) -> Iterator[tuple[None, str, str, str]]:
    """Yield the clauses of B, each against the whole head of A: letters and order of clauses change."""
    whole = "\n".join(field.text for _, field in clauses_of(a))
    for name, field in clauses_of(b):
        yield None, name, whole, field.text


def _cells(actions: Iterable[ActionDelta]) -> Iterator[tuple[int, str, str, str]]:
    for action in actions:
        for text in action.texts:
            if action.a and action.b:
                yield action.n, text.field, text.a, text.b


def _office_pattern(a: str, b: str, abbreviations: Mapping[str, str]) -> re.Pattern[str] | None:
    """Return how A's office is named in running text, `None` where B's is the same or one is not known."""
    if not key(a) or not key(b) or key(a) == key(b):
        return None
    own, other = office_of(a), office_of(b)
    if own is None:
        return re.compile(rf"\b{_spaced(key(a))}\b", re.IGNORECASE)
    level = _spaced(" ".join(own.levels)) if other and other.region == own.region else _LEVEL
    before = level if other and other.region == own.region else rf"(?:{_kind(own, abbreviations)}|{_LEVEL})"
    return re.compile(rf"\b{before}\s+(?:{level}\s+)?{_spaced(own.region)}\b", re.IGNORECASE)


def _kind(office: Office, abbreviations: Mapping[str, str]) -> str:
    short = [re.escape(value) for name, value in abbreviations.items() if key(name) == office.kind]
    return "|".join([_spaced(office.kind), *short])


def _spaced(words: str) -> str:
    return r"\W+".join(re.escape(word) for word in words.split())


def is_verbatim(texts: Iterable[TextDelta]) -> bool:
    """Tell whether every text of a row is, word for word, the other side's."""
    return all(text.state in {"same", "spelling", "unknown"} for text in texts)
