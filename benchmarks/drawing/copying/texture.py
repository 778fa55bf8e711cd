"""Random surfaces and ranges that the degraders draw from: noise of a 1/f spectrum, values between two bounds."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.floating]  # float32 wherever it is a picture
Span = tuple[float, float]


def drawn(rng: np.random.Generator, span: Span) -> float:
    """Return a value between two bounds, all equally likely."""
    return float(rng.uniform(*span))


def drift(rng: np.random.Generator, shape: tuple[int, int], *, waves: int = 6, slope: float = 1.5) -> Plane:
    """Return a smooth surface of mean 0 and deviation 1: noise whose power falls with frequency.

    `waves` is the highest number of waves along the longer side, `slope` the exponent by which power falls.
    """
    longest = max(shape)
    small = [max(8, round(4 * waves * side / longest)) for side in shape]
    rows, columns = np.fft.fftfreq(small[0]) * small[0], np.fft.rfftfreq(small[1]) * small[1]
    distance = np.hypot(rows[:, None], columns[None, :])
    weight = np.where((distance > 0) & (distance <= waves), np.maximum(distance, 1) ** -slope, 0)
    spectrum = weight * (rng.normal(size=weight.shape) + 1j * rng.normal(size=weight.shape))
    surface = np.fft.irfft2(spectrum, s=small)
    surface = (surface - surface.mean()) / max(float(surface.std()), 1e-6)
    resized: Plane = cv2.resize(
        surface.astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR
    )
    return resized


def specks(rng: np.random.Generator, shape: tuple[int, int], count: int, radius: Span) -> Plane:
    """Return a mask (0 to 1) of small round specks, their radius in pixels."""
    mask = np.zeros(shape, np.uint8)
    for _ in range(count):
        x, y = rng.uniform(0, shape[1]), rng.uniform(0, shape[0])
        wide, tall = drawn(rng, radius), drawn(rng, radius)
        axes = (max(4, round(wide * 16)), max(4, round(tall * 16)))
        middle = (round(x * 16), round(y * 16))
        cv2.ellipse(mask, middle, axes, rng.uniform(0, 180), 0, 360, 255, -1, cv2.LINE_AA, 4)
    return mask.astype(np.float32) / 255
