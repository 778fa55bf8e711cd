"""Measures how often recognised words are right, by the chance they are given, and fits the model of words.

Plans of office programs, copied as offices copy (`benchmarks.accuracy.copies`, split look), and scans drawn by the project's own
simulator are read, and each slot of words is compared with what was printed. The model of words is fitted on all forms
but a fifth, five times, and each time applied to the forms left out. Printed are, for these: a line for each band of chance
(slots, the share right, the mean promised), and a line for each kind of copy (rows, those that ask, that are wrong, and that
are wrong and do not ask) for two thresholds. With `--fit` the model is fitted on all forms, too, and written.

Readings take some ten seconds a page; with `--keep DIR` they stay there with the copies and are taken from there the
next time.
"""

from __future__ import annotations

import json
import pickle
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import command
from benchmarks.drawing.copying.drawn import draw as draw_copy
from benchmarks.drawing.scan_sources import draw as draw_scan
from benchmarks.fit.word_fit import Slots, fitted
from benchmarks.fit.word_slots import FIELDS, JudgedSlot, judged_slots
from benchmarks.reading import kept_folder
from benchmarks.tree import DATA
from benchmarks.workers import pool
from extract.reading import read_document
from extract.types import Extraction
from lampiran.resources import load_resources
from normalize.recognised.model import WordModel

MODEL = DATA / "word_model.json"
BANDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999)
THRESHOLDS = (0.8, 0.9)
FOLDS = 5
# Forms and their kinds of copies; after a slash, how many of the kinds each form has, in turn.
COPIES = (
    "301-320:bit300,grey200,photo200,worn200"
    ";421-440/2:bit200,wornbit300,toner200,spine200,bit400,bleed200,jpeg150,skew200,tonerbit300,tinted200,lid200,bound200,"
    "stampbit300,grey300,greystamp200,bit150"
    ";451-460/2:grey200,bit300,photo200,worn200,pen200,bit200,stamp200,lid200"
    ";461-472:grey200"
)
PRESETS = "office200,rough150,stamped200"
SOURCES = "kpu-contoh-2024,serif-f4-2025,dot-a3-2020,random-1,random-2,random-3"
Job = tuple[str, str, str, Path]


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot that the model was asked of: the chance of what it chose, and whether that was printed."""

    kind: str
    row: tuple[str, int]
    field: str
    chance: float
    right: bool


def read_job(job: Job) -> tuple[str, str, list[JudgedSlot]]:
    """Draw a copy or a scan, read it unless its reading was kept, and return its form, its kind and its slots."""
    source, form, kind, folder = job
    path, rows, fields = _drawn(source, form, kind, folder)
    kept = folder / f"{path.stem}.reading"
    if kept.exists():
        extraction: Extraction = pickle.loads(kept.read_bytes())  # noqa: S301 - written by this program
    else:
        extraction = read_document(path)
        kept.write_bytes(pickle.dumps(extraction))
    return form, kind, list(judged_slots(extraction, rows, fields, load_resources()))


def _drawn(source: str, form: str, kind: str, folder: Path) -> tuple[Path, Sequence[Any], tuple[str, ...]]:
    if source == "copy":
        drawn = draw_copy("look", int(form), kind, folder)
        return drawn.path, drawn.truth.rows, drawn.truth.fields
    scan = draw_scan(form, kind, int(source), 2)
    path = folder / f"scan-{form}-{kind}-{source}.pdf"
    path.write_bytes(scan.scan.pdf)
    rows = [
        {
            "area": row.area,
            "component_no": row.component_no,
            "component": row.component,
            **{name: getattr(row.action, name) for name in FIELDS[3:]},
        }
        for row in scan.rows
    ]
    return path, rows, FIELDS


def ask(model: WordModel, form: str, kind: str, slots: Sequence[JudgedSlot]) -> Iterator[Asked]:
    """Yield what the model chooses in each slot."""
    for slot in slots:
        chances = np.array([model.sure]) if slot.sure else model.chances(slot.features.tolist())
        best = int(chances.argmax())
        row, field, way = slot.place
        yield Asked(
            f"{kind} {way}".strip(),
            (f"{form} {kind} {way}", row),
            field,
            float(chances[best]),
            best == slot.right,
        )


def bands(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield the table of bands of chance."""
    found: dict[int, list[Asked]] = defaultdict(list)
    for each in asked:
        found[bisect_right(BANDS, each.chance) - 1].append(each)
    yield f"{'chance from':12} {'slots':>7} {'right':>8} {'promised':>8}"
    for band, own in sorted(found.items()):
        right, promised = (
            sum(values) / len(own) for values in ([e.right for e in own], [e.chance for e in own])
        )
        yield f"{BANDS[band]:<12} {len(own):>7} {right:>8.5f} {promised:>8.5f}"


