"""Damages copies of a PDF of a plan and counts whether each loss of rows is reported.

A row for each kind says how many copies were `refused` with a sentence, came out `whole`, were `told` (rows differ, and an
error says that something was not read), gave a `needless` error (rows are the same), or were `silent`. Only silent is
wrong. `--unpacked` unpacks the file's streams first: then no checksum reveals changed bytes.
"""

from __future__ import annotations

import logging
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pikepdf

from benchmarks import command
from benchmarks.reading import texts_of
from benchmarks.tree import SAMPLES
from extract.reading import read_document
from lampiran.resources import load_resources
from normalize import build_plan
from schema.errors import LampiranError
from schema.findings import Finding
from schema.plan import Plan

DEFAULT = SAMPLES / "kpu-batang-2025.pdf"
CUTS = 40
SECTOR = 512  # bytes of a disk that go at once
ENTRY = 20  # bytes of an entry of a classic table of objects
FREE = b"0000000000 65535 f "

Verdict = Literal["refused", "whole", "told", "needless", "silent"]
VERDICTS: tuple[Verdict, ...] = ("refused", "whole", "told", "needless", "silent")
Rows = list[tuple[object, ...]]
Copies = Iterator[tuple[str, bytes]]


class Judge:
    """Reads copies of one file and compares their rows with those of the file itself."""

    def __init__(self, data: bytes, folder: Path) -> None:
        self._path = folder / "copy.pdf"
        self._resources = load_resources()
        self._rows, _ = self._read(data)

    def verdict(self, copy: bytes) -> Verdict:
        """Say what became of a copy; unexpected exceptions of the reader are raised."""
        try:
            rows, findings = self._read(copy)
        except LampiranError:
            return "refused"
        told = any(finding.severity == "error" for finding in findings)
        if rows == self._rows:
            return "needless" if told else "whole"
        return "told" if told else "silent"

    def _read(self, data: bytes) -> tuple[Rows, tuple[Finding, ...]]:
        self._path.write_bytes(data)
        plan = build_plan(read_document(self._path), self._resources)
        return rows_of(plan), plan.findings


def rows_of(plan: Plan) -> Rows:
    """Return what each action says: its place, texts and periods."""
    rows: Rows = []
    for row in plan.placed():
        texts = (text for name, text in texts_of(row).items() if name != "area")
        planned = row.action.schedule.planned
        rows.append((row.area.number, *texts, planned(), planned("quarter")))
    return rows


