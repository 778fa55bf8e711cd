"""Turns pieces of lines into connected sets and the edges that each set's rows and columns share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pdf.rulings import Lattice, lattices
from extract.pdf.seam import PageNotReadableError, Segment
from extract.scan.model import Grey
from extract.scan.rulings import FAINTEST, MM, Piece, Strokes

TOUCH = 1.0 * MM  # a piece that ends this close to another one meets it
ANCHOR = 1.5 * MM  # a short piece runs on at most this far past the last one that it meets
OPEN, OPEN_ENDS = (
    5.0 * MM,
    4,
)  # as many shorter ones may end open together where a page break cut the border off
THICK = 1.6  # times the usual thickness
LONE = {"level": 30.0 * MM, "upright": 12.0 * MM}  # from this length on it may have an open end
ASIDE = 1.2 * MM  # pieces this close lie on one edge: doubled lines, and what the paper's warp left
MANY = 1_500  # pieces of one direction; a page with more is a picture, not a table
POINTS = 72.0  # an inch
ONE_WIDTH = 0.08  # share by which columns of one width may differ
MANY_ALIKE = 6  # of such columns that make a grid of periods
KNOWN_SLACK = 1.6 * MM
MANY_KNOWN = 5  # edges of another page that tell what a stray one is
KNOWN_SHARE = 0.5  # of the edges found must be edges of the known grid before it is trusted
BESIDE = 0.4 * MM  # what lies further from the darkest row belongs to another line, such as a doubled one's
FLANK = 0.9 * MM  # the paper on both sides of a line is looked for this far away
CORE = 0.15 * MM  # the line itself is looked for this far from its path
SMEAR = 0.35 * MM  # grey is averaged over this much along the line
VALLEY_SHARE = 0.4  # of the line's usual depth
DARK_SIDE = 140  # beside ink darker than this, depth tells nothing more
RIM = 70  # grey levels between a fill and the paper beside it
TURN = 2.0  # samples of line that outweigh a pixel's turn aside
BLOCK = 8  # samples to each measured place of an edge's path


class Edges(NamedTuple):
    """The edges of one candidate grid in pixels, and whether each is drawn by an own piece."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """An edge as it really runs over the page.

    `places` is its place across for each sample along it, in pixels; `runs` tells which samples lie in a long
    run, `seen` which pixels along it are darker than what lies on both sides, `clear` where that can be told
    (it cannot where other ink covers the line and a side of it). `strip` is the grey picture 0.9 mm to either
    side of it, the edge in its middle row.
    """

    places: NDArray[np.float64]
    runs: NDArray[np.bool_]
    seen: NDArray[np.bool_]
    clear: NDArray[np.bool_]
    strip: Grey


def candidates(level: Strokes, upright: Strokes, dpi: float) -> list[Edges]:
    """Return the sets of edges that could be grids, missing outer borders added."""
    flats, sticks = _meeting(level.pieces, upright.pieces, dpi)
    if not flats or not sticks:
        return []
    scale = POINTS / dpi
    try:
        found = lattices(_straight(flats, dpi, scale), _straight(sticks, dpi, scale))
    except PageNotReadableError:
        return []
    return [_edges(part, scale) for part in found]


def _edges(part: Lattice, scale: float) -> Edges:
    columns = sorted({line.position / scale for line in part.vertical})
    rows = sorted({line.position / scale for line in part.horizontal})
    return Edges(tuple(columns), tuple(rows))


def _meeting(flats: Sequence[Piece], sticks: Sequence[Piece], dpi: float) -> tuple[list[Piece], list[Piece]]:
    """Drop the pieces that cannot be rulings: strokes of letters, underlines.

    A ruling meets crossing ones at two places. A short one does so at both its ends.
    """
    if not flats or not sticks or max(len(flats), len(sticks)) > MANY:
        return [], []
    one, other = _array(flats), _array(sticks)
    touch = TOUCH * dpi
    meets = (
        (one[:, None, 1] - touch <= other[None, :, 0])
        & (other[None, :, 0] <= one[:, None, 2] + touch)
        & (other[None, :, 1] - touch <= one[:, None, 0])
        & (one[:, None, 0] <= other[None, :, 2] + touch)
    )
    while True:
        keep_flat = _held(meets, one, other[:, 0], LONE["level"] * dpi, dpi)
        keep_stick = _held((meets & keep_flat[:, None]).T, other, one[:, 0], LONE["upright"] * dpi, dpi)
        kept = meets & keep_flat[:, None] & keep_stick[None, :]
        if (kept == meets).all():
            break
        meets = kept
    return (
        [piece for piece, keep in zip(flats, keep_flat, strict=True) if keep],
        [piece for piece, keep in zip(sticks, keep_stick, strict=True) if keep],
    )


def _held(
    meets: NDArray[np.bool_],
    pieces: NDArray[np.float64],
    places: NDArray[np.float64],
    long: float,
    dpi: float,
) -> NDArray[np.bool_]:
    """Tell which pieces meet crossing ones, which lie at `places`, as a ruling does.

    A long one may run on past the last one that it meets at one end, unless it is also thicker than most: that
    is the stroke of a pen.
    """
    high = np.where(meets, places[None, :], -np.inf).max(axis=1)
    low = np.where(meets, places[None, :], np.inf).min(axis=1)
    length = pieces[:, 2] - pieces[:, 1]
    first, last = low - pieces[:, 1] <= ANCHOR * dpi, pieces[:, 2] - high <= ANCHOR * dpi
    able = length >= OPEN * dpi
    first, last = (
        first | _together(pieces[:, 1], last & able, dpi),
        last | _together(pieces[:, 2], first & able, dpi),
    )
    anchored = first.astype(int) + last
    usual = np.median(np.repeat(pieces[:, 3], np.maximum(length / 8, 1).astype(int)))
    is_long = (length >= long) & (pieces[:, 3] <= THICK * usual) | (length >= 3 * long)
    spread = high - low > 2 * TOUCH * dpi
    return np.asarray(spread & ((anchored == 2) | (anchored == 1) & is_long), dtype=np.bool_)


def _together(ends: NDArray[np.float64], able: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_]:
    """Tell which open ends lie in line with those of other pieces: a page break cut the border off."""
    near = np.abs(ends[:, None] - ends[None, :]) <= ANCHOR * dpi
    return able & ((near & able[None, :]).sum(axis=1) >= OPEN_ENDS)


def _array(pieces: Sequence[Piece]) -> NDArray[np.float64]:
    return np.array(
        [(piece.position, piece.start, piece.end, piece.thickness) for piece in pieces], dtype=np.float64
    )


def _straight(pieces: Sequence[Piece], dpi: float, scale: float) -> list[Segment]:
    """Return pieces as segments in points, those of one edge at one position."""
    groups: list[list[Piece]] = []
    middles: list[float] = []
    for piece in sorted(pieces, key=lambda piece: piece.start - piece.end):
        gaps = [abs(middle - piece.position) for middle in middles]
        nearest = int(np.argmin(gaps)) if gaps else -1
        if gaps and gaps[nearest] <= ASIDE * dpi:
            groups[nearest].append(piece)
            middles[nearest] = _middle(groups[nearest])
        else:
            groups.append([piece])
            middles.append(piece.position)
    return [
        Segment(middle * scale, piece.start * scale, piece.end * scale)
        for middle, group in zip(middles, groups, strict=True)
        for piece in group
    ]


def _middle(group: Sequence[Piece]) -> float:
    weight = sum(piece.end - piece.start for piece in group)
    return sum(piece.position * (piece.end - piece.start) for piece in group) / weight


def paths_of(strokes: Strokes, positions: Sequence[float], dpi: float) -> list[Path]:
    """Follow the line that runs near each position over the whole page.

    The way through the samples within 1.2 mm of the position that meets most of its line and turns aside
    least is found by dynamic programming, then settled at the middle of the line; where there is no line it
    is interpolated.
    """
    height, count = strokes.runs.shape
    if not positions:
        return []
    reach = round(ASIDE * dpi)
    lows = np.clip(np.rint(np.array(positions)).astype(np.intp) - reach, 0, max(height - 2 * reach - 1, 0))
    rows = lows[:, None] + np.arange(min(2 * reach + 1, height))
    starts = np.arange(0, count, BLOCK)
    mass = np.add.reduceat(strokes.runs, starts, axis=1, dtype=np.float32)[rows]
    centres = starts + (BLOCK - 1) / 2
    samples = np.arange(count)
    result = []
    for at, own, blocks, way in zip(positions, rows, mass, _ways(mass), strict=True):
        near = blocks * (np.abs(np.arange(len(own))[:, None] - way[None, :]) <= BESIDE * dpi)
        sure = near.max(axis=0) >= BLOCK / 2
        places = np.full(count, float(at))
        if sure.any():
            middles = (own[:, None] * near)[:, sure].sum(axis=0) / near[:, sure].sum(axis=0)
            places = np.interp(samples, centres[sure], _steady(middles))
        runs = _along(strokes.runs, places, dpi)
        strip = _strip(strokes, places, dpi)
        result.append(Path(places, runs, *_valley(strokes.step, strip, runs, dpi), strip))
    return result


def _ways(mass: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return for each edge and block the row of the way with most mass, a row aside for each block at most."""
    edges, rows, blocks = mass.shape
    best = mass[:, :, 0].copy()
    came = np.zeros((blocks, edges, rows), dtype=np.int8)
    apart = np.full((edges, 1), -np.inf, dtype=np.float32)
    for block in range(1, blocks):
        options = np.stack(
            [
                best,
                np.concatenate([apart, best[:, :-1]], axis=1) - TURN,
                np.concatenate([best[:, 1:], apart], axis=1) - TURN,
            ]
        )
        chosen = options.argmax(axis=0)
        came[block] = np.array([0, -1, 1], dtype=np.int8)[chosen]
        best = np.take_along_axis(options, chosen[None], axis=0)[0] + mass[:, :, block]
    way = np.zeros((edges, blocks), dtype=np.intp)
    way[:, -1] = best.argmax(axis=1)
    every = np.arange(edges)
    for block in range(blocks - 1, 0, -1):
        way[:, block - 1] = way[:, block] + came[block, every, way[:, block]]
    return way


