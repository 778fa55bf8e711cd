"""Turns drawing calls into the content stream of a PDF page, operator by operator; points, origin lower left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from benchmarks.drawing.pages.fonts import Fonts, Naming, face, named, width_of

Box = tuple[float, float, float, float]  # x0, y0, x1, y1
SIZE = 7.5  # of letters, in points


class Content:
    """A stretch of a page's content in the making, with the resources it names.

    Args:
        pdf: the document.
        page: the page that it belongs to.
        fonts: the document's fonts.
    """

    def __init__(self, pdf: pikepdf.Pdf, page: pikepdf.Page, fonts: Fonts | None = None) -> None:
        """Begin with nothing drawn."""
        self.pdf, self.page = pdf, page
        self.fonts = fonts or Fonts(pdf)
        self.parts: list[str] = []
        self._own_resources()

    def _own_resources(self) -> None:
        """Give the page resources that no other page shares."""
        held = self.page.resources
        fresh = Dictionary()
        for key, value in held.items():
            fresh[key] = Dictionary(dict(value.items())) if isinstance(value, Dictionary) else value
        self.page.obj.Resources = self.pdf.make_indirect(fresh)

    def op(self, *operators: str) -> None:
        """Put operators as they are."""
        self.parts += operators

    def name(self, category: str, value: pikepdf.Object) -> str:
        """Return the name of a resource (`/Font`, `/ExtGState`, ...); a new one where it has none."""
        resources = self.page.obj.Resources
        if category not in resources:
            resources[category] = Dictionary()
        known = resources[category]
        for key, other in known.items():
            if value.is_indirect and other.is_indirect and other.objgen == value.objgen:
                return str(key)
        key = f"/P{category[1]}{len(known)}"
        known[key] = value
        return key

    def state(self, **settings: Any) -> str:
        """Return the operators that set a graphics state (`ca=0`, `BM=Name.Multiply`, ...)."""
        return f"{self.name('/ExtGState', self.pdf.make_indirect(Dictionary(**settings)))} gs"

    def masked(self, tone: int, box: Box) -> str:
        """Return the operators that set a soft mask over a box; tone 0 lets nothing through, 1 everything."""
        x0, y0, x1, y1 = box
        transparency = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        group = self.form(f"{tone} g {x0} {y0} {x1 - x0} {y1 - y0} re f", box, Group=transparency)
        return self.state(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group))

    def text(
        self,
        x: float,
        y: float,
        line: str,
        *,
        size: float = SIZE,
        before: str = "",
        naming: Naming = named,
        matrix: str = "1 0 0 1",
    ) -> None:
        """Write a line with its baseline at `y`; `before` are operators that hold for this line alone."""
        font = self.name("/Font", self.fonts.composite(naming))
        self.op(f"q {before} BT {font} {size:g} Tf {matrix} {x:.3f} {y:.3f} Tm <{encoded(line)}> Tj ET Q")

    def codes(self, font: pikepdf.Object, x: float, y: float, codes: str) -> None:
        """Write codes, in hex, of a font with their baseline at `y`."""
        self.op(f"BT {self.name('/Font', font)} {SIZE} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{codes}> Tj ET")

    @contextmanager
    def inside(self, group: pikepdf.Object) -> Iterator[None]:
        """Mark what is drawn meanwhile as content of an optional-content group."""
        self.op(f"/OC {self.name('/Properties', group)} BDC")
        yield
        self.op("EMC")

    def tiled(self, tile: str, box: Box, step: float, resources: pikepdf.Object | None = None) -> str:
        """Return the operators that fill with a tiling pattern; `box` is its cell."""
        pattern = self.pdf.make_stream(
            tile.encode("latin-1"),
            Type=Name.Pattern,
            **dict.fromkeys(("PatternType", "PaintType", "TilingType"), 1),
            **dict.fromkeys(("XStep", "YStep"), step),
            BBox=Array(list(box)),
            Resources=resources or Dictionary(),
        )
        return f"/Pattern cs {self.name('/Pattern', pattern)} scn"

    def rectangle(self, box: Box, colour: str = "0 g") -> None:
        """Fill a box; `colour` are the operators that set its colour."""
        x0, y0, x1, y1 = box
        self.op(f"q {colour} {x0:.3f} {y0:.3f} {x1 - x0:.3f} {y1 - y0:.3f} re f Q")

    def stroke(self, points: Sequence[tuple[float, float]], width: float, before: str = "0 G") -> None:
        """Stroke a path through points."""
        (x, y), rest = points[0], points[1:]
        path = f"{x:.3f} {y:.3f} m " + " ".join(f"{x:.3f} {y:.3f} l" for x, y in rest)
        self.op(f"q {before} {width:g} w {path} S Q")

    def form(self, content: str, box: Box, **extra: object) -> pikepdf.Object:
        """Return a form XObject with the page's resources; its content is in the page's coordinates."""
        return self.pdf.make_stream(
            content.encode("latin-1"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([round(part, 3) for part in box]),
            Resources=self.page.obj.Resources,
            **extra,
        )

    def draw(self, xobject: pikepdf.Object, before: str = "") -> None:
        """Draw an XObject."""
        self.op(f"q {before} {self.name('/XObject', xobject)} Do Q")

    def picture(
        self, rows: Sequence[bytes], width: int, *, channels: int = 1, mask: pikepdf.Object | None = None
    ) -> pikepdf.Object:
        """Return an image XObject of 8 bits a sample."""
        made = self.pdf.make_stream(
            b"".join(rows),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=width,
            Height=len(rows),
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray if channels == 1 else Name.DeviceRGB,
        )
        if mask is not None:
            made.SMask = mask
        return made

    def put_picture(self, image: pikepdf.Object, box: Box, before: str = "") -> None:
        """Draw an image over a box."""
        x0, y0, x1, y1 = box
        self.draw(image, f"{before} {x1 - x0:.3f} 0 0 {y1 - y0:.3f} {x0:.3f} {y0:.3f} cm")

    def layer(self, *, shown: bool) -> pikepdf.Object:
        """Return an optional-content group that the default configuration shows or not."""
        group = self.pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Lapisan"))
        root = self.pdf.Root
        if "/OCProperties" not in root:
            root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(Order=Array(), OFF=Array()))
        root.OCProperties.OCGs.append(group)
        root.OCProperties.D.Order.append(group)
        if not shown:
            root.OCProperties.D.OFF.append(group)
        return group

    def annotate(self, kind: str, box: Box, appearance: str | None, **entries: Any) -> Dictionary:
        """Add an annotation; `appearance` is its normal one in the page's coordinates."""
        entries = {"F": 4, **entries}
        made = Dictionary(
            Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([round(part, 3) for part in box]), **entries
        )
        if appearance is not None:
            made.AP = Dictionary(N=self.form(appearance, box))
        if "/Annots" not in self.page.obj:
            self.page.obj.Annots = Array()
        self.page.obj.Annots.append(self.pdf.make_indirect(made))
        return made

    def field(self, box: Box, appearance: str | None, **entries: Any) -> Any:
        """Add a widget that is its own form field."""
        self.annotate("Widget", box, appearance, **entries)
        made: Any = self.page.obj.Annots[-1]
        made.P = self.page.obj
        root = self.pdf.Root
        if "/AcroForm" not in root:
            helvetica = self.fonts.standard("Helvetica")
            dingbats = self.fonts.standard("ZapfDingbats")
            root.AcroForm = Dictionary(
                Fields=Array(),
                DR=Dictionary(Font=Dictionary(Helv=helvetica, ZaDb=dingbats)),
                DA=b"/Helv 0 Tf 0 g",
            )
        root.AcroForm.Fields.append(made)
        return made

    def close(self, *, below: bool = False) -> None:
        """Add what was drawn to its page, over the existing content or below it."""
        content = "\n".join(self.parts).encode("latin-1")
        held = self.page.obj.get("/Contents")
        if held is None or (isinstance(held, pikepdf.Stream) and not held.read_bytes()):
            self.page.obj.Contents = self.pdf.make_stream(content)
            return
        if below:
            self.page.contents_add(b"q\n" + content + b"\nQ\n", prepend=True)
            return
        self.page.contents_add(b"q\n", prepend=True)
        self.page.contents_add(b"\nQ\nq\n" + content + b"\nQ\n")


def encoded(line: str) -> str:
    """Return a line as the codes, in hex, of the composite font.

    Raises:
        KeyError: the font lacks a letter.
    """
    glyphs = face().charToGlyph
    return "".join(f"{glyphs[ord(letter)]:04x}" for letter in line)


def coded(line: str, letters: str) -> str:
    """Return a line as the codes, in hex, of a font whose codes count from 1 in the order of `letters`."""
    return "".join(f"{letters.index(letter) + 1:02x}" for letter in line)


def centred(box: Box, line: str, size: float = SIZE) -> tuple[float, float]:
    """Return the start of a line's baseline that puts it into the middle of a box."""
    x0, y0, x1, y1 = box
    return (x0 + x1 - width_of(line, size)) / 2, (y0 + y1) / 2 - 0.36 * size
