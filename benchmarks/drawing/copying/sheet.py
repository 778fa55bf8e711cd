"""A printed sheet on its way to a picture: how much light each point gives back, and where foreign ink covers it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from benchmarks.drawing.copying.texture import Plane

FINE = 400  # dots an inch from which a picture is fine enough for a printer's edges

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of paper: `light` is the share of light given back, 0 to 1, (rows, columns) or (rows, columns, RGB).

    `dpi` counts its pixels an inch. `foreign` marks stamps, pens and holes in the places of the page as printed.
    """

    light: Plane
    dpi: int
    foreign: Mask

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the picture."""
        return self.light.shape[0], self.light.shape[1]

    @property
    def is_colour(self) -> bool:
        """Tell whether the picture has three colours."""
        return self.light.ndim == 3

    def pixels(self, points: float) -> float:
        """Return a length in points as pixels."""
        return points * self.dpi / 72

    def lit(self, light: Plane) -> Sheet:
        """Return the sheet with another picture, kept between black and white."""
        return replace(self, light=np.clip(light, 0, 1).astype(np.float32))

    def times(self, factor: Plane) -> Sheet:
        """Return the sheet darkened by a factor for each point."""
        return self.lit(self.light * (factor[..., None] if self.is_colour else factor))


def printed(page: pypdfium2.PdfPage, dpi: int, spread: float, *, colour: bool) -> Sheet:
    """Return a page of a digital PDF as a printer prints it; its toner spreads by `spread` points at each edge."""
    fine = dpi if dpi >= FINE else 2 * dpi
    picture = page.render(scale=fine / 72, grayscale=not colour, rev_byteorder=True).to_numpy()
    plain = np.ascontiguousarray(picture[..., :3] if colour else picture.reshape(picture.shape[:2]))
    return _sheet(_spread(plain, spread * fine / 72), fine, dpi)


def screened(page: pypdfium2.PdfPage, dpi: int, spread: float, lines: float, angle: float) -> Sheet:
    """Return a page as a black laser printer prints it: greys become dots of a screen with `lines` lines per inch."""
    fine = 600
    grey = page.render(scale=fine / 72, grayscale=True).to_numpy()
    grey = np.ascontiguousarray(grey.reshape(grey.shape[:2]))
    turned = np.deg2rad(angle)
    y, x = (
        np.arange(grey.shape[0], dtype=np.float32)[:, None],
        np.arange(grey.shape[1], dtype=np.float32)[None],
    )
    step = np.float32(2 * np.pi * lines / fine)
    along = np.cos((x * np.cos(turned) + y * np.sin(turned)) * step, dtype=np.float32)
    along *= np.cos((y * np.cos(turned) - x * np.sin(turned)) * step, dtype=np.float32)
    # A spot function against which each grey is held; black stays black and white white.
    dots = np.where(grey > 127.5 * (1 + 0.96 * along), 255, 0).astype(np.uint8)
    return _sheet(_spread(dots, spread * fine / 72), fine, dpi)


def _spread(picture: NDArray[np.uint8], pixels: float) -> NDArray[np.uint8]:
    """Grow what is dark by up to a pixel."""
    grown = cv2.erode(picture, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))
    share = min(pixels, 1.0)
    return cv2.addWeighted(picture, 1 - share, grown, share, 0)


def _sheet(picture: NDArray[np.uint8], fine: int, dpi: int) -> Sheet:
    if fine != dpi:
        picture = cv2.resize(picture, None, fx=dpi / fine, fy=dpi / fine, interpolation=cv2.INTER_AREA)
    return Sheet(picture.astype(np.float32) / 255, dpi, np.zeros(picture.shape[:2], np.bool_))
