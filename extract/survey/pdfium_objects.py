"""The objects of a page opened with PDFium, those of its forms included, and where they lie."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from extract.settings import LIMITS
from extract.survey import pdfium_calls as calls

Affine = tuple[float, float, float, float, float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def objects_of(page: int, deepest: int = LIMITS.form_depth) -> Iterator[tuple[int, int, Affine]]:
    """Yield kind, address and the matrix of the form it lies in, of each object that is no form, in drawing order."""
    stack: list[Iterator[tuple[int, Affine, int]]] = [
        ((calls.page_object(page, index), IDENTITY, 0) for index in range(calls.count_objects(page)))
    ]
    while stack:
        following = next(stack[-1], None)
        if following is None:
            stack.pop()
            continue
        item, matrix, depth = following
        kind = calls.object_type(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < deepest:
                stack.append(_form_objects(item, _times(_matrix(item), matrix), depth + 1))
        else:
            yield kind, item, matrix


def _form_objects(form: int, matrix: Affine, depth: int) -> Iterator[tuple[int, Affine, int]]:
    return (
        (calls.form_object(form, index), matrix, depth)
        for index in range(max(calls.count_form_objects(form), 0))
    )


def _matrix(item: int) -> Affine:
    values = (ctypes.c_float * 6)()
    if not calls.object_matrix(item, ctypes.addressof(values)):
        return IDENTITY
    a, b, c, d, e, f = (float(value) for value in values)
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
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
