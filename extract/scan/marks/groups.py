"""Candidates for marks turned into verdicts: those that look alike are judged together, the others alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.marks.pieces import Candidate, in_points
from extract.scan.marks.places import TINY, Usual, is_dirt, is_odd, is_small, spots_of, strays, usual_of
from extract.scan.marks.settings import GROUPS, PIECES, PLACES
from extract.scan.marks.shapes import Patch, Shape, shapes_of
from extract.scan.model import Floats, Glyph


class Verdict(NamedTuple):
    """What a candidate is: its kind, whether that is a known one, with what confidence, judged in a group or alone.

    `placed` tells that it has the size of the page's marks and is where they are in their cells.
    """

    glyph: Glyph
    known: bool
    confidence: float
    grouped: bool
    dirt: bool = False
    placed: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether it is known to be a mark, and not a dash."""
        return self.known and self.glyph != "dash"


UNKNOWN = Verdict("other", known=False, confidence=0.5, grouped=False)
DIRT = UNKNOWN._replace(dirt=True)


class _Group(NamedTuple):
    members: list[int]
    shape: Shape
    area: float
    largest: float  # points, its usual width or height

    @property
    def is_dash(self) -> bool:
        return self.shape.glyph == "dash"

    @property
    def is_small(self) -> bool:
        return not self.is_dash and self.largest < GROUPS.small


def judge(candidates: Sequence[Candidate], cells: int, dpi: float) -> dict[int, Verdict]:
    """Return a verdict for each candidate's cell; the page has so many `cells`, inked or bare.

    Candidates of a page that look alike are averaged before their shape is judged, so that noise and low resolution do not
    matter where a mark is repeated; what is left is judged alone, and where it is not a mark, by its place and by its parts:
    dirt beside a mark or dash.
    """
    if not candidates:
        return {}
    every = [*candidates, *(part for one in candidates for part in one.parts)]
    pictures = _pictures(every)
    sizes = np.log(np.maximum(np.array([one.ink[:2] for one in every], dtype=np.float64), 1.0))
    own = shapes_of([one.patch for one in every], [one.points for one in every])
    count = len(candidates)
    alike = _likeness(pictures[:count], sizes[:count], GROUPS.size)
    known = _known(candidates, _groups(alike), 1.0 - count / max(cells, count), dpi)
    known = _in_place(candidates, known)
    near = _likeness(pictures, sizes, GROUPS.worn_size * GROUPS.size)
    views = {
        id(one): _View(own[n], [(float(np.median(near[n][g.members])), g.shape) for g in known])
        for n, one in enumerate(every)
    }
    page = _Page(
        views=views,
        usual=_usual_area(known),
        dashes=_places(candidates, [group for group in known if group.is_dash]),
        marks=_places(candidates, [group for group in known if not group.is_dash]),
        small=_places(candidates, [group for group in known if group.is_small]),
    )
    verdicts = {
        candidates[one].cell: _grouped(group.shape, float(alike[one, group.members].mean()))
        for group in known
        for one in group.members
        if not group.is_dash or page.may_be_dash(candidates[one], own[one])
    }
    for candidate in candidates:
        verdict = verdicts.get(candidate.cell) or page.single(candidate)
        placed = any(usual.is_like(candidate) for usual in page.marks)
        # What has a mark's size and place is not dirt, whatever it looks like.
        verdicts[candidate.cell] = verdict._replace(placed=placed, dirt=verdict.dirt and not placed)
    return verdicts


def _pictures(candidates: Sequence[Candidate]) -> Floats:
    rows = [cv2.GaussianBlur(one.patch, (5, 5), 1.2).ravel() for one in candidates]
    flat = np.array(rows, dtype=np.float64)
    flat -= flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), TINY))


def _likeness(pictures: Floats, sizes: Floats, slack: float) -> Floats:
    apart = np.abs(sizes[:, None, :] - sizes[None, :, :]).max(axis=2)
    return np.where(apart <= slack, pictures @ pictures.T, 0.0)


