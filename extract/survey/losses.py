"""What of a page is lost, and how that is said."""

from __future__ import annotations

from enum import IntEnum

from schema.findings import Message


class Loss(IntEnum):
    """What of a page is lost, the gravest first."""

    PAGE = 0
    CONTENT = 1
    OPERATORS = 2
    FORM = 3
    FONT = 4
    PICTURE = 5
    NOTE = 6
    SIZE = 7
    LOOK = 8


SAID = {
    Loss.PAGE: Message(id="halamannya hilang dari berkas", en="the page is missing from the file"),
    Loss.CONTENT: Message(
        id="sebagian isinya rusak dan hilang", en="a part of its content is damaged and lost"
    ),
    Loss.OPERATORS: Message(
        id="perintah yang menggambar isinya rusak", en="the operators that draw its content are damaged"
    ),
    Loss.FORM: Message(id="sebuah bagian yang digambarnya hilang", en="a part that is painted on it is lost"),
    Loss.FONT: Message(id="sebuah fonnya rusak atau hilang", en="a font of its text is damaged or lost"),
    Loss.PICTURE: Message(id="sebuah gambarnya rusak atau hilang", en="a picture on it is damaged or lost"),
    Loss.NOTE: Message(
        id="sebuah isian formulir, catatan, atau capnya rusak atau hilang",
        en="a form field, note or stamp on it is damaged or lost",
    ),
    Loss.SIZE: Message(id="ukurannya rusak", en="its size is damaged"),
    Loss.LOOK: Message(
        id="sebuah warna, pola, atau lapisannya rusak atau hilang",
        en="a colour, pattern or layer of it is damaged or lost",
    ),
}
