"""Compares the codes of the official sheet with hand-keyed truths: precision and recall.

The truths are in tests/normalize/official (their first lines say which of them the matcher was tuned on). A sample is read from its
file; reworded rows are matched as they are. With `--noise` every text is damaged as a recogniser would:
each word with the chance given. Right is the keyed code, or one keyed as `also` right; a code of the old edition
is as right as the questions of the newer one that ask the same. "Sure" leaves out what carries `lke-doubtful`.
`--faults N` plants each kind of a transcriber's fault (benchmarks/faults/line_faults.py) N times into drawn transcriptions.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lampiran
from benchmarks import command
from benchmarks.counts import Counts
from benchmarks.faults.line_faults import planted as planted_fault
from benchmarks.faults.mutations import read_lines
from benchmarks.faults.text_faults import misread as misread_word
from benchmarks.faults.text_faults import mistyped
from benchmarks.tree import ROOT, SAMPLES, confusions
from benchmarks.tree import truth as truth_of
from benchmarks.tree import truths as truths_of_samples
from lampiran.resources import load_resources
from normalize import Resources
from normalize.official import LkeMatcher
from normalize.official.matching import Found, PlanComponent, PlanRow
from normalize.words.tokens import tokenize
from schema.plan import LkeMatch

TRUTHS = ROOT / "tests" / "normalize" / "official"
FILES = {
    "kpu-batang-2025.pdf": "kpu-batang-2025",
    "kpu-batang-2025.transcript.txt": "kpu-batang-2025",
    "kpu-contoh-2024.pdf": "kpu-contoh-2024",
}
ROWS = ("reworded-seen", "reworded-unseen", "old-list")
FAULTS = (
    "component's name lost",
    "numeral lost",
    "numeral joined with the name",
    "text of a cell lost",
    "word misread",
    "row shifted right by 1",
    "row broken by a line feed",
)
KEYED = ("component", "indicator", "action")
_MISREAD = 0.7  # share of planted faults that are a recogniser's, the rest is any letter


@dataclass(frozen=True, slots=True)
class Key:
    """What a row or component is in the sheet (`""`: nothing), and what else is right."""

    code: str
    also: tuple[str, ...] = ()

    def accepts(self, code: str, matcher: LkeMatcher) -> bool:
        """Tell whether a code is right, in either edition."""
        right = {one for own in (self.code, *self.also) if own for one in (own, *matcher.sheet.now(own))}
        return bool({code, *matcher.sheet.now(code)} & right)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A plan's components as they are matched, and their keys and those of their rows."""

    components: tuple[PlanComponent, ...]
    keys: tuple[tuple[Key, tuple[Key, ...]], ...]


@dataclass(slots=True)
class Codes(Counts):
    """Codes keyed, given and right; of those given for sure the right ones and the wrong ones."""

    keyed: int = 0
    given: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0

    def count(self, key: Key, match: LkeMatch | None, matcher: LkeMatcher) -> None:
        """Count one match."""
        self.keyed += bool(key.code)
        if match is None:
            return
        right = key.accepts(match.code, matcher)
        certain = match.certainty == "certain"
        self.given += 1
        self.right += right
        self.sure += certain
        self.sure_right += right and certain


def load(name: str) -> Keyed:
    """Read a keyed truth: of a sample, its rows are those of the sample's truth file."""
    key = tomllib.loads((TRUTHS / f"{name}.toml").read_text("utf-8"))
    if "rows" in key:
        return _of_rows(key["rows"])
    truth = truth_of(name)
    components, keys = [], []
    for area in truth["areas"]:
        for ordinal, entry in enumerate(area["components"], 1):
            rows = tuple(PlanRow(a["indicator"], a["action"]) for a in entry["actions"])
            components.append(PlanComponent(area["no"], area["name"], entry["name"], rows))
            ids = [f"L{area['no']}.{entry['no']}.{n}" for n in range(1, len(rows) + 1)]
            own = tuple(Key(key["questions"][i], tuple(key["also"].get(i, ()))) for i in ids)
            keys.append((Key(key["components"][f"{area['no']}.{ordinal}"]), own))
    return Keyed(tuple(components), tuple(keys))


def _of_rows(rows: Sequence[dict[str, Any]]) -> Keyed:
    """Take each row as a component of its own."""
    return Keyed(
        tuple(
            PlanComponent(0, r["area"], r["component"], (PlanRow(r["indicator"], r["action"]),)) for r in rows
        ),
        tuple((Key(r["component_code"]), (Key(r["code"], tuple(r.get("also", ()))),)) for r in rows),
    )


def damaged(components: Sequence[PlanComponent], share: float, seed: int) -> tuple[PlanComponent, ...]:
    """Misread each word of the texts with the chance `share`."""
    rng = random.Random(seed)
    pairs = confusions()

    def misread(text: str) -> str:
        for _ in tokenize(text):
            if rng.random() < share:
                fault = misread_word(text, pairs, rng) if rng.random() < _MISREAD else mistyped(text, rng)
                text = fault[0] if fault else text
        return text

    return tuple(
        replace(
            c,
            name=misread(c.name),
            area_name=misread(c.area_name),
            rows=tuple(PlanRow(misread(row.indicator), misread(row.action)) for row in c.rows),
        )
        for c in components
    )


