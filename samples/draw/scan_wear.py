"""Turns the rendering of a page into what a scanner's sensor would give: lens, light, dirt, noise."""

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.draw.scan_ink import Mask, cloud
from samples.draw.scan_lens import Lens
from samples.draw.scan_settings import ScanSettings

Picture = NDArray[np.uint8]  # (height, width) or (height, width, 3), RGB
Raw = NDArray[np.float32]

BLACK = 32.0
PAPER_TINT = (1.0, 0.988, 0.955)


def worn(
    rng: np.random.Generator, settings: ScanSettings, rendered: Picture, lens: Lens, scale: float
) -> Picture:
    """Scan one rendering of `scale` pixels a point; gives the picture before its quarter turn."""
    printed = _toned(rng, settings, rendered)
    seen = _through(settings, printed, lens, scale)
    _dirty(rng, settings, seen)
    light = _light(rng, settings, (seen.shape[0], seen.shape[1]))
    seen *= light if seen.ndim == 2 else light[..., None]
    _noisy(rng, settings, seen)
    picture: Picture = np.clip(np.rint(seen), 0, 255).astype(np.uint8)
    return picture


def _toned(rng: np.random.Generator, settings: ScanSettings, rendered: Picture) -> Picture:
    """Ink that is not quite black and thinner in places."""
    black = np.float32(rng.uniform(0.06, 0.14))
    shape = (rendered.shape[0], rendered.shape[1])
    thin = settings.fade * cloud(rng, shape, 30) if settings.fade else np.zeros((1, 1), np.float32)
    keeps = (1 - black) * (1 - thin)
    if rendered.ndim == 3:
        keeps = keeps[..., None]
    toned: Picture = np.rint(255 - (255 - rendered.astype(np.float32)) * keeps).astype(np.uint8)
    return toned


def _through(settings: ScanSettings, printed: Picture, lens: Lens, scale: float) -> Raw:
    """Blur, and put each pixel where skew, perspective and bulge move it."""
    ratio = scale * 72 / settings.dpi
    sigma = max(settings.blur, 0.35) * ratio
    soft = cv2.GaussianBlur(printed, (0, 0), sigma)
    width, height = (round(side * settings.dpi / 72) for side in lens.size)
    map_x, map_y = lens.maps(width, height, scale)
    lid = BLACK if settings.black_borders else 255
    border = (lid, lid, lid)
    seen = cv2.remap(soft, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border)
    raw: Raw = seen.astype(np.float32)
    return raw


def _dirty(rng: np.random.Generator, settings: ScanSettings, seen: Raw) -> None:
    """Put dark specks anywhere and light holes into the ink, in place."""
    height, width = seen.shape[:2]
    for index in range(settings.speckles + settings.speckles // 2):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        radius = min(0.8, rng.gamma(1.4, 0.15)) * settings.dpi / 72
        grey = rng.uniform(30, 150) if index < settings.speckles else 250.0
        place = (round(x * 16), round(y * 16))
        cv2.circle(seen, place, max(6, round(radius * 16)), (grey, grey, grey), -1, cv2.LINE_AA, shift=4)


def _light(rng: np.random.Generator, settings: ScanSettings, shape: tuple[int, int]) -> Mask:
    """Share of light a pixel gives back: the paper's tone, a slope, darker corners, a soft unevenness."""
    y = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, shape[1], dtype=np.float32)[None, :]
    angle = rng.uniform(0, 2 * np.pi)
    slope = (np.cos(angle) * x + np.sin(angle) * y + 1.5) / 3
    corners = (x**2 + y**2) / 2
    lost = settings.uneven * (0.45 * slope + 0.35 * corners + 0.2 * cloud(rng, shape, 5))
    light: Mask = (rng.uniform(0.94, 0.985) * (1 - lost)).astype(np.float32)
    return light


def _noisy(rng: np.random.Generator, settings: ScanSettings, seen: Raw) -> None:
    """Tint the paper of a colour scan and add the sensor's noise, a third of it shared by neighbours, in place."""
    if seen.ndim == 3:
        seen *= np.array(PAPER_TINT, np.float32)
    if not settings.noise:
        return
    grain = rng.standard_normal(seen.shape, dtype=np.float32)
    seen += np.float32(0.8 * settings.noise) * grain
    seen += np.float32(1.1 * settings.noise) * cv2.GaussianBlur(grain[::-1], (0, 0), 0.8)
