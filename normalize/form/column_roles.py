"""Roles that names leave open settled by the columns' places and contents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalize.form.content import Content
from normalize.form.model import Column, Form
from normalize.form.settings import COLUMNS
from normalize.labels import bare_title, is_numeral, without_numeral
from normalize.official.official_list import OfficialList
from normalize.settings import NAMES
from normalize.text import fold
from normalize.vocabulary import FormVocabulary
from normalize.words.activity import speaks_of_action
from schema.periods import PER_YEAR
from schema.plan import PeriodType
from schema.roles import Role

_SINGLE: tuple[Role, ...] = ("area", "component", "indicator", "action", "evidence", "responsible", "time")
_PERIODS: dict[int, PeriodType] = {count: kind for kind, count in PER_YEAR.items() if count > 1}
_BESIDE: tuple[Role, ...] = ("indicator", "action", "evidence", "responsible")
_MAY_ACT: tuple[Role, ...] = ("unknown", "extra", "component")
_LEFT: tuple[Role, ...] = ("area_no", "area", "component", "indicator")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a form is settled by; `reader` is who read the table (`schema.provenance.SourceRef`)."""

    contents: tuple[Content, ...]
    vocabulary: FormVocabulary
    official: OfficialList
    is_stem: Callable[[str], bool]
    reader: str = "pdf-text"

    @property
    def digital(self) -> bool:
        """Tell that no letter of a header can be misread."""
        return self.reader == "pdf-text"

    @property
    def recognised(self) -> bool:
        """Tell that texts and marks were recognised in a picture."""
        return self.reader == "ocr"

    def of(self, column: Column) -> Content:
        """Return what a column holds."""
        return self.contents[column.index]

    def acts(self, column: Column) -> bool:
        """Tell whether most of a column's texts speak of something done."""
        words = self.vocabulary.action_words
        return self.of(column).mostly(lambda text: speaks_of_action(text, words, self.is_stem))


def settle(form: Form, evidence: Evidence) -> Form:
    """Return the form with one column for each role, or parts of one; the others are kept as further columns."""
    for step in _STEPS:
        form = step(form, evidence)
    return form


def _doubt_beginnings(form: Form, evidence: Evidence) -> Form:
    """A name that only begins with a known one says less."""
    doubted = [c for c in form.of(*_SINGLE) if c.period is None and not _is_named(c, evidence)]
    return form.changed(*(replace(c, certainty="probable") for c in doubted)) if evidence.digital else form


def _is_named(column: Column, evidence: Evidence) -> bool:
    found = map(evidence.vocabulary.role_of, column.head)
    return any(role == column.role and score != NAMES.begun for role, score in found)


def _find_areas(form: Form, evidence: Evidence) -> Form:
    """A column that may be an area's is one left of a further component, or where it holds names of areas."""
    for column in form.columns[: _action(form)]:
        rivals = (role for text in column.head for role in evidence.vocabulary.rivals_of(text))
        if column.role != "unknown" and "area" not in rivals:
            continue
        if form.of("area"):
            break
        beside = [c for c in form.of("component") if c.index > column.index and c.head != column.head]
        if column.role == "component" and any(not _is_weak(c, evidence) for c in beside):
            form = form.changed(column.given("area", "position", "certain"))
        elif _names_areas(evidence.of(column), evidence):
            form = form.changed(column.given("area", "content"))
    return form


def _action(form: Form) -> int:
    """Return the place of the action's column, or of the end where there is none."""
    return next((c.index for c in form.of("action")), len(form.columns))


def _names_areas(content: Content, evidence: Evidence) -> bool:
    bare = (bare_title(text, evidence.vocabulary) for text in content.texts)
    names = {fold(without_numeral(text)) for text in bare}
    found = sum(evidence.official.match_area(name) is not None for name in names)
    return found >= 2 and found >= len(names) * COLUMNS.half


def _number_columns(form: Form, evidence: Evidence) -> Form:
    """Numbers belong to the column whose cells begin with theirs: an area's or a component's; others count rows."""
    for column in form.of("area_no"):
        content = evidence.of(column)
        if not content.mostly(is_numeral) or any(map(content.belongs_to, map(evidence.of, form.of("area")))):
            continue
        parts = list(filter(content.belongs_to, map(evidence.of, form.of("component"))))
        own = bool(parts) and all(part.share(_bears_numeral) < COLUMNS.half for part in parts)
        form = form.changed(column.given("component" if own else "extra", "content", "certain"))
    return form


def _bears_numeral(text: str) -> bool:
    return is_numeral(text) or without_numeral(text) != text


def _part_actions(form: Form, evidence: Evidence) -> Form:
    """Under one name of the action, a column of numbers and the texts beside it are a component's."""
    for first, second in pairwise(form.of("action")):
        shared = [c for c in form.of("action") if c.head == first.head]
        adjacent = first == shared[0] and second in shared and second.index == first.index + 1
        numbers = evidence.of(first)
        numbered = numbers.share(is_numeral) >= COLUMNS.mostly and len(shared) >= COLUMNS.fewest
        if adjacent and numbered and numbers.begins_with(evidence.of(second)):
            return form.changed(*(c.given("component", "content", "certain") for c in (first, second)))
    return form


