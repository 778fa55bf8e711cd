"""PDFs whose streams unpack to far more than they hold, or do not unpack: every filter and its short name."""

from __future__ import annotations

import zlib
from functools import cache

from benchmarks.hostile.book import Book, bomb, packed, stream
from benchmarks.hostile.kinds import pdf

MIB = 1_048_576
ADLER = 65_521  # what the sums of a check of deflated bytes are counted by
CLEAR, END = 256, 257  # codes of LZW


def _page(book: Book, data: bytes, filters: bytes, more: bytes = b"") -> None:
    book.page_of(book.add(stream(data, b"/Filter" + filters + more)))


@cache
def zeros(mebibytes: int, part: bytes = b"\0") -> bytes:
    """Return so many mebibytes of one byte, deflated: one of them once, and then the same block again and again."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(part * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    count, value = mebibytes * MIB, part[0]
    sums = (1 + count * value) % ADLER, (count + value * count * (count + 1) // 2) % ADLER
    return b"\x78\xda" + block * mebibytes + b"\3\0" + (sums[1] << 16 | sums[0]).to_bytes(4, "big")


def lzw(count: int, byte: int = 32) -> bytes:
    """Pack `count` equal bytes by LZW: each code stands for one byte more than the one before."""
    codes, made = [CLEAR], 0
    while made < count:
        codes.append(byte)
        made += 1
        for number in range(258, 4094):
            if made >= count:
                break
            codes.append(number)
            made += number - 256
        codes.append(CLEAR)
    return _bits([*codes, END])


def _bits(codes: list[int]) -> bytes:
    value = bits = 0
    out = bytearray()
    known, width = 257, 9
    for code in codes:
        value = (value << width) | code
        bits += width
        while bits >= 8:
            bits -= 8
            out.append((value >> bits) & 255)
        value &= (1 << bits) - 1
        if code == CLEAR:
            known, width = 257, 9
            continue
        known += 1
        width = 9 if known < 511 else 10 if known < 1023 else 11 if known < 2047 else 12
    if bits:
        out.append((value << (8 - bits)) & 255)
    return bytes(out)


@pdf("partly")
def deflated_bomb(book: Book) -> None:
    """A page of 512 MiB of spaces."""
    _page(book, zeros(512, b" "), b"/FlateDecode")


@pdf("partly")
def deflated_bomb_by_its_short_name(book: Book) -> None:
    """The same with the name that inline images use."""
    _page(book, zeros(512, b" "), b"/Fl")


@pdf("partly")
def deflated_bomb_by_an_escaped_name(book: Book) -> None:
    """The same with a name that hides a letter."""
    _page(book, zeros(512, b" "), b"/Fl#61teDecode")


@pdf("partly")
def deflated_bomb_in_an_array(book: Book) -> None:
    """The same with a list of one filter."""
    _page(book, zeros(512, b" "), b"[/Fl]")


@pdf("partly")
def deflated_twice(book: Book) -> None:
    """A bomb in a bomb: 1 GiB in a few kilobytes."""
    _page(book, zlib.compress(zeros(1024, b" "), 9), b"[/FlateDecode/Fl]")


@pdf("partly", "read")
def deflated_ten_times(book: Book) -> None:
    """Ten packings of very little."""
    data = b"q Q"
    for _ in range(10):
        data = zlib.compress(data, 9)
    _page(book, data, b"[" + b"/FlateDecode" * 10 + b"]")


@pdf("partly")
def a_thousand_filters(book: Book) -> None:
    """A list of filters without end."""
    _page(book, b"00>", b"[" + b"/AHx" * 1000 + b"]")


@pdf("partly")
def lzw_bomb(book: Book) -> None:
    """A page of 20 MiB, packed by LZW."""
    _page(book, lzw(20 * MIB), b"/LZWDecode")


@pdf("partly")
def lzw_bomb_by_its_short_name(book: Book) -> None:
    """The same with its short name."""
    _page(book, lzw(20 * MIB), b"[/LZW]")


@pdf("read")
def lzw_that_is_small(book: Book) -> None:
    """A page of blanks, packed by LZW: nothing is wrong with it."""
    _page(book, lzw(1000), b"/LZW")


@pdf("partly", "read")
def lzw_of_an_early_end(book: Book) -> None:
    """LZW with codes that were never made."""
    _page(book, bytes.fromhex("800f0f0f0f0f0fff"), b"/LZWDecode/DecodeParms<</EarlyChange 0>>")


@pdf("partly")
def base_85_bomb(book: Book) -> None:
    """The short form of four zero bytes, sixteen million times."""
    _page(book, b"z" * 16_000_000 + b"~>", b"/A85")


@pdf("partly")
def base_85_of_deflated(book: Book) -> None:
    """A bomb behind figures."""
    import base64  # noqa: PLC0415

    _page(book, base64.a85encode(zeros(512, b" ")) + b"~>", b"[/ASCII85Decode/Fl]")


@pdf("partly")
def hexadecimal_of_deflated(book: Book) -> None:
    """A bomb behind figures of the other kind."""
    _page(book, zeros(512, b" ").hex().encode() + b">", b"[/AHx/FlateDecode]")


@pdf("partly")
def run_length_bomb(book: Book) -> None:
    """Two bytes for 128, two million times."""
    _page(book, b"\x81 " * 2_000_000 + b"\x80", b"/RunLengthDecode")


@pdf("partly")
def run_length_bomb_by_its_short_name(book: Book) -> None:
    """The same with its short name, in a list, deflated."""
    _page(book, zlib.compress(b"\x81 " * 4_000_000 + b"\x80", 9), b"[/Fl/RL]")


@pdf("partly")
def filter_unknown(book: Book) -> None:
    """A filter that there is not."""
    _page(book, b"q Q", b"/EvilDecode")


@pdf("partly", "read")
def filters_are_anything(book: Book) -> None:
    """Filters that are numbers, nothing and lists."""
    _page(book, b"q Q", b"[null 5 [/Fl] (x) <<>>]")


@pdf("partly", "read")
def filter_refers_to_its_stream(book: Book) -> None:
    """A filter that is its stream."""
    number = book.add(b"")
    book.objects[number] = stream(b"q Q", b"/Filter %d 0 R" % number)
    book.page_of(number)


@pdf("partly", "read")
def filter_by_reference(book: Book) -> None:
    """A bomb whose filter is named elsewhere."""
    name = book.add(b"/Fl")
    _page(book, zeros(512, b" "), b"[%d 0 R]" % name)


@pdf("partly", "read")
def predictor_of_huge_rows(book: Book) -> None:
    """Rows of two thousand million columns."""
    parms = b"/DecodeParms<</Predictor 15/Columns 2147483647/Colors 4/BitsPerComponent 16>>"
    _page(book, zlib.compress(b"q Q"), b"/FlateDecode", parms)


@pdf("partly", "read")
def predictor_of_no_column(book: Book) -> None:
    """Rows of nothing."""
    parms = b"/DecodeParms<</Predictor 12/Columns 0/Colors 0/BitsPerComponent 0>>"
    _page(book, zlib.compress(b"q Q"), b"/FlateDecode", parms)


@pdf("partly", "read")
def predictor_of_negative_rows(book: Book) -> None:
    """Rows of less than nothing, by a predictor that there is not."""
    parms = b"/DecodeParms[<</Predictor 99/Columns -7/Colors -1/BitsPerComponent 31>>]"
    _page(book, zlib.compress(b"q Q"), b"[/FlateDecode]", parms)


@pdf("partly", "read")
def parameters_refer_to_themselves(book: Book) -> None:
    """Parameters in a circle."""
    number = book.add(b"")
    book.objects[number] = b"[%d 0 R %d 0 R]" % (number, number)
    _page(book, zlib.compress(b"q Q"), b"[/FlateDecode/FlateDecode]", b"/DecodeParms %d 0 R" % number)


@pdf("partly", "read")
def stream_in_another_file(book: Book) -> None:
    """A stream whose bytes are a file of the machine."""
    _page(book, b"", b"[]", b"/F(/etc/passwd)/FFilter/Fl")


@pdf("partly", "read")
def stream_in_a_device(book: Book) -> None:
    """A stream whose bytes are a device without end."""
    book.page_of(book.add(stream(b"q Q", b"/F<</FS/URL/F(file:///dev/zero)>>")))


@pdf("partly", "read")
def crypt_filter(book: Book) -> None:
    """A filter for encryption in a file without any."""
    _page(book, b"q Q", b"[/Crypt]", b"/DecodeParms[<</Name/Identity>>]")


@pdf("partly")
def deflated_and_cut(book: Book) -> None:
    """Half of what was packed."""
    data = zlib.compress(bytes(range(256)) * 99)
    _page(book, data[: len(data) // 2], b"/FlateDecode")


@pdf("partly")
def deflated_rubbish(book: Book) -> None:
    """What was never packed."""
    _page(book, b"\xff\xfe" * 500, b"/FlateDecode")


@pdf("partly", "read")
def contents_are_a_picture(book: Book) -> None:
    """Operators packed as JPEG, as JBIG2, as JPEG 2000, as fax."""
    for name in (b"/DCTDecode", b"/JBIG2Decode", b"/JPXDecode", b"/CCITTFaxDecode", b"/DCT", b"/CCF"):
        _page(book, b"q Q" * 50, name)


@pdf("partly", "read")
def fax_of_a_million_rows(book: Book) -> None:
    """Operators that are a fax of a million million pixels."""
    parms = b"/DecodeParms<</K -1/Columns 1000000/Rows 1000000/EndOfBlock false>>"
    _page(book, b"\0" * 100, b"/CCITTFaxDecode", parms)


@pdf("partly", "read")
def bomb_as_a_form(book: Book) -> None:
    """A form of 512 MiB."""
    form = book.add(stream(zeros(512, b" "), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/Fl"))
    book.page(b"/X Do", b"/XObject<</X %d 0 R>>" % form)


@pdf("partly", "read")
def bomb_as_a_font(book: Book) -> None:
    """A font's file of 512 MiB."""
    for key in (b"/FontFile", b"/FontFile2", b"/FontFile3"):
        file = book.add(stream(zeros(512), b"/Filter/FlateDecode/Length1 9"))
        look = book.add(b"<</Type/FontDescriptor/FontName/X/Flags 4%b %d 0 R>>" % (key, file))
        font = b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 0/LastChar 0/Widths[1]/FontDescriptor %d 0 R>>"
        book.page(b"BT /F1 9 Tf (a) Tj ET", b"/Font<</F1 %d 0 R>>" % book.add(font % look))


