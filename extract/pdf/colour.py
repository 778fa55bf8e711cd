"""Turns a PDF colour value into `#rrggbb`."""

from __future__ import annotations

from collections.abc import Sequence

WHITE = "#ffffff"
PATTERN = "#808080"
NEAR_WHITE = 0.98
GREY, RGB, CMYK = 1, 3, 4


def hex_colour(value: object) -> str:
    """Return a colour as `#rrggbb`.

    One component is grey, three are RGB, four CMYK (each 0 to 1); nothing set is black, as the PDF
    standard has it. A pattern or an unknown space gives a middle grey: it is seen, its colour is not.
    Components at or above 0.98 all round count as white.
    """
    parts = _components(value)
    if parts is None:
        return PATTERN
    red, green, blue = _rgb(parts)
    if min(red, green, blue) >= NEAR_WHITE:
        return WHITE
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in (red, green, blue))


def _components(value: object) -> tuple[float, ...] | None:
    if value is None:
        return (0.0,)
    if isinstance(value, int | float):
        return (float(value),)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        numbers = tuple(float(part) for part in value if isinstance(part, int | float))
        return numbers if len(numbers) == len(value) and len(numbers) in {GREY, RGB, CMYK} else None
    return None


def _rgb(parts: tuple[float, ...]) -> tuple[float, float, float]:
    if len(parts) == GREY:
        return parts[0], parts[0], parts[0]
    if len(parts) == RGB:
        return parts[0], parts[1], parts[2]
    cyan, magenta, yellow, key = parts
    return (1 - cyan) * (1 - key), (1 - magenta) * (1 - key), (1 - yellow) * (1 - key)
