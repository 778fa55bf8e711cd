"""What a CTC network weighed turned into the few texts it may have seen between two of its steps, each with its chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.scan.text.settings import WORDS

Floats = NDArray[np.float32]


class Lattice(NamedTuple):
    """The chances of each step and letter (shape: steps, letters); letter 0 is the blank. `steps` of them lie on the crop."""

    chances: Floats
    letters: Sequence[str]
    steps: float

    def texts(self, start: float, end: float) -> list[tuple[str, float]]:
        """Return the texts between two places of the crop (shares of its width), likeliest first, with their chances.

        A text's chance is the sum over all ways to read it (prefix beam search: Hannun et al. 2014).
        """
        first = max(0, round(start * self.steps)) if start > 0 else 0
        last = min(len(self.chances), round(end * self.steps)) if end < 1 else len(self.chances)
        beam: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
        for step in self.chances[first:last]:
            beam = _next(beam, step, self.letters)
        summed: dict[str, float] = defaultdict(float)
        for text, (blank, letter) in beam.items():
            summed[" ".join(text.split())] += blank + letter
        total = sum(summed.values())
        found = [(text, chance / total) for text, chance in summed.items() if chance > WORDS.faint * total]
        return sorted(found, key=lambda each: -each[1])


class Lattices(NamedTuple):
    """What a network weighed in several pictures of one crop, each stretched differently: their mean."""

    each: tuple[Lattice, ...]

    def texts(self, start: float, end: float) -> list[tuple[str, float]]:
        """See `Lattice.texts`."""
        summed: dict[str, float] = defaultdict(float)
        for lattice in self.each:
            for text, chance in lattice.texts(start, end):
                summed[text] += chance / len(self.each)
        return sorted(summed.items(), key=lambda each: -each[1])


def _next(
    beam: dict[str, tuple[float, float]], step: Floats, letters: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Return the texts after a step: for each the chance that it ends with a blank, and with its last letter."""
    grown: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    likely = np.flatnonzero(step > WORDS.faint).tolist()
    for text, (blank, letter) in beam.items():
        for at in likely:
            chance, sign = float(step[at]), letters[at]
            if at == 0:
                grown[text][0] += (blank + letter) * chance
            elif text.endswith(sign):
                grown[text][1] += letter * chance
                grown[text + sign][1] += blank * chance
            else:
                grown[text + sign][1] += (blank + letter) * chance
    best = sorted(grown.items(), key=lambda each: -sum(each[1]))[: WORDS.beam]
    total = sum(sum(chances) for _, chances in best)
    return {text: (blank / total, letter / total) for text, (blank, letter) in best}