def _complete_components(form: Form, evidence: Evidence) -> Form:
    """A nameless column beside the numbers of components holds their names; one of numbers holds those."""
    for left, right in pairwise(form.columns):
        paired = evidence.of(left).begins_with(evidence.of(right))
        if not paired or evidence.of(left).share(is_numeral) < COLUMNS.mostly:
            continue
        if left.role == "component" and right.role == "unknown" and not right.name:
            form = form.changed(right.given("component", "position"))
        elif left.role == "unknown" and right.role == "component":
            form = form.changed(left.given("component", "content"))
    return form


def _choose_one(form: Form, evidence: Evidence) -> Form:
    """Of several columns with different names of one role the one with the strongest name keeps it."""
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
    """Return the columns of a role by the name that gives it to them; all periods are one group."""
    groups: dict[str, list[Column]] = {}
    for column in form.of(role):
        if "area_no" not in column.rivals:
            name = _naming(column, role, evidence) if column.period is None else ""
            groups.setdefault(name, []).append(column)
    return groups


def _naming(column: Column, role: Role, evidence: Evidence) -> str:
    """Return the text of a column's header that names its role, the topmost if several do."""
    roles = evidence.vocabulary.role_of
    return next((fold(text) for text in column.head if roles(text)[0] == role), column.name)


def _rank(columns: Sequence[Column], form: Form, evidence: Evidence) -> tuple[bool, bool, int, int]:
    """Return how good a claim to a role is, the best first: periods, a strong name, its place in the list."""
    column = columns[0]
    name = _naming(column, column.role, evidence)
    listed = evidence.vocabulary.roles.get(column.role, ())
    at = listed.index(name) if name in listed else len(listed)
    apart = abs(column.index - _action(form)) if column.role == "indicator" else at
    return column.period is None, _is_weak(column, evidence), apart, column.index


def _is_weak(column: Column, evidence: Evidence) -> bool:
    return evidence.vocabulary.is_weak(_naming(column, column.role, evidence), column.role)


def _read_contents(form: Form, evidence: Evidence) -> Form:
    """A column of an unknown name that holds nothing but times or teams has that role."""
    for column in form.of("unknown", "extra"):
        if not form.of("time") and evidence.of(column).mostly(evidence.vocabulary.is_time):
            form = form.changed(column.given("time", "content"))
        elif column.role == "extra" or form.of("responsible"):
            continue
        elif evidence.of(column).mostly(evidence.vocabulary.names_team):
            form = form.changed(column.given("responsible", "content"))
    return form


def _place_periods(form: Form, evidence: Evidence) -> Form:
    """Twelve, four or two adjacent columns of marks are months, quarters or semesters.

    Only where no label says so, below the name of the time or, where no column has it, below any. Marks that were
    recognised below another name may be anything.
    """
    if form.periods:
        return form
    role: Role = "time" if form.of("time") else "unknown"
    runs = [run for run in _runs(form.columns, evidence) if {c.role for c in run} <= {role, "extra"}]
    surely = role == "time"
    fitting = [
        run for run in runs if len(run) in _PERIODS and (surely or (len(run) > 2 and not evidence.recognised))
    ]
    if len(fitting) != 1 or _counts_otherwise(fitting[0], evidence):
        return form
    kind, given = _PERIODS[len(fitting[0])], (c.given("time", "position") for c in fitting[0])
    return form.changed(*(replace(c, period_type=kind, period=n) for n, c in enumerate(given, start=1)))


def _counts_otherwise(run: Sequence[Column], evidence: Evidence) -> bool:
    return any(evidence.vocabulary.names_other_period(text) for column in run for text in column.head)


def _runs(columns: Sequence[Column], evidence: Evidence) -> list[list[Column]]:
    """Return the longest stretches of adjacent columns that hold only marks or nothing, and some mark."""
    runs: list[list[Column]] = [[]]
    for column in columns:
        if evidence.of(column).texts or (runs[-1] and runs[-1][-1].role != column.role):
            runs.append([])
        if not evidence.of(column).texts:
            runs[-1].append(column)
    return [run for run in runs if any(evidence.of(column).marked for column in run)]


def _find_doing(form: Form, evidence: Evidence) -> Form:
    """Where no column is named as the action's, one whose texts speak of doing has the role.

    A column of an unknown name comes first, then a further one, then a component's with a weak name, whose names may
    speak of doing as well (`Penataan tata laksana`); of several the last one.
    """
    if form.of("action"):
        return form
    told = [
        column
        for role in _MAY_ACT
        for column in reversed(form.of(role))
        if (role != "component" or _is_weak(column, evidence)) and evidence.acts(column)
    ]
    return form.changed(told[0].given("action", "content")) if told else form


def _find_action(form: Form, evidence: Evidence) -> Form:
    """Where there is still no action, the only nameless column of sentences right of the component is it."""
    if form.of("action"):
        return form
    start = max((c.index for c in form.of(*_LEFT)), default=-1)
    wordy = [c for c in form.of("unknown") if c.index > start and evidence.of(c).wordy]
    return form.changed(wordy[0].given("action", "position")) if len(wordy) == 1 else form


def _find_sections(form: Form, evidence: Evidence) -> Form:
    """Titles of components are in rows of their own where nothing else begins, other texts beside the actions."""
    parts = form.of("component")
    if len(parts) != 1 or not evidence.digital:
        return form
    beside = {start for column in form.of(*_BESIDE) for start in evidence.of(column).starts}
    content = evidence.of(parts[0])
    alone, paired = content.starts - beside, content.starts & beside
    mixed = len(alone) >= 2 and len(paired) >= 2 and len(alone) / len(content.starts) >= COLUMNS.sections
    if not mixed or content.share(_bears_numeral) >= COLUMNS.half:
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