def _strip(strokes: Strokes, places: NDArray[np.float64], dpi: float) -> Grey:
    """Return the grey picture along a path, the path in the middle row."""
    far = round(FLANK * dpi)
    along = np.arange(strokes.grey.shape[1])
    middle = np.rint(np.interp(along, (np.arange(len(places)) + 0.5) * strokes.step - 0.5, places))
    across = middle.astype(np.intp)[None, :] + np.arange(-far, far + 1)[:, None]
    strip: Grey = strokes.grey[np.clip(across, 0, len(strokes.grey) - 1), along[None, :]]
    return strip


def _valley(
    step: int, strip: Grey, runs: NDArray[np.bool_], dpi: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell for each pixel along a path whether it is darker than both its sides, as much as the line usually is.

    Depth is a share of the darker side's grey, since a line on a grey fill is less deep. The rim of a fill is
    a border too. Then tell where that can be told.
    """
    far = len(strip) // 2
    near, core_reach = max(2, far // 2), max(1, round(CORE * dpi))
    strip = cv2.blur(strip, (max(3, round(SMEAR * dpi)) | 1, 1))
    high = strip[: far - near + 1].max(axis=0).astype(np.float64)
    low = strip[far + near :].max(axis=0).astype(np.float64)
    core = strip[far - core_reach : far + core_reach + 1].min(axis=0).astype(np.float64)
    darker = np.minimum(high, low)
    depth = darker - core
    on = np.repeat(runs, step)[: strip.shape[1]]
    usual = float(np.median((depth / np.maximum(darker, 1))[: len(on)][on])) if on.any() else 0.0
    valley = depth > np.maximum(FAINTEST, VALLEY_SHARE * usual * np.maximum(darker, DARK_SIDE))
    rim = (np.abs(high - low) > RIM) & (depth > -FAINTEST)
    hidden = ~(valley | rim) & (darker < DARK_SIDE) & (core < DARK_SIDE)
    return np.asarray(valley | rim, dtype=np.bool_), np.asarray(~hidden, dtype=np.bool_)


def _steady(middles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return measured places without the outliers that a stroke of a letter beside the line makes."""
    if len(middles) < 3:
        return middles
    padded = np.concatenate([middles[:1], middles, middles[-1:]])
    return np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)


