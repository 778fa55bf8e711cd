"""Roles that names leave open settled by the columns' places and by what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalize.form.content import Content
from normalize.form.model import Column, Form
from normalize.labels import bare_title, is_numeral, without_numeral
from normalize.official.official_list import OfficialList
from normalize.settings import NAMES
from normalize.text import fold
from normalize.vocabulary import FormVocabulary, Role
from normalize.words.activity import speaks_of_action
from schema.periods import PER_YEAR
from schema.plan import PeriodType

_MOSTLY = 0.8
_HALF = 0.5
_FEWEST = 3
_SINGLE: tuple[Role, ...] = ("area", "component", "indicator", "action", "evidence", "responsible", "time")
_PERIODS: dict[int, PeriodType] = {count: kind for kind, count in PER_YEAR.items() if count > 1}
_BESIDE: tuple[Role, ...] = ("indicator", "action", "evidence", "responsible")
_MAY_ACT: tuple[Role, ...] = ("unknown", "extra", "component")
_LEFT: tuple[Role, ...] = ("area_no", "area", "component", "indicator")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a form is settled by: the contents of its columns, the words of forms, the official list, the stems of words.

    `reader` is who read the table (`schema.provenance.SourceRef`).
    """

    contents: tuple[Content, ...]
    vocabulary: FormVocabulary
    official: OfficialList
    is_stem: Callable[[str], bool]
    reader: str = "pdf-text"

    @property
    def digital(self) -> bool:
        """Tell that no letter of a head can be misread."""
        return self.reader == "pdf-text"

    @property
    def recognised(self) -> bool:
        """Tell that texts and marks were seen in a picture."""
        return self.reader == "ocr"

    def of(self, column: Column) -> Content:
        """Return what a column holds."""
        return self.contents[column.index]

    def acts(self, column: Column) -> float:
        """Return the share of a column's texts that speak of something done."""
        words = self.vocabulary.action_words
        return self.of(column).share(lambda text: speaks_of_action(text, words, self.is_stem))


def settle(form: Form, evidence: Evidence) -> Form:
    """Return the form with one column for each role, or parts of one; the others are kept as further columns."""
    for step in _STEPS:
        form = step(form, evidence)
    return form


def _doubt_beginnings(form: Form, evidence: Evidence) -> Form:
    """A name that only begins with a known one says less."""
    names = evidence.vocabulary
    if not evidence.digital:
        return form
    return form.changed(
        *(
            replace(c, certainty="probable")
            for c in form.columns
            if c.role in _SINGLE
            and not any(names.role_of(t)[0] == c.role and names.role_of(t)[1] != NAMES.begun for t in c.head)
            and c.period is None
        )
    )


def _find_areas(form: Form, evidence: Evidence) -> Form:
    """A column that may be an area's is one left of a further component, or where it holds names of areas.

    Teams have the names of areas as well: only left of the action are they an area's.
    """
    action = next((c.index for c in form.of("action")), len(form.columns))
    for column in form.columns[:action]:
        if "area" not in _rivals(column, evidence) and column.role != "unknown":
            continue
        if form.of("area"):
            break
        beside = [c for c in form.of("component") if c.index > column.index and c.head != column.head]
        if column.role == "component" and any(not _is_weak(c, evidence) for c in beside):
            form = form.changed(column.given("area", "position", "certain"))
        elif _names_areas(evidence.of(column), evidence):
            form = form.changed(column.given("area", "content"))
    return form


def _rivals(column: Column, evidence: Evidence) -> tuple[Role, ...]:
    return tuple(role for text in column.head for role in evidence.vocabulary.rivals_of(text))


def _names_areas(content: Content, evidence: Evidence) -> bool:
    bare = (bare_title(text, evidence.vocabulary) for text in content.texts)
    names = {fold(without_numeral(text)) for text in bare}
    found = sum(evidence.official.match_area(name) is not None for name in names)
    return found >= 2 and found >= len(names) * _HALF


