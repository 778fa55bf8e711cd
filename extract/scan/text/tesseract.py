"""Turns pictures of lines into characters with Tesseract, where tesserocr and data for Indonesian are installed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import local
from typing import Any

import cv2
import numpy as np

from extract.scan.model import WHITE, Grey
from extract.scan.text.reader import RawChar, RawReading
from extract.scan.text.settings import READERS

NAME = "tesseract"
LANGUAGE = "ind"
EDGE = READERS.tesseract_edge
PLACES = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


def data_folder() -> Path | None:
    """Return the folder with Tesseract's data for Indonesian: that of TESSDATA_PREFIX, else a usual one."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    named = [Path(prefix), Path(prefix) / "tessdata"] if prefix else []
    parts = (place.partition("/") for place in PLACES)
    usual = (found for root, _, rest in parts for found in sorted(Path(f"{root}/").glob(rest), reverse=True))
    return next(
        (folder for folder in (*named, *usual) if (folder / f"{LANGUAGE}.traineddata").is_file()), None
    )


def versions() -> dict[str, str]:
    """Return the version of Tesseract, where it is installed."""
    reader = installed_reader()
    return {NAME: reader.version} if reader is not None else {}


@cache
def installed_reader() -> TesseractReader | None:
    """Return this process's one reader; `None` where tesserocr or the data is not installed."""
    folder = data_folder() if find_spec("tesserocr") is not None else None
    return None if folder is None else TesseractReader(folder)


class TesseractReader:
    """Tesseract's LSTM engine in single-line mode; one engine per thread is kept open and reads lines one by one."""

    name = NAME

    def __init__(self, folder: Path) -> None:
        self._library: Any = import_module("tesserocr")
        self.version = self._library.tesseract_version().split()[1]
        self._folder = folder
        self._own = local()

    @property
    def _engine(self) -> Any:  # noqa: ANN401 - tesserocr has no types
        if not hasattr(self._own, "engine"):
            engine = self._library.PyTessBaseAPI(
                path=str(self._folder),
                lang=LANGUAGE,
                psm=self._library.PSM.SINGLE_LINE,
                oem=self._library.OEM.LSTM_ONLY,
            )
            for name in ("load_system_dawg", "load_freq_dawg"):
                engine.SetVariable(name, "1")
            self._own.engine = engine
        return self._own.engine

    def read(self, crops: Sequence[Grey]) -> list[RawReading]:
        """Return one reading per crop; see `LineReader`."""
        return [self._read(crop) for crop in crops]

    def _read(self, crop: Grey) -> RawReading:
        picture = _framed(crop)
        height, width = picture.shape
        self._engine.SetImageBytes(picture.tobytes(), width, height, 1, width)
        self._engine.Recognize()
        inner = max(1, width - 2 * EDGE)
        found = self._engine.GetIterator()
        return RawReading(tuple(self._chars(found, inner)) if found is not None else ())

    def _chars(self, found: Any, inner: int) -> Iterator[RawChar]:  # noqa: ANN401 - tesserocr has no types
        level = self._library.RIL
        last: float | None = None
        for symbol in self._library.iterate_level(found, level.SYMBOL):
            box = None if symbol.Empty(level.SYMBOL) else symbol.BoundingBox(level.SYMBOL)
            if box is None:
                continue
            x0, _, x1, _ = box
            if last is not None and symbol.IsAtBeginningOf(level.WORD):
                yield RawChar(" ", 1.0, (last + (x0 - EDGE) / inner) / 2)
            place = ((x0 + x1) / 2 - EDGE) / inner
            for letter in symbol.GetUTF8Text(level.SYMBOL):
                yield RawChar(letter, symbol.Confidence(level.SYMBOL) / 100, place)
            last = (x1 - EDGE) / inner


def _framed(crop: Grey) -> Grey:
    scale = max(1.0, READERS.tesseract_height / crop.shape[0])
    darkest = int(crop.min())
    stretch = WHITE / max(1, READERS.tesseract_paper - darkest)
    crop = np.clip((crop.astype(np.float32) - darkest) * stretch, 0, WHITE).astype(np.uint8)
    larger = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC) if scale > 1 else crop
    framed = np.pad(larger, EDGE, constant_values=WHITE)
    return np.ascontiguousarray(framed, dtype=np.uint8)
