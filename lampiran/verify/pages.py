"""Two states of a PDF -> the changes that a reader would see: pages, their content, comments, form fields, metadata."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from lampiran.verify.settings import LIMITS
from schema.authenticity import ChangeKind

log = logging.getLogger(__name__)

UPWARD = {"/Parent", "/P", "/Popup", "/IRT", "/StructParent", "/StructParents"}
# What is compared on each page: its content with all it uses, its comments, its form fields without signatures.
ON_PAGES: tuple[ChangeKind, ...] = ("page-content", "annotation", "form-filling")
PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources")


@dataclass(frozen=True)
class State:
    """Digests of one state of a file; those of a page by `ON_PAGES`."""

    pages: tuple[tuple[bytes, ...], ...]
    metadata: bytes


@dataclass(frozen=True)
class Difference:
    """What differs between two states: kinds of change, and the pages (from 1) on which it does."""

    kinds: tuple[ChangeKind, ...]
    pages: tuple[int, ...]

    @property
    def of_content(self) -> bool:
        """Tell whether pages came, went or show something else."""
        return not {"page-count", "page-content"}.isdisjoint(self.kinds)


def state_of(data: bytes) -> State | None:
    """Look at a PDF as its last revision shows it; `None` where it does not open."""
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            digests = _Digests()
            looks = tuple(_look(page.obj, digests) for page in pdf.pages)
            facts = (pdf.trailer.get("/Info"), pdf.Root.get("/Metadata"))
            return State(looks, _joined(map(digests.of, facts)))
    except Exception as error:
        log.debug("a revision does not open", exc_info=error)
        return None


def difference(old: State, new: State) -> Difference:
    """Compare two states of a file page by page."""
    changed: dict[ChangeKind, list[int]] = {kind: [] for kind in ON_PAGES}
    for number, page in enumerate(zip(old.pages, new.pages, strict=False), start=1):
        for kind, before, after in zip(ON_PAGES, *page, strict=True):
            if before != after:
                changed[kind].append(number)
    kinds: list[ChangeKind] = ["page-count"] if len(old.pages) != len(new.pages) else []
    kinds += [kind for kind, pages in changed.items() if pages]
    kinds += ["metadata"] if old.metadata != new.metadata else []
    return Difference(tuple(kinds), tuple(sorted(set().union(*changed.values()))))


def page_changes(data: bytes, ends: Sequence[int]) -> list[Difference | None]:
    """Compare the file as it is with its state at each of some ends of revisions; `None` where one does not open."""
    last = state_of(data)
    states = [state_of(data[:end]) for end in ends]
    return [difference(state, last) if state and last else None for state in states]


def _look(page: Object, digests: _Digests) -> tuple[bytes, ...]:
    shown = [page.get("/Contents"), *(_inherited(page, key) for key in PAGE_KEYS)]
    notes = _annotations(page)
    comments = [note for note in notes if note.get("/Subtype") != Name.Widget]
    widgets = [note for note in notes if note.get("/Subtype") == Name.Widget]
    fields = [widget for widget in widgets if _inherited(widget, "/FT") != Name.Sig]
    return tuple(_joined(map(digests.of, parts)) for parts in (shown, comments, fields))


def _annotations(page: Object) -> list[Dictionary]:
    notes = page.get("/Annots")
    members = _members(notes) if isinstance(notes, Array) else ()
    return [note for note in members if isinstance(note, Dictionary)]


def _members(array: Array) -> Iterator[object]:
    return (array[i] for i in range(len(array)))


def _inherited(node: Object, key: str) -> Object | None:
    for _ in range(LIMITS.depth):
        if key in node:
            return node.get(key)
        above = node.get("/Parent")
        if not isinstance(above, Dictionary):
            return None
        node = above
    return None


def _joined(parts: Iterable[bytes]) -> bytes:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return whole.digest()


class _Digests:
    """Digests of PDF objects with all they refer to; each object is looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, value: object, depth: int = 0) -> bytes:
        """Return the digest of an object."""
        if depth > LIMITS.depth:
            return b"deep"
        key = value.objgen if isinstance(value, Object) else (0, 0)
        if key == (0, 0):
            return self._made(value, depth)
        if key not in self._known:
            self._known[key] = b"circle"
            self._known[key] = self._made(value, depth)
        return self._known[key]

    def _made(self, value: object, depth: int) -> bytes:
        if isinstance(value, Stream):
            body = hashlib.sha256(value.read_raw_bytes()).digest()
            return _joined([b"stream", body, *self._entries(value, depth)])
        if isinstance(value, Dictionary):
            return _joined([b"dictionary", *self._entries(value, depth)])
        if isinstance(value, Array):
            return _joined([b"array", *(self.of(member, depth + 1) for member in _members(value))])
        plain = value.unparse() if isinstance(value, Object) else repr(value).encode()
        return hashlib.sha256(plain).digest()

    def _entries(self, value: Dictionary | Stream, depth: int) -> Iterator[bytes]:
        for key in sorted(value.keys()):
            if key not in UPWARD:
                yield key.encode()
                yield self.of(value.get(key), depth + 1)
