"""A decree's plan -> its rows as an audit sees them: each value with its place, its certainty and its doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lampiran.alignment.fields import ASKING, SCHEDULE, TEXTS
from lampiran.alignment.wording import wording
from lampiran.publish.periods import period_field
from lampiran.version import __version__
from schema.audit import AuditSide
from schema.decree import Field
from schema.findings import Finding
from schema.plan import Action, Period, Plan
from schema.provenance import SourceRef

_UNSURE = frozenset({"uncertain", "covered"})


@dataclass(frozen=True, slots=True)
class PaperText:
    """One text of the paper.

    `in_doubt`: its reading waits for a decision, or is covered; `alternatives` are the other readings of it. `filled`:
    it goes on from the row above, in a merged cell. `unread`: something is there that could not be read.
    """

    text: str
    ref: SourceRef | None = None
    confidence: float | None = None
    doubts: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    in_doubt: bool = False
    filled: bool = False
    unread: bool = False

    @property
    def said(self) -> str:
        """What the paper says."""
        return self.text


@dataclass(frozen=True, slots=True)
class PaperMark:
    """One period: `marked` is `None` where the paper could not be read there."""

    marked: bool | None
    ref: SourceRef | None = None
    confidence: float | None = None
    doubts: tuple[str, ...] = ()

    @property
    def said(self) -> str | None:
        """What the paper says, as an audit writes it: `true`, `false`, or nothing."""
        return None if self.marked is None else str(self.marked).lower()

    @property
    def unread(self) -> bool:
        """Tell whether the period could not be read."""
        return self.marked is None


@dataclass(frozen=True)
class PaperRow:
    """A printed row; `area` and `component` are numbers among those of the paper, from 0.

    `labels` are the numerals and names of its area and component, `worded`: its time is in words.
    """

    action_id: str
    area: int
    component: int
    labels: Mapping[str, str]
    texts: Mapping[str, PaperText]
    marks: Mapping[str, PaperMark]
    page: int | None
    worded: bool

    @cached_property
    def wordings(self) -> Mapping[str, str]:
        """Its texts as they are compared."""
        return {name: wording(value.text) for name, value in self.texts.items()}

    @cached_property
    def part(self) -> str:
        """The name of its component as it is compared."""
        return wording(self.labels["component"])


@dataclass(frozen=True, slots=True)
class PaperPart:
    """An area or a component with its numeral and name; `rows` are places among the paper's rows, from 0."""

    number: PaperText
    name: PaperText
    rows: tuple[int, ...]
    area: int


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper's rows, areas and components in the order of print; `names` are the wordings in the tables' heads."""

    rows: tuple[PaperRow, ...]
    areas: tuple[PaperPart, ...]
    components: tuple[PaperPart, ...]
    names: frozenset[str] = frozenset()
    head: Mapping[str, PaperText] = field(default_factory=dict)


def paper_of(plan: Plan) -> Paper:
    """Take from a plan what a transcription can be held against."""
    said = _said(plan)
    rows: list[PaperRow] = []
    areas: list[PaperPart] = []
    components: list[PaperPart] = []
    for area in plan.areas:
        actions = [action for component in area.components for action in component.actions]
        whole = _part("area", (area.label, area.name), len(areas), actions, len(rows), said)
        areas.append(whole)
        for component in area.components:
            own = (component.number, component.name)
            part = _part("component", own, whole.area, component.actions, len(rows), said)
            components.append(part)
            rows += [_row(action, whole, part, len(components) - 1, said) for action in component.actions]
    names = frozenset(wording(text) for form in plan.forms for column in form.columns for text in column.head)
    return Paper(tuple(rows), tuple(areas), tuple(components), names, head_texts(plan))


def side_of(plan: Plan, rows: int, *, reader: str, pages: int = 0) -> AuditSide:
    """Return what identifies a plan as one of the two inputs of an audit."""
    return AuditSide(
        file=plan.source.name,
        sha256=plan.source.sha256,
        decree_id=plan.decree_id,
        office=plan.head.institution.text,
        number=plan.head.number.text,
        year=plan.head.year.text,
        reader=reader,
        rows=rows,
        pages=pages,
    )


def versions_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the versions of what read the plan, and of this program."""
    return tuple({**dict(plan.versions), "lampiran": __version__}.items())


Said = Mapping[tuple[str | None, str | None], tuple[Finding, ...]]


