"""Settles letters that look alike (i, l and I; a stop and a comma) by likeness to the same page's certain letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, X0, X1, letters
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading
from extract.scan.text.stops import sign_piece

CERTAIN = 0.97  # chance from which on a letter is a sample of its kind
FEW, MANY = 4, 16  # samples that a comparison needs, and the most that are used
BEST = 4  # the likeness to a kind is the mean of that to its nearest samples
DOUBT, STEM_DOUBT = 0.9, 0.995  # chance below which a letter is looked at
# How much a difference in correlation weighs against one in the logarithm of the chances.
WEIGHT, SIGN_WEIGHT = 90.0, 150.0
LEAST = 0.004  # chance of a letter that the recogniser did not name
RIVAL = 0.05  # chance from which on another letter is weighed against a stem
UNSURE = 0.9  # share of likelihood below which a reading is contradicted
SETTLED = 0.97  # no letter is surer than this after the picture settled it
# A change is made only where the picture and the recogniser together are so sure.
OPEN = 0.75
MATCH = 0.88  # correlation: a letter is like its kind from here on; less tells nothing
ALONE = 0.85  # chance below which an agreement over a stem or sign tells nothing
OTHER = 0.3  # chance of a letter that the second reader saw
DECIDED = 0.95  # share of likelihood from which on the picture decides between two readers
OWN = 0.955  # correlation with its own kind that upholds a certain letter where the other kind has no samples
UPHELD = 0.9  # confidence of a letter that one reader and the picture saw
CONTRADICTED = 0.6  # confidence at most of what the picture contradicts without deciding

SIGNS = frozenset(".,:;")  # they stand where their small ink is, not where the recogniser's step was
FEET = {":": ":.", ";": ";,", ".": ".", ",": ","}
STEMS = frozenset("ilI1!|j")
HALF = {
    "sign": 0.22,
    "stem": 0.2,
    "hook": 0.2,
    "letter": 0.45,
}  # letter sizes: half the width that is compared
# letter sizes above the foot of the line and below it that are compared; of signs the lower part alone, so that a
# colon is compared with stops and a semicolon with commas as well
HEAD = {"sign": 0.5, "stem": 1.5, "hook": 1.5, "letter": 1.5}
TAIL = {"sign": 0.55, "stem": 0.25, "hook": 0.45, "letter": 0.45}
ASIDE, OVER = 0.25, 1.5  # how far the place may be off: letter sizes to the sides, pixels up and down
LATE = 0.1  # letter sizes: the recogniser's steps lie so far to the right of its letters
WIDE = {"stem": 0.45, "hook": 0.45, "letter": 1.1}  # letter sizes: most width of a letter's own piece
SIGN_ASIDE = 1.0  # pixels, for signs
COARSE = 12.0  # pixels: smaller letters are compared at twice their size, so that half pixels count
Patch = NDArray[np.float32]


@dataclass(slots=True)
class Page:
    """The lines of a page with what the first reader saw in them; patches are cut out when they are asked for."""

    readings: Sequence[RawReading]
    lines: Sequence[InkLine]
    crops: Sequence[Crop]
    _places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _enlarged: dict[int, tuple[Patch, float] | None] = field(default_factory=dict)
    _samples: dict[tuple[str, str], list[Patch]] = field(default_factory=dict)
    _size: float = 0.0

    def __post_init__(self) -> None:
        """List the certain letters by kind."""
        self._size = float(np.median([line.size for line in self.lines])) if self.lines else 1.0
        for number, reading in enumerate(self.readings):
            for at, char in enumerate(reading.chars):
                if char.confidence >= CERTAIN and char.text != " ":
                    self._places.setdefault(char.text, []).append((number, at))

    def likeness(self, number: int, char: RawChar, kinds: Sequence[str]) -> dict[str, float]:
        """Return how like the ink at a letter's place is to kinds of letters; kinds with few samples are left out."""
        shape = max((_shape(kind) for kind in kinds), key=lambda shape: (HALF[shape], TAIL[shape]))
        aside = SIGN_ASIDE if _shape(char.text) == "sign" else ASIDE * self._size
        seen = self._patch(number, char, shape, aside, OVER)
        if seen is None:
            return {}
        found = {}
        for kind in kinds:
            samples = self._kind(kind, shape)
            near = sorted(_correlation(seen, sample) for sample in samples)
            if len(near) >= FEW:
                found[kind] = float(np.mean(near[-BEST:]))
        return found

    def _kind(self, kind: str, shape: str) -> list[Patch]:
        key = (kind, shape)
        if key not in self._samples:
            self._samples[key] = list(self._cut(kind, shape))
        return self._samples[key]

    def _cut(self, kind: str, shape: str) -> Iterator[Patch]:
        places = [place for like in FEET.get(kind, kind) for place in self._places.get(like, [])]
        for number, at in places[:: max(1, len(places) // MANY)][:MANY]:
            patch = self._patch(number, self.readings[number].chars[at], shape, 0.0, 0.0)
            if patch is not None and patch.std() > 0:
                yield patch

    def _patch(self, number: int, char: RawChar, shape: str, aside: float, over: float) -> Patch | None:
        """Return the picture around a letter, on the foot of its line, wider by `aside` and `over` pixels."""
        whole = self._whole(number)
        if whole is None:
            return None
        picture, foot = whole
        line, crop = self.lines[number], self.crops[number]
        middle = char.place * crop.picture.shape[1]
        if shape == "sign":
            found = sign_piece(line, crop, middle)
            if found is None:
                return None
            middle = float(found[X0] + found[X1]) / 2 - crop.x0
        else:
            middle = _middle(line, crop, middle - LATE * line.size, WIDE[shape])
        up, edge = self._up(), self._edge()
        x0 = round((middle - HALF[shape] * self._size) * up) - round(aside * up) + edge
        x1 = x0 + 2 * round(HALF[shape] * self._size * up) + 2 * round(aside * up)
        top = round((foot - HEAD[shape] * self._size) * up) - round(over * up) + edge
        bottom = top + round((HEAD[shape] + TAIL[shape]) * self._size * up) + 2 * round(over * up)
        if x0 < 0 or top < 0 or x1 > picture.shape[1] or bottom > picture.shape[0]:
            return None
        return picture[top:bottom, x0:x1]

    def _whole(self, number: int) -> tuple[Patch, float] | None:
        """Return a line's picture, dark as high, with room around it, and its foot in rows of the crop."""
        if number not in self._enlarged:
            line, crop = self.lines[number], self.crops[number]
            tall = line.pieces[letters(line.pieces, line.size)]
            up, edge = self._up(), self._edge()
            if not len(tall):
                self._enlarged[number] = None
            else:
                large = cv2.resize(crop.picture, None, fx=up, fy=up, interpolation=cv2.INTER_CUBIC)
                dark = 255 - large.astype(np.float32)
                framed = cv2.copyMakeBorder(dark, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=0)
                foot = float(np.median(tall[:, BOTTOM])) - crop.top
                self._enlarged[number] = np.asarray(framed, dtype=np.float32), foot
        return self._enlarged[number]

    def _up(self) -> int:
        return 2 if self._size < COARSE else 1

    def _edge(self) -> int:
        return round(2 * self._size * self._up())


def judged(page: Page, number: int) -> RawReading:
    """Return a line's reading with its doubtful letters settled, or doubted more, by their likeness to certain ones."""
    chars = list(page.readings[number].chars)
    for at, char in enumerate(chars):
        if char.confidence < (STEM_DOUBT if char.text in STEMS else DOUBT):
            chars[at] = settled_by_likeness(page, number, char, _possible(chars, at))
    return RawReading(tuple(chars))


def _possible(chars: Sequence[RawChar], at: int) -> dict[str, float]:
    """Return the chances of what a letter may be: all stems for a stem, nothing that stands beside it anyway.

    Of l and I the one goes that the case of the letters beside it leaves no room for: in many fonts the two are one
    shape, so that the picture does not tell them apart. What stands beside the place may lie in the compared picture.
    """
    text = chars[at].text
    chances = {text: chars[at].confidence, **dict(chars[at].others)}
    if text in "ilI":
        chances = {"i": 0.0, "l": 0.0, "I": 0.0, **chances}
    before, after = (chars[n].text if 0 <= n < len(chars) else " " for n in (at - 1, at + 1))
    small = before.islower() or (before == "I" and after.islower())
    capital = after.isupper() or (before.isupper() and not after.islower())
    barred = {"I" if small and not capital else "l" if capital and not small else ""}
    if before.isalpha() or after.isalpha():
        barred |= set("1!|")
    if text in STEMS:
        barred |= {kind for kind, chance in chances.items() if kind not in STEMS and chance < RIVAL}
    else:
        barred |= {before, after}
    return {kind: chance for kind, chance in chances.items() if kind not in barred or kind == text}


def settled_by_likeness(page: Page, number: int, char: RawChar, chances: dict[str, float]) -> RawChar:
    """Return the letter that chances and likeness together speak for most."""
    verdict = _verdict(page, number, char, chances)
    if verdict is None:
        return _unheard(char)
    best, share, known = verdict
    sure = min(SETTLED, share * known)
    if share < (UNSURE if best == char.text else OPEN):
        return replace(char, confidence=min(char.confidence, CONTRADICTED), contradicted=True)
    if best == char.text:
        return replace(char, confidence=max(char.confidence, sure), twin=0.0)
    return replace(char, text=best, confidence=sure, twin=0.0, others=())


def _verdict(
    page: Page, number: int, char: RawChar, chances: dict[str, float]
) -> tuple[str, float, float] | None:
    """Return the likeliest kind, its share of the likelihood, and what the chances of all compared kinds sum up to.

    `None` where too few samples are there, or nothing that is like enough.
    """
    kinds = [kind for kind in chances if _comparable(kind, char.text)]
    like = page.likeness(number, char, kinds) if len(kinds) > 1 else {}
    if char.text not in like or len(like) < 2 or max(like.values()) < MATCH:
        return None
    weight = SIGN_WEIGHT if char.text in SIGNS else WEIGHT
    weights = {kind: float(np.log(chances[kind] + LEAST)) + weight * seen for kind, seen in like.items()}
    best = max(weights, key=lambda kind: weights[kind])
    share = 1 / sum(float(np.exp(each - weights[best])) for each in weights.values())
    return best, share, min(1.0, sum(chances[kind] for kind in like))


def _unheard(char: RawChar) -> RawChar:
    """Return a letter that the picture says nothing of: readers err alike over stems, so agreeing makes none surer."""
    return replace(
        char, contradicted=char.contradicted or (_shape(char.text) != "letter" and char.confidence < ALONE)
    )


def between(page: Page, number: int, mine: RawChar, other: RawChar) -> RawChar | None:
    """Return the one of two readers' letters that the picture speaks for clearly, `None` where it does not."""
    both = {mine.text, other.text}  # l and I are one shape in many fonts
    stems = {"i": 0.0, "l": 0.0, "I": 0.0} if both <= STEMS else {}
    if mine.contradicted or both == {"l", "I"} or not _comparable(mine.text, other.text):
        return None
    chances = {**stems, mine.text: mine.confidence, other.text: OTHER}
    verdict = _verdict(page, number, mine, chances)
    if verdict is None:
        own = page.likeness(number, mine, [mine.text]).get(mine.text, 0.0)
        return replace(mine, confidence=UPHELD) if own >= OWN and mine.confidence >= CERTAIN else None
    decided = verdict[1] >= DECIDED and verdict[0] in {mine.text, other.text}
    return replace(mine, text=verdict[0], confidence=UPHELD) if decided else None


def _shape(kind: str) -> str:
    if kind in SIGNS:
        return "sign"
    return "hook" if kind == "j" else "stem" if kind in STEMS else "letter"


def _comparable(kind: str, other: str) -> bool:
    return kind != " " and (kind in SIGNS) == (other in SIGNS)


def _correlation(seen: Patch, sample: Patch) -> float:
    if sample.shape[0] > seen.shape[0] or sample.shape[1] > seen.shape[1]:
        return -1.0
    return float(cv2.matchTemplate(seen, sample, cv2.TM_CCOEFF_NORMED).max())


def _middle(line: InkLine, crop: Crop, middle: float, wide: float) -> float:
    """Return the middle of the letter's own piece of ink where it stands alone near the place, else the place."""
    pieces = line.pieces
    single = pieces[letters(pieces, line.size) & (pieces[:, X1] - pieces[:, X0] <= wide * line.size)]
    middles = (single[:, X0] + single[:, X1]) / 2 - crop.x0
    off = np.abs(middles - middle)
    return float(middles[off.argmin()]) if len(single) and off.min() <= ASIDE * line.size else middle
