"""Turns a PDF's page tree into its pages in their order, with a gap where a page is lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
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

    A node says how many pages are below it. Where one of its kids is lost, it counts as as many as are
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
        count = str(node.get("/Count"))
        wrong = sum(p is None and not (k is None or is_lost(k)) for p, k in zip(parts, kids, strict=True))
        absent = max(wrong, int(count) - known) if count.isdecimal() else gaps
        # How many pages are in each gap: in the first what the others leave.
        placed = min(absent, self._most)
        sizes = chain([max(1, placed - gaps + 1)], repeat(1)) if placed else repeat(0)
        pages = [page for part in parts for page in (part.pages if part else (None,) * next(sizes))]
        missing = sum(part.missing for part in found) + (0 if gaps else absent)
        return PageTree(tuple(pages), missing)

    def _part(self, kid: Object | None, depth: int) -> PageTree | None:
        """Return the pages of a kid of a node, `None` where it is lost."""
        if not isinstance(kid, Dictionary):
            return None
        kind = kid.get("/Type")
        if not (_has_kids(kid) or kind == Name.Pages):
            return PageTree((kid,), 0) if kind == Name.Page or "/Contents" in kid else None
        if depth >= LIMITS.tree_depth or kid.objgen in self._seen:
            return None
        self._seen.add(kid.objgen)
        return self.below(kid, depth + 1)


def _has_kids(node: Object) -> bool:
    return isinstance(node.get("/Kids"), Array)


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
