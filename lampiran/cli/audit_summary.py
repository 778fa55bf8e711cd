"""An audit, a sample that was judged, or a pack that was made again -> lines for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lampiran.audit.catalogue import kinds
from lampiran.audit.figures.sampling import SampleOutcome, outcome
from lampiran.audit.own_reading import is_own
from lampiran.audit.report.evidence_pack import PackCheck
from lampiran.audit.report.verdict import in_words
from lampiran.cli.texts import Texts
from lampiran.language import percent
from schema.audit import CONSEQUENCES, Audit


def summary_lines(audit: Audit, texts: Texts) -> Iterator[str]:
    """Yield the lines of an audit: its verdict, rows, what speaks for it, the faults by kind, the gravest first, the sample."""
    if is_own(audit):
        yield texts.say("audit_own", decree=audit.decree.decree_id)
    else:
        yield in_words(audit).said.text(texts.language)
        yield texts.say("audit_sides", decree=audit.decree.decree_id, transcription=audit.transcription.file)
        yield f"  {_rows(audit, texts)}"
        yield from (f"  {reason.text(texts.language)}" for reason in in_words(audit).reasons)
        yield from (f"  {line}" for line in _faults(audit, texts))
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


def _faults(audit: Audit, texts: Texts) -> Iterator[str]:
    faults = audit.faults()
    if not faults:
        return
    yield texts.say("audit_faults", count=len(faults))
    order = list(kinds())
    counted = Counter((CONSEQUENCES.index(cell.consequence), order.index(cell.kind or "")) for cell in faults)
    for (consequence, kind), count in sorted(counted.items()):
        grave = texts.say(f"consequence_{CONSEQUENCES[consequence]}")
        title = kinds()[order[kind]].title.text(texts.language)
        yield "  " + texts.say("audit_kind", count=count, title=title, consequence=grave)


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
