"""Turns a PDF's page tree into its pages in their order, with a gap where a page is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pikepdf import Array, Dictionary, Name, Object, Pdf

from extract.settings import LIMITS
from extract.survey.objects import is_lost
from extract.survey.streams import items

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
BLANK_PAGE = [0, 0, 595, 842]  # points; the place of a lost page is held by an empty A4 sheet


class PageTree(NamedTuple):
    """The pages in order, `None` in the place of a lost one; `missing` counts those that the tree has no place for."""

    pages: tuple[Object | None, ...]
    missing: int


def page_tree(pdf: Pdf, most: int) -> PageTree:
    """Walk through the page tree; no more than `most` lost pages are given a place.

    A node says how many pages are below it. Where one of its kids is lost, it stands for as many as are
    needed for that number; a null one for none where the number is right without it: so pages are taken out.
    """
    root = pdf.Root.get("/Pages")
    return _Walk(most).below(root, 0) if isinstance(root, Dictionary) else PageTree((), 0)


class _Walk:
    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: set[tuple[int, int]] = set()

    def below(self, node: Object, depth: int) -> PageTree:
        """Return the pages below a node."""
        kids = items(node["/Kids"]) if _has_kids(node) else [None]
        parts = [self._part(kid, depth) for kid in kids]
        found = [part for part in parts if part is not None]
        gaps = len(parts) - len(found)
        known = sum(len(part.pages) + part.missing for part in found)
        declared = _count(node)
        wrong = sum(part is None and not _is_null(kid) for part, kid in zip(parts, kids, strict=True))
        absent = gaps if declared is None else max(wrong, declared - known)
        sizes = iter(_shares(min(absent, self._most), gaps))
        pages = [page for part in parts for page in (part.pages if part else (None,) * next(sizes))]
        missing = sum(part.missing for part in found) + (0 if gaps else absent)
        return PageTree(tuple(pages), missing)

    def _part(self, kid: Object | None, depth: int) -> PageTree | None:
        if not isinstance(kid, Dictionary):
            return None
        if not _is_node(kid):
            return PageTree((kid,), 0) if _is_page(kid) else None
        if depth >= LIMITS.tree_depth or kid.objgen in self._seen:
            return None
        self._seen.add(kid.objgen)
        return self.below(kid, depth + 1)


def _is_null(kid: Object | None) -> bool:
    return kid is None or is_lost(kid)


def _has_kids(node: Object) -> bool:
    return isinstance(node.get("/Kids"), Array)


def _is_node(kid: Object) -> bool:
    return _has_kids(kid) or kid.get("/Type") == Name.Pages


def _is_page(kid: Object) -> bool:
    return kid.get("/Type") == Name.Page or "/Contents" in kid


def _count(node: Object) -> int | None:
    count = node.get("/Count")
    return int(count) if count is not None and str(count).isdecimal() else None


def _shares(absent: int, gaps: int) -> list[int]:
    """Say for how many pages each of some gaps stands: the first for what the others leave."""
    if not gaps or not absent:
        return [0] * gaps
    return [max(1, absent - gaps + 1)] + [1] * (gaps - 1)


def inherited(page: Object, key: str) -> Object | None:
    """Return an entry of a page or of the nearest node of the page tree above it that has it."""
    node: Object | None = page
    for _ in range(LIMITS.tree_depth):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None


def lay_out(pdf: Pdf, pages: Sequence[tuple[int, int] | None]) -> None:
    """Give a document one flat page tree of these pages, by number and generation; an empty one for each `None`."""
    root = pdf.Root["/Pages"]
    kids = [_placed(root, pdf.get_object(*page)) if page else _blank(pdf, root) for page in pages]
    root["/Kids"] = Array(kids)
    root["/Count"] = len(kids)


def _placed(root: Object, page: Object) -> Object:
    for key in INHERITED:
        value = inherited(page, key)
        if value is not None:
            page[key] = value
    page["/Type"] = Name.Page
    page["/Parent"] = root
    return page


def _blank(pdf: Pdf, root: Object) -> Object:
    return pdf.make_indirect(Dictionary(Type=Name.Page, Parent=root, MediaBox=Array(BLANK_PAGE)))
