"""Where a value was seen and by which reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from schema.base import Frozen, Ordinal
from schema.geometry import BBox

PageState = Literal["read", "empty", "not_read"]
Reader = Literal["pdf-text", "ocr", "transcript", "profile"]
_PLACE_KEYS = frozenset({"page", "bbox", "line", "cell", "reader"})  # of a `SourceRef`, in every file


class PageEntry(Frozen):
    """A page's entry in the ledger of pages: its number, from 1, and how its reading ended.

    `read`: as a whole. `empty`: nothing is on it. `not_read`: it, or a part of it, could not be read, so that rows
    may be missing; an error on that page says why, and what could be read is kept.
    """

    number: Ordinal
    state: PageState


class SourceRef(Frozen):
    """A place in the input.

    A page of a PDF has `page` (from 1) and `bbox`; a transcription has `line` (from 1) and `cell`
    (from 1, in the line as written). What does not apply is `None`.
    """

    sha256: str
    page: Ordinal | None = None
    bbox: BBox | None = None
    line: Ordinal | None = None
    cell: Ordinal | None = None
    reader: Reader


def with_source(data: Any) -> Any:  # noqa: ANN401 - whatever was written
    """Return the content of a file with the sha256 of its source in each place that lacks one.

    Anything else than the mapping of a file with a source is returned as it is.
    """
    source = data.get("source") if isinstance(data, dict) else None
    sha256 = source.get("sha256") if isinstance(source, dict) else None
    if sha256 is None:
        return data
    return _mapped(data, lambda place: place if "sha256" in place else {"sha256": sha256, **place})


def without_source(data: Any, sha256: str) -> Any:  # noqa: ANN401 - whatever is to be written
    """Return content to be written without the sha256 of its source in each place; that of another file stays."""

    def lean(place: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in place.items() if k != "sha256"} if place.get("sha256") == sha256 else place

    return _mapped(data, lean)


def _mapped(data: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:  # noqa: ANN401 - JSON
    """Return JSON values with each place in them changed; a place is known by its keys."""
    if isinstance(data, dict):
        if data.keys() >= _PLACE_KEYS:
            return change(data)
        return {key: _mapped(value, change) for key, value in data.items()}
    return [_mapped(value, change) for value in data] if isinstance(data, list) else data


class Source(Frozen):
    """The input as a whole, surveyed once."""

    name: str
    sha256: str
    media_type: str
    size: int
    page_count: int | None = None
    encoding: str | None = None
    signature_count: int | None = None
    producer: str | None = None
