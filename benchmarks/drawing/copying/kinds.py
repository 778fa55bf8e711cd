"""The kinds of copies: what happens to a printed page on its way to a PDF, each with a severity drawn from a seed.

Models: H. S. Baird, "Document image defect models" (1990) for blur, sensitivity and threshold; T. Kanungo, R. M.
Haralick and I. Phillips, "Global and local document degradation models" (1993) for the pixels of one-bit copies; J.
Sauvola and M. Pietikainen, "Adaptive document image binarization" (2000) for the scanners' local threshold. Severities
are such that a person reads everything that no stamp or pen covers.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2

from benchmarks.drawing.copying import geometry, inks, sensor, wear
from benchmarks.drawing.copying.augmented import augmented
from benchmarks.drawing.copying.files import Coding, Leaf, pdf_of
from benchmarks.drawing.copying.sheet import Mask, Sheet, printed, screened

Chance = np.random.Generator
Worn = Callable[[Chance, Sheet], Sheet]


@dataclass(frozen=True, slots=True)
class Copy:
    """A kind of copy: its resolution, what wears the sheet, how it is coded, and whether an office would call it sound.

    `levels` is the span of thresholds where it is one bit, `local` uses a local threshold instead. `quality` is the
    JPEG's. `behind` lets another page shine through by a share.
    """

    dpi: int
    sound: bool
    wear: tuple[Worn, ...] = ()
    colour: bool = False
    levels: tuple[float, float] | None = None
    local: bool = False
    kanungo: float = 0.0
    coding: Coding = "jpeg"
    quality: tuple[int, int] = (70, 90)
    behind: tuple[float, float] | None = None
    screen: bool = False

    @property
    def is_one_bit(self) -> bool:
        """Tell whether the copy is black and white."""
        return self.coding in {"g4", "jbig2"}


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy: its PDF and, for each page, where foreign ink covers the page as printed."""

    pdf: bytes
    foreign: tuple[Mask, ...]
    dpi: int


def _askew(*degrees: float) -> Worn:
    return lambda rng, sheet: geometry.skewed(rng, sheet, (degrees[0], degrees[1]))


def _paper(rng: Chance, sheet: Sheet) -> Sheet:
    return sensor.paper(rng, sheet, (0.9, 0.97))


def _glass(rng: Chance, sheet: Sheet) -> Sheet:
    """What every scanner does a little of: blur, dust, noise."""
    soft = sensor.blurred(rng, sensor.dirty(rng, sheet, (0, 12)), (0.14, 0.24))
    return sensor.noisy(rng, soft, (0.006, 0.014), (0.004, 0.01))


def _generations(count: tuple[int, int], contrast: float) -> Worn:
    """A copy of a copy: each time the sheet is shifted a little, softened, darkened and dirtied."""

    def again(rng: Chance, sheet: Sheet) -> Sheet:
        for _ in range(int(rng.integers(count[0], count[1] + 1))):
            sheet = geometry.copied_off(rng, sheet, 0.5, 0.006, 3)
            sheet = sensor.dirty(rng, sensor.blurred(rng, sheet, (0.16, 0.26)), (15, 60))
            sheet = sensor.noisy(rng, sheet, (0.0, 0.01), (0.03, 0.07))
            sheet = sensor.toned(sheet, contrast, float(rng.uniform(0.5, 0.62)))
        return sheet

    return again


def _grain(rng: Chance, sheet: Sheet) -> Sheet:
    return sensor.noisy(rng, sheet, (0.02, 0.05), (0.02, 0.05))


def _phone(rng: Chance, sheet: Sheet) -> Sheet:
    sheet = geometry.photographed(rng, sheet, geometry.View((0.008, 0.03), (0.01, 0.035)))
    sheet = geometry.uneven(rng, sheet, (0.15, 0.45))
    sheet = sensor.blurred(rng, sheet, (0.2, 0.32))
    return sensor.noisy(rng, sheet, (0.015, 0.035), (0.006, 0.015))


def _bent(rng: Chance, sheet: Sheet) -> Sheet:
    return geometry.bent(rng, sheet, (0.03, 0.07), (0.08, 0.16))


def _bent_at_margin(rng: Chance, sheet: Sheet) -> Sheet:
    """Like `_bent`, but steep only in the margin: what is dark there becomes black in one bit, and print must not."""
    return geometry.bent(rng, sheet, (0.02, 0.04), (0.03, 0.05))


def _faint(rng: Chance, sheet: Sheet) -> Sheet:
    return wear.faint(rng, sheet, (0.3, 0.55))


def _folded(rng: Chance, sheet: Sheet) -> Sheet:
    return wear.folded(rng, sheet, int(rng.integers(1, 4)))


def _inked(rng: Chance, sheet: Sheet) -> Sheet:
    sheet = inks.stamped(rng, sheet)
    return inks.signed(rng, sheet) if rng.random() < 0.6 else sheet


def _penned(rng: Chance, sheet: Sheet) -> Sheet:
    return inks.noted(rng, inks.marked(rng, sheet, int(rng.integers(2, 6))), int(rng.integers(1, 4)))


def _lid(rng: Chance, sheet: Sheet) -> Sheet:
    return geometry.lid(rng, sheet, (6, 16))


def _tinted(rng: Chance, sheet: Sheet) -> Sheet:
    """Coloured paper, as offices copy on: blue, pink, green, yellow or brown wrapping paper."""
    tints = np.array([(0.75, 0.86, 0.95), (0.96, 0.78, 0.82), (0.78, 0.92, 0.78), (0.97, 0.93, 0.62), (0.82, 0.7, 0.55)], np.float32)  # fmt: skip
    return sensor.paper(rng, sheet.lit(sheet.light * tints[rng.integers(len(tints))]), (0.9, 0.97))


