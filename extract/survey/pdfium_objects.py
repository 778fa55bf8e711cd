"""The objects of a page opened with PDFium, those of its forms included, and their places."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import repeat

import pypdfium2.raw as pdfium

from extract.settings import LIMITS
from extract.survey import pdfium_calls as calls

Affine = tuple[float, float, float, float, float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def objects_of(page: int, deepest: int = LIMITS.form_depth) -> Iterator[tuple[int, int, Affine]]:
    """Return kind, address and the matrix of its form, of each object that is not a form, in drawing order."""
    items = map(calls.page_object, repeat(page), range(calls.count_objects(page)))
    return _flat(items, IDENTITY, deepest)


def _flat(items: Iterable[int], matrix: Affine, deepest: int) -> Iterator[tuple[int, int, Affine]]:
    for item in items:
        kind = calls.object_type(item)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield kind, item, matrix
        elif deepest > 0:
            count = max(calls.count_form_objects(item), 0)
            inner = map(calls.form_object, repeat(item), range(count))
            yield from _flat(inner, _times(_matrix(item), matrix), deepest - 1)


def _matrix(item: int) -> Affine:
    values = (ctypes.c_float * len(IDENTITY))()
    if not calls.object_matrix(item, ctypes.addressof(values)):
        return IDENTITY
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _times(inner: Affine, outer: Affine) -> Affine:
    """Return the matrix that does `inner` first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def bounds_of(item: int, matrix: Affine) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of an object in the page's own space."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not calls.object_bounds(item, *(ctypes.addressof(edge) for edge in edges)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (float(edge.value) for edge in edges)
    return _around(((x, y) for x in (left, right) for y in (bottom, top)), matrix)


def clip_of(item: int, matrix: Affine) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right, top of what an object's clip leaves of the page, `None` where it leaves the object whole.

    Of a clip that is no rectangle, the box around it.
    """
    path = calls.clip_path(item)
    count = calls.count_clips(path) if path else 0
    boxes = [box for n in range(max(count - LIMITS.clips, 0), count) if (box := _clip_box(path, n, matrix))]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    left, bottom, right, top = max(lefts), max(bottoms), min(rights), min(tops)
    x0, y0, x1, y1 = bounds_of(item, matrix)
    return None if left <= x0 and x1 <= right and bottom <= y0 and y1 <= top else (left, bottom, right, top)


def _clip_box(path: int, number: int, matrix: Affine) -> tuple[float, float, float, float] | None:
    """Return the box around one of the paths of a clip; `None` where it has no points, or too many to look at."""
    count = calls.count_clip_points(path, number)
    if not 0 < count <= LIMITS.clip_points:
        return None
    values = (ctypes.c_float * 2)()
    x, y = ctypes.addressof(values), ctypes.addressof(values) + ctypes.sizeof(ctypes.c_float)
    points: list[tuple[float, float]] = []
    for n in range(count):
        if not calls.point_place(calls.clip_point(path, number, n), x, y):
            return None
        points.append((values[0], values[1]))
    return _around(points, matrix)


def _around(points: Iterable[tuple[float, float]], matrix: Affine) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x, y in points), strict=True)
    return min(xs), min(ys), max(xs), max(ys)
