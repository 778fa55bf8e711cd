"""Turns calls in points from the top left corner into marks on a reportlab canvas."""

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from samples.draw.forms import Form, Shade, Size
from samples.draw.text import ASCENT, LEADING, register_fonts, width_of


class Ink:
    """A document in the making; `page` opens a page, `close` gives its bytes."""

    def __init__(self, form: Form, title: str) -> None:
        """Start an empty document whose properties say that it is a facsimile."""
        register_fonts()
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pageCompression=1, invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("lampiran samples")
        self._canvas.setSubject("A facsimile drawn for testing, not the original of any decree")
        self._form = form
        self._open = False
        self.size: Size = form.paper

    def page(self, size: Size) -> None:
        """Finish the page before, if any, and open one of `size` with the running footer."""
        if self._open:
            self._canvas.showPage()
        self._canvas.setPageSize(size)
        self.size, self._open = size, True
        self.text(40, size[1] - 24, self._form.footer, size=6.5)

    def text(
        self, x: float, top: float, line: str, *, size: float, bold: bool = False, font: str | None = None
    ) -> None:
        """Write one line whose em box starts at `x`, `top`, in the form's font or another one."""
        self._canvas.setFont(font or self._form.font(bold=bold), size)
        self._canvas.setFillGray(0)
        self._canvas.drawString(x, self.size[1] - top - ASCENT * size, line)

    def centred(
        self,
        middle: float,
        top: float,
        line: str,
        *,
        size: float,
        bold: bool = False,
        font: str | None = None,
    ) -> None:
        """Write one line centred about `middle`; a trailing space does not count."""
        width = width_of(line.rstrip(), font or self._form.font(bold=bold), size)
        self.text(middle - width / 2, top, line, size=size, bold=bold, font=font)

    def block(self, x: float, top: float, lines: Sequence[str], *, size: float, bold: bool = False) -> float:
        """Write lines below each other from the left; gives the bottom of the last."""
        for line in lines:
            self.text(x, top, line, size=size, bold=bold)
            top += LEADING * size
        return top

    def fill(self, x0: float, top: float, x1: float, bottom: float, shade: Shade) -> None:
        """Fill a rectangle without an outline, in a grey or in red, green and blue (0 to 1)."""
        if isinstance(shade, tuple):
            self._canvas.setFillColorRGB(*shade)
        else:
            self._canvas.setFillGray(shade)
        self._canvas.rect(x0, self.size[1] - bottom, x1 - x0, bottom - top, stroke=0, fill=1)

    def ruling(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Draw a horizontal or vertical ruling in the form's manner: a stroke or a thin rectangle."""
        if self._form.rulings == "filled":
            half = self._form.ruling / 2
            self.fill(x0 - half, top - half, x1 + half, bottom + half, 0)
            return
        self._canvas.setStrokeGray(0)
        self._canvas.setLineWidth(self._form.ruling)
        height = self.size[1]
        self._canvas.line(x0, height - top, x1, height - bottom)

    def close(self) -> bytes:
        """End the document; the same calls give the same bytes."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()
