"""Turns the bytes of a PDF into its objects with a mark in the place of each that is lost.

To qpdf, as to every viewer, a reference to an object that is not there is the same as no entry at all: a page
whose content is lost looks like an empty page. So that it can be told apart, everything that a reference can
lead to and that is not there is marked before the first object is looked at.
"""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from typing import NamedTuple

import pikepdf
from pikepdf import Name, Object, Pdf, Stream

from extract.pdf.streams import FLATE, filter_names

LOST = "/LostObject"  # the name that stands where an object is referred to and is not there
SPARE = 200  # numbers above the highest object's that a reference may have by mistake
SPARE_DAMAGED = 65_536  # the same where the table of objects had to be made again, of those that are left
ROUNDS = 3  # a table that is made again while objects are looked at may be another one
OF_OBJECT = re.compile(r"\(object (\d+) \d+[,)]")
MEASURED = "recovered stream length"
HARMLESS = re.compile(  # what qpdf says of an object and nothing of it is lost or guessed
    r"endobj|expected endstream|stream length|/Length key|stream keyword|has offset 0|duplicated key|"
    r"input stream is complete"
)


class Objects(NamedTuple):
    """The objects of an opened PDF.

    `LOST` stands in the place of those that are not there; never save it. `guessed` are the numbers of those
    of which qpdf could not read all that is written, and of streams of another length than they say, where no
    packing tells that nothing is missing. `warned` tells whether qpdf found anything to say of the file.
    """

    pdf: Pdf
    guessed: frozenset[int]
    warned: bool


def objects_of(data: bytes) -> Objects:
    """Open a PDF and mark what is lost in it; raises what `pikepdf.open` does."""
    lost: set[int] = set()
    for _ in range(ROUNDS):
        objects, there, null = _marked(data, lost)
        again = _numbers(objects.pdf)
        if again == there:
            return objects
        lost = ((lost | null) - again) | (there - again)
    return _marked(data, lost)[0]


def _marked(data: bytes, lost: set[int]) -> tuple[Objects, set[int], set[int]]:
    """Open a PDF and mark what is lost; also return the numbers that its table has before, and of those the null ones."""
    pdf = pikepdf.open(BytesIO(data), suppress_warnings=True, inherit_page_attributes=False)
    told = _warnings(pdf)
    there = _numbers(pdf)
    spare = SPARE_DAMAGED if told else SPARE
    _mark(pdf, lost | set(range(1, max(there, default=0) + spare)) - there)
    null = {number for number in there - lost if pdf.get_object(number, 0) is None}
    _mark(pdf, null)
    told += _warnings(pdf)
    return Objects(pdf, _guessed(pdf, told), bool(told)), there, null


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


def _guessed(pdf: Pdf, said: list[str]) -> frozenset[int]:
    """Return the numbers of the objects of which a warning says that something of them is not known."""
    told = [(int(found[1]), warning) for warning in said if (found := OF_OBJECT.search(warning))]
    guessed = {number for number, warning in told if not HARMLESS.search(warning)}
    measured = {number for number, warning in told if MEASURED in warning}
    return frozenset(guessed | {number for number in measured if not _is_packed(pdf.get_object(number, 0))})


def _is_packed(value: Object | None) -> bool:
    return isinstance(value, Stream) and FLATE in filter_names(value)
