"""Turns a box on a drawn page into the share of it that is dark."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pypdfium2

SCALE = 2.0  # pixels a point: 144 dpi
MAX_PIXELS = 40_000_000  # a larger page is drawn more coarsely
RULING = 1.5  # points left out along each edge, where rulings are drawn
CONTRAST = 64  # grey levels below the box's background that count as dark


class DrawnPage:
    """One page, drawn when the first box is asked for; boxes are in points, origin top left."""

    def __init__(self, data: bytes, number: int) -> None:
        self._data = data
        self._number = number

    def dark_share(self, box: tuple[float, float, float, float]) -> float | None:
        """Return the dark share of the box's inside (0 to 1), `None` where it is too small to tell."""
        scale, pixels = self._drawn
        x0, top, x1, bottom = box
        rows = slice(round((top + RULING) * scale), round((bottom - RULING) * scale))
        columns = slice(round((x0 + RULING) * scale), round((x1 - RULING) * scale))
        part = pixels[rows, columns]
        if part.size == 0:
            return None
        background = int(np.percentile(part, 90))
        return round(float((part < background - CONTRAST).mean()), 4)

    @cached_property
    def _drawn(self) -> tuple[float, npt.NDArray[np.int16]]:
        document = pypdfium2.PdfDocument(self._data)
        try:
            page = document[self._number - 1]
            width, height = page.get_size()
            scale = min(SCALE, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
            image = page.render(scale=scale, grayscale=True).to_numpy()
            return scale, np.array(image, dtype=np.int16).reshape(image.shape[0], image.shape[1])
        finally:
            document.close()
