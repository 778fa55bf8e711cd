"""PDFium's functions of single characters and objects, bound so that a call costs a fraction of a microsecond.

pypdfium2's own bindings check each argument and make an object of each pointer, which is most of the time of reading
a page. These are the same functions, called through cffi with addresses (integers) for pointers and for what they write to.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from threading import RLock
from typing import Any

import cffi  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium

# PDFium may be used by one thread at a time; pages that are pictures are read by several.
ONE_IN_PDFIUM = RLock()
_ffi = cffi.FFI()


def _bound(function: Any, signature: str) -> Callable[..., Any]:  # noqa: ANN401 - ctypes has no types
    """Return a function of PDFium; `signature` is its type in C, pointers written as `intptr_t`."""
    return _ffi.cast(signature, ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[no-any-return]


def address(handle: Any) -> int:  # noqa: ANN401 - a pointer of any of PDFium's kinds
    """Return the address that a pointer of pypdfium2 holds."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


count_objects = _bound(pdfium.FPDFPage_CountObjects, "int(*)(intptr_t)")
page_object = _bound(pdfium.FPDFPage_GetObject, "intptr_t(*)(intptr_t, int)")
count_form_objects = _bound(pdfium.FPDFFormObj_CountObjects, "int(*)(intptr_t)")
form_object = _bound(pdfium.FPDFFormObj_GetObject, "intptr_t(*)(intptr_t, unsigned long)")
object_type = _bound(pdfium.FPDFPageObj_GetType, "int(*)(intptr_t)")
object_matrix = _bound(pdfium.FPDFPageObj_GetMatrix, "int(*)(intptr_t, intptr_t)")
object_bounds = _bound(
    pdfium.FPDFPageObj_GetBounds, "int(*)(intptr_t, intptr_t, intptr_t, intptr_t, intptr_t)"
)
clip_path = _bound(pdfium.FPDFPageObj_GetClipPath, "intptr_t(*)(intptr_t)")
count_clips = _bound(pdfium.FPDFClipPath_CountPaths, "int(*)(intptr_t)")
count_clip_points = _bound(pdfium.FPDFClipPath_CountPathSegments, "int(*)(intptr_t, int)")
clip_point = _bound(pdfium.FPDFClipPath_GetPathSegment, "intptr_t(*)(intptr_t, int, int)")
point_place = _bound(pdfium.FPDFPathSegment_GetPoint, "int(*)(intptr_t, intptr_t, intptr_t)")
set_active = _bound(pdfium.FPDFPageObj_SetIsActive, "int(*)(intptr_t, int)")
count_marks = _bound(pdfium.FPDFPageObj_CountMarks, "int(*)(intptr_t)")
object_mark = _bound(pdfium.FPDFPageObj_GetMark, "intptr_t(*)(intptr_t, unsigned long)")
remove_mark = _bound(pdfium.FPDFPageObj_RemoveMark, "int(*)(intptr_t, intptr_t)")
count_mark_values = _bound(pdfium.FPDFPageObjMark_CountParams, "int(*)(intptr_t)")
mark_key = _bound(
    pdfium.FPDFPageObjMark_GetParamKey, "int(*)(intptr_t, unsigned long, intptr_t, unsigned long, intptr_t)"
)
text_mode = _bound(pdfium.FPDFTextObj_GetTextRenderMode, "int(*)(intptr_t)")
text_font = _bound(pdfium.FPDFTextObj_GetFont, "intptr_t(*)(intptr_t)")
font_name = _bound(pdfium.FPDFFont_GetBaseFontName, "size_t(*)(intptr_t, intptr_t, size_t)")
new_text = _bound(pdfium.FPDFPageObj_CreateTextObj, "intptr_t(*)(intptr_t, intptr_t, float)")
destroy_object = _bound(pdfium.FPDFPageObj_Destroy, "void(*)(intptr_t)")

char_object = _bound(pdfium.FPDFText_GetTextObject, "intptr_t(*)(intptr_t, int)")
char_code = _bound(pdfium.FPDFText_GetUnicode, "unsigned int(*)(intptr_t, int)")
char_unmapped = _bound(pdfium.FPDFText_HasUnicodeMapError, "int(*)(intptr_t, int)")
char_box = _bound(pdfium.FPDFText_GetLooseCharBox, "int(*)(intptr_t, int, intptr_t)")
char_angle = _bound(pdfium.FPDFText_GetCharAngle, "float(*)(intptr_t, int)")
char_origin = _bound(pdfium.FPDFText_GetCharOrigin, "int(*)(intptr_t, int, intptr_t, intptr_t)")
char_size = _bound(pdfium.FPDFText_GetFontSize, "double(*)(intptr_t, int)")
char_matrix = _bound(pdfium.FPDFText_GetMatrix, "int(*)(intptr_t, int, intptr_t)")
