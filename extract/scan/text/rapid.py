"""Turns pictures of lines into characters with the PP-OCR recogniser that lies in the rapidocr wheel.

The model is run by onnxruntime itself, not through rapidocr's own classes: those return the best class of
18,000 only, while these documents hold Latin letters. Leaving the other scripts out before the choice turns
a full-width bracket into the bracket it is, and what they weigh lowers the confidence. Nothing is
downloaded, no log is touched, and the batches are as wide as their lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Grey
from extract.scan.text.choices import Lattice, Lattices
from extract.scan.text.engine import Floats, session
from extract.scan.text.letters import READABLE
from extract.scan.text.reader import RawChar, RawReading

NAME = "rapidocr"
HEIGHT = 48  # pixels: the model's input height
STEP = 32  # pixels: widths are rounded up to this, so that few shapes occur
BATCH_PIXELS = 8 * 640  # summed widths of a batch; larger ones are no faster and cost memory
NARROWEST = 64
# The network takes a step each 8 pixels and needs one between equal letters: iii at its own width comes out as ii.
# Crops shorter than 2.5 heights, where numerals stand alone, are read in three stretches: of 17 small roman numerals of
# copies each stretch alone has 13 to 17, the mean of their chances all. What the first shows plainly is not looked at again.
SHORT, STRETCHES = 2.5, (1.5, 1.25, 1.8)
STROKES, PLAIN = frozenset("IVXivxlj1|!.,:;()[]/ "), 0.99


def model_path(kind: str = "rec") -> Path | None:
    """Return the recogniser's model in the installed rapidocr (`det` for the detector's), `None` where there is none."""
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        return None
    found = sorted((Path(spec.submodule_search_locations[0]) / "models").glob(f"*_{kind}_*.onnx"))
    return found[-1] if found else None


@cache
def rapid_reader() -> RapidReader:
    """Return this process's one reader. Raises `FileNotFoundError` where the installed rapidocr holds no recogniser."""
    path = model_path()
    if path is None:
        raise FileNotFoundError("rapidocr holds no *_rec_*.onnx model")
    return RapidReader(path)


class RapidReader:
    """The PP-OCR recogniser: a CTC network over lines of 48 pixels height."""

    name = NAME

    def __init__(self, model: Path) -> None:
        self._session = session(model)
        self._letters, self._classes = _alphabet(self._session.note("character"))

    def read(self, crops: Sequence[Grey]) -> list[RawReading]:
        """Return a reading a crop; see `LineReader`."""
        seen: list[list[RawReading]] = [[] for _ in crops]
        self._look(crops, [(n, _widths(crop)[0]) for n, crop in enumerate(crops)], seen)
        again = [n for n, (first,) in enumerate(seen) if not _is_plain(first)]
        self._look(crops, [(n, width) for n in again for width in _widths(crops[n])[1:]], seen)
        return [_together(each) for each in seen]

    def _look(
        self, crops: Sequence[Grey], pictures: Sequence[tuple[int, int]], seen: list[list[RawReading]]
    ) -> None:
        """Add to `seen` what the network makes of pictures: the crops' numbers with the widths they are given."""
        for chosen, chances, shares in self._chances(crops, pictures):
            for n, chance, share in zip(chosen, chances, shares, strict=True):
                seen[n].append(self._decoded(chance, share))

    def _chances(
        self, crops: Sequence[Grey], pictures: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[list[int], Floats, list[float]]]:
        """Yield the crops of a batch, their chances (picture, step, letter) and the share of the steps each fills.

        `pictures` are the crops' numbers with the widths they are given.
        """
        for batch in _batches(pictures):
            wide = _rounded(max(width for _, width in batch))
            planes = np.repeat(
                np.stack([_input(crops[n], width, wide) for n, width in batch])[:, None], 3, axis=1
            )
            output = self._session(planes)
            yield [n for n, _ in batch], output[:, :, self._classes], [width / wide for _, width in batch]

    def _decoded(self, chances: Floats, share: float) -> RawReading:
        best = chances.argmax(axis=1)
        steps = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
        total = len(best) * share
        chars = tuple(
            RawChar(self._letters[best[step]], float(chances[step, best[step]]), (step + 0.5) / total)
            for step in steps.tolist()
        )
        return RawReading(chars, Lattice(chances, self._letters, total))


def _alphabet(listed: str) -> tuple[list[str], NDArray[np.intp]]:
    """Return the letters kept and their classes; class 0 is the blank of CTC, the last one the space."""
    letters = ["", *listed.splitlines(), " "]
    kept = [index for index, letter in enumerate(letters) if index == 0 or letter in READABLE]
    return [letters[index] for index in kept], np.array(kept, dtype=np.intp)


def _widths(crop: Grey) -> tuple[int, ...]:
    """Return the widths of a crop as the model gets it; see `STRETCHES`."""
    share = crop.shape[1] / crop.shape[0]
    return tuple(max(1, round(HEIGHT * share * by)) for by in (STRETCHES if share < SHORT else (1.0,)))


def _is_plain(reading: RawReading) -> bool:
    """Tell whether a crop was read for sure, and as no row of strokes and crosses, whose number one look may miss."""
    strokes = bool(reading.text) and set(reading.text) <= STROKES
    return bool(reading.chars) and not strokes and min(each.confidence for each in reading.chars) >= PLAIN


def _together(readings: Sequence[RawReading]) -> RawReading:
    """Return that reading of one crop which is likeliest by what was weighed in all its pictures."""
    if len(readings) == 1:
        return readings[0]
    lattices = Lattices(tuple(each.lattice for each in readings if isinstance(each.lattice, Lattice)))
    order = {text: n for n, (text, _) in enumerate(lattices.texts(0.0, 1.0))}
    best = min(readings, key=lambda each: order.get(each.text, len(order)))
    return RawReading(best.chars, lattices)


def _rounded(width: int) -> int:
    return max(NARROWEST, -(-width // STEP) * STEP)


def _batches(pictures: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield pictures (crop, width) of similar width, the narrow ones first."""
    batch: list[tuple[int, int]] = []
    for picture in sorted(pictures, key=lambda each: each[1]):
        if batch and (len(batch) + 1) * _rounded(picture[1]) > BATCH_PIXELS:
            yield batch
            batch = []
        batch.append(picture)
    if batch:
        yield batch


def _input(crop: Grey, width: int, wide: int) -> Floats:
    """Return the crop 48 pixels high, from -1 (black) to 1, padded at the right with white."""
    way = cv2.INTER_AREA if crop.shape[0] > HEIGHT else cv2.INTER_CUBIC
    scaled = cv2.resize(crop, (width, HEIGHT), interpolation=way).astype(np.float32)
    padded = np.ones((HEIGHT, wide), dtype=np.float32)
    padded[:, :width] = scaled / 127.5 - 1
    return padded