def _along(samples: NDArray[np.uint8], places: NDArray[np.float64], dpi: float) -> NDArray[np.bool_]:
    """Tell for each sample along a path whether a line is seen on it or right beside it."""
    reach = max(1, round(0.2 * MM * dpi))
    across = np.rint(places).astype(np.intp)[None, :] + np.arange(-reach, reach + 1)[:, None]
    return np.asarray(
        samples[np.clip(across, 0, len(samples) - 1), np.arange(len(places))[None, :]].any(axis=0),
        dtype=np.bool_,
    )


def distinct(paths: Sequence[Path], positions: Sequence[float], dpi: float) -> list[int]:
    """Return the indices of the edges that are not another, better drawn one's double."""
    kept: list[int] = []
    for index in range(len(paths)):
        if kept and _gap(paths[kept[-1]], paths[index], positions[index] - positions[kept[-1]]) < ASIDE * dpi:
            if paths[index].runs.sum() > paths[kept[-1]].runs.sum():
                kept[-1] = index
        else:
            kept.append(index)
    return kept


def longest(runs: NDArray[np.bool_]) -> int:
    """Return the length of the longest unbroken run, in samples."""
    turns = np.flatnonzero(np.diff(np.concatenate([[0], runs.astype(np.int8), [0]])))
    return int((turns[1::2] - turns[::2]).max(initial=0))