def _groups(alike: Floats) -> list[list[int]]:
    """Return groups of candidates around the one with most likes, largest first."""
    near = alike > GROUPS.alike
    free = np.ones(len(alike), dtype=np.bool_)
    groups: list[list[int]] = []
    while True:
        counts = (near & free[None, :]).sum(axis=1) * free
        leader = int(counts.argmax())
        if counts[leader] < GROUPS.fewest:
            return groups
        members = np.flatnonzero(near[leader] & free)
        free[members] = False
        groups.append(members.tolist())


def _known(
    candidates: Sequence[Candidate], groups: Sequence[list[int]], bare: float, dpi: float
) -> list[_Group]:
    """Return the groups whose mean picture is a mark or, beside such a group, may be a dash.

    Their size is a mean, as a median of a few whole pixels is too coarse to tell a dot from a dash. Spots that
    look like neither are a mark where they are many in one place; `bare` is the share of cells without ink.
    """
    members = [[candidates[one] for one in group] for group in groups]
    patches: list[Patch] = [np.mean([one.patch for one in own], axis=0).astype(np.float32) for own in members]
    sizes = [in_points(np.mean([one.ink[:2] for one in own], axis=0).tolist(), dpi) for own in members]
    found = [
        _Group(group, shape, float(np.median([one.ink.area for one in own])), max(size))
        for group, own, shape, size in zip(groups, members, shapes_of(patches, sizes), sizes, strict=True)
    ]
    clear = [_is_clear(group, own) for group, own in zip(found, members, strict=True)]
    known = [group for group, is_one in zip(found, clear, strict=True) if is_one]
    usual = _usual_area(known)
    for group, own, patch, is_one in zip(found, members, patches, clear, strict=True):
        if not is_one and group.largest < PLACES.spot:
            shape = spots_of(own, patch, group.shape, usual, bare)
            known += [group._replace(shape=shape)] if shape is not None else []
    return known + _light(found, known)


def _is_clear(group: _Group, members: Sequence[Candidate]) -> bool:
    """Tell whether the mean picture of a group shows what it is, and its members are not scattered like dirt."""
    if group.shape.glyph == "other" or group.shape.fit < GROUPS.sure_group:
        return False
    return not (group.shape.glyph == "blob" and group.largest < PLACES.spot and strays(members))


def _light(found: Sequence[_Group], known: Sequence[_Group]) -> list[_Group]:
    """Return the other groups that may be dashes beside the known marks."""
    most = PLACES.light * _usual_area(known)
    taken = {group.members[0] for group in known}
    return [
        group._replace(shape=Shape("dash", 0.7, group.shape.dash))
        for group in found
        if group.members[0] not in taken and group.area < most and group.shape.dash >= GROUPS.maybe
    ]


def _usual_area(known: Sequence[_Group]) -> float:
    return max((group.area for group in known if not group.is_dash), default=0.0)


def _in_place(candidates: Sequence[Candidate], known: Sequence[_Group]) -> list[_Group]:
    """Return the groups without the specks that look like a page's small marks but are elsewhere."""
    places = _places(candidates, [group for group in known if group.is_small])
    kept = (
        [one for one in group.members if not (group.is_small and _is_astray(candidates[one], places))]
        for group in known
    )
    return [group._replace(members=members) for group, members in zip(known, kept, strict=True) if members]


def _places(candidates: Sequence[Candidate], groups: Sequence[_Group]) -> list[Usual]:
    return [usual_of([candidates[one] for one in group.members]) for group in groups]


def _is_astray(candidate: Candidate, places: Sequence[Usual]) -> bool:
    """Tell whether a candidate is in none of the places where several small marks of the page are."""
    settled = [place for place in places if place.members >= PLACES.fewest]
    return bool(settled) and not any(place.is_place_of(candidate) for place in settled)


def _grouped(shape: Shape, likeness: float) -> Verdict:
    confidence = 0.6 + 0.25 * shape.fit + 0.15 * min(1.0, max(0.0, (likeness - 0.6) / 0.35))
    return Verdict(shape.glyph, known=True, confidence=round(min(confidence, 0.995), 3), grouped=True)


class _View(NamedTuple):
    """What a candidate looks like by itself, and how alike it is to each known group."""

    shape: Shape
    likes: list[tuple[float, Shape]]


