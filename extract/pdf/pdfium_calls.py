"""PDFium's functions of single characters and objects, bound so that a call costs a fraction of a microsecond.

pypdfium2's own bindings check each argument and make an object of each pointer, which is most of the time of reading
a page. These are the same functions with addresses for pointers; they hold the interpreter's lock, as calls this short should.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Address = ctypes.c_void_p


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401 - ctypes has no types
    place = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(place)  # type: ignore[arg-type]


def address(handle: Any) -> int:  # noqa: ANN401 - a pointer of any of PDFium's kinds
    """Return the address that a pointer of pypdfium2 holds."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


_int, _float, _out = ctypes.c_int, ctypes.c_float, ctypes.c_void_p

count_objects = _bound(pdfium.FPDFPage_CountObjects, _int, Address)
page_object = _bound(pdfium.FPDFPage_GetObject, Address, Address, _int)
count_form_objects = _bound(pdfium.FPDFFormObj_CountObjects, _int, Address)
form_object = _bound(pdfium.FPDFFormObj_GetObject, Address, Address, ctypes.c_ulong)
object_type = _bound(pdfium.FPDFPageObj_GetType, _int, Address)
object_matrix = _bound(pdfium.FPDFPageObj_GetMatrix, _int, Address, _out)
object_bounds = _bound(pdfium.FPDFPageObj_GetBounds, _int, Address, _out, _out, _out, _out)
set_active = _bound(pdfium.FPDFPageObj_SetIsActive, _int, Address, _int)
count_marks = _bound(pdfium.FPDFPageObj_CountMarks, _int, Address)
object_mark = _bound(pdfium.FPDFPageObj_GetMark, Address, Address, ctypes.c_ulong)
remove_mark = _bound(pdfium.FPDFPageObj_RemoveMark, _int, Address, Address)
count_mark_values = _bound(pdfium.FPDFPageObjMark_CountParams, _int, Address)
mark_key = _bound(
    pdfium.FPDFPageObjMark_GetParamKey, _int, Address, ctypes.c_ulong, _out, ctypes.c_ulong, _out
)
text_font = _bound(pdfium.FPDFTextObj_GetFont, Address, Address)
font_name = _bound(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, Address, _out, ctypes.c_size_t)
new_text = _bound(pdfium.FPDFPageObj_CreateTextObj, Address, Address, Address, ctypes.c_float)
destroy_object = _bound(pdfium.FPDFPageObj_Destroy, None, Address)

char_object = _bound(pdfium.FPDFText_GetTextObject, Address, Address, _int)
char_code = _bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint, Address, _int)
char_unmapped = _bound(pdfium.FPDFText_HasUnicodeMapError, _int, Address, _int)
char_generated = _bound(pdfium.FPDFText_IsGenerated, _int, Address, _int)
char_box = _bound(pdfium.FPDFText_GetLooseCharBox, _int, Address, _int, _out)
char_origin = _bound(pdfium.FPDFText_GetCharOrigin, _int, Address, _int, _out, _out)
char_size = _bound(pdfium.FPDFText_GetFontSize, ctypes.c_double, Address, _int)
char_matrix = _bound(pdfium.FPDFText_GetMatrix, _int, Address, _int, _out)
