"""Candidates for marks turned into verdicts: those that look alike are judged together, the others alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.marks.pieces import FAINT, Candidate
from extract.scan.marks.places import FEWEST as SEVERAL
from extract.scan.marks.places import Usual, is_dirt, is_like, is_odd, is_placed, is_small, usual_of
from extract.scan.marks.shapes import Patch, Shape, shapes_of
from extract.scan.marks.spots import SPOT, spots_of, strays
from extract.scan.model import Glyph

ALIKE = 0.84  # correlation of two pictures from which on they show the same glyph
NEAR = 0.7  # correlation with a known glyph that is enough for one that is worn
SIZE = 0.3  # natural logarithm of the ratio of two sizes up to which they are the same
FEWEST = 3  # candidates that make a group
FEW_DASHES = 5  # dashes that show where others lie
SURE_GROUP = 0.8  # likelihood from which on a group's mean picture is what it seems
SURE_ALONE = 0.94  # the same for the picture of one cell
TINY = 1.7  # points; ink that is smaller both ways and like none of the page's marks is dirt
LEAST = 2.2  # points; a lone mark that is smaller both ways may be dirt
SMALL = 5.0  # points; marks that are smaller both ways look like specks: they must lie in one place
PALE = 0.62  # share of the page's usual darkness below which lone ink is not the page's print
DIRT = 0.25  # share of the usual mark's ink below which other ink is dirt
LIGHT = 0.4  # share of the usual mark's ink below which ink that may be a dash is one
MAYBE = 0.15  # likelihood of a dash that is enough beside a known mark

Floats = NDArray[np.float64]


class Verdict(NamedTuple):
    """What a candidate is: its kind, whether that is a known one, how sure, told from a group or alone.

    `placed` tells that it has the size of the page's marks and lies where they lie in their cells.
    """

    glyph: Glyph
    known: bool
    confidence: float
    grouped: bool
    dirt: bool = False
    placed: bool = False


UNKNOWN = Verdict("other", known=False, confidence=0.5, grouped=False)


class _Group(NamedTuple):
    members: list[int]
    shape: Shape
    area: float
    largest: float  # points, its usual width or height

    @property
    def small(self) -> bool:
        return self.shape.glyph != "dash" and self.largest < SMALL


def judge(candidates: Sequence[Candidate], cells: int, dpi: float) -> dict[int, Verdict]:
    """Return a verdict for each candidate's cell; the page has so many `cells`, inked or bare.

    Candidates of a page that look alike are averaged before their shape is judged, so that noise and low
    resolution do not matter where a mark is repeated; what is left is judged alone, and where it is no mark,
    by its place and by its parts: dirt beside a mark or dash.
    """
    if not candidates:
        return {}
    parts = [part for one in candidates for part in one.parts]
    every = [*candidates, *parts]
    pictures, sizes = _pictures(every), _sizes(every)
    own = shapes_of([one.patch for one in every], [_points(one.size, dpi) for one in every])
    count = len(candidates)
    alike = _likeness(pictures[:count], sizes[:count], SIZE)
    known = _known(candidates, _groups(alike), 1.0 - count / max(cells, count), dpi)
    known = _in_place(candidates, known)
    usual = max((group.area for group in known if group.shape.glyph != "dash"), default=0.0)
    verdicts: dict[int, Verdict] = {}
    for group in known:
        for one in group.members:
            if group.shape.glyph != "dash" or _may_be_dash(candidates[one], own[one], usual):
                score = float(alike[one, group.members].mean())
                verdicts[candidates[one].cell] = _grouped(group.shape, score)
    wide = _likeness(pictures, sizes, 1.5 * SIZE)
    views = {
        id(one): _View(own[n], [(float(np.median(wide[n][g.members])), g.shape) for g in known])
        for n, one in enumerate(every)
    }
    page = _Page(views, usual, dpi, *_places(candidates, known), _small_places(candidates, known))
    for candidate in candidates:
        verdict = verdicts.get(candidate.cell) or _single(candidate, page)
        placed = any(is_like(candidate, usual) for usual in page.marks)
        # What has a mark's size and place is no dirt, whatever it looks like.
        verdicts[candidate.cell] = verdict._replace(placed=placed, dirt=verdict.dirt and not placed)
    return verdicts


class _View(NamedTuple):
    """What a candidate looks like by itself, and how alike it is to each known group."""

    shape: Shape
    likes: list[tuple[float, Shape]]


class _Page(NamedTuple):
    """What is known of the page when single candidates are judged."""

    views: dict[int, _View]
    usual: float  # pixels of the usual mark
    dpi: float
    dashes: list[Usual]
    marks: list[Usual]
    small: list[Usual]  # those of the marks that look like specks


def _places(candidates: Sequence[Candidate], known: Sequence[_Group]) -> tuple[list[Usual], list[Usual]]:
    """Return the usual size and place of the dashes and of the marks of each known group."""
    dashes: list[Usual] = []
    marks: list[Usual] = []
    for group in known:
        usual = usual_of([candidates[one] for one in group.members])
        (dashes if group.shape.glyph == "dash" else marks).append(usual)
    return dashes, marks


def _single(candidate: Candidate, page: _Page) -> Verdict:
    """Return the verdict on a candidate that is in no known group: by its look, its place, or its parts."""
    view = page.views[id(candidate)]
    verdict = _by_look(candidate, view, page)
    if verdict.known and not verdict.grouped and verdict.glyph != "dash" and is_odd(candidate, page.marks):
        return UNKNOWN
    if verdict.known or verdict.dirt:
        return verdict
    return _by_place(candidate, view.shape, page) or _by_parts(candidate, page) or verdict


def _by_look(candidate: Candidate, view: _View, page: _Page) -> Verdict:
    """Return the verdict that a candidate's look tells; where marks are small, they must lie where those lie."""
    verdict = _alone(candidate, view.shape, view.likes, page.usual, page.dpi)
    small = max(_points(candidate.size, page.dpi)) < SMALL
    if verdict.known and verdict.glyph != "dash" and small and _is_astray(candidate, page.small):
        return UNKNOWN
    return verdict