_LITTLE = _askew(0.0, 0.5)
_BIT = Copy(300, sound=True, wear=(_LITTLE, _glass), levels=(0.5, 0.66), coding="g4", kanungo=0.25)

COPIES: dict[str, Copy] = {
    "bit150": replace(_BIT, dpi=150, sound=False, levels=(0.46, 0.56), kanungo=0.1),
    "bit200": replace(_BIT, dpi=200, local=True, kanungo=0.15),
    "bit300": _BIT,
    "bit300screen": replace(_BIT, screen=True, coding="jbig2"),
    "bit400": replace(_BIT, dpi=400, coding="jbig2", local=True),
    "bit600": replace(_BIT, dpi=600, kanungo=0.5),
    "grey200": Copy(200, sound=True, wear=(_LITTLE, _paper, _glass)),
    "skew200": Copy(200, sound=True, wear=(_askew(1.0, 3.0), _paper, _glass)),
    "bound200": Copy(200, sound=True, wear=(wear.bound, _folded, _LITTLE, _paper, _glass)),
    "lid200": Copy(200, sound=True, wear=(_askew(0.2, 1.5), _paper, _lid, _glass)),
    "stamp200": Copy(200, sound=True, colour=True, wear=(_inked, _LITTLE, _paper, _glass)),
    "greystamp200": Copy(200, sound=True, wear=(_inked, _LITTLE, _paper, _glass)),
    "pen200": Copy(200, sound=True, colour=True, wear=(_penned, _LITTLE, _paper, _glass)),
    "worn200": Copy(200, sound=False, wear=(_generations((2, 4), 7.0), _paper, _grain), quality=(55, 80)),
    "wornbit300": replace(_BIT, sound=False, wear=(_generations((2, 4), 9.0), _LITTLE, _glass), kanungo=0.6),
    "toner200": Copy(200, sound=False, wear=(_faint, _LITTLE, _paper, _glass)),
    "tonerbit300": replace(_BIT, sound=False, wear=(_faint, _LITTLE, _glass), levels=(0.68, 0.8)),
    "bleed200": Copy(200, sound=False, wear=(_LITTLE, _paper, _glass), behind=(0.12, 0.35)),
    "spine200": Copy(200, sound=False, wear=(_paper, _bent, _glass)),
    "photo200": Copy(200, sound=False, colour=True, wear=(_paper, _phone), quality=(55, 85)),
    "jpeg150": Copy(150, sound=False, wear=(_LITTLE, _paper, _glass), quality=(25, 40)),
}
# Kinds that only the kept split has: nothing is developed on them.
KEPT_ONLY: dict[str, Copy] = {
    "grey300": Copy(300, sound=True, wear=(_LITTLE, _paper, _glass), coding="flate"),
    "tinted200": Copy(200, sound=True, colour=True, wear=(_LITTLE, _tinted, _glass)),
    "stampbit300": replace(_BIT, wear=(_inked, _askew(0.2, 1.5), _paper, _glass)),
    "spinebit300": replace(
        _BIT, sound=False, wear=(_paper, _bent_at_margin, _glass), local=True, coding="jbig2"
    ),
    "handed200": Copy(
        200, sound=False, wear=(_penned, _generations((1, 2), 6.0), wear.bound, _folded, _lid, _grain)
    ),
}

# Drawn only where it is named: Augraphy is not among the project's packages.
OPTIONAL: dict[str, Copy] = {"augraphy200": Copy(200, sound=False, wear=(_LITTLE, augmented, _glass))}


def copy_of(name: str) -> Copy:
    """Return a kind of copy by its name.

    Raises:
        KeyError: there is none of this name.
    """
    return (COPIES | KEPT_ONLY | OPTIONAL)[name]


def copied(pdf: bytes | Path, name: str, seed: int) -> Copied:
    """Print and copy a PDF; each page becomes one picture. The same name and seed give the same file.

    Raises:
        KeyError: there is no copy of this name.
    """
    kind = copy_of(name)
    leaves, foreign = [], []
    document = pypdfium2.PdfDocument(pdf)
    for index in range(len(document)):
        rng = np.random.default_rng((zlib.crc32(name.encode()), seed, index))
        sheet = _sheet(rng, kind, document, index)
        for step in kind.wear:
            sheet = step(rng, sheet)
        picture = _picture(rng, kind, sheet)
        height, width = sheet.shape
        quality = int(rng.integers(kind.quality[0], kind.quality[1] + 1))
        leaves.append(Leaf(picture, width * 72 / kind.dpi, height * 72 / kind.dpi, kind.coding, quality))
        foreign.append(sheet.foreign)
    document.close()
    return Copied(pdf_of(leaves), tuple(foreign), kind.dpi)


def _sheet(rng: Chance, kind: Copy, document: pypdfium2.PdfDocument, index: int) -> Sheet:
    spread = float(rng.uniform(0.03, 0.07))
    if kind.screen:
        return screened(
            document[index], kind.dpi, spread, float(rng.uniform(95, 120)), float(rng.uniform(35, 50))
        )
    sheet = printed(document[index], kind.dpi, spread, colour=kind.colour)
    if kind.behind:
        other = printed(document[(index + 1) % len(document)], kind.dpi, spread, colour=kind.colour)
        return wear.bled(rng, sheet, other, kind.behind)
    return sheet


def _picture(rng: Chance, kind: Copy, sheet: Sheet) -> sensor.Picture:
    if not kind.is_one_bit:
        return sensor.eight_bit(sheet)
    if kind.local:
        ink = sensor.local_threshold(rng, sheet, (0.2, 0.34))
    else:
        ink = sensor.global_threshold(rng, sheet, kind.levels or (0.5, 0.5))
    return sensor.one_bit(sensor.degraded(rng, ink, kind.kanungo))
