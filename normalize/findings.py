"""Facts turned into findings: the last step, which alone decides what is reported about which action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from normalize.draft import Draft, Row
from normalize.facts import Fact
from schema.findings import Finding

# Findings of the reading that become findings of the row in whose cells they are.
PLACED = frozenset({"ink-unexplained", "rows-not-ruled", "columns-not-ruled", "letter-lost"})


class ActionRows(Protocol):
    """What assembling a plan gives beside its areas."""

    ids: dict[int, str]
    labels: dict[int, list[Fact]]


def findings_of(draft: Draft, assembled: ActionRows, later: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the findings of a plan's reading, of its decree, of rows without an action, and of each action.

    `assembled` holds the ids of actions and the facts about their components' labels by the number of their row, `later`
    are the facts that were found out about the assembled plan.
    """
    placed, rest = _placed(draft)
    yield from rest
    yield from (fact.finding() for fact in draft.facts if not _is_open(fact, draft))
    own = _facts_of_rows(draft.rows)
    yield from (f.finding() for n, row in enumerate(draft.rows) if row.kind != "action" for f in own[n])
    inferred = {f.action_id for f in later if f.code == "component-name-inferred"}
    for n, action_id in assembled.ids.items():
        yield from (fact.of_action(action_id).finding() for fact in own[n])
        yield from (finding.replace(action_id=action_id) for finding in placed[n])
        for fact in assembled.labels.get(n, ()):
            if not (fact.code == "component-name-missing" and action_id in inferred):
                yield fact.of_action(action_id).finding()
    yield from (fact.finding() for fact in later)


def _is_open(fact: Fact, draft: Draft) -> bool:
    """Tell whether annex and body may differ only because one of them was misread."""
    recognised = fact.ref is not None and fact.ref.reader == "ocr"
    return fact.code == "head-disagrees" and recognised and fact.field in draft.annex_doubts


def _facts_of_rows(rows: Sequence[Row]) -> list[list[Fact]]:
    """Return the facts of each row that hold; a doubt about a time cell that covers several rows is reported once."""
    told: set[tuple[object, ...]] = set()
    found: list[list[Fact]] = []
    for row in rows:
        held = [fact for fact in row.facts if not _is_void(fact, row)]
        if row.kind == "action":
            keys = {n: _time_key(fact) for n, fact in enumerate(held)}
            held = [fact for n, fact in enumerate(held) if keys[n] is None or keys[n] not in told]
            told |= {key for key in keys.values() if key is not None}
        found.append(held)
    return found


def _is_void(fact: Fact, row: Row) -> bool:
    """Tell whether a row became something else than what the fact is about."""
    if fact.code == "action-fragment":
        return row.kind in ("area", "component")
    return fact.code == "component-filled" and row.get("component_no").status == "inferred"


def _time_key(fact: Fact) -> tuple[object, ...] | None:
    if fact.field != "schedule" or fact.severity == "info":
        return None
    return fact.code, fact.ref, fact.raw, fact.value


def _placed(draft: Draft) -> tuple[Mapping[int, list[Finding]], list[Finding]]:
    """Return the reading's findings that are in cells of actions, by the number of the row, and the rest."""
    placed: dict[int, list[Finding]] = defaultdict(list)
    rest: list[Finding] = []
    lines = _lines(draft.rows)
    for finding in draft.extraction.findings:
        at = _row_at(draft.rows, lines, finding) if finding.code in PLACED else None
        if at is None:
            rest.append(finding)
        elif not _is_of_mark(finding, draft.rows[at]):
            placed[at].append(finding)
    return placed, rest


def _is_of_mark(finding: Finding, row: Row) -> bool:
    """Tell whether ink is that of a time cell's mark, about which a finding of its own asks."""
    return any(time.cell.mark == "unknown" and time.cell.ref == finding.ref for time in row.times)


def _lines(rows: Sequence[Row]) -> Mapping[tuple[int, int | None], int]:
    """Return the rows of actions by the cells of a transcription, each a line and its number in it."""
    cells = ((n, cell.ref) for n, row in enumerate(rows) if row.kind == "action" for cell in row.cells)
    return {(ref.line, ref.cell): n for n, ref in cells if ref.line is not None}


def _row_at(rows: Sequence[Row], lines: Mapping[tuple[int, int | None], int], finding: Finding) -> int | None:
    ref = finding.ref
    if ref is not None and ref.line is not None:
        return lines.get((ref.line, ref.cell))
    if ref is None or ref.bbox is None or ref.page is None:
        return None
    for n, row in enumerate(rows):
        if row.kind != "action" or not (row.page or 0) <= ref.page <= (row.last_page or row.page or 0):
            continue
        cells = (cell.ref for cell in (*row.cells, *row.rest) if cell.ref.page == ref.page)
        if any(cell.bbox is not None and cell.bbox.contains(*ref.bbox.middle) for cell in cells):
            return n
    return None
