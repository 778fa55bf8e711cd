"""Audits the sample transcription and compares what is found with all faults that its truth implies.

The sample decree, born-digital and as a drawn 200-dpi scan, is compared with its transcription. A fault counts as
found if the audit has one of the same sort in the same cell. `--scan` reads the scan too (a minute or more);
`--strict` ends with 1 where a fault is not found or one is invented.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import lampiran
from benchmarks import command
from benchmarks.accuracy.implied_faults import TRANSCRIPT, Implied, implied_faults
from samples.draw.scan_settings import preset
from samples.draw.scans import scan
from schema.audit import Audit, AuditCell

DECREE = TRANSCRIPT.with_name("kpu-batang-2025.pdf")
PRESET = "clean200"
_TEXTS = frozenset({"indicator", "action", "evidence"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its table."""
    parser = command.parser("audits", __doc__)
    parser.add_argument("--scan", action="store_true", help="read a drawn scan of the decree, too")
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args(arguments)
    wanted = implied_faults()
    missed = _print("born-digital", lampiran.audit(DECREE, TRANSCRIPT), wanted)
    if options.scan:
        missed |= _print(f"scan {PRESET}", _scanned(), wanted)
    return 1 if options.strict and missed else 0


def _scanned() -> Audit:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DECREE.name
        path.write_bytes(scan(DECREE.read_bytes(), preset(PRESET, 1)).pdf)
        return lampiran.audit(path, TRANSCRIPT)


def _print(name: str, audit: Audit, wanted: frozenset[Implied]) -> bool:
    told = told_faults(audit)
    print(f"{name}: {len(wanted)} faults implied, {len(told)} told, {len(wanted & told)} of them in common")
    print(f"  {'sort':14} {'implied':>7} {'found':>6} {'told':>5} {'precision':>9} {'recall':>7}")
    for sort in sorted({fault.sort for fault in wanted | told}):
        implied = {fault for fault in wanted if fault.sort == sort}
        claimed = {fault for fault in told if fault.sort == sort}
        both = len(implied & claimed)
        print(
            f"  {sort:14} {len(implied):7} {both:6} {len(claimed):5} {_share(both, len(claimed)):>9}"
            f" {_share(both, len(implied)):>7}"
        )
    for fault in sorted(wanted - told):
        print(f"  not found: {fault}")
    for fault in sorted(told - wanted):
        print(f"  invented:  {fault}")
    print(
        "  kinds: " + ", ".join(f"{n} {kind}" for kind, n in Counter(c.kind for c in audit.faults()).items())
    )
    return wanted != told


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def told_faults(audit: Audit) -> frozenset[Implied]:
    """Return the faults that an audit reports, in the words of the derivation."""
    lines = {row.n: row.line or 0 for row in audit.rows}
    strays: Counter[int] = Counter()
    found: set[Implied] = set()
    for cell in audit.faults():
        line = lines.get(cell.row or 0, 0)
        sort, about = _sort(cell), cell.field
        if cell.field.startswith("extra.cell"):
            strays[line] += 1
            about = f"stray {strays[line]}"
        elif sort == "shifted":
            about = "row"
        found.add(Implied(line, about, sort))
    return frozenset(found)


def _sort(cell: AuditCell) -> str:
    if cell.level == "mark":
        return "mark lost" if cell.verdict == "missing" else "mark invented"
    if cell.level in ("head", "component", "area"):
        return "head" if cell.level == "head" else "label"
    if cell.kind in ("row-shifted", "column-swallowed"):
        return "shifted"
    if cell.field == "responsible":
        return "team outside" if cell.verdict == "misplaced" else "team"
    return "text" if cell.field in _TEXTS else cell.field


if __name__ == "__main__":
    sys.exit(main())