def _number_columns(form: Form, evidence: Evidence) -> Form:
    """Numbers belong to the column whose cells begin with theirs: an area's, a component's; others count rows."""
    for column in form.of("area_no"):
        content = evidence.of(column)
        if len(content.texts) < _FEWEST or content.share(is_numeral) < _MOSTLY:
            continue
        if any(content.belongs_to(evidence.of(area)) for area in form.of("area")):
            continue
        parts = [part for part in form.of("component") if content.belongs_to(evidence.of(part))]
        if parts and all(evidence.of(part).share(_bears_numeral) < _HALF for part in parts):
            form = form.changed(column.given("component", "content", "certain"))
        else:
            form = form.changed(column.given("extra", "content", "certain"))
    return form


def _bears_numeral(text: str) -> bool:
    return is_numeral(text) or without_numeral(text) != text


def _part_actions(form: Form, evidence: Evidence) -> Form:
    """Of columns under one name of the action those of numerals, and of texts that begin where they do, are a component's."""
    for first, second in pairwise(form.columns):
        shared = [c for c in form.of("action") if c.head == first.head]
        numbered = evidence.of(first).share(is_numeral) >= _MOSTLY and len(shared) >= _FEWEST
        paired = (
            first in shared[:1] and second in shared and evidence.of(first).begins_with(evidence.of(second))
        )
        if numbered and paired:
            return form.changed(*(c.given("component", "content", "certain") for c in (first, second)))
    return form


def _complete_components(form: Form, evidence: Evidence) -> Form:
    """A column without a name beside the numerals of components holds their names; one of numerals, the numerals."""
    for left, right in pairwise(form.columns):
        paired = evidence.of(left).begins_with(evidence.of(right))
        if not paired or evidence.of(left).share(is_numeral) < _MOSTLY:
            continue
        if left.role == "component" and right.role == "unknown" and not right.name:
            form = form.changed(right.given("component", "position"))
        elif left.role == "unknown" and right.role == "component":
            form = form.changed(left.given("component", "content"))
    return form


def _choose_one(form: Form, evidence: Evidence) -> Form:
    """Of several columns with different names of one role the one of the strongest name has it."""
    for role in _SINGLE:
        groups = _groups(form, role, evidence)
        if len(groups) < 2:
            continue
        best = min(groups, key=lambda name: _rank(groups[name], form, evidence))
        losers = [c for name, columns in groups.items() if name != best for c in columns]
        form = form.changed(
            *(replace(c, certainty="probable", why="position") for c in groups[best] if c.period is None),
            *(replace(c.given("extra", "position"), rivals=(role,)) for c in losers),
        )
    return form


def _groups(form: Form, role: Role, evidence: Evidence) -> dict[str, list[Column]]:
    """Return the columns of a role by the name that gives it to them; all periods are of one.

    Numbers go with the names beside them.
    """
    groups: dict[str, list[Column]] = {}
    for column in form.of(role):
        if "area_no" in column.rivals:
            continue
        name = _naming(column, role, evidence) if column.period is None else ""
        groups.setdefault(name, []).append(column)
    return groups


def _naming(column: Column, role: Role, evidence: Evidence) -> str:
    """Return the text of a column's head that names its role, the topmost if several do."""
    roles = evidence.vocabulary.role_of
    return next((fold(text) for text in column.head if roles(text)[0] == role), column.name)


def _rank(columns: Sequence[Column], form: Form, evidence: Evidence) -> tuple[bool, bool, int, int]:
    """Return how good a claim to a role is, the best first: periods, a strong name, its place in the list."""
    column = columns[0]
    name = _naming(column, column.role, evidence)
    listed = evidence.vocabulary.roles.get(column.role, ())
    at = listed.index(name) if name in listed else len(listed)
    action = next((c.index for c in form.of("action")), len(form.columns))
    apart = abs(column.index - action) if column.role == "indicator" else at
    return column.period is None, _is_weak(column, evidence), apart, column.index


def _is_weak(column: Column, evidence: Evidence) -> bool:
    return evidence.vocabulary.is_weak(_naming(column, column.role, evidence), column.role)


def _read_contents(form: Form, evidence: Evidence) -> Form:
    """A column whose name is not known is that of the time or of the team where it holds nothing else.

    So is a further column that holds nothing but times (`TARGET SELESAI`).
    """
    tests: tuple[tuple[Role, Callable[[str], bool]], ...] = (
        ("time", evidence.vocabulary.is_time),
        ("responsible", evidence.vocabulary.names_team),
    )
    for column in (*form.of("unknown"), *form.of("extra")):
        content = evidence.of(column)
        for role, test in tests:
            if column.role == "extra" and role != "time":
                continue
            if not form.of(role) and len(content.texts) >= _FEWEST and content.share(test) >= _MOSTLY:
                form = form.changed(column.given(role, "content"))
                break
    return form


