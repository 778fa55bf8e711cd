"""Dark regions of a page that nothing read accounts for."""

from __future__ import annotations

from collections.abc import Iterable

from extract.scan.model import Grey, Mask, PixelBox
from extract.scan.pixels import dilated, pieces_of
from extract.scan.settings import REPORT
from extract.scan.text.ink import ink_level


def unexplained(clean: Grey, explained: Iterable[PixelBox], dpi: float) -> list[PixelBox]:
    """Return the boxes of dark regions outside all explained boxes, without specks.

    `clean` is the page without rulings and stamps.
    """
    dark: Mask = clean < max(REPORT.dark, REPORT.dark_share * ink_level(clean))
    for box in explained:
        dark[box.grown(round(REPORT.reach * dpi)).part] = False
    pieces = pieces_of(dark)
    kept = pieces.only(pieces.longest >= round(REPORT.smallest_region * dpi))
    size = max(1, round(REPORT.region_gap * dpi))
    rim = size // 2
    return [
        PixelBox.of_size(
            box.x0 + rim, box.top + rim, max(1, box.width - 2 * rim), max(1, box.height - 2 * rim)
        )
        for box in pieces_of(dilated(kept, size)).boxes()
    ]


def reported(regions: list[PixelBox]) -> list[PixelBox]:
    """Return the regions that are reported one by one; instead of very many the box around all of them."""
    return regions if len(regions) <= REPORT.most_regions else [PixelBox.around(regions)]
