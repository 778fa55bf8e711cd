"""Findings that asked and were decided about turned into findings that say what was decided, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.decisions.anchors import RowView
from normalize.decisions.matching import is_same_place
from normalize.draft import Draft
from normalize.facts import fact
from normalize.text import fold
from schema.decisions import Decision, Place
from schema.findings import Finding, RuleName
from schema.plan import Plan
from schema.provenance import SourceRef

RULE: RuleName = "apply-decisions"
_SAID: Mapping[str, tuple[str, str]] = {
    "as-read": ("seperti terbaca", "as read"),
    "unreadable": ("tidak terbaca", "unreadable"),
    "joined": ("satu dengan baris di atasnya", "one with the row above"),
    "split": ("sebanyak baris teksnya", "as many rows as it has lines"),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision that was applied, and where: its action, if it is about one, and the place of the value.

    `places` are where findings about the value can be: there, and where it was when it was decided on.
    """

    decision: Decision
    action_id: str | None
    ref: SourceRef | None
    places: tuple[Place, ...] = ()

    def settles(self, finding: Finding) -> bool:
        """Tell whether it answers what a finding asks."""
        if finding.severity != "review":
            return False
        own = self.decision
        if own.subject == "preamble":
            return finding.action_id is None and finding.field == own.field
        if own.subject == "join" or finding.field is None:
            return finding.code in own.codes and finding.action_id == self.action_id
        if finding.field != own.field or finding.code == "row-join-doubtful":
            return False
        there = Place.of(finding.ref)
        if own.field == "extra" or finding.action_id is None or self.action_id is None:
            return any(is_same_place(there, place) for place in self.places)
        return finding.action_id == self.action_id or (finding.ref is not None and there in self.places)

    def finding(self) -> Finding:
        """Return the finding that tells of it."""
        own = self.decision
        said = _said(own)
        return fact(
            "decided",
            RULE,
            self.ref,
            own.field or None,
            action_id=self.action_id,
            raw=own.printed or None,
            value=own.value,
            alternatives=own.options,
            by=f"{own.by}, " if own.by else "",
            at=f"{own.at:%Y-%m-%d}",
            said_id=said[0],
            said_en=said[1],
        ).finding()


def _said(decision: Decision) -> tuple[str, str]:
    """Return what was decided, in both languages."""
    return _SAID.get(decision.verdict, (decision.value or "", decision.value or ""))


def settle(draft: Draft, ids: Mapping[int, str], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, but for those that a decision on a row or on the preamble answers, then the decisions.

    `ids` are the actions' ids by the number of their row.
    """
    settled = list(_settled(draft, ids))
    yield from (f for f in findings if not any(one.settles(f) for one in settled))
    yield from (one.finding() for one in settled)
    yield from map(_unfit, draft.unfit)


def _settled(draft: Draft, ids: Mapping[int, str]) -> Iterator[Settled]:
    for n, row in enumerate(draft.rows):
        for decision in row.decided:
            place = RowView.of_row(row).place(decision.field)
            same_file = decision.sha256 == draft.extraction.source.sha256
            places = (place, decision.place) if same_file else (place,)
            yield Settled(decision, ids.get(n), _ref(place, row.ref, draft), places)
    for decision in draft.decided:
        if decision.subject == "preamble":
            yield Settled(decision, None, _ref(decision.place, None, draft))


def _ref(place: Place, near: SourceRef | None, draft: Draft) -> SourceRef | None:
    reader = near.reader if near is not None else "profile"
    if place == Place():
        return near
    return SourceRef(sha256=draft.extraction.source.sha256, reader=reader, **dict(place))


def take_note(plan: Plan, decisions: Sequence[Decision]) -> Plan:
    """Return a plan whose findings of other kinds, which somebody took note of, ask no more."""
    noted = [d for d in decisions if d.subject == "finding"]
    if not noted:
        return plan
    findings = list(plan.findings)
    for decision in noted:
        n = next((n for n, finding in enumerate(findings) if _is_noted(finding, decision, plan)), None)
        if n is None:
            findings.append(_unfit(decision))
        else:
            findings[n] = Settled(decision, findings[n].action_id, findings[n].ref).finding()
    return plan.replace(findings=tuple(findings))


def _is_noted(finding: Finding, decision: Decision, plan: Plan) -> bool:
    """Tell whether a finding is the one that was decided about; in another version of the file its text tells."""
    if finding.severity != "review" or finding.code not in decision.codes:
        return False
    same = fold(finding.raw or "") == fold(decision.printed)
    if decision.sha256 != plan.source.sha256:
        return same
    return Place.of(finding.ref) == decision.place and (same or decision.place != Place())


def _unfit(decision: Decision) -> Finding:
    return fact(
        "decision-unfit",
        RULE,
        field=decision.field or None,
        raw=decision.printed or None,
        value=decision.value,
        said_id=_said(decision)[0],
        said_en=_said(decision)[1],
        action_text=(decision.row.texts.get("action") or decision.printed)
        if decision.row
        else decision.printed,
    ).finding()
