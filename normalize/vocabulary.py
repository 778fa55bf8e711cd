"""The words of a form (columns, months, marks, teams), as data handed in and looked up by likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz, process

from normalize.settings import NAMES, NUMBER_ROW
from normalize.text import fold, squeeze
from normalize.words.confusables import as_digits, capital_skeleton
from schema.roles import ROLES, Role

_ROMAN = re.compile(r"^[IVX]+$")
_NUMBERED = re.compile(r"^\(?\d{1,2}\)?$")


@dataclass(frozen=True, eq=False)
class FormVocabulary:
    """What columns are called, how months and quarters are written, which glyphs are marks.

    A vocabulary is only equal to itself, so that what was read by it can be kept.

    `also` names the further roles that a name may have, `weak` the names of a role that give way to a column with
    another of its names. `area_words` precede the number of an area in its heading, `time_words` are what the
    text of a time is made of besides names of periods, `action_words` name something done without a verb's form, `sum_words`
    the sum of what is above.
    """

    roles: Mapping[Role, tuple[str, ...]]
    months: Mapping[str, int]
    quarters: Mapping[str, int]
    marks: frozenset[str]
    empty_marks: frozenset[str]
    team_words: tuple[str, ...]
    semesters: Mapping[str, int]
    also: Mapping[str, tuple[Role, ...]]
    weak: Mapping[Role, frozenset[str]]
    area_words: tuple[str, ...]
    time_words: frozenset[str]
    plan_words: tuple[str, ...] = ()
    other_periods: tuple[str, ...] = ()
    period_words: tuple[str, ...] = ()
    action_words: frozenset[str] = frozenset()
    sum_words: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FormVocabulary:
        """Build the vocabulary from the parsed content of the form file; raises `ValueError` for a role that is not one."""
        if unknown := data["roles"].keys() - set(ROLES):
            raise ValueError(f"no role of a column: {', '.join(sorted(unknown))} (schema/roles.py)")

        def folded(name: str) -> tuple[str, ...]:
            return tuple(map(fold, data[name]))

        named = (*data["interval_words"].values(), *data["months"].values(), data["period_words"])
        return cls(
            roles={role: tuple(map(fold, names)) for role, names in data["roles"].items()},
            months=_inverse(data["months"]),
            quarters=_inverse(data["quarters"]),
            marks=frozenset(data["marks"]),
            empty_marks=frozenset(data["empty_marks"]),
            team_words=folded("team_words"),
            semesters=_inverse(data["semesters"]),
            also={fold(name): tuple(roles) for name, roles in data["also"].items()},
            weak={role: frozenset(map(fold, names)) for role, names in data["weak"].items()},
            area_words=folded("area_words"),
            time_words=frozenset(folded("time_words")),
            plan_words=folded("plan_words"),
            period_words=tuple(fold(word) for words in named for word in words if _is_telling(word)),
            other_periods=folded("other_periods"),
            action_words=frozenset(word.lower() for word in data["action_words"]),
            sum_words=folded("sum_words"),
        )

    def role_of(self, text: str) -> tuple[Role, float]:
        """Return the role a column's name speaks of and the score (0 to 100) of the likeness."""
        wanted = fold(text)
        if not wanted or len(wanted) > NAMES.longest:
            return "unknown", 0.0
        if wanted not in self._known:
            if len(self._known) >= NAMES.most_known:
                self._known.clear()
            self._known[wanted] = self._likest(wanted)
        return self._known[wanted]

    @cached_property
    def _known(self) -> dict[str, tuple[Role, float]]:
        return {}

    def _likest(self, wanted: str) -> tuple[Role, float]:
        names, compact = self._names
        found = process.extractOne(_shape(wanted), compact, scorer=fuzz.ratio, score_cutoff=NAMES.role)
        begun = next((self._begun[name] for name in _beginnings(wanted) if name in self._begun), None)
        if begun is not None and (found is None or found[1] < NAMES.begun):
            return begun, NAMES.begun
        return (names[found[2]][1], found[1]) if found else ("unknown", 0.0)

    @cached_property
    def _names(self) -> tuple[tuple[tuple[str, Role], ...], tuple[str, ...]]:
        """The names with their roles, the longest first, and the shapes of the same names."""
        pairs = [(name, role) for role, names in self.roles.items() for name in names]
        ordered = tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
        return ordered, tuple(_shape(name) for name, _ in ordered)

    @cached_property
    def _begun(self) -> Mapping[str, Role]:
        """The roles of the names that longer ones may begin with."""
        return {name: role for name, role in reversed(self._names[0]) if len(name) > NAMES.shortest_prefix}

    def is_mark(self, text: str) -> bool:
        """Tell whether a cell's text is a tick, a cross or a filled glyph."""
        return squeeze(text) in self.marks

    def is_empty_mark(self, text: str) -> bool:
        """Tell whether a cell's text says "none" (a dash)."""
        return squeeze(text) in self.empty_marks

    def names_team(self, text: str) -> bool:
        """Tell whether the text begins as the name of a team or an office does."""
        return any(f"{fold(text)} ".startswith(f"{word} ") for word in self.team_words)

    def names_plan(self, text: str) -> bool:
        """Tell whether a text names a plan of action (`RENCANA AKSI ZONA INTEGRITAS`)."""
        padded = f" {fold(text)} "
        return any(f" {words} " in padded for words in self.plan_words)

    def names_sum(self, text: str) -> bool:
        """Tell whether a text names the sum of what is above it (`Jumlah`, `TOTAL (Rp)`)."""
        return any(f"{fold(text)} ".startswith(f"{word} ") for word in self.sum_words)

    def names_period(self, text: str) -> bool:
        """Tell whether a text speaks of a month, quarter, half-year or year by its name (`Maret`, `per triwulan`)."""
        padded = f" {fold(text)} "
        return any(f" {words} " in padded for words in self.period_words)

    def names_other_period(self, text: str) -> bool:
        """Tell whether a head speaks of days, weeks or hours, whose numbers are not months or quarters."""
        words = {*fold(text).split(), fold(_joined(text))}
        return not words.isdisjoint(self.other_periods)

    def month_of(self, text: str) -> int | None:
        """Return the month (1 to 12) that a head cell names."""
        return self.months.get(fold(text))

    def rivals_of(self, text: str) -> tuple[Role, ...]:
        """Return the further roles that a column's name may have."""
        return self.also.get(fold(text), ())

    def is_weak(self, text: str, role: Role) -> bool:
        """Tell whether a name gives way to a column with another name of the same role, or only begins with one."""
        wanted = fold(text)
        return wanted in self.weak.get(role, ()) or wanted not in self.roles.get(role, ())

    def is_own_name(self, text: str, role: Role) -> bool:
        """Tell whether a column's name is, or begins with, one of a role that does not give way to others."""
        wanted = fold(text)
        own = [name for name in self.roles.get(role, ()) if name not in self.weak.get(role, ())]
        if any(wanted == name or _begins(wanted, name) for name in own):
            return True
        shapes = map(_shape, own)
        return any(fuzz.ratio(_shape(wanted), shape, score_cutoff=NAMES.role) for shape in shapes)

    def is_time(self, text: str) -> bool:
        """Tell whether a text is made of names of periods, years and the words between them."""
        words = fold(text).split()
        known = [w for w in words if w in self.time_words or self.month_of(w) or w.isdigit()]
        named = any(not w.isdigit() and (w in self.time_words or self.month_of(w)) for w in words)
        return bool(words) and len(known) == len(words) and named

    def semester_of(self, text: str) -> int | None:
        """Return the semester (1, 2) that a head cell names."""
        return self.semesters.get(fold(text))

    def speaks_of_semesters(self, text: str) -> bool:
        """Tell whether a head cell names semesters as a whole (`SEMESTER`)."""
        return fold(text) in {name.split()[0] for name in self.semesters if " " in name}

    def initials_of(self, month: int) -> frozenset[str]:
        """Return the letters that a month's names begin with."""
        return frozenset(
            name[0] for name, number in self.months.items() if number == month and name[0].isalpha()
        )

    def quarter_of(self, text: str) -> int | None:
        """Return the quarter (1 to 4) that a head cell names."""
        return self.quarters.get(fold(text))

    def unwrapped(self, text: str) -> str:
        """Return a head cell's text, its lines joined again where a narrow cell wrapped a label inside a word.

        `1` over `0` is `10` and `Ja` over `n` is `Jan`: only where the separate lines are not a label, and together they are
        a number, the name of a period or another unit of time.
        """
        folded = fold(text)
        if folded in self._labels or not self._may_be_wrapped(folded.replace(" ", "")):
            return text
        joined = _joined(text)
        if joined == text:
            return text
        if joined.isdigit() or fold(joined) in self.other_periods:
            return joined
        label = self._wrapped.get(folded.replace(" ", ""))
        return text if label is None else joined if fold(joined) in self._labels else label

    def _may_be_wrapped(self, letters: str) -> bool:
        return letters.isdigit() or letters in self._wrapped or letters in self._other_letters

    @cached_property
    def _other_letters(self) -> frozenset[str]:
        return frozenset(name.replace(" ", "") for name in self.other_periods)

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset((*self.months, *self.quarters, *self.semesters))

    @cached_property
    def _wrapped(self) -> Mapping[str, str]:
        """The names of all periods by what is left of them without spaces."""
        return {label.replace(" ", ""): label for label in sorted(self._labels)}


