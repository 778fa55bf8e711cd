"""Turns pictures of lines into characters with the PP-OCR recogniser that lies in the rapidocr wheel.

The model is run by onnxruntime itself, not through rapidocr's own classes: those return the best class of
18,000 only, while these documents hold Latin letters. Leaving the other scripts out before the choice turns
a full-width bracket into the bracket it is, and what they weigh lowers the confidence. Nothing is
downloaded, no log is touched, and the batches are as wide as their lines.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extract.scan.model import Grey
from extract.scan.text.letters import READABLE
from extract.scan.text.seam import RawChar, RawReading

NAME = "rapidocr"
HEIGHT = 48  # pixels: the model's input height
STEP = 32  # pixels: widths are rounded up to this, so that few shapes occur
BATCH_PIXELS = 8 * 640  # summed widths of a batch; larger ones are no faster and cost memory
NARROWEST = 64
# The network takes a step each 8 pixels and needs one between equal letters: iii at its own width comes out as ii.
# Crops shorter than 2.5 heights, where numerals stand alone, are stretched.
SHORT, STRETCH = 2.5, 1.25
OTHERS, SLIGHT = 5, 0.002  # letters named beside the best one, and their least chance
Floats = NDArray[np.float32]


def model_path() -> Path | None:
    """Return the recogniser's model in the installed rapidocr, `None` where there is none."""
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        return None
    found = sorted((Path(spec.submodule_search_locations[0]) / "models").glob("*_rec_*.onnx"))
    return found[-1] if found else None


@cache
def rapid_reader(threads: int | None = None) -> RapidReader:
    """Return this process's one reader; `threads` of its session, as many as the cores by default.

    Raises `FileNotFoundError` where the installed rapidocr holds no recogniser.
    """
    path = model_path()
    if path is None:
        raise FileNotFoundError("rapidocr holds no *_rec_*.onnx model")
    return RapidReader(path, threads or cores())


class RapidReader:
    """The PP-OCR recogniser: a CTC network over lines of 48 pixels height."""

    name = NAME

    def __init__(self, model: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        self._letters, self._classes = _alphabet(
            self._session.get_modelmeta().custom_metadata_map["character"]
        )
        self._twins = _twins(self._letters)

    def read(self, crops: Sequence[Grey]) -> list[RawReading]:
        """Return a reading a crop; see `LineReader`."""
        readings = [RawReading()] * len(crops)
        for chosen, chances, widths in self._chances(crops):
            for index, chance, width in zip(chosen, chances, widths, strict=True):
                readings[index] = self._decoded(chance, width)
        return readings

    def _chances(self, crops: Sequence[Grey]) -> Iterator[tuple[list[int], Floats, list[float]]]:
        """Yield the crops of a batch, their chances (crop, step, letter) and the share of the steps each fills."""
        widths = [_width(crop) for crop in crops]
        for chosen in _batches(widths):
            wide = _rounded(max(widths[index] for index in chosen))
            batch = np.stack([_input(crops[index], widths[index], wide) for index in chosen])
            planes = np.repeat(batch[:, None], 3, axis=1)
            output = self._session.run(None, {self._input: planes})[0]
            yield chosen, output[:, :, self._classes], [widths[index] / wide for index in chosen]

    def _decoded(self, chances: Floats, share: float) -> RawReading:
        best = chances.argmax(axis=1)
        steps = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
        total = len(best) * share
        return RawReading(
            tuple(self._char(chances[step], best[step], (step + 0.5) / total) for step in steps)
        )

    def _char(self, chances: Floats, best: int, place: float) -> RawChar:
        twin = self._twins[best]
        other = 0.0 if twin == best else float(chances[twin])
        next_best = [int(at) for at in np.argsort(-chances)[: OTHERS + 1] if at not in (0, best)]
        others = tuple((self._letters[at], float(chances[at])) for at in next_best if chances[at] >= SLIGHT)
        return RawChar(self._letters[best], float(chances[best]), float(place), other, others)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _alphabet(listed: str) -> tuple[list[str], NDArray[np.intp]]:
    """Return the letters kept and their classes; class 0 is the blank of CTC, the last one the space."""
    letters = ["", *listed.splitlines(), " "]
    kept = [index for index, letter in enumerate(letters) if index == 0 or letter in READABLE]
    return [letters[index] for index in kept], np.array(kept, dtype=np.intp)


def _twins(letters: Sequence[str]) -> list[int]:
    """Return for each letter the place of its other case, its own place where it has none."""
    places = {letter: index for index, letter in enumerate(letters)}
    return [places.get(letter.swapcase(), index) for index, letter in enumerate(letters)]


def _width(crop: Grey) -> int:
    """Return the width of a crop as the model gets it; see `STRETCH`."""
    share = crop.shape[1] / crop.shape[0]
    return max(1, round(HEIGHT * share * (STRETCH if share < SHORT else 1)))


def _rounded(width: int) -> int:
    return max(NARROWEST, -(-width // STEP) * STEP)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield indices of crops of similar width, the narrow ones first."""
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=widths.__getitem__):
        if batch and (len(batch) + 1) * _rounded(widths[index]) > BATCH_PIXELS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _input(crop: Grey, width: int, wide: int) -> Floats:
    """Return the crop 48 pixels high, from -1 (black) to 1, padded at the right with white."""
    way = cv2.INTER_AREA if crop.shape[0] > HEIGHT else cv2.INTER_CUBIC
    scaled = cv2.resize(crop, (width, HEIGHT), interpolation=way).astype(np.float32)
    padded = np.ones((HEIGHT, wide), dtype=np.float32)
    padded[:, :width] = scaled / 127.5 - 1
    return padded
