"""Turns the bytes of a PDF into its objects with a mark in the place of each that is lost.

To qpdf, as to every viewer, a reference to a lost object is the same as no entry: a page whose content is lost
looks like an empty one. So all that a reference can lead to and that is not there is marked before anything is
looked at.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from io import BytesIO
from typing import NamedTuple

import pikepdf
import pikepdf.settings
from pikepdf import Name, Object, Pdf, Stream

from extract.settings import LIMITS
from extract.survey.filters import FLATE, TooLargeError
from extract.survey.settings import OBJECTS
from extract.survey.streams import filter_names

LOST = "/LostObject"  # the name in place of an object that is referred to and is not there
OF_OBJECT = re.compile(r"\(object (\d+) \d+[,)]")
STREAM_BEGINS, STREAM_ENDS, OBJECT_ENDS = (b"stream\n", b"stream\r"), b"endstream", b"endobj"
OBJECT_BEGINS = re.compile(rb"(\d+) \d+ obj\b")
NULS, NUL_RUN = b"\0" * OBJECTS.nuls, re.compile(rb"\0+")
MEASURED = re.compile(r"offset (\d+)\): recovered stream length: (\d+)")
LENGTH = re.compile(rb"/Length\s+(\d+)(\s+\d+\s+R)?")
NO_PAGE = "Pages tree includes non-dictionary object"
HARMLESS = re.compile(  # what qpdf says of an object and nothing of it is lost or guessed
    r"endobj|expected endstream|stream length|/Length key|stream keyword|has offset 0|duplicated key|"
    r"input stream is complete"
)


class Objects(NamedTuple):
    """The objects of an opened PDF, `LOST` in the place of those that are not there; never save it.

    `guessed` are the numbers of those that qpdf could not read as written, of those with zeroed bytes, and of
    unpacked streams that are too short. `warned` tells whether qpdf had warnings, `unplaced` how many lost pages it
    took out of a tree that it had to put together again.
    """

    pdf: Pdf
    guessed: frozenset[int]
    warned: bool
    unplaced: int


def objects_of(data: bytes) -> Objects:
    """Open a PDF and mark what is lost in it; raises what `pikepdf.open` does."""
    bound_qpdf()
    lost: set[int] = set()
    for _ in range(OBJECTS.rounds):
        objects, there, null = _marked(data, lost)
        again = _numbers(objects.pdf)
        if again == there:
            return objects
        lost = ((lost | null) - again) | (there - again)
    return _marked(data, lost)[0]


def _marked(data: bytes, lost: set[int]) -> tuple[Objects, set[int], set[int]]:
    """Open a PDF and mark what is lost; also return the numbers that its table has before, and of those the null ones."""
    pdf = pikepdf.open(BytesIO(data), suppress_warnings=True, inherit_page_attributes=False)
    messages = _warnings(pdf)
    there = _numbers(pdf)
    spare = OBJECTS.spare_damaged if messages else OBJECTS.spare
    _mark(pdf, lost | set(range(1, max(there, default=0) + spare)) - there)
    null = {number for number in there - lost if pdf.get_object(number, 0) is None}
    _mark(pdf, null)
    messages += _warnings(pdf)
    unplaced = sum(NO_PAGE in warning for warning in messages)
    return Objects(pdf, _guessed(pdf, data, messages) | _zeroed(data), bool(messages), unplaced), there, null


@cache
def bound_qpdf() -> None:
    """Let qpdf unpack no stream to more than a reader may be given; it holds for all of the process."""
    most = LIMITS.checked_bytes
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most,
        png_max_memory=most,
        tiff_max_memory=most,
        run_length_max_memory=most,
        dct_max_memory=most,
        max_stream_filters=LIMITS.filters,
    )


def written(pdf: Pdf) -> bytes:
    """Return a document as qpdf writes it: decrypted, with a fresh table of its objects."""
    buffer = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields outside of the form: they stay where they are
        pdf.save(buffer, encryption=False, deterministic_id=True)
    return buffer.getvalue()


def is_lost(value: Object | None) -> bool:
    """Tell whether a value is the mark of an object that is not there."""
    return isinstance(value, Name) and value == LOST


def _numbers(pdf: Pdf) -> set[int]:
    return {number for number, _ in pdf.get_xref_table()}


def _warnings(pdf: Pdf) -> list[str]:
    return [str(warning) for warning in pdf.get_warnings()]


def _mark(pdf: Pdf, numbers: set[int]) -> None:
    for number in numbers:
        pdf._replace_object((number, 0), Name(LOST))  # noqa: SLF001 - nothing public puts an object under a number


def _guessed(pdf: Pdf, data: bytes, messages: list[str]) -> frozenset[int]:
    """Return the numbers of the objects of which a warning says that something of them is not known."""
    of_objects = [(int(found[1]), warning) for warning in messages if (found := OF_OBJECT.search(warning))]
    guessed = {number for number, warning in of_objects if not HARMLESS.search(warning)}
    shorter = {number for number, warning in of_objects if _is_shorter(pdf, data, warning)}
    return frozenset(guessed | {number for number in shorter if not _is_deflated(pdf.get_object(number, 0))})


def _is_shorter(pdf: Pdf, data: bytes, warning: str) -> bool:
    measured = MEASURED.search(warning)
    if measured is None:
        return False
    begins, length = int(measured[1]), int(measured[2])
    said = LENGTH.findall(data, max(0, begins - OBJECTS.near), begins)
    if not said:
        return False
    value, reference = said[-1]
    declared: object = pdf.get_object(int(value), 0) if reference else int(value)
    return isinstance(declared, int) and declared > length + OBJECTS.line_end


def _zeroed(data: bytes) -> frozenset[int]:
    """Return the numbers of the objects with a run of zero bytes outside of streams: which no program writes as white space."""
    found: set[int] = set()
    place = data.find(NULS)
    while place >= 0:
        begins = max(data.rfind(keyword, 0, place) for keyword in STREAM_BEGINS)
        if begins > data.rfind(STREAM_ENDS, 0, place) + len(b"end"):
            place = data.find(STREAM_ENDS, place)
            place = len(data) if place < 0 else place
        else:
            named = OBJECT_BEGINS.findall(data, max(0, data.rfind(OBJECT_ENDS, 0, place)), place)
            found.update(map(int, named[-1:]))
            run = NUL_RUN.match(data, place)
            place = run.end() if run else place + len(NULS)
        place = data.find(NULS, place)
    return frozenset(found)


def _is_deflated(value: Object | None) -> bool:
    try:
        return isinstance(value, Stream) and FLATE in filter_names(value)
    except TooLargeError:
        return False
