"""Turns scanned pictures into a PDF: one embedded picture a page, and a text layer where one is asked for."""

import io
import zlib
from dataclasses import dataclass

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray

from samples.draw.scan_layer import LayerWord, layer_stream
from samples.draw.scan_settings import Turn

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Leaf:
    """A page to write: its picture as stored, its size in points as stored, its /Rotate and its text layer."""

    picture: Picture
    width: float
    height: float
    rotate: Turn
    words: tuple[LayerWord, ...]


class ScanFile:
    """A PDF in the making; `add` writes a page, `close` gives the bytes."""

    def __init__(self, title: str, jpeg: int | None) -> None:
        """Start an empty document whose pictures are JPEGs of a quality, or without loss."""
        self._pdf = pikepdf.new()
        self._jpeg = jpeg
        self._pdf.docinfo["/Title"] = title
        self._pdf.docinfo["/Producer"] = "lampiran samples"
        self._pdf.docinfo["/Subject"] = "A drawn scan of a drawn facsimile, not of any decree"

    def add(self, leaf: Leaf) -> None:
        """Write one page."""
        content = f"q {leaf.width:.4f} 0 0 {leaf.height:.4f} 0 0 cm /Scan Do Q\n".encode()
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=self._image(leaf.picture)))
        if leaf.words:
            content += layer_stream(leaf.words, leaf.height, "/Layer")
            resources.Font = pikepdf.Dictionary(Layer=self._font())
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(leaf.width, 4), round(leaf.height, 4)],
            Resources=resources,
            Contents=self._pdf.make_stream(content),
        )
        if leaf.rotate:
            page.Rotate = leaf.rotate
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(page)))

    def close(self) -> bytes:
        """End the document; the same pages give the same bytes."""
        buffer = io.BytesIO()
        self._pdf.save(buffer, deterministic_id=True, fix_metadata_version=False)
        self._pdf.close()
        return buffer.getvalue()

    def _image(self, picture: Picture) -> pikepdf.Object:
        data, coding = _encoded(picture, self._jpeg)
        image = self._pdf.make_stream(b"")
        image.write(data, filter=coding)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = picture.shape[1], picture.shape[0]
        image.BitsPerComponent = 8
        image.ColorSpace = pikepdf.Name.DeviceGray if picture.ndim == 2 else pikepdf.Name.DeviceRGB
        return image

    def _font(self) -> pikepdf.Dictionary:
        return pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )


def _encoded(picture: Picture, jpeg: int | None) -> tuple[bytes, pikepdf.Name]:
    if jpeg is None:
        return zlib.compress(picture.tobytes(), 6), pikepdf.Name.FlateDecode
    swapped = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", swapped, [cv2.IMWRITE_JPEG_QUALITY, jpeg])
    return bytes(data), pikepdf.Name.DCTDecode
