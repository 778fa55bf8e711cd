"""Turns a line of text into the operators that show it, in several fonts and cut into pieces in several ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase.pdfmetrics import stringWidth

from benchmarks.drawing.pages.content import Content
from benchmarks.drawing.pages.fonts import Naming, face, misnamed, named, unnamed, width_of
from benchmarks.drawing.pages.frame import Frame

GLYPH_NAMES = {
    " ": "space",
    ".": "period",
    "/": "slash",
    ":": "colon",
    "-": "hyphen",
    ",": "comma",
    "(": "parenleft",
    ")": "parenright",
}
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Lettering:
    """A font as it is used: its resource name, the code of a letter in hex, the width of a letter in em."""

    name: str
    code: Callable[[str], str]
    width: Callable[[str], float]

    def codes(self, text: str) -> str:
        """Return a text as a hex string."""
        return f"<{''.join(map(self.code, text))}>"

    def long(self, text: str, size: float) -> float:
        """Width of a text in points."""
        return size * sum(map(self.width, text))


Make = Callable[[Content, str], Lettering]


def _vera(letter: str) -> float:
    return width_of(letter, 1.0)


def _composite(naming: Naming) -> Make:
    def make(content: Content, _: str) -> Lettering:
        glyphs = face().charToGlyph
        name = content.name("/Font", content.fonts.composite(naming))
        return Lettering(name, lambda letter: f"{glyphs[ord(letter)]:04x}", _vera)

    return make


def _simple(naming: Naming) -> Make:
    def make(content: Content, letters: str) -> Lettering:
        name = content.name("/Font", content.fonts.simple(letters, naming))
        return Lettering(name, lambda letter: f"{letters.index(letter) + 1:02x}", _vera)

    return make


def _drawn(naming: Naming, *, by_name: bool) -> Make:
    def make(content: Content, letters: str) -> Lettering:
        font = content.fonts.drawn(letters, naming, letters if by_name else None)
        name = content.name("/Font", font)
        return Lettering(name, lambda letter: f"{letters.index(letter) + 1:02x}", _vera)

    return make


def _standard(family: str) -> Make:
    def make(content: Content, _: str) -> Lettering:
        name = content.name("/Font", content.fonts.standard(family))
        return Lettering(
            name,
            lambda letter: letter.encode("cp1252").hex(),
            lambda letter: stringWidth(letter, family, 1.0),
        )

    return make


def _differences(content: Content, letters: str) -> Lettering:
    """Make a Type1 font whose encoding counts from 1 and names each glyph."""
    order = [Name("/" + glyph_name(letter)) for letter in letters]
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        FirstChar=1,
        LastChar=len(letters),
        Widths=Array([round(stringWidth(letter, "Helvetica", 1000)) for letter in letters]),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *order])),
    )
    name = content.name("/Font", content.pdf.make_indirect(font))
    return Lettering(
        name,
        lambda letter: f"{letters.index(letter) + 1:02x}",
        lambda letter: stringWidth(letter, "Helvetica", 1.0),
    )


def glyph_name(letter: str) -> str:
    """Return the name that a letter has in Type1 fonts."""
    if letter.isdigit():
        return DIGITS[int(letter)]
    return GLYPH_NAMES.get(letter, letter)


def symbol(content: Content) -> Lettering:
    """Return the Symbol font for the sign of a tick."""
    name = content.name("/Font", content.fonts.standard("Symbol"))
    return Lettering(name, lambda _: "d6", lambda _: 0.549)


LETTERINGS: Mapping[str, Make] = {
    "composite": _composite(named),
    "composite-unnamed": _composite(unnamed),
    "composite-misnamed": _composite(misnamed),
    "subset": _simple(named),
    "subset-unnamed": _simple(unnamed),
    "subset-misnamed": _simple(misnamed),
    "helvetica": _standard("Helvetica"),
    "times": _standard("Times-Roman"),
    "differences": _differences,
    "drawn": _drawn(named, by_name=False),
    "drawn-by-name": _drawn(unnamed, by_name=True),
    "drawn-unnamed": _drawn(unnamed, by_name=False),
}
LATIN = frozenset({"helvetica", "times", "differences"})  # without the sign of a tick


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be shown: its text, the start of its baseline in points and its size."""

    text: str
    x: float
    y: float
    size: float


def shown(frame: Frame, letters: Lettering, line: Line, cut: str) -> str:
    """Return the operators of a line, cut into pieces in one of the ways of `CUTS`."""
    return " ".join(CUTS[cut](frame, letters, line))


def _start(frame: Frame, letters: Lettering, line: Line, x: float | None = None, more: str = "") -> str:
    place = frame.at(line.x if x is None else x, line.y)
    return f"BT {letters.name} {frame.long(line.size)} Tf {more} {frame.text_matrix} {place} Tm"


def _whole(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    yield f"{_start(frame, letters, line)} {letters.codes(line.text)} Tj ET"


def _words(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    """Each word by itself, no space between."""
    at = 0
    for word in line.text.split(" "):
        x = line.x + letters.long(line.text[:at], line.size)
        yield f"{_start(frame, letters, line, x)} {letters.codes(word)} Tj ET"
        at += len(word) + 1


def _letters(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    """Each letter with a text object of its own."""
    for n, letter in enumerate(line.text):
        x = line.x + letters.long(line.text[:n], line.size)
        yield f"{_start(frame, letters, line, x)} {letters.codes(letter)} Tj ET"


def _steps(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    """Each letter shown after a step to it."""
    yield _start(frame, letters, line)
    for letter in line.text:
        yield f"{letters.codes(letter)} Tj {frame.long(letters.long(letter, line.size))} 0 Td"
    yield "ET"


def _kerned(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    """Letters with a little kerning between them, spaces as characters."""
    pieces = "".join(f"{letters.codes(letter)} {(n % 3 - 1) * 12} " for n, letter in enumerate(line.text))
    yield f"{_start(frame, letters, line)} [{pieces}] TJ ET"


def _kerned_gaps(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    """Words in one array, kerning in place of spaces."""
    gap = -1000 * letters.width(" ")
    words = f" {gap:.1f} ".join(letters.codes(word) for word in line.text.split(" "))
    yield f"{_start(frame, letters, line)} [{words}] TJ ET"


def _spacing(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    """Half a line with letter spacing taken back by kerning, and spaces made by word spacing."""
    back = 1000 * 0.5 / line.size
    pieces = "".join(f"{letters.codes(letter)} {back:.2f} " for letter in line.text)
    yield f"{_start(frame, letters, line, more=f'{frame.long(0.5)} Tc')} [{pieces}] TJ ET 0 Tc"


def _quotes(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    """The operator that goes to the next line and shows, from a line above."""
    above = Line(line.text, line.x, line.y + 11, line.size)
    yield f"{_start(frame, letters, above, more=f'{frame.long(11)} TL')} {letters.codes(line.text)} ' ET"


def _backwards(frame: Frame, letters: Lettering, line: Line) -> Iterator[str]:
    """The letters from the last to the first."""
    yield from reversed([*_letters(frame, letters, line)])


CUTS: Mapping[str, Callable[[Frame, Lettering, Line], Iterator[str]]] = {
    "line": _whole,
    "words": _words,
    "letters": _letters,
    "steps": _steps,
    "kerned": _kerned,
    "kerned-gaps": _kerned_gaps,
    "spacing": _spacing,
    "quotes": _quotes,
    "backwards": _backwards,
}
