"""The codes of the official sheet against hand-keyed truths: `python -m benchmarks.lke` prints precision and recall.

The truths lie in tests/normalize/lke (who was tuned on and who was not: see their heads). A sample is read from its
file; rows in other words are matched as they stand. With `--noise` every text is damaged as a recogniser would:
each word with the chance given. Right is the keyed code, or one keyed as `also` right; a code of the old edition
is as right as the questions of the newer one that ask the same. "Sure" leaves out what carries `lke-doubtful`.
`--faults N` plants each kind of a transcriber's fault (benchmarks/mutate.py) N times into drawn transcriptions.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import lampiran
from benchmarks.judge import read_sheet
from benchmarks.mutate import planted as planted_fault
from benchmarks.words import mistyped, planted
from lampiran.resources import load_resources
from normalize import Resources
from normalize.official import LkeMatcher
from normalize.official.matching import Found, PlanComponent, PlanRow
from normalize.words.tokens import tokenize
from schema.confusions import confusions
from schema.plan import LkeMatch

ROOT = Path(__file__).resolve().parent.parent
TRUTHS = ROOT / "tests" / "normalize" / "lke"
SAMPLES = {
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
class Counts:
    """Codes keyed, given and right; of those given for sure the right ones and the wrong ones."""

    keyed: int = 0
    given: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0

    def add(self, key: Key, match: LkeMatch | None, matcher: LkeMatcher) -> None:
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

    def plus(self, other: Counts) -> None:
        """Add the counts of another."""
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))


def load(name: str) -> Keyed:
    """Read a keyed truth: of a sample, its rows are those of the sample's truth file."""
    key = tomllib.loads((TRUTHS / f"{name}.toml").read_text("utf-8"))
    if "rows" in key:
        return _of_rows(key["rows"])
    truth = json.loads((ROOT / "samples" / f"{name}.truth.json").read_text("utf-8"))
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
    pairs = [(row["seen"], row["meant"]) for row in confusions()["pairs"]]

    def misread(text: str) -> str:
        for _ in tokenize(text):
            if rng.random() < share:
                fault = planted(text, pairs, rng) if rng.random() < _MISREAD else mistyped(text, rng)
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
) -> tuple[Counts, Counts, Counts]:
    """Count components, questions, and the finest codes of the actions (a component's code is right as well)."""
    components, questions, finest = Counts(), Counts(), Counts()
    for (key, row_keys), (own, rows) in zip(keys, matches, strict=True):
        components.add(key, own, matcher)
        for row_key, row in zip(row_keys, rows, strict=True):
            questions.add(row_key, row if row and row.level == "question" else None, matcher)
            coarse = row is not None and row.level == "component"
            finest.add(key if coarse or not row_key.code else row_key, row, matcher)
    return components, questions, finest


def of_plan(path: Path) -> list[tuple[LkeMatch | None, list[LkeMatch | None]]]:
    """Read a sample and return the matches of its components and their actions."""
    plan = lampiran.read(path).plan
    return [(c.lke, [action.lke for action in c.actions]) for area in plan.areas for c in area.components]


def of_rows(
    components: Sequence[PlanComponent], matcher: LkeMatcher
) -> list[tuple[LkeMatch | None, list[LkeMatch | None]]]:
    """Match components as they stand."""
    return [(_match(m.component), [_match(row) for row in m.rows]) for m in matcher.match(components)[1]]


def _match(found: Found | None) -> LkeMatch | None:
    return found.match if found else None


def runs(
    resources: Resources, noise: float, seeds: int, faults: int
) -> Iterator[tuple[str, tuple[Counts, Counts, Counts]]]:
    """Yield the counts of each sample and truth, then those of the damaged texts and of planted faults."""
    matcher = resources.lke
    for file, name in SAMPLES.items():
        yield file, count(load(name).keys, of_plan(ROOT / "samples" / file), matcher)
    for name in ROWS:
        keyed = load(name)
        yield name, count(keyed.keys, of_rows(keyed.components, matcher), matcher)
    for name in (*dict.fromkeys(SAMPLES.values()), *ROWS) if noise else ():
        keyed = load(name)
        bad = [of_rows(damaged(keyed.components, noise, seed), matcher) for seed in range(seeds)]
        keys = [key for _ in bad for key in keyed.keys]
        yield f"{name}, {noise:.0%} of words misread", count(keys, [m for run in bad for m in run], matcher)
    for kind in FAULTS if faults else ():
        yield f"fault: {kind}", of_faults(kind, faults, resources)


def line(name: str, counts: Counts) -> str:
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


def of_faults(kind: str, seeds: int, resources: Resources) -> tuple[Counts, Counts, Counts]:
    """Plant one kind of fault into drawn transcriptions, once a seed, and count what their plans say.

    A plan that has lost or invented rows is left out: its rows cannot be told apart by their order.
    """
    total = (Counts(), Counts(), Counts())
    truths = {
        p.name: json.loads(p.read_text("utf-8")) for p in sorted((ROOT / "samples").glob("*.truth.json"))
    }
    keys = _keys_by_text()
    for seed in range(seeds):
        mutated = planted_fault(kind, truths, seed)
        plan = read_sheet(mutated.sheet, resources)
        placed, expected = list(plan.placed()), mutated.sheet.expected
        if len(placed) == len(expected):
            rows = [keys[e.component, e.indicator, e.action] for e in expected]
            own = [(p.component.lke, [p.action.lke]) for p in placed]
            for whole, part in zip(total, count(rows, own, resources.lke), strict=True):
                whole.plus(part)
    return total


def _keys_by_text() -> dict[tuple[str, str, str], tuple[Key, tuple[Key, ...]]]:
    """Return the keys of the samples' rows by the texts of component, indicator and action."""
    found: dict[tuple[str, str, str], tuple[Key, tuple[Key, ...]]] = {}
    for name in dict.fromkeys(SAMPLES.values()):
        keyed = load(name)
        for component, (key, rows) in zip(keyed.components, keyed.keys, strict=True):
            for row, row_key in zip(component.rows, rows, strict=True):
                found[component.name, row.indicator, row.action] = (key, (row_key,))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--noise", type=float, default=0.1, help="share of misread words (default 0.1; 0: none)"
    )
    parser.add_argument("--seeds", type=int, default=5, help="damaged copies of each truth (default 5)")
    parser.add_argument("--faults", type=int, default=0, help="planted faults of each kind (default 0)")
    options = parser.parse_args()
    found = list(runs(load_resources(), options.noise, options.seeds, options.faults))
    for n, title in enumerate(("components", "questions", "lke_code of actions, finest that holds")):
        print(f"\n{title:<50}keyed   all: P      R    sure: P      R   doubtful  sure but wrong")
        for name, counts in found:
            print(line(name, counts[n]))


if __name__ == "__main__":
    main()