def _place_periods(form: Form, evidence: Evidence) -> Form:
    """Twelve, four or two columns of marks side by side are months, quarters or semesters by their places.

    Only where their labels do not tell: below the name of the time, or, where no column has it, below any. What a recogniser
    saw as marks below another name may be anything.
    """
    if form.periods:
        return form
    role: Role = "time" if form.of("time") else "unknown"
    runs = [run for run in _runs(form.columns, evidence) if {c.role for c in run} <= {role, "extra"}]
    fitting = [
        run
        for run in runs
        if len(run) in _PERIODS and (role == "time" or (len(run) > 2 and not evidence.recognised))
    ]
    if len(fitting) != 1 or _counts_otherwise(fitting[0], evidence):
        return form
    kind = _PERIODS[len(fitting[0])]
    return form.changed(
        *(
            replace(c.given("time", "position"), period_type=kind, period=n)
            for n, c in enumerate(fitting[0], start=1)
        )
    )


def _counts_otherwise(run: Sequence[Column], evidence: Evidence) -> bool:
    """Tell whether the head over some columns speaks of days, weeks or hours."""
    return any(evidence.vocabulary.names_other_period(text) for column in run for text in column.head)


def _runs(columns: Sequence[Column], evidence: Evidence) -> list[list[Column]]:
    """Return the longest stretches of adjacent columns that hold marks alone or nothing, and some mark."""
    runs: list[list[Column]] = [[]]
    for column in columns:
        if evidence.of(column).texts or (runs[-1] and runs[-1][-1].role != column.role):
            runs.append([])
        if not evidence.of(column).texts:
            runs[-1].append(column)
    return [run for run in runs if any(evidence.of(column).marked for column in run)]


def _find_doing(form: Form, evidence: Evidence) -> Form:
    """Where no column is named as the action's, one whose texts speak of something done has the role.

    A column without a known name comes before a further one, and this before one with a weak name of a component, whose
    names may speak of doing as well (`Penataan tata laksana`); of several, the last before the time and the team.
    """
    if form.of("action"):
        return form
    told = [
        column
        for role in _MAY_ACT
        for column in reversed(form.of(role))
        if (role != "component" or _is_weak(column, evidence))
        and len(evidence.of(column).texts) >= _FEWEST
        and evidence.acts(column) >= _MOSTLY
    ]
    return form.changed(told[0].given("action", "content")) if told else form


def _find_action(form: Form, evidence: Evidence) -> Form:
    """Where no column is the action's yet, the only nameless one of sentences right of the component is it."""
    if form.of("action"):
        return form
    start = max((c.index for role in _LEFT for c in form.of(role)), default=-1)
    wordy = [c for c in form.of("unknown") if c.index > start and evidence.of(c).wordy]
    return form.changed(wordy[0].given("action", "position")) if len(wordy) == 1 else form


def _find_sections(form: Form, evidence: Evidence) -> Form:
    """Titles of components stand in rows of their own where nothing else begins, other texts beside the actions."""
    parts = form.of("component")
    if len(parts) != 1 or not evidence.digital:
        return form
    beside: set[tuple[int, int]] = set()
    for role in _BESIDE:
        beside |= {start for column in form.of(role) for start in evidence.of(column).starts}
    content = evidence.of(parts[0])
    alone, paired = content.starts - beside, content.starts & beside
    mixed = len(alone) >= 2 and len(paired) >= 2 and len(alone) * 10 >= len(content.starts)
    if not mixed or content.share(_bears_numeral) >= _HALF:
        return form
    return replace(form.changed(replace(parts[0], why="content", certainty="probable")), sectioned=True)


_STEPS: tuple[Callable[[Form, Evidence], Form], ...] = (
    _doubt_beginnings,
    _find_areas,
    _find_doing,
    _part_actions,
    _number_columns,
    _complete_components,
    _choose_one,
    _read_contents,
    _place_periods,
    _find_action,
    _find_sections,
)