def _by_place(candidate: Candidate, shape: Shape, page: _Page) -> Verdict | None:
    """Return the verdict that a candidate's place in the cell and its size tell, with what it looks like."""
    if _is_dash(candidate, page):
        return Verdict("dash", known=True, confidence=0.75, grouped=True)
    marked = shape.glyph not in {"other", "dash"} and shape.fit >= SURE_GROUP
    if marked and any(is_like(candidate, usual) for usual in page.marks):
        return Verdict(shape.glyph, known=True, confidence=0.8, grouped=False)
    if is_dirt(candidate, page.marks, page.usual, page.dpi):
        return UNKNOWN._replace(dirt=True)
    return None


def _by_parts(candidate: Candidate, page: _Page) -> Verdict | None:
    """Return the verdict on a candidate of which one part is a mark or dash and the others are specks."""
    for part in candidate.parts:
        if not all(is_small(other, part, page.dpi) for other in candidate.parts if other is not part):
            continue
        view = page.views[id(part)]
        found = _by_look(part, view, page)
        if found.known and found.grouped and found.glyph != "dash":
            return found._replace(confidence=round(0.9 * found.confidence, 3))
        if _is_dash(part, page):
            return Verdict("dash", known=True, confidence=0.7, grouped=True)
    return None


def _is_dash(candidate: Candidate, page: _Page) -> bool:
    """Tell whether a candidate lies where the page's dashes lie and is as large, whatever wear made of it."""
    light = page.usual == 0 or candidate.area < LIGHT * page.usual
    return light and any(one.members >= FEW_DASHES and is_like(candidate, one) for one in page.dashes)


def _known(
    candidates: Sequence[Candidate], groups: Sequence[list[int]], bare: float, dpi: float
) -> list[_Group]:
    """Return the groups whose mean picture is a mark or, beside such a group, may be a dash.

    Their size is a mean, as a median of a few whole pixels is too coarse to tell a dot from a dash. Spots that
    look like neither are a mark where they are many in one place; `bare` is the share of cells without ink.
    """
    patches: list[Patch] = [
        np.mean([candidates[one].patch for one in group], axis=0).astype(np.float32) for group in groups
    ]
    sizes = [
        _points(tuple(np.mean([candidates[one].size for one in group], axis=0)), dpi) for group in groups
    ]
    found = [
        _Group(group, shape, float(np.median([candidates[one].area for one in group])), max(size))
        for group, shape, size in zip(groups, shapes_of(patches, sizes), sizes, strict=True)
    ]
    known: list[_Group] = []
    spots: list[tuple[_Group, Patch]] = []
    for group, patch in zip(found, patches, strict=True):
        if _is_clear(candidates, group):
            known.append(group)
        elif group.largest < SPOT:
            spots.append((group, patch))
    usual = max((group.area for group in known if group.shape.glyph != "dash"), default=0.0)
    for group, patch in spots:
        members = [candidates[one] for one in group.members]
        shape = spots_of(members, patch, group.shape, usual, bare)
        if shape is not None:
            known.append(group._replace(shape=shape))
    return known + _light(found, known)


