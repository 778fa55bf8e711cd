"""Two plans -> their comparison: the steps in their order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lampiran.diff.actions import PLACE, TIME, Comparing, action_deltas
from lampiran.diff.copies import adapting, copy_notes
from lampiran.diff.fields import compare_heads
from lampiran.diff.matching import NOTHING, match
from lampiran.diff.parts import part_deltas
from lampiran.diff.plan_side import Side
from lampiran.diff.reference import Reference, reference_from
from lampiran.diff.sides import plan_of
from lampiran.resources import load_resources
from lampiran.result import Result
from schema.comparison import KINDS, ActionDelta, Comparison, Counts, PartDelta, SideInfo, TextDelta
from schema.plan import Plan


def diff(a: Plan | Result | str | Path, b: Plan | Result | str | Path) -> Comparison:
    """Compare two results: the older year's or the other office's, and the one that is asked about.

    Each is a plan, a `Result`, a result's folder, its `decree.json`, or a decree's file, which is then read. Rows
    are matched by content, never by number. Writes nothing. Raises `InputError` for what cannot be read and
    `NoPlanError` for a file without a plan.
    """
    return compare(plan_of(a), plan_of(b), reference_from(load_resources()))


def compare(a: Plan, b: Plan, reference: Reference = NOTHING) -> Comparison:
    """Compare two plans with the names that are looked up; equal plans give equal comparisons."""
    matching = match(a, b, reference)
    actions = action_deltas(Comparing(matching, adapting(a.head, b.head)))
    parts = part_deltas(matching)
    head = compare_heads(a.head, b.head, matching.a.doubts, matching.b.doubts)
    notes = () if a.decree_id == b.decree_id else copy_notes(a.head, b.head, actions, reference.abbreviations)
    return Comparison(
        a=_side(matching.a),
        b=_side(matching.b),
        counts=_counts(actions, parts, head),
        head=head,
        parts=parts,
        actions=actions,
        copies=notes,
    )


def _side(side: Side) -> SideInfo:
    plan = side.plan
    return SideInfo(
        decree_id=plan.decree_id,
        office=plan.head.institution.text,
        number=plan.head.number.text,
        year=side.year,
        title=plan.head.title.text,
        file=plan.source.name,
        sha256=plan.source.sha256,
        actions=len(side.rows),
        unread=side.doubts.unread,
    )


def _counts(actions: Sequence[ActionDelta], parts: Sequence[PartDelta], head: Sequence[TextDelta]) -> Counts:
    kinds = {kind: sum(kind in action.kinds and not action.in_doubt for action in actions) for kind in KINDS}
    return Counts(
        **kinds,
        moved_place=sum(bool(PLACE & set(action.changed)) for action in actions),
        moved_time=sum(bool(TIME & set(action.changed)) for action in actions),
        changed=sum("same" not in action.kinds and not action.in_doubt for action in actions),
        reading=sum(bool(action.reading) or action.in_doubt for action in actions),
        spelling=sum(bool(action.spelling) for action in actions),
        unknown=sum(bool(action.unknown) for action in actions),
        verbatim=sum(action.verbatim for action in actions),
        adapted=sum(action.adapted for action in actions),
        parts_changed=sum("same" not in part.kinds and not part.in_doubt for part in parts),
        head_changed=sum(value.state == "changed" for value in head),
    )