def count(
    keys: Sequence[tuple[Key, tuple[Key, ...]]],
    matches: Sequence[tuple[LkeMatch | None, Sequence[LkeMatch | None]]],
    matcher: LkeMatcher,
) -> tuple[Codes, Codes, Codes]:
    """Count components, questions, and the finest codes of the actions (a component's code is right as well)."""
    components, questions, finest = Codes(), Codes(), Codes()
    for (key, row_keys), (own, rows) in zip(keys, matches, strict=True):
        components.count(key, own, matcher)
        for row_key, row in zip(row_keys, rows, strict=True):
            questions.count(row_key, row if row and row.level == "question" else None, matcher)
            coarse = row is not None and row.level == "component"
            finest.count(key if coarse or not row_key.code else row_key, row, matcher)
    return components, questions, finest


def of_plan(path: Path) -> list[tuple[LkeMatch | None, list[LkeMatch | None]]]:
    """Read a sample and return the matches of its components and their actions."""
    plan = lampiran.read(path).plan
    return [(c.lke, [action.lke for action in c.actions]) for area in plan.areas for c in area.components]


def of_rows(
    components: Sequence[PlanComponent], matcher: LkeMatcher
) -> list[tuple[LkeMatch | None, list[LkeMatch | None]]]:
    """Match components as they are."""
    return [(_match(m.component), [_match(row) for row in m.rows]) for m in matcher.match(components)[1]]


def _match(found: Found | None) -> LkeMatch | None:
    return found.match if found else None


def runs(
    resources: Resources, noise: float, seeds: int, faults: int
) -> Iterator[tuple[str, tuple[Codes, Codes, Codes]]]:
    """Yield the counts of each sample and truth, then those of the damaged texts and of planted faults."""
    matcher = resources.lke
    for file, name in FILES.items():
        yield file, count(load(name).keys, of_plan(SAMPLES / file), matcher)
    for name in ROWS:
        keyed = load(name)
        yield name, count(keyed.keys, of_rows(keyed.components, matcher), matcher)
    for name in (*dict.fromkeys(FILES.values()), *ROWS) if noise else ():
        keyed = load(name)
        bad = [of_rows(damaged(keyed.components, noise, seed), matcher) for seed in range(seeds)]
        keys = [key for _ in bad for key in keyed.keys]
        yield f"{name}, {noise:.0%} of words misread", count(keys, [m for run in bad for m in run], matcher)
    for kind in FAULTS if faults else ():
        yield f"fault: {kind}", of_faults(kind, faults, resources)


def line(name: str, counts: Codes) -> str:
    """Return one line of the table."""
    cells = [
        f"{counts.keyed:5}",
        f"{_share(counts.right, counts.given):>6} {_share(counts.right, counts.keyed):>6}",
        f"{_share(counts.sure_right, counts.sure):>6} {_share(counts.sure_right, counts.keyed):>6}",
        f"{counts.given - counts.sure:8} {counts.sure - counts.sure_right:12}",
    ]
    return f"  {name:<48}" + "  ".join(cells)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def of_faults(kind: str, seeds: int, resources: Resources) -> tuple[Codes, Codes, Codes]:
    """Plant one kind of fault into drawn transcriptions, once a seed, and count what their plans say.

    A plan that has lost or invented rows is left out: its rows cannot be identified by their order.
    """
    total = (Codes(), Codes(), Codes())
    truths = truths_of_samples()
    keys = _keys_by_text()
    for seed in range(seeds):
        sheet = planted_fault(kind, truths, seed)
        placed = list(read_lines(sheet.lines, resources).placed())
        if len(placed) == len(sheet.entries):
            rows = [keys[tuple(e.texts[name] for name in KEYED)] for e in sheet.entries]
            own = [(p.component.lke, [p.action.lke]) for p in placed]
            for whole, part in zip(total, count(rows, own, resources.lke), strict=True):
                whole.add(part)
    return total


def _keys_by_text() -> dict[tuple[str, ...], tuple[Key, tuple[Key, ...]]]:
    """Return the keys of the samples' rows by the texts of component, indicator and action."""
    found: dict[tuple[str, ...], tuple[Key, tuple[Key, ...]]] = {}
    for name in dict.fromkeys(FILES.values()):
        keyed = load(name)
        for component, (key, rows) in zip(keyed.components, keyed.keys, strict=True):
            for row, row_key in zip(component.rows, rows, strict=True):
                found[component.name, row.indicator, row.action] = (key, (row_key,))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = command.parser("lke", __doc__)
    parser.add_argument(
        "--noise", type=float, default=0.1, help="share of misread words (default 0.1; 0: none)"
    )
    parser.add_argument("--seeds", type=int, default=5, help="damaged copies of each truth (default 5)")
    parser.add_argument("--faults", type=int, default=0, help="planted faults of each kind (default 0)")
    options = parser.parse_args(arguments)
    found = list(runs(load_resources(), options.noise, options.seeds, options.faults))
    for n, title in enumerate(("components", "questions", "lke_code of actions, finest that holds")):
        print(f"\n{title:<50}keyed   all: P      R    sure: P      R   doubtful  sure but wrong")
        for name, counts in found:
            print(line(name, counts[n]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
