"""Tells whether a page's text is drawn (as a picture, as paths) where its characters should say it."""

from __future__ import annotations

import cv2
import numpy as np

from extract.grid.chars import Chars
from extract.grid.rulings import Box
from extract.pdf.drawn_page import DARK, PageView
from extract.pdf.page_content import PageContent
from extract.pdf.print_size import NO_PRINT, smaller_print

PICTURED = 0.3  # share of the page that pictures cover from which on it is looked at for drawn letters
SCANNED = 0.5  # the same from which on a page with hardly any character that is seen is a scan, however pale
FEW = 100  # printed characters below which it is as well
FEWEST = 20  # drawn letters, or printed characters, that say anything of a page
UNNAMED = 0.3  # share of a page's glyphs that nobody can name from which on its picture says more
SMALLEST, LARGEST = 0.3, 2.0  # of the print's size: height of a drawn letter
WIDEST = 2.0  # the same of its width; letters may touch
BLUR = 31  # pixels of the window over which the ground of a picture is evened out


def is_drawn_text(content: PageContent) -> bool:
    """Tell whether a page is to be read by its picture although it has characters, or has drawing alone.

    So it is where most of its letters are in its drawing, as on a scan with a text layer or stamped text, on a page
    whose letters are paths, and where a good part of its glyphs has no name. A picture without letters in it is a
    background and tells nothing.
    """
    printed = content.chars[content.chars.printed]
    unnamed = np.count_nonzero(~printed.known)
    if len(printed) >= FEWEST and unnamed >= UNNAMED * len(printed):
        return True
    page = max(content.width * content.height, 1.0)
    covered = sum((p.x1 - p.x0) * (p.bottom - p.top) for p in content.pictures) / page
    if len(printed) < FEWEST and covered >= SCANNED:
        return True
    if len(printed) >= FEW and covered < PICTURED:
        return False
    return drawn_letters(content.view, printed) >= max(FEWEST, len(printed))


def drawn_letters(view: PageView, printed: Chars, box: Box | None = None) -> int:
    """Return the number of shapes of the drawing, on the page or in a box of it, that are as large as letters."""
    size = smaller_print(printed) if len(printed) >= FEWEST else NO_PRINT
    part = view.drawing if box is None else view.part(box)
    if part.size == 0:
        return 0
    ground = (
        cv2.medianBlur(part, BLUR) if min(part.shape) > BLUR else np.full_like(part, int(np.median(part)))
    )
    ink = (cv2.absdiff(part, ground) > DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[1:, cv2.CC_STAT_WIDTH] / view.x_scale, stats[1:, cv2.CC_STAT_HEIGHT] / view.y_scale
    like = (height >= SMALLEST * size) & (height <= LARGEST * size) & (width <= WIDEST * size)
    filled = stats[1:, cv2.CC_STAT_AREA] < 0.9 * stats[1:, cv2.CC_STAT_WIDTH] * stats[1:, cv2.CC_STAT_HEIGHT]
    return int(np.count_nonzero(like & filled))
