"""Fits the curves of lampiran/data/lke_calibration.json on the truths that may be tuned on.

A sample is the likeness and lead of the best item of a component or row, and whether it was right.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks import command
from benchmarks.accuracy.lke import Key, Keyed, damaged, load
from lampiran.resources import load_resources
from normalize.official import LkeMatcher, OfficialList
from normalize.official.calibration import Curve
from normalize.official.matching import PlanComponent

TUNED = ("kpu-batang-2025", "reworded-seen")
FORCED = Curve(20.0, 0.0, 0.0)  # every best item is a match
ABSENT = 0.3  # how much a row counts as if the sheet did not hold its question
_PRICE = 0.05


@dataclass(frozen=True, slots=True)
class Sample:
    """Likeness and lead of a match, whether it was right, and how much it counts."""

    likeness: float
    lead: float
    right: bool
    weight: float = 1.0


def fit(matcher: LkeMatcher, noise: float, seeds: int) -> dict[str, dict[str, float]]:
    """Return the curves that fit the truths that may be tuned on.

    The texts count as they are, damaged, and as if the sheet did not hold what they mean: then any match is wrong.
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


def _without(matcher: LkeMatcher, whole: bool, key: Key, row: Key) -> OfficialList:
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the curves."""
    parser = command.parser("lke_fit", __doc__)
    parser.add_argument("--noise", type=float, default=0.1, help="share of misread words (default 0.1)")
    parser.add_argument("--seeds", type=int, default=5, help="damaged copies of each truth (default 5)")
    options = parser.parse_args(arguments)
    print(json.dumps(fit(load_resources().lke, options.noise, options.seeds), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