def _gap(one: Path, other: Path, nominal: float) -> float:
    """Return how far apart two paths run at the median, at most as far as their edges were found."""
    return min(float(np.median(np.abs(other.places - one.places))), nominal)


def with_known(columns: tuple[float, ...], known: tuple[float, ...] | None, dpi: float) -> tuple[float, ...]:
    """Return columns with the known ones that were not found.

    `known` are the edges of the same table on another page, as shares of its width; it is left out of account
    where fewer than half of the edges found are among its edges.
    """
    if not known or len(columns) < 3:
        return columns
    left, width = columns[0], columns[-1] - columns[0]
    places = np.array(known) * width + left
    slack = KNOWN_SLACK * dpi
    gaps = np.abs(places[:, None] - np.array(columns)[None, :])
    if float((gaps.min(axis=0) <= slack).mean()) < KNOWN_SHARE:
        return columns
    added = [float(place) for place, gap in zip(places, gaps.min(axis=1), strict=True) if gap > slack]
    return tuple(sorted([*columns, *added]))


def strangers(columns: Sequence[float], known: tuple[float, ...] | None, dpi: float) -> list[int]:
    """Return the indices of columns that are not among the known edges, where all of those are found; else none."""
    if not known or len(known) < MANY_KNOWN or len(columns) <= len(known):
        return []
    places = np.array(known) * (columns[-1] - columns[0]) + columns[0]
    gaps = np.abs(places[:, None] - np.array(columns)[None, :])
    if (gaps.min(axis=1) > KNOWN_SLACK * dpi).any():
        return []
    own = set(gaps.argmin(axis=1).tolist())
    return [at for at in range(len(columns)) if at not in own]


def splitters(columns: Sequence[float]) -> list[int]:
    """Return the indices of edges that part one of many columns of one width: a grid of months has none of its own."""
    widths = np.diff(np.array(columns))
    found: list[int] = []
    for at in range(1, len(columns) - 1):
        whole = columns[at + 1] - columns[at - 1]
        others = np.delete(widths, (at - 1, at))
        alike = np.abs(others - whole) <= ONE_WIDTH * whole
        if alike.sum() >= MANY_ALIKE and max(widths[at - 1], widths[at]) < (1 - ONE_WIDTH) * whole:
            found.append(at)
    return found
