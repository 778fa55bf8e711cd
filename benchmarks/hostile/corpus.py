"""All kinds of hostile input, registered by being imported."""

from __future__ import annotations

from benchmarks.hostile import (
    files,
    own_files,
    pdf_catalog,
    pdf_fonts,
    pdf_operators,
    pdf_pages,
    pdf_pictures,
    pdf_streams,
    pdf_structure,
    texts,
    workbooks,
)
from benchmarks.hostile.kinds import KINDS

__all__ = [
    "KINDS",
    "files",
    "own_files",
    "pdf_catalog",
    "pdf_fonts",
    "pdf_operators",
    "pdf_pages",
    "pdf_pictures",
    "pdf_streams",
    "pdf_structure",
    "texts",
    "workbooks",
]