def _is_telling(word: str) -> bool:
    """Tell whether a name of periods is more than a figure or a numeral, which name other things as well."""
    return len(word) > 1 and not any(map(str.isdigit, word)) and not _ROMAN.match(word)


def _inverse(table: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {fold(name): int(number) for number, names in table.items() for name in names}


def _joined(text: str) -> str:
    """Return the lines of a cell's text as one word, a hyphen at a line's end left out."""
    lines = [line.strip() for line in text.strip().split("\n")]
    return "".join(line.rstrip("-") for line in lines[:-1]) + lines[-1]


def _shape(folded: str) -> str:
    """Return a folded text without spaces, letters that look alike (`l`, `I`, `1`) made equal."""
    return capital_skeleton(folded.replace(" ", ""))


def _beginnings(folded: str) -> Iterator[str]:
    """Yield the words that a folded text begins with, the most of them first, never all."""
    while " " in folded:
        folded = folded.rpartition(" ")[0]
        yield folded


def _begins(text: str, name: str) -> bool:
    return len(name) > NAMES.shortest_prefix and text.startswith(name + " ")


def is_numbers_row(texts: Sequence[str], *, recognised: bool = False) -> bool:
    """Tell whether the cells are the row of column numbers `1 2 3 ...` below a head; narrow cells may wrap them.

    In a recognised row letters count as the digits that they look like, and three cells in ten may be misread.
    """
    whole = [squeeze(_joined(text)) for text in texts]
    filled = [text for text in whole if text]
    if len(filled) < NUMBER_ROW.fewest:
        return False
    if recognised:
        return _counts_up([as_digits(text) for text in whole])
    numbers = [int(t.strip("()")) if _NUMBERED.match(t) else None for t in filled]
    if None in numbers:
        return False
    rising = sum(a is not None and b == a + 1 for a, b in pairwise(numbers))
    return (numbers[0] or 0) <= NUMBER_ROW.first and rising >= NUMBER_ROW.rising * (len(numbers) - 1)


def _counts_up(texts: Sequence[str]) -> bool:
    """Tell whether most texts are the numbers that a count from a small one gives them by their place."""
    starts = Counter(int(t.strip("()")) - at for at, t in enumerate(texts) if _NUMBERED.match(t))
    first, fits = starts.most_common(1)[0] if starts else (0, 0)
    filled = [text for text in texts if text]
    short = all(len(text) <= NUMBER_ROW.longest for text in filled)
    return short and 0 <= first <= NUMBER_ROW.first and fits >= NUMBER_ROW.fitting * len(filled)
