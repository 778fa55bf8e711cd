"""Makes a PDF with one picture per page, coded as scanners do: CCITT G4, JBIG2, JPEG or Flate."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]
Coding = Literal["g4", "jbig2", "jpeg", "flate"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page's picture (grey or RGB of 8 bits; black and white only where it is coded as one bit) and its size in points."""

    picture: Picture
    width: float
    height: float
    coding: Coding
    quality: int = 85


def pdf_of(leaves: Iterable[Leaf]) -> bytes:
    """Return a PDF; the same leaves give the same bytes."""
    document = pikepdf.new()
    for leaf in leaves:
        content = f"q {leaf.width:.3f} 0 0 {leaf.height:.3f} 0 0 cm /Im0 Do Q".encode()
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_image(document, leaf)))
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(leaf.width, 3), round(leaf.height, 3)],
            Resources=resources,
            Contents=document.make_stream(content),
        )
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
    held = io.BytesIO()
    document.save(held, deterministic_id=True, fix_metadata_version=False)
    return held.getvalue()


def _image(document: pikepdf.Pdf, leaf: Leaf) -> pikepdf.Object:
    height, width = leaf.picture.shape[:2]
    image = document.make_stream(b"")
    bits = 8
    match leaf.coding:
        case "g4":
            bits = 1
            settings = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=False)
            image.write(group4(leaf.picture), filter=pikepdf.Name.CCITTFaxDecode, decode_parms=settings)
        case "jbig2":
            bits = 1
            image.write(jbig2(leaf.picture), filter=pikepdf.Name.JBIG2Decode)
        case "jpeg":
            swapped = (
                leaf.picture if leaf.picture.ndim == 2 else cv2.cvtColor(leaf.picture, cv2.COLOR_RGB2BGR)
            )
            _, data = cv2.imencode(".jpg", swapped, [cv2.IMWRITE_JPEG_QUALITY, leaf.quality])
            image.write(bytes(data), filter=pikepdf.Name.DCTDecode)
        case "flate":
            image.write(zlib.compress(leaf.picture.tobytes(), 6), filter=pikepdf.Name.FlateDecode)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = width, height, bits
    image.ColorSpace = pikepdf.Name.DeviceGray if leaf.picture.ndim == 2 else pikepdf.Name.DeviceRGB
    return image


def group4(picture: Picture) -> bytes:
    """Return the codes of ITU-T T.6 of a black and white picture, black as runs of black."""
    held = io.BytesIO()
    black = Image.fromarray(picture < 128)
    black.save(held, "TIFF", compression="group4", strip_size=2**30)
    with Image.open(held) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    return held.getvalue()[start : start + length]


def jbig2(picture: Picture) -> bytes:
    """Return a JBIG2 stream as PDF embeds it: page information and one generic region coded by MMR (ITU-T T.88)."""
    height, width = picture.shape
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + group4(picture)
    return _segment(0, 48, page) + _segment(1, 39, region)


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
