"""Wear drawn by Augraphy (MIT licence), a degrader by others: a check on ours. It is installed only for this."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from benchmarks.drawing.copying.sheet import Sheet


class AugraphyMissingError(RuntimeError):
    """Augraphy is not installed."""


def augmented(rng: np.random.Generator, sheet: Sheet) -> Sheet:
    """Return a sheet with bled and streaky ink, rollers' dirt, and paper of uneven light and grain.

    Raises:
        AugraphyMissingError: the package is not installed.
    """
    try:
        import augraphy  # type: ignore[import-not-found]  # noqa: PLC0415 - heavy, and wanted here alone
    except ImportError:
        raise AugraphyMissingError(
            "the copy augraphy200 is drawn by Augraphy: uv run --with augraphy==8.2.6 python -m benchmarks copies ..."
        ) from None
    seed = int(rng.integers(2**31))
    random.seed(seed)
    # Augraphy draws from numpy's global chance.
    np.random.seed(seed)  # noqa: NPY002
    picture = np.rint(sheet.light * 255).astype(np.uint8)
    picture = np.repeat(picture[..., None], 3, axis=2) if picture.ndim == 2 else picture
    for wear in (
        augraphy.InkBleed(p=1),
        augraphy.LowInkRandomLines(count_range=(5, 12), p=1),
        augraphy.DirtyRollers(p=1),
        augraphy.NoiseTexturize(p=1),
        augraphy.BrightnessTexturize(p=1),
        augraphy.SubtleNoise(p=1),
    ):
        picture = wear(picture)
    light = picture.astype(np.float32) / 255
    return replace(sheet, light=light if sheet.is_colour else light.mean(axis=2))