def _is_clear(candidates: Sequence[Candidate], group: _Group) -> bool:
    """Tell whether the mean picture of a group shows what it is, and its members do not lie about like dirt."""
    if group.shape.glyph == "other" or group.shape.fit < SURE_GROUP:
        return False
    spots = group.shape.glyph == "blob" and group.largest < SPOT
    return not (spots and strays([candidates[one] for one in group.members]))


def _light(found: Sequence[_Group], known: Sequence[_Group]) -> list[_Group]:
    """Return the other groups that may be dashes beside the known marks."""
    usual = max((group.area for group in known if group.shape.glyph != "dash"), default=0.0)
    taken = {group.members[0] for group in known}
    return [
        group._replace(shape=Shape("dash", 0.7, group.shape.dash))
        for group in found
        if group.members[0] not in taken and group.area < LIGHT * usual and group.shape.dash >= MAYBE
    ]


def _in_place(candidates: Sequence[Candidate], known: Sequence[_Group]) -> list[_Group]:
    """Return the groups without the specks that look like a page's small marks but lie elsewhere."""
    places = _small_places(candidates, known)
    kept = (
        [one for one in group.members if not _is_astray(candidates[one], places)]
        if group.small
        else group.members
        for group in known
    )
    return [group._replace(members=members) for group, members in zip(known, kept, strict=True) if members]


def _small_places(candidates: Sequence[Candidate], known: Sequence[_Group]) -> list[Usual]:
    """Return the usual place of the marks of each known group of small ones."""
    return [usual_of([candidates[one] for one in group.members]) for group in known if group.small]


def _is_astray(candidate: Candidate, places: Sequence[Usual]) -> bool:
    """Tell whether a candidate lies in none of the places where several small marks of the page lie."""
    settled = [place for place in places if place.members >= SEVERAL]
    return bool(settled) and not any(is_placed(candidate, place) for place in settled)


def _may_be_dash(candidate: Candidate, shape: Shape, usual: float) -> bool:
    light = candidate.area < LIGHT * usual
    return shape.glyph == "dash" or shape.dash >= MAYBE or (light and shape.glyph == "blob")


def _points(size: tuple[float, ...], dpi: float) -> tuple[float, float]:
    return float(size[0]) * 72.0 / dpi, float(size[1]) * 72.0 / dpi


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


def _grouped(shape: Shape, score: float) -> Verdict:
    confidence = 0.6 + 0.25 * shape.fit + 0.15 * min(1.0, max(0.0, (score - 0.6) / 0.35))
    return Verdict(shape.glyph, known=True, confidence=round(min(confidence, 0.995), 3), grouped=True)


def _alone(
    candidate: Candidate, shape: Shape, likes: Sequence[tuple[float, Shape]], usual: float, dpi: float
) -> Verdict:
    """Return the verdict on a candidate that is in no known group."""
    largest = max(_points(candidate.size, dpi))
    if largest < TINY and max((like for like, _ in likes), default=0.0) < NEAR:
        return UNKNOWN._replace(dirt=True)
    if candidate.strength < FAINT or candidate.tone < PALE:
        return UNKNOWN
    may_be_dash = _may_be_dash(candidate, shape, usual)
    fitting = [like for like in likes if (like[1].glyph == "dash") <= may_be_dash]
    near, alike = max(fitting, key=lambda like: like[0], default=(0.0, shape))
    if near >= NEAR:
        return Verdict(alike.glyph, known=True, confidence=round(0.35 + 0.5 * near, 3), grouped=True)
    if shape.glyph != "dash" and candidate.area < DIRT * usual and largest < LEAST:
        return UNKNOWN._replace(dirt=True)
    spot = shape.glyph == "blob" and (largest < SPOT or (usual > 0 and not _has_blobs(likes)))
    if shape.glyph == "other" or shape.fit < SURE_ALONE or spot:
        return UNKNOWN
    return Verdict(shape.glyph, known=True, confidence=round(0.4 + 0.5 * shape.fit, 3), grouped=False)


def _has_blobs(likes: Sequence[tuple[float, Shape]]) -> bool:
    return any(shape.glyph == "blob" for _, shape in likes)
