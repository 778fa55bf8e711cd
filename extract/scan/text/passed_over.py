"""Puts signs into a reading for what a recogniser passed over: letters' ink far from all that it read, an item's dash."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, heights, widths
from extract.scan.text.lines import InkLine
from extract.scan.text.reader import RawChar, RawReading

UNREAD = "\ufffd"  # a sign of which nobody can say what it shows, as on digital pages
# Letter sizes: how high ink is, and how wide at most, that is a letter, and how far its middle lies from that of the nearest
# sign read. Of 48 copies in which no letter had been passed over, 0.75 put a sign into 45 of 10,213 lines.
HIGH, WIDE, FAR = (0.6, 2.5), 1.6, 1.05
BROAD, MORE = (
    frozenset("mwMW%&@"),
    0.5,
)  # signs of which a broken part lies further from their middle, by so much
DASHES = frozenset("-–—•▪")
# How flat a dash is, in letter sizes, how long, times its height and in letter sizes, and how far from the line's middle.
FLAT, LONG, SHORT, BESIDE = 0.4, 1.3, 0.25, 0.35
APART = 0.75  # letter sizes between the middles of a dash and of the first sign read
SEEN = 0.9  # confidence of a dash that its ink alone tells
# Distances of two signs read, beside each other and with a space between them, that leave room for one more, in usual distances.
ROOM, ROOM_AT_SPACE = 1.7, 2.3


def with_unread(reading: RawReading, line: InkLine, cut: Crop) -> RawReading:
    """Return a reading with a dash where one stands before all that was read, and a sign of its own where a letter's ink lies."""
    return _with_letters(_with_dash(reading, line, cut), line, cut)


def _with_dash(reading: RawReading, line: InkLine, cut: Crop) -> RawReading:
    first = next((char for char in reading.chars if char.text != " "), None)
    if first is None or first.text in DASHES:
        return reading
    high, wide = heights(line.pieces), widths(line.pieces)
    middles = (line.pieces[:, TOP] + line.pieces[:, BOTTOM]) / 2
    flat = (high <= FLAT * line.size) & (wide >= LONG * high) & (wide >= SHORT * line.size)
    flat &= (wide <= line.size) & (np.abs(middles - line.middle) <= BESIDE * line.size)
    places = (line.pieces[:, X0] + line.pieces[:, X1]) / 2 - cut.x0
    before = flat & (places <= first.place * cut.picture.shape[1] - APART * line.size)
    if np.count_nonzero(before) != 1 or line.pieces[:, X0].min() < line.pieces[before, X0][0]:
        return reading
    place = float(places[before][0]) / cut.picture.shape[1]
    signs = RawChar("-", SEEN, place), RawChar(" ", SEEN, (place + first.place) / 2)
    return RawReading((*signs, *reading.chars), reading.lattice)


def _with_letters(reading: RawReading, line: InkLine, cut: Crop) -> RawReading:
    chars = list(reading.chars)
    signs = [char.text for char in chars if char.text != " "]
    places = np.array([char.place for char in chars if char.text != " "])
    if len(places) < 2:
        return reading
    high, wide = heights(line.pieces), widths(line.pieces)
    letters = (high >= HIGH[0] * line.size) & (high <= HIGH[1] * line.size) & (wide <= WIDE * line.size)
    pieces = line.pieces[letters]
    width = cut.picture.shape[1]
    middles = np.sort(((pieces[:, X0] + pieces[:, X1]) / 2 - cut.x0) / width)
    pitch = float(np.median(np.diff(places)))
    for middle in middles.tolist():
        nearest = int(np.abs(places - middle).argmin())
        least = FAR + (MORE if signs[nearest] in BROAD else 0.0)
        far = abs(places[nearest] - middle) * width >= least * line.size
        if far and _has_room(chars, middle, pitch):
            _insert(chars, middle)
            places, signs = np.append(places, middle), [*signs, UNREAD]
    return RawReading(tuple(chars), reading.lattice)


def _has_room(chars: Sequence[RawChar], middle: float, pitch: float) -> bool:
    """Tell whether the signs read on both sides of a place are further apart than neighbours are."""
    before = [char for char in chars if char.place <= middle]
    behind = [char for char in chars if char.place > middle]
    first = next((char.place for char in reversed(before) if char.text != " "), None)
    last = next((char.place for char in behind if char.text != " "), None)
    if first is None or last is None:
        return True
    spaced = any(char.text == " " and first < char.place < last for char in chars)
    return last - first >= (ROOM_AT_SPACE if spaced else ROOM) * pitch


def _insert(chars: list[RawChar], middle: float) -> None:
    """Put an unread sign in: a word of its own where there is a space."""
    at = next((n for n, char in enumerate(chars) if char.place > middle), len(chars))
    sign, space = RawChar(UNREAD, 0.0, middle), RawChar(" ", 1.0, middle)
    if at and chars[at - 1].text == " ":
        chars[at:at] = [sign, space] if at < len(chars) else [sign]
    elif at < len(chars) and chars[at].text == " ":
        chars[at:at] = [space, sign]
    else:
        chars.insert(at, sign)