class _Page(NamedTuple):
    """What is known of the page when single candidates are judged.

    The views of the candidates, the pixels of the usual mark (0: there is none), and the usual places of dashes, of marks,
    and of those marks that look like specks.
    """

    views: dict[int, _View]
    usual: float
    dashes: list[Usual]
    marks: list[Usual]
    small: list[Usual]

    def single(self, candidate: Candidate) -> Verdict:
        """Return the verdict on a candidate that is in no known group: by its look, its place, or its parts."""
        verdict = self._by_look(candidate)
        if verdict.is_mark and not verdict.grouped and is_odd(candidate, self.marks):
            return UNKNOWN
        if verdict.known or verdict.dirt:
            return verdict
        return self._by_place(candidate) or self._by_parts(candidate) or verdict

    def may_be_dash(self, candidate: Candidate, shape: Shape) -> bool:
        """Tell whether a candidate can be one of the page's dashes."""
        light = candidate.ink.area < PLACES.light * self.usual
        return shape.glyph == "dash" or shape.dash >= GROUPS.maybe or (light and shape.glyph == "blob")

    def _by_look(self, candidate: Candidate) -> Verdict:
        """Return the verdict that a candidate's look gives; where marks are small, it must be where those are."""
        verdict = self._alone(candidate)
        small = max(candidate.points) < GROUPS.small
        return UNKNOWN if verdict.is_mark and small and _is_astray(candidate, self.small) else verdict

    def _alone(self, candidate: Candidate) -> Verdict:
        shape, likes = self.views[id(candidate)]
        largest = max(candidate.points)
        if largest < GROUPS.tiny and max((like for like, _ in likes), default=0.0) < GROUPS.near:
            return DIRT
        if candidate.strength < PIECES.faint or candidate.ink.tone < GROUPS.pale:
            return UNKNOWN
        may_be_dash = self.may_be_dash(candidate, shape)
        fitting = [like for like in likes if (like[1].glyph == "dash") <= may_be_dash]
        near, alike = max(fitting, key=lambda like: like[0], default=(0.0, shape))
        if near >= GROUPS.near:
            return Verdict(alike.glyph, known=True, confidence=round(0.35 + near / 2, 3), grouped=True)
        if shape.glyph != "dash" and candidate.ink.area < GROUPS.dirt * self.usual and largest < GROUPS.least:
            return DIRT
        unlike = self.usual > 0 and not any(other.glyph == "blob" for _, other in likes)
        spot = shape.glyph == "blob" and (largest < PLACES.spot or unlike)
        if shape.glyph == "other" or shape.fit < GROUPS.sure_alone or spot:
            return UNKNOWN
        return Verdict(shape.glyph, known=True, confidence=round(0.4 + shape.fit / 2, 3), grouped=False)

    def _by_place(self, candidate: Candidate) -> Verdict | None:
        """Return the verdict that a candidate's place in the cell and its size give, with what it looks like."""
        shape = self.views[id(candidate)].shape
        if self._is_dash(candidate):
            return Verdict("dash", known=True, confidence=0.75, grouped=True)
        marked = shape.glyph not in {"other", "dash"} and shape.fit >= GROUPS.sure_group
        if marked and any(usual.is_like(candidate) for usual in self.marks):
            return Verdict(shape.glyph, known=True, confidence=0.8, grouped=False)
        return DIRT if is_dirt(candidate, self.marks, self.usual) else None

    def _by_parts(self, candidate: Candidate) -> Verdict | None:
        """Return the verdict on a candidate of which one part is a mark or dash and the others are specks."""
        for part in candidate.parts:
            if not all(is_small(other, part) for other in candidate.parts if other is not part):
                continue
            found = self._by_look(part)
            if found.is_mark and found.grouped:
                return found._replace(confidence=round(0.9 * found.confidence, 3))
            if self._is_dash(part):
                return Verdict("dash", known=True, confidence=0.7, grouped=True)
        return None

    def _is_dash(self, candidate: Candidate) -> bool:
        light = self.usual == 0 or candidate.ink.area < PLACES.light * self.usual
        return light and any(
            one.members >= GROUPS.few_dashes and one.is_like(candidate) for one in self.dashes
        )
