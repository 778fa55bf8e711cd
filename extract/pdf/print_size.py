"""The size of a page's smaller print, against which all that is close or thin on it is measured."""

from __future__ import annotations

import numpy as np

from extract.grid.chars import Chars

PRINT = 10  # percent of the characters that are smaller than the page's smaller print
NO_PRINT = 10.0  # points taken for the print of a page without any


def smaller_print(chars: Chars) -> float:
    """Return the size, in points, of a page's smaller print: a tenth of its characters are smaller."""
    sizes = chars.size[chars.printed]
    return float(np.sort(sizes)[(len(sizes) - 1) * PRINT // 100]) if len(sizes) else NO_PRINT