def cut(data: bytes) -> Copies:
    """Cut the file at 40 places, evenly."""
    for n in range(1, CUTS + 1):
        yield f"at {n}/{CUTS + 1}", data[: len(data) * n // (CUTS + 1)]


def null(data: bytes) -> Copies:
    """Put null in the place of each object, in turn."""
    for number in _numbers(data):
        yield f"object {number}", put_null(data, number)


def put_null(data: bytes, number: int) -> bytes:
    """Replace an object that is not in a compressed stream by null, without moving another one."""
    return _replaced(data, number, b"null")


def dropped(data: bytes) -> Copies:
    """Take each object out of the file's table of objects, in turn."""
    for number in _numbers(data):
        yield f"object {number}", _freed(data, number)


def headless(data: bytes) -> Copies:
    """Wipe out the line that each object begins with, in turn, and take it out of the table."""
    for number in _numbers(data):
        found = _object(data, number)
        wiped = data[: found.start(1)] + b" " * len(found[1]) + data[found.end(1) :]
        yield f"object {number}", _freed(wiped, number)


def other_type(data: bytes) -> Copies:
    """Put something of another type in the place of each object, in turn."""
    for number in _numbers(data):
        for name, stand_in in (("{}", b"<<>>"), ("[]", b"[7]"), ("name", b"/Other")):
            yield f"object {number} {name}", _replaced(data, number, stand_in)


def content(data: bytes) -> Copies:
    """Zero, flip, cut and take out bytes of each page's content as it is packed."""
    yield from _contents(data, packed=True)


def operators(data: bytes) -> Copies:
    """Do the same to the unpacked operators and pack them again: this damage leaves no trace."""
    yield from _contents(data, packed=False)


def scattered(data: bytes) -> Copies:
    """Change single bytes all over the file."""
    for seed in range(40):
        chance = random.Random(seed)
        changed = bytearray(data)
        for _ in range(chance.choice((1, 20, 400))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        yield f"seed {seed}", bytes(changed)


def sectors(data: bytes) -> Copies:
    """Zero a sector, or eight, at 40 places."""
    for n in range(CUTS):
        start = len(data) * n // CUTS // SECTOR * SECTOR
        size = SECTOR * (1 if n % 2 else 8)
        gone = data[start : start + size]
        yield f"at byte {start}", data[:start] + bytes(len(gone)) + data[start + size :]


def gaps(data: bytes) -> Copies:
    """Take bytes out of the file at 40 places."""
    chance = random.Random(9)
    for _ in range(CUTS):
        start = chance.randrange(len(data) * 9 // 10)
        yield f"at byte {start}", data[:start] + data[start + chance.choice((64, 1_000, 8_000)) :]


KINDS: Mapping[str, Callable[[bytes], Copies]] = {
    "cut": cut,
    "null": null,
    "dropped": dropped,
    "headless": headless,
    "other-type": other_type,
    "content": content,
    "sectors": sectors,
    "gaps": gaps,
    "scattered": scattered,
    "operators": operators,
}


def unpacked(data: bytes) -> bytes:
    """Return the same document with no stream packed."""
    buffer = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(buffer, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return buffer.getvalue()


def _numbers(data: bytes) -> list[int]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [number for number, _ in sorted(pdf.get_xref_table())]


def _object(data: bytes, number: int) -> re.Match[bytes]:
    """Return the place of an object: its first line, and what it holds."""
    found = re.search(rb"(?<![0-9])(%d 0 obj)\b(.*?)endobj" % number, data, re.DOTALL)
    if found is None:
        raise ValueError(f"object {number} is in no plain sight")
    return found


def _replaced(data: bytes, number: int, value: bytes) -> bytes:
    found = _object(data, number)
    body = b" " + value.ljust(found.end(2) - found.start(2) - 1)
    return data[: found.start(2)] + body + data[found.end(2) :]


def _freed(data: bytes, number: int) -> bytes:
    """Mark an object as free in a classic table of objects that begins with object 0."""
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    table = re.compile(rb"xref\s+0 \d+\s+").match(data, start)
    if table is None:
        raise ValueError("the file has no classic table of objects")
    place = table.end() + ENTRY * number
    return data[:place] + FREE + data[place + len(FREE) :]


def _contents(data: bytes, *, packed: bool) -> Copies:
    with pikepdf.open(BytesIO(data)) as pdf:
        count = len(pdf.pages)
    for index in range(count):
        for how in ("zeroed", "flipped", "cut", "gap"):
            with pikepdf.open(BytesIO(data)) as pdf:
                stream = pdf.pages[index].Contents
                before = stream.read_raw_bytes() if packed else stream.read_bytes()
                after = _hurt(before, how, index)
                packing: Any = stream.get("/Filter") if packed else None
                stream.write(after, filter=packing)
                buffer = BytesIO()
                pdf.save(buffer)
            yield f"page {index + 1} {how}", buffer.getvalue()


def _hurt(data: bytes, how: str, seed: int) -> bytes:
    chance = random.Random(seed)
    start, size = len(data) // 3, len(data) // 6 + 1
    if how == "zeroed":
        return data[:start] + bytes(size) + data[start + size :]
    if how == "cut":
        return data[: len(data) // 2]
    if how == "gap":
        return data[:start] + data[start + size :]
    changed = bytearray(data)
    for _ in range(20):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and the silent ones by name."""
    parser = command.parser("damage", __doc__)
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--unpacked", action="store_true")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    data = options.file.read_bytes()
    data = unpacked(data) if options.unpacked else data
    print(f"{'kind':<12}" + "".join(f"{verdict:>10}" for verdict in VERDICTS))
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(data, Path(folder))
        for kind in options.kind or KINDS:
            found = [(judge.verdict(copy), name) for name, copy in KINDS[kind](data)]
            counts = Counter(verdict for verdict, _ in found)
            print(f"{kind:<12}" + "".join(f"{counts[verdict]:>10}" for verdict in VERDICTS), flush=True)
            for name in (name for verdict, name in found if verdict == "silent"):
                print(f"  silent: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
