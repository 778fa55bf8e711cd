"""Turns the name of a preset and a seed into the settings of a scanner: resolution, wear, colour, turns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

Turn = Literal[0, 90, 180, 270]
Span = tuple[float, float]


@dataclass(frozen=True)
class ScanSettings:
    """How a decree is scanned; each page draws its own values from the seed and its number.

    Attributes:
        seed: of all chance; two scans with equal settings are byte-equal.
        dpi: pixels an inch of the picture.
        skew: least and most degrees by which a page lies askew, to either side.
        perspective: by how much the far edge is shorter than the near one, as a share (0.02 is mild).
        warp: how far the paper bulges, in points.
        uneven: share of light lost in the darkest corner.
        fade: share of ink lost where the toner is thinnest, 0 to 1.
        noise: standard deviation of the sensor's noise in grey levels of 255.
        blur: sigma of the blur of printing and scanning, in pixels of the scan.
        jpeg: quality of the JPEG, or `None` for a picture without loss.
        speckles: specks of dirt a page; half as many holes in the ink.
        black_borders: the scanner's lid is black and the sheet smaller than its glass.
        colour: a colour scan, else grey.
        stamp: an office's round stamp across the grid of each annex page.
        signature: a pen's stroke across the grid of each annex page.
        turn: clockwise turn baked into the picture.
        rotate: clockwise turn by /Rotate of a picture that is stored turned back: the reader sees it upright.
        ocr_layer: `poor` puts an invisible text layer with planted errors over the picture.
        pages: pages of the original to scan, counted from 1; `None` for all.
    """

    seed: int = 1
    dpi: int = 200
    skew: Span = (0.0, 0.0)
    perspective: float = 0.0
    warp: float = 0.0
    uneven: float = 0.0
    fade: float = 0.0
    noise: float = 0.0
    blur: float = 0.6
    jpeg: int | None = 85
    speckles: int = 0
    black_borders: bool = False
    colour: bool = False
    stamp: bool = False
    signature: bool = False
    turn: Turn = 0
    rotate: Turn = 0
    ocr_layer: Literal["poor"] | None = None
    pages: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse a text layer on a turned picture, which no scanning program would write.

        Raises:
            ValueError: a text layer and a turn are asked for together.
        """
        if self.ocr_layer is not None and (self.turn or self.rotate):
            raise ValueError("a text layer is drawn for upright pictures only")


_OFFICE = ScanSettings(skew=(0.5, 1.5), noise=4.0, blur=0.7, jpeg=75, uneven=0.06, speckles=25, fade=0.1)
_STAMPED = replace(_OFFICE, skew=(0.2, 0.8), colour=True, stamp=True, signature=True, jpeg=80)

PRESETS: Mapping[str, ScanSettings] = MappingProxyType(
    {
        "clean300": ScanSettings(dpi=300, skew=(0.0, 0.15), noise=1.5, blur=0.8, jpeg=92),
        "clean200": ScanSettings(dpi=200, skew=(0.0, 0.15), noise=0.0, blur=0.6, jpeg=None),
        "office200": _OFFICE,
        "rough150": replace(
            _OFFICE,
            dpi=150,
            skew=(1.6, 2.0),
            noise=11.0,
            blur=0.65,
            jpeg=50,
            uneven=0.12,
            speckles=90,
            fade=0.2,
        ),
        "warped200": replace(_OFFICE, skew=(0.2, 0.8), perspective=0.025, warp=3.0, uneven=0.28, jpeg=80),
        "crooked200": replace(_OFFICE, skew=(3.0, 5.0), black_borders=True),
        "stamped200": _STAMPED,
        "grey-stamp200": replace(_STAMPED, colour=False),
        "sideways200": replace(_OFFICE, skew=(0.3, 1.0), turn=90),
        "upside200": replace(_OFFICE, skew=(0.3, 1.0), turn=180),
        "rotated200": replace(_OFFICE, skew=(0.3, 1.0), rotate=270),
        "poorlayer200": replace(_OFFICE, ocr_layer="poor"),
    }
)


def preset(name: str, seed: int, pages: tuple[int, ...] | None = None) -> ScanSettings:
    """Return a preset's settings with a seed, and with the pages to scan.

    Raises:
        KeyError: there is no preset of this name.
    """
    return replace(PRESETS[name], seed=seed, pages=pages)