@pdf("partly", "read")
def bomb_as_letters(book: Book) -> None:
    """The names of a font's letters in 512 MiB."""
    table = book.add(stream(zeros(512, b" "), b"/Filter/FlateDecode"))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R>>" % table
    book.page(b"BT /F1 9 Tf (a) Tj ET", b"/Font<</F1 %d 0 R>>" % book.add(font))


@pdf("partly", "read")
def bomb_as_an_encoding(book: Book) -> None:
    """The codes of a font in 512 MiB."""
    table = book.add(stream(zeros(512, b" "), b"/Type/CMap/CMapName/X/Filter/FlateDecode"))
    below = book.add(b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Ordering(Identity)>>>>")
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding %d 0 R/DescendantFonts[%d 0 R]>>" % (table, below)
    book.page(b"BT /F1 9 Tf (aa) Tj ET", b"/Font<</F1 %d 0 R>>" % book.add(font))


@pdf("partly", "read")
def bomb_as_places_of_glyphs(book: Book) -> None:
    """The glyphs of a font's codes in 512 MiB."""
    places = book.add(stream(zeros(512), b"/Filter/FlateDecode"))
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Ordering(Identity)>>/CIDToGIDMap %d 0 R>>"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[%d 0 R]>>"
    book.page(b"BT /F1 9 Tf (aa) Tj ET", b"/Font<</F1 %d 0 R>>" % book.add(font % book.add(below % places)))


@pdf("partly", "read")
def bomb_as_a_colour(book: Book) -> None:
    """A colour's description of 512 MiB."""
    profile = book.add(stream(zeros(512), b"/N 3/Filter/FlateDecode"))
    book.page(b"/C cs 1 0 0 sc 0 0 99 99 re f", b"/ColorSpace<</C[/ICCBased %d 0 R]>>" % profile)


@pdf("partly", "read")
def bomb_as_a_function(book: Book) -> None:
    """A function of 512 MiB of samples, and one of 512 MiB of braces."""
    for entries in (b"/FunctionType 0/Size[1024 1024]/BitsPerSample 8", b"/FunctionType 4"):
        function = book.add(
            stream(zeros(512, b"{"), entries + b"/Domain[0 1 0 1]/Range[0 1]/Filter/FlateDecode")
        )
        book.page(
            b"/S sh",
            b"/Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function %d 0 R>>>>" % function,
        )


@pdf("partly", "read")
def bomb_as_a_note(book: Book) -> None:
    """What a note looks like in 512 MiB."""
    look = book.add(stream(zeros(512, b" "), b"/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode"))
    book.page(b"", more=b"/Annots[<</Subtype/Stamp/Rect[0 0 99 99]/AP<</N %d 0 R>>>>]" % look)


@pdf("partly", "read")
def bomb_as_a_pattern(book: Book) -> None:
    """A pattern of 512 MiB."""
    entries = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>/Filter/FlateDecode"
    pattern = book.add(stream(zeros(512, b" "), entries))
    book.page(b"/Pattern cs /P scn 0 0 99 99 re f", b"/Pattern<</P %d 0 R>>" % pattern)


@pdf("partly", "read")
def bomb_as_a_glyph(book: Book) -> None:
    """A glyph of 512 MiB."""
    glyph = book.add(stream(zeros(512, b" "), b"/Filter/Fl"))
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a %d 0 R>>" % glyph
    )
    font += b"/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]>>"
    book.page(b"BT /F1 9 Tf (aaa) Tj ET", b"/Font<</F1 %d 0 R>>" % book.add(font))


@pdf("partly")
def ninety_pages_of_four_megabytes(book: Book) -> None:
    """Each page within its limit, all of them far beyond."""
    content = book.add(stream(bomb(255), b"/Filter/FlateDecode"))
    for _ in range(90):
        book.page_of(content)


@pdf("read", "partly")
def bomb_that_nobody_uses(book: Book) -> None:
    """A bomb that no page leads to harms nobody."""
    book.add(stream(zeros(1024), b"/Filter/FlateDecode"))
    book.add(packed(b"q Q"))
