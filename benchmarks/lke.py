"""The codes of the official sheet against hand-keyed truths: `python -m benchmarks.lke` prints precision and recall.

The truths lie in tests/normalize/lke (who was tuned on and who was not: see their heads). A sample is read from its
file; rows in other words are matched as they stand. With `--noise` every text is damaged as a recogniser would:
each word with the chance given. Right is the keyed code, or one keyed as `also` right; a code of the old edition
is as right as the questions of the newer one that ask the same. "Sure" leaves out what carries `lke-doubtful`.
`--fit` prints the curves of lampiran/data/lke_calibration.json anew, from the truths that may be tuned on.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import lampiran
from benchmarks.words import data, mistyped, planted
from lampiran.resources import load_resources
from normalize.lke import LkeList, LkeMatcher
from normalize.lke.calibration import Curve
from normalize.lke.matching import Found, PlanComponent, PlanRow
from normalize.words.tokens import tokenize
from schema.plan import LkeMatch

ROOT = Path(__file__).resolve().parent.parent
TRUTHS = ROOT / "tests" / "normalize" / "lke"
SAMPLES = {
    "kpu-batang-2025.pdf": "kpu-batang-2025",
    "kpu-batang-2025.transcript.txt": "kpu-batang-2025",
    "kpu-contoh-2024.pdf": "kpu-contoh-2024",
}
ROWS = ("reworded-seen", "reworded-unseen", "old-list")
TUNED = ("kpu-batang-2025", "reworded-seen")
FORCED = Curve(20.0, 0.0, 0.0)  # every best item is a match
ABSENT = 0.3  # how much a row counts as if the sheet did not hold its question
_PRICE = 0.05
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
    pairs = [(row["seen"], row["meant"]) for row in data("confusions.json")["pairs"]]  # type: ignore[attr-defined]

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
    matcher: LkeMatcher, noise: float, seeds: int
) -> Iterator[tuple[str, tuple[Counts, Counts, Counts]]]:
    """Yield the counts of each sample and truth, then those of the damaged texts."""
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


# --- fitting ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """Likeness and lead of a match, whether it was right, and how much it counts."""

    likeness: float
    lead: float
    right: bool
    weight: float = 1.0


def fit(matcher: LkeMatcher, noise: float, seeds: int) -> dict[str, dict[str, float]]:
    """Return the curves that fit the truths that may be tuned on.

    The texts count as they stand, damaged, and as if the sheet did not hold what they mean: then any match is wrong.
    """
    forced = replace(matcher.calibration, component=FORCED, question=FORCED)
    components = _curve(_samples(replace(matcher, calibration=forced), noise, seeds, _of_components))
    known = replace(forced, component=Curve(**components))
    questions = _curve(_samples(replace(matcher, calibration=known), noise, seeds, _of_questions))
    return {"component": components, "question": questions}


_Sampler = Callable[[LkeMatcher, Keyed, Sequence[PlanComponent], float], Iterator[Sample]]


def _samples(matcher: LkeMatcher, noise: float, seeds: int, sampler: _Sampler) -> list[Sample]:
    found: list[Sample] = []
    for name in TUNED:
        keyed = load(name)
        for seed in range(-1, seeds):
            components = keyed.components if seed < 0 else damaged(keyed.components, noise, seed)
            found += sampler(matcher, keyed, components, 1.0)
        for component, (key, rows) in zip(keyed.components, keyed.keys, strict=True):
            for text, row_key in zip(component.rows, rows, strict=True):
                less = replace(matcher, sheet=_without(matcher, sampler is _of_components, key, row_key))
                alone = Keyed((replace(component, rows=(text,)),), ((key, (row_key,)),))
                found += sampler(less, alone, alone.components, ABSENT)
    return found


def _without(matcher: LkeMatcher, whole: bool, key: Key, row: Key) -> LkeList:
    """Return the sheet without the questions (or the whole component) that a row means, in both editions."""
    sheet = matcher.sheet
    components = [c for c in sheet.components if not (whole and key.accepts(c.code, matcher))]
    if not whole:
        components = [
            replace(
                c,
                questions=tuple(
                    replace(q, text="-") if row.accepts(q.code, matcher) else q for q in c.questions
                ),
            )
            for c in components
        ]
    return replace(sheet, components=tuple(components))


def _of_components(
    matcher: LkeMatcher, keyed: Keyed, components: Sequence[PlanComponent], weight: float
) -> Iterator[Sample]:
    for (key, _), found in zip(keyed.keys, matcher.match(components)[1], strict=True):
        if (own := found.component) is not None:
            yield Sample(own.likeness, own.lead, key.accepts(own.match.code, matcher), weight)


def _of_questions(
    matcher: LkeMatcher, keyed: Keyed, components: Sequence[PlanComponent], weight: float
) -> Iterator[Sample]:
    for (_, row_keys), found in zip(keyed.keys, matcher.match(components)[1], strict=True):
        for key, row in zip(row_keys, found.rows, strict=True):
            if row is not None and row.match.level == "question":
                yield Sample(row.likeness, row.lead, key.accepts(row.match.code, matcher), weight)


def _curve(samples: Sequence[Sample]) -> dict[str, float]:
    """Fit a logistic curve with a small price on its slopes, by Newton's method."""
    x = np.array([(1.0, s.likeness, s.lead) for s in samples])
    y, counts = np.array([float(s.right) for s in samples]), np.array([s.weight for s in samples])
    weights, prices = np.zeros(3), np.array([0.0, _PRICE, _PRICE])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (counts * (p - y)) + prices * weights
        bend = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(prices + 1e-9)
        weights = weights - np.linalg.solve(bend, slope)
    return dict(zip(("constant", "likeness", "lead"), map(float, weights.round(2)), strict=True))


def main() -> None:
    """Print the table, or the fitted curves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--noise", type=float, default=0.1, help="share of misread words (default 0.1; 0: none)"
    )
    parser.add_argument("--seeds", type=int, default=5, help="damaged copies of each truth (default 5)")
    parser.add_argument("--fit", action="store_true", help="print fitted curves instead")
    options = parser.parse_args()
    matcher = load_resources().lke
    if options.fit:
        print(json.dumps(fit(matcher, options.noise, options.seeds), indent=1))
        return
    found = list(runs(matcher, options.noise, options.seeds))
    for n, title in enumerate(("components", "questions", "lke_code of actions, finest that holds")):
        print(f"\n{title:<50}keyed   all: P      R    sure: P      R   doubtful  sure but wrong")
        for name, counts in found:
            print(line(name, counts[n]))


if __name__ == "__main__":
    main()
