"""What pyHanko, asn1crypto and pikepdf hand out -> names for it, and their errors as one line."""

from __future__ import annotations

from typing import Any, TypeAlias

from lampiran.verify.settings import LIMITS

# None of the three publishes types for these: they are values of any kind until they are looked at.
Asn1: TypeAlias = Any
PdfObject: TypeAlias = Any


def one_line(error: BaseException) -> str:
    """Return what an error says as one line, shortened."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= LIMITS.error else f"{text[: LIMITS.error - 1]}…"
