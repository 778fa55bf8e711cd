"""Makes PDF font dictionaries that name their glyphs rightly, wrongly or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pikepdf
import reportlab
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFontFile

from samples.draw.text import register_fonts

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
PIXELS = 60  # of an em, in glyphs made of rectangles
Naming = Callable[[str], str | None]

register_fonts()


@cache
def face(file: Path = VERA) -> TTFontFile:
    """Return a parsed font file."""
    return TTFontFile(str(file))


def width_of(line: str, size: float) -> float:
    """Width of a line in points."""
    return float(stringWidth(line, "Vera", size))


def named(letter: str) -> str | None:
    """Name a glyph as what it is."""
    return letter


def unnamed(_: str) -> str | None:
    """Name no glyph."""
    return None


def misnamed(letter: str) -> str | None:
    """Name each letter and digit as the next of its kind, each other sign as a hyphen."""
    for row in ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789"):
        if letter in row:
            return row[(row.index(letter) + 1) % len(row)]
    return letter if letter == " " else "-"


def blank(_: str) -> str | None:
    """Name each glyph as a space."""
    return " "


def cmap(codes: Mapping[str, str], digits: int) -> bytes:
    """Return a ToUnicode map of hexadecimal codes of the given width to texts."""
    pairs = [f"<{code}> <{text.encode('utf-16-be').hex()}>" for code, text in codes.items()]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /N def /CMapType 2 def\n"
        f"1 begincodespacerange <{'0' * digits}> <{'F' * digits}> endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


class Fonts:
    """The fonts of one document, each made when it is first asked for."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Begin without a font."""
        self._pdf = pdf
        self._known: dict[str, pikepdf.Object] = {}

    def composite(self, naming: Naming = named) -> pikepdf.Object:
        """Return the whole font as Type0 with Identity-H; `naming` gives the ToUnicode text of each letter."""
        return self._kept(f"composite {naming.__name__}", lambda: self._composite(naming))

    def standard(self, name: str) -> pikepdf.Object:
        """Return one of the 14 fonts that every reader has; signs have the codes of the font itself."""
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + name))
        if name not in {"ZapfDingbats", "Symbol"}:
            font.Encoding = Name.WinAnsiEncoding
        return self._kept(name, lambda: self._pdf.make_indirect(font))

    def simple(self, letters: str, naming: Naming = named, file: Path = VERA) -> pikepdf.Object:
        """Return a TrueType subset with codes from 1 in the order of `letters`, as old programs embed it."""
        key = f"simple {letters} {naming.__name__} {file}"
        return self._kept(key, lambda: self._simple(letters, naming, file))

    def drawn(
        self, letters: str, naming: Naming = named, names: str | None = None, *, inked: bool = True
    ) -> pikepdf.Object:
        """Return a Type3 font with codes from 1 in the order of `letters`, whose glyphs are rectangles.

        `names` are the letters after which the glyphs are named in its encoding; without it they are `g1`, `g2`, ...
        With `inked` off the glyphs are empty.
        """
        key = f"drawn {letters} {naming.__name__} {names} {inked}"
        return self._kept(key, lambda: self._drawn(letters, naming, names, inked=inked))

    def _kept(self, key: str, make: Callable[[], pikepdf.Object]) -> pikepdf.Object:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]

    def _file(self, data: bytes) -> pikepdf.Object:
        return self._pdf.make_stream(zlib.compress(data), Length1=len(data), Filter=Name.FlateDecode)

    def _descriptor(self, data: bytes, flags: int) -> pikepdf.Object:
        font = face()
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/AAAAAA+BitstreamVeraSans"),
                Flags=flags,
                FontBBox=Array([round(part) for part in font.bbox]),
                ItalicAngle=0,
                Ascent=round(font.ascent),
                Descent=round(font.descent),
                CapHeight=round(font.ascent),
                StemV=80,
                FontFile2=self._file(data),
            )
        )

    def _composite(self, naming: Naming) -> pikepdf.Object:
        font = face()
        widths: dict[int, int] = {}
        names: dict[str, str] = {}
        for point, glyph in font.charToGlyph.items():
            widths[glyph] = round(font.charWidths.get(point, font.defaultWidth))
            name = naming(chr(point)) if point < 0xFFFF else None
            if name is not None:
                names.setdefault(f"{glyph:04x}", name)
        listed = Array([part for glyph in sorted(widths) for part in (glyph, Array([widths[glyph]]))])
        inner = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/AAAAAA+BitstreamVeraSans"),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=self._descriptor(VERA.read_bytes(), 4),
            DW=600,
            W=listed,
            CIDToGIDMap=Name.Identity,
        )
        whole = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=inner.BaseFont,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([self._pdf.make_indirect(inner)]),
        )
        if names:
            whole.ToUnicode = self._pdf.make_stream(cmap(names, 4))
        return self._pdf.make_indirect(whole)

    def _simple(self, letters: str, naming: Naming, file: Path) -> pikepdf.Object:
        font = face(file)
        data = font.makeSubset([0, *map(ord, letters)])
        widths = [round(font.charWidths.get(ord(letter), font.defaultWidth)) for letter in letters]
        made = Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/AAAAAA+BitstreamVeraSans"),
            FirstChar=1,
            LastChar=len(letters),
            Widths=Array(widths),
            FontDescriptor=self._descriptor(data, 4),
        )
        self._name(made, letters, naming)
        return self._pdf.make_indirect(made)

    def _drawn(self, letters: str, naming: Naming, names: str | None, *, inked: bool) -> pikepdf.Object:
        procedures, order = Dictionary(), Array([1])
        for code, letter in enumerate(letters, 1):
            name = "/" + (f"g{code}" if names is None else f"uni{ord(names[code - 1]):04X}")
            width = width_of(letter, 1000)
            runs = "".join(f"{x} {y} {w} {h} re " for x, y, w, h in rectangles(letter, 1000))
            paint = f"{runs}f" if inked and runs else ""
            procedures[name] = self._pdf.make_stream(
                f"{width:.0f} 0 0 -300 {width:.0f} 1000 d1 {paint}".encode()
            )
            order.append(Name(name))
        made = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, -300, 1000, 1000]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=procedures,
            Encoding=Dictionary(Type=Name.Encoding, Differences=order),
            FirstChar=1,
            LastChar=len(letters),
            Widths=Array([round(width_of(letter, 1000)) for letter in letters]),
            Resources=Dictionary(),
        )
        self._name(made, letters, naming)
        return self._pdf.make_indirect(made)

    def _name(self, font: Dictionary, letters: str, naming: Naming) -> None:
        texts = {f"{code:02x}": naming(letter) for code, letter in enumerate(letters, 1)}
        known = {code: text for code, text in texts.items() if text is not None}
        if known:
            font.ToUnicode = self._pdf.make_stream(cmap(known, 2))


@cache
def rectangles(line: str, em: float) -> tuple[tuple[float, float, float, float], ...]:
    """Return a line as rectangles (x, y, width, height) about its baseline, y upward; `em` is the size."""
    font = ImageFont.truetype(str(VERA), PIXELS)
    across = max(1, round(width_of(line, PIXELS)) + 2)
    picture = Image.new("1", (across, 2 * PIXELS))
    ImageDraw.Draw(picture).text((0, PIXELS), line, font=font, fill=1, anchor="ls")
    scale, found = em / PIXELS, []
    for y in range(2 * PIXELS):
        x = 0
        while x < across:
            start = x
            while x < across and picture.getpixel((x, y)):
                x += 1
            if x > start:
                place = (start * scale, (PIXELS - 1 - y) * scale, (x - start) * scale)
                left, top, width = (round(part, 3) for part in place)
                found.append((left, top, width, round(scale, 3)))
            x += 1
    return tuple(found)
