"""Candidates for marks turned into verdicts: those that look alike are judged together, the others alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.mark_pieces import FAINT, Candidate
from extract.scan.mark_shapes import Shape, shape_of
from extract.scan.model import Glyph

ALIKE = 0.84  # correlation of two pictures from which on they show the same glyph
NEAR = 0.7  # correlation with a known glyph that is enough for one that is worn
SIZE = 0.3  # natural logarithm of the ratio of two sizes up to which they are the same
FEWEST = 3  # candidates that make a group
LEAST = 2.2  # points; a lone mark that is smaller both ways may be dirt
TINY = 1.7  # points; ink that is smaller both ways is dirt on any page
PALE = 0.62  # share of the page's usual darkness below which lone ink is not the page's print
DIRT = 0.25  # share of the usual mark's ink below which other ink is dirt

Floats = NDArray[np.float64]


class Verdict(NamedTuple):
    """What a candidate is: its kind, whether that is a known one, how sure, told from a group or alone."""

    glyph: Glyph
    known: bool
    confidence: float
    grouped: bool
    dirt: bool = False


def judge(candidates: Sequence[Candidate], dpi: float) -> dict[int, Verdict]:
    """Return a verdict for each candidate's cell.

    Candidates of a page that look alike are averaged before their shape is judged, so that noise and low
    resolution do not matter where a mark is repeated; what is left is judged alone.
    """
    if not candidates:
        return {}
    pictures, sizes = _pictures(candidates), _sizes(candidates)
    alike = _likeness(pictures, sizes, SIZE)
    groups = _groups(alike)
    verdicts: dict[int, Verdict] = {}
    known: list[tuple[list[int], Shape]] = []
    for members in groups:
        shape = _shape(candidates, members, dpi)
        if shape.glyph != "other":
            known.append((members, shape))
            for one in members:
                if shape.glyph == "dash" and not _flat(candidates[one], dpi):
                    continue
                score = float(alike[one, members].mean())
                verdicts[candidates[one].cell] = _grouped(shape, score)
    usual = _usual(candidates, known)
    wide = _likeness(pictures, sizes, 1.5 * SIZE)
    for index, candidate in enumerate(candidates):
        if candidate.cell not in verdicts:
            verdicts[candidate.cell] = _alone(candidate, wide[index], known, usual, dpi)
    return verdicts


def _pictures(candidates: Sequence[Candidate]) -> Floats:
    rows = [cv2.GaussianBlur(one.patch, (5, 5), 1.2).ravel() for one in candidates]
    flat = np.array(rows, dtype=np.float64)
    flat -= flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6))


def _sizes(candidates: Sequence[Candidate]) -> Floats:
    return np.log(np.maximum(np.array([one.size for one in candidates], dtype=np.float64), 1.0))


def _likeness(pictures: Floats, sizes: Floats, slack: float) -> Floats:
    """Return the correlation of each two candidates; 0 where their sizes differ."""
    apart = np.abs(sizes[:, None, :] - sizes[None, :, :]).max(axis=2)
    return np.where(apart <= slack, pictures @ pictures.T, 0.0)


def _groups(alike: Floats) -> list[list[int]]:
    """Return groups of candidates around the one with most likes, largest first."""
    near = alike > ALIKE
    free = np.ones(len(alike), dtype=np.bool_)
    groups: list[list[int]] = []
    while True:
        counts = (near & free[None, :]).sum(axis=1) * free
        leader = int(counts.argmax())
        if counts[leader] < FEWEST:
            return groups
        members = np.flatnonzero(near[leader] & free)
        free[members] = False
        groups.append(members.tolist())


def _shape(candidates: Sequence[Candidate], members: Sequence[int], dpi: float) -> Shape:
    mean = np.mean([candidates[one].patch for one in members], axis=0).astype(np.float32)
    width, height = np.median([candidates[one].size for one in members], axis=0) * 72.0 / dpi
    return shape_of(mean, float(width), float(height))


def _grouped(shape: Shape, score: float) -> Verdict:
    confidence = 0.6 + 0.25 * shape.fit + 0.15 * min(1.0, max(0.0, (score - 0.6) / 0.35))
    return Verdict(shape.glyph, known=True, confidence=round(min(confidence, 0.995), 3), grouped=True)


def _flat(candidate: Candidate, dpi: float) -> bool:
    width, height = (side * 72.0 / dpi for side in candidate.size)
    return shape_of(candidate.patch, width, height).glyph == "dash"


def _usual(candidates: Sequence[Candidate], known: Sequence[tuple[list[int], Shape]]) -> float:
    """Return the usual ink of the page's largest group of marks, 0 without one."""
    for members, shape in known:
        if shape.glyph != "dash":
            return float(np.median([candidates[one].area for one in members]))
    return 0.0


def _alone(
    candidate: Candidate,
    likes: Floats,
    known: Sequence[tuple[list[int], Shape]],
    usual: float,
    dpi: float,
) -> Verdict:
    width, height = (side * 72.0 / dpi for side in candidate.size)
    if max(width, height) < TINY:
        return Verdict("other", known=False, confidence=0.5, grouped=False, dirt=True)
    if candidate.strength < FAINT or candidate.tone < PALE:
        return Verdict("other", known=False, confidence=0.5, grouped=False)
    near = [
        (float(np.median(likes[members])), shape)
        for members, shape in known
        if shape.glyph != "dash" or _flat(candidate, dpi)
    ]
    best = max(near, key=lambda one: one[0], default=(0.0, None))
    if best[1] is not None and best[0] >= NEAR:
        return Verdict(best[1].glyph, known=True, confidence=round(0.35 + 0.5 * best[0], 3), grouped=True)
    shape = shape_of(candidate.patch, width, height)
    small = max(width, height) < LEAST
    if usual and candidate.area < DIRT * usual and shape.glyph != "dash" and small:
        return Verdict("other", known=False, confidence=0.5, grouped=False, dirt=True)
    if shape.glyph == "other" or (small and shape.glyph != "dash"):
        return Verdict("other", known=False, confidence=0.5, grouped=False)
    return Verdict(shape.glyph, known=True, confidence=round(0.5 + 0.4 * shape.fit, 3), grouped=False)
