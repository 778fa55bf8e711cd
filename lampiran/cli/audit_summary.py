"""An audit, a sample that was judged, or a pack that was made again -> lines for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lampiran.audit.catalogue import kinds
from lampiran.audit.figures.sampling import SampleOutcome, outcome
from lampiran.audit.own_reading import is_own
from lampiran.audit.report.evidence_pack import PackCheck
from lampiran.cli.texts import Texts
from lampiran.language import percent
from schema.audit import CONSEQUENCES, Audit


def summary_lines(audit: Audit, texts: Texts) -> Iterator[str]:
    """Yield the lines of an audit: the rows, the cells, the faults by kind, the gravest first, and the sample."""
    if is_own(audit):
        yield texts.say("audit_own", decree=audit.decree.decree_id)
    else:
        yield texts.say("audit_sides", decree=audit.decree.decree_id, transcription=audit.transcription.file)
        yield f"  {_rows(audit, texts)}"
        yield f"  {_cells(audit, texts)}"
        yield from (f"  {line}" for line in _faults(audit, texts))
        yield from (f"  {line}" for line in _doubts(audit, texts))
    if audit.sample is not None:
        yield from (f"  {line}" for line in _sample_lines(outcome(audit.sample), texts))


def _rows(audit: Audit, texts: Texts) -> str:
    states = Counter(row.state for row in audit.rows)
    return texts.say(
        "audit_rows",
        printed=audit.decree.rows,
        shifted=sum(row.shift != 0 for row in audit.rows),
        **{state: states[state] for state in ("matched", "missing", "invented", "split", "fused")},
    )


def _cells(audit: Audit, texts: Texts) -> str:
    verdicts = Counter(cell.verdict for cell in audit.cells)
    silent, unreadable = verdicts["not-stated"], verdicts["unreadable"]
    return texts.say(
        "audit_cells",
        right=verdicts["same"] + verdicts["normalised"],
        judged=len(audit.cells) - silent - unreadable,
        share="-" if audit.exactness is None else percent(audit.exactness, texts.language),
        silent=silent,
        unreadable=unreadable,
    )


def _faults(audit: Audit, texts: Texts) -> Iterator[str]:
    faults = audit.faults()
    if not faults:
        yield texts.say("audit_clean")
        return
    yield texts.say("audit_faults", count=len(faults))
    order = list(kinds())
    counted = Counter((CONSEQUENCES.index(cell.consequence), order.index(cell.kind or "")) for cell in faults)
    for (consequence, kind), count in sorted(counted.items()):
        code = order[kind]
        grave = texts.say(f"consequence_{CONSEQUENCES[consequence]}")
        title = kinds()[code].title.text(texts.language)
        yield "  " + texts.say("audit_kind", count=count, title=title, code=code, consequence=grave)


def _doubts(audit: Audit, texts: Texts) -> Iterator[str]:
    """Ask whether both sides are the same decree if number or year differ, and say so if neither is a PDF."""
    wrong = {cell.field: cell for cell in audit.cells if cell.is_fault and cell.row is None}
    cells = [wrong[name] for name in ("head.number", "head.year") if name in wrong and wrong[name].stated]
    if cells:
        paper, stated = ("/".join(c.paper or "" for c in cells), "/".join(c.stated or "" for c in cells))
        yield texts.say("audit_other", paper=paper, stated=stated)
    if audit.decree.reader == "transcript":
        yield texts.say("audit_no_paper", file=audit.decree.file)


def check_lines(check: PackCheck, texts: Texts) -> Iterator[str]:
    """Say whether a pack came out the same, else what differs and why that may be."""
    if check.same:
        yield texts.say("pack_same")
        return
    yield texts.say("pack_differs")
    told = {
        "pack_damaged": check.damaged,
        "pack_inputs": check.inputs,
        "pack_versions": check.versions,
        "pack_settings": check.settings,
        "pack_members": check.members,
    }
    yield from (f"  {texts.say(key, names=', '.join(names))}" for key, names in told.items() if names)


def _sample_lines(found: SampleOutcome, texts: Texts) -> Iterator[str]:
    """Say what share of a sample was right, and what follows for all cells."""
    figure = found.figure
    if figure.value is None or figure.low is None or figure.high is None:
        yield texts.say("sample_open", drawn=found.drawn, population=found.population)
        return
    shares = {"share": figure.value, "low": figure.low, "high": figure.high}
    said = {name: percent(value, texts.language, 1) for name, value in shares.items()}
    yield texts.say("sample_right", right=found.right, judged=figure.n, **said)
    yield texts.say("sample_wrong", low=found.wrong_low, high=found.wrong_high, population=found.population)
    if found.unreadable:
        yield texts.say("sample_unreadable", count=found.unreadable)
    if found.open:
        yield texts.say("sample_left", count=found.open, drawn=found.drawn)
