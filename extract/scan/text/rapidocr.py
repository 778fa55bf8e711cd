"""Turns pictures of lines into characters with the PP-OCR recogniser that lies in the rapidocr wheel.

The model is run directly, not through rapidocr's own classes: those return the best class of 18,000 only, while these documents
hold Latin letters. Leaving the other scripts out before the choice turns a full-width bracket into the bracket it is, and what
they weigh lowers the confidence. Nothing is downloaded, no log is touched, and the batches are as wide as their lines.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np

from extract.scan.model import WHITE, Grey, Indices
from extract.scan.pixels import grouped
from extract.scan.text.choices import Lattice, Lattices
from extract.scan.text.engine import Floats, engine, session
from extract.scan.text.reader import RawChar, RawReading
from extract.scan.text.settings import READERS

NAME = "rapidocr"
# The characters that a line of these documents can hold. The sign × is left out: it is printed for an x and read as one. √ and
# its like are read by ink in columns of marks; here they are kept so that a mark in a line of text shows. Signs of programs
# that no decree prints are what a worn I, l, ( or dirt is read as.
UNPRINTED = frozenset("|~^`{}\\")
PRINTED = string.ascii_letters + string.digits + string.punctuation + " –—‘’“”•…°§√✓✔●■□"
READABLE = frozenset(PRINTED) - UNPRINTED
STROKES = frozenset("IVXivxlj1|!.,:;()[]/ ")  # of which there may be one more than was read


def model_path(kind: str = "rec") -> Path | None:
    """Return the recogniser's model in the installed rapidocr (`det` for the detector's), `None` where there is none."""
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        return None
    found = sorted((Path(spec.submodule_search_locations[0]) / "models").glob(f"*_{kind}_*.onnx"))
    return found[-1] if found else None


def versions() -> dict[str, str]:
    """Return the versions of rapidocr, of the engine, and of the models, which also find the lines."""
    models = {
        f"rapidocr-{kind}": path.stem for kind in ("det", "rec") if (path := model_path(kind)) is not None
    }
    return {"rapidocr": version("rapidocr"), engine(): version(engine()), **models}


def installed_reader() -> RapidReader | None:
    """Return this process's one reader; `None` where there is no recogniser."""
    return rapid_reader() if model_path() is not None else None


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
        """Return one reading per crop; see `LineReader`."""
        seen: list[list[RawReading]] = [[] for _ in crops]
        self._look(crops, [(n, _widths(crop)[0]) for n, crop in enumerate(crops)], seen)
        again = [n for n, (first,) in enumerate(seen) if not _is_plain(first)]
        self._look(crops, [(n, width) for n in again for width in _widths(crops[n])[1:]], seen)
        return [_together(each) for each in seen]

    def _look(
        self, crops: Sequence[Grey], pictures: Sequence[tuple[int, int]], seen: list[list[RawReading]]
    ) -> None:
        """Add to `seen` what the network makes of pictures: the crops' numbers with the widths they are given."""
        for batch in _batches(pictures):
            wide = _rounded(max(width for _, width in batch))
            planes = np.stack([_input(crops[n], width, wide) for n, width in batch])
            output = self._session(np.repeat(planes[:, None], 3, axis=1))[:, :, self._classes]
            for (n, width), chances in zip(batch, output, strict=True):
                seen[n].append(self._decoded(chances, width / wide))

    def _decoded(self, chances: Floats, share: float) -> RawReading:
        """Return the letters that are likeliest, given the chances by step and letter; the crop fills a share of the steps."""
        best = chances.argmax(axis=1)
        steps = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
        total = len(best) * share
        chars = tuple(
            RawChar(self._letters[best[step]], float(chances[step, best[step]]), (step + 1 / 2) / total)
            for step in steps.tolist()
        )
        return RawReading(chars, Lattice(chances, self._letters, total))


def _alphabet(listed: str) -> tuple[list[str], Indices]:
    """Return the letters kept and their classes; class 0 is the blank of CTC, the last one the space."""
    letters = ["", *listed.splitlines(), " "]
    kept = [index for index, letter in enumerate(letters) if index == 0 or letter in READABLE]
    return [letters[index] for index in kept], np.array(kept, dtype=np.intp)


def _widths(crop: Grey) -> tuple[int, ...]:
    """Return the widths of a crop as the model gets it: several where it is short."""
    share = crop.shape[1] / crop.shape[0]
    stretches = READERS.stretches if share < READERS.short else (1.0,)
    return tuple(max(1, round(READERS.height * share * by)) for by in stretches)


def _is_plain(reading: RawReading) -> bool:
    """Tell whether a crop was read for sure, and not as a row of strokes and crosses, of which one look may miss some."""
    strokes = bool(reading.text) and set(reading.text) <= STROKES
    sure = bool(reading.chars) and min(char.confidence for char in reading.chars) >= READERS.plain
    return sure and not strokes


def _together(readings: Sequence[RawReading]) -> RawReading:
    """Return the reading of one crop which is likeliest by what was weighed in all its pictures."""
    if len(readings) == 1:
        return readings[0]
    lattices = Lattices(tuple(each.lattice for each in readings if isinstance(each.lattice, Lattice)))
    order = {text: n for n, (text, _) in enumerate(lattices.texts(0.0, 1.0))}
    best = min(readings, key=lambda each: order.get(each.text, len(order)))
    return RawReading(best.chars, lattices)


def _rounded(width: int) -> int:
    return max(READERS.narrowest, -(-width // READERS.width_step) * READERS.width_step)


def _batches(pictures: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    return grouped(
        sorted(pictures, key=lambda picture: picture[1]),
        lambda batch, picture: (len(batch) + 1) * _rounded(picture[1]) <= READERS.batch,
    )


def _input(crop: Grey, width: int, wide: int) -> Floats:
    """Return the crop at the model's height, from -1 (black) to 1, with white added on the right."""
    way = cv2.INTER_AREA if crop.shape[0] > READERS.height else cv2.INTER_CUBIC
    scaled = cv2.resize(crop, (width, READERS.height), interpolation=way).astype(np.float32)
    padded = np.ones((READERS.height, wide), dtype=np.float32)
    padded[:, :width] = scaled / (WHITE / 2) - 1
    return padded