def kinds(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield the table of kinds of copies."""
    texts: dict[tuple[str, tuple[str, int], str], tuple[float, bool]] = {}
    for each in asked:
        key = each.kind, each.row, each.field
        chance, right = texts.get(key, (1.0, True))
        texts[key] = chance * each.chance, right and each.right
    head = " ".join(f"{f'ask% at {t}':>12} {'silent%':>8}" for t in THRESHOLDS)
    yield f"{'copy':24} {'rows':>6} {'wrong%':>7} {head}"
    rows: dict[str, dict[tuple[str, int], list[tuple[float, bool]]]] = defaultdict(lambda: defaultdict(list))
    for (kind, row, _), text in texts.items():
        rows[kind][row].append(text)
    for kind, own in sorted(rows.items()):
        wrong = [not all(right for _, right in row) for row in own.values()]
        line = f"{kind:24} {len(own):>6} {100 * sum(wrong) / len(own):>7.1f}"
        for threshold in THRESHOLDS:
            asks = [any(chance < threshold for chance, _ in row) for row in own.values()]
            silent = sum(bad and not told for bad, told in zip(wrong, asks, strict=True))
            line += f" {100 * sum(asks) / len(own):>12.1f} {100 * silent / len(own):>8.1f}"
        yield line


def packed(slots: Sequence[JudgedSlot]) -> Slots:
    """Return slots as the fit takes them."""
    return Slots(
        np.concatenate([slot.features for slot in slots]).astype(np.float64),
        np.array([len(slot.texts) for slot in slots]),
        np.array([slot.right for slot in slots]),
        np.array([slot.sure for slot in slots]),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how honest the model is on forms left out; fit and write it."""
    parser = command.parser("calibrate", __doc__)
    parser.add_argument("--fit", action="store_true", help="fit the model on all forms and write it")
    parser.add_argument(
        "--copies", default=COPIES, help=f"forms of the split look and their kinds of copies: {COPIES}"
    )
    parser.add_argument("--sources", default=SOURCES, help="sources of drawn scans, parted by commas")
    parser.add_argument("--presets", default=PRESETS, help="kinds of drawn scans, parted by commas")
    parser.add_argument("--seed", default="101", help="seed of the drawn scans")
    parser.add_argument("--keep", type=Path, help="where copies and readings stay")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    with kept_folder(options.keep) as folder:
        jobs: list[Job] = [("copy", *each, folder) for each in copies_of(options.copies)]
        drawn = product(filter(None, options.sources.split(",")), options.presets.split(","))
        jobs += [(options.seed, *each, folder) for each in drawn]
        with pool(options.workers) as workers:
            found = list(workers.map(read_job, jobs))
    _report(found)
    if options.fit:
        every = [slot for _, _, slots in found for slot in slots]
        source = (
            f"`python -m benchmarks calibrate --fit`: {len(every)} slots of words; split look, forms and copies "
            f"{options.copies}; drawn scans {options.sources}, {options.presets}, seed {options.seed}"
        )
        MODEL.write_text(json.dumps({"source": source, **fitted(packed(every))}) + "\n", encoding="utf-8")
    return 0


def copies_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the forms and kinds of copies that a text names, such as `301-320:bit300,grey200;421-440/2:bit200,pen200`."""
    for part in filter(None, text.split(";")):
        named, kinds = part.split(":")
        forms, _, each = named.partition("/")
        first, _, last = forms.partition("-")
        names = kinds.split(",")
        for n, form in enumerate(range(int(first), int(last or first) + 1)):
            own = names if not each else [names[(int(each) * n + k) % len(names)] for k in range(int(each))]
            yield from ((str(form), kind) for kind in own)


def _report(found: Sequence[tuple[str, str, list[JudgedSlot]]]) -> None:
    names = sorted({form for form, _, _ in found})
    asked: list[Asked] = []
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        kept = [slot for form, _, slots in found if form not in out for slot in slots]
        model = WordModel.from_json(fitted(packed(kept)))
        asked += [
            each for form, kind, slots in found if form in out for each in ask(model, form, kind, slots)
        ]
    print("\n".join(bands(asked)))
    print("\n".join(kinds(asked)))


if __name__ == "__main__":
    sys.exit(main())