def _said(plan: Plan) -> Said:
    found: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
    for finding in plan.findings:
        if finding.severity in ASKING and finding.origin == "reading" and finding.field != "lke_code":
            name = "schedule" if finding.field in SCHEDULE else finding.field
            found[finding.action_id, name].append(finding)
    return {key: tuple(findings) for key, findings in found.items()}


def _row(action: Action, area: PaperPart, component: PaperPart, number: int, said: Said) -> PaperRow:
    labels = {
        "area_no": area.number.text,
        "area": area.name.text,
        "component_no": component.number.text,
        "component": component.name.text,
    }
    own = action.action_id
    texts = {name: paper_text(getattr(action, name), said.get((own, name), ())) for name in TEXTS}
    for extra in action.extra:
        texts.setdefault(f"extra.{extra.column}", paper_text(extra.field))
    times = said.get((own, "schedule"), ())
    words = action.schedule.text
    if words.text.strip() or words.printed.strip():
        texts["schedule_text"] = paper_text(words, times)
    marks = {period_field(p.period_type, p.period): _mark(p, times) for p in action.schedule.periods}
    worded = "schedule_text" in texts
    return PaperRow(own, area.area, number, labels, texts, marks, action.page_first, worded)


def _mark(period: Period, findings: tuple[Finding, ...]) -> PaperMark:
    state = {"planned": True, "not-planned": False}.get(period.state)
    codes = tuple(dict.fromkeys(f.code for f in findings if f.severity == "review")) if state is None else ()
    return PaperMark(state, period.ref, period.confidence, codes)


def paper_text(value: Field, findings: tuple[Finding, ...] = ()) -> PaperText:
    """Return a field of the plan with what makes its reading doubtful; what was inferred is not on the paper."""
    in_doubt = value.status in _UNSURE or any(f.severity == "review" for f in findings)
    others = [text for f in findings for text in (*f.alternatives, f.raw or "", f.value or "") if text]
    unprinted = value.status == "inferred" and not value.printed.strip()
    return PaperText(
        text="" if unprinted else value.text,
        ref=value.refs[0] if value.refs else None,
        confidence=value.confidence,
        doubts=tuple(dict.fromkeys(f.code for f in findings)),
        alternatives=tuple(dict.fromkeys([value.printed, *others])),
        in_doubt=in_doubt,
        filled=value.status == "filled",
        unread=in_doubt and not value.text.strip(),
    )


def _part(
    level: str, own: tuple[Field, Field], area: int, actions: Sequence[Action], first: int, said: Said
) -> PaperPart:
    """Return an area or a component, whose actions are the rows from `first` on, with its doubts."""
    ids = (*(action.action_id for action in actions), None)
    number, name = (
        paper_text(value, tuple(finding for key in ids for finding in said.get((key, field_), ())))
        for value, field_ in zip(own, (f"{level}_no", level), strict=True)
    )
    return PaperPart(number, name, tuple(range(first, first + len(actions))), area)


def head_texts(plan: Plan, *, as_stated: bool = False) -> dict[str, PaperText]:
    """Return the values of a decree's head by their names (`head.number`), in the order of print.

    `as_stated` undoes what was put right in a transcription.
    """
    reviews = _said(plan)
    found: dict[str, PaperText] = {}
    for name, value in _head_fields(plan):
        if value.text.strip() or value.status in _UNSURE:
            mended = as_stated and value.status in {"corrected", "inferred"}
            taken = value.replace(text=value.printed) if mended else value
            found[f"head.{name}"] = paper_text(taken, reviews.get((None, name), ()))
    return found


def _head_fields(plan: Plan) -> Iterator[tuple[str, Field]]:
    head = plan.head
    for name in ("institution", "number", "year", "title", "enacted_by"):
        yield name, getattr(head, name)
    for clause in head.considerations:
        yield f"considerations.{clause.label}", clause.field
    for clause in head.legal_basis:
        yield f"legal_basis.{clause.label}", clause.field
    yield "decides", head.decides
    for clause in head.dictum:
        yield f"dictum.{clause.label}", clause.field
    yield "place", head.place
    yield "date", head.date_text
    if head.signatory is not None:
        yield "signatory.office", head.signatory.office
        yield "signatory.name", head.signatory.name
    if head.attestation is not None:
        for name in ("statement", "office", "position", "name"):
            yield f"attestation.{name}", getattr(head.attestation, name)
