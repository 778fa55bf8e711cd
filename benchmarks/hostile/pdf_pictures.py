"""PDFs whose pictures, colours and shadings are larger than they are."""

from __future__ import annotations

import zlib

from benchmarks.hostile.book import Book, packed, stream
from benchmarks.hostile.kinds import pdf
from benchmarks.hostile.pdf_streams import zeros

PICTURE = b"/Type/XObject/Subtype/Image"
SHOWN = b"q 400 0 0 400 50 50 cm /I Do Q"


def _picture(book: Book, data: bytes, entries: bytes, shown: bytes = SHOWN) -> None:
    number = book.add(stream(data, PICTURE + entries))
    book.page(b"BT /F0 9 Tf 50 700 Td (gambar) Tj ET " + shown, b"/XObject<</I %d 0 R>>" % number)


@pdf("partly", "read")
def picture_of_a_billion_pixels(book: Book) -> None:
    """A picture 65,500 pixels each way, all of them there."""
    _picture(
        book,
        zeros(512),
        b"/Width 65500/Height 65500/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode",
    )


@pdf("partly", "read")
def picture_of_many_colours(book: Book) -> None:
    """A picture of 400 million pixels of three colours."""
    entries = b"/Width 20000/Height 20000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/Fl"
    _picture(book, zeros(1144), entries)


@pdf("partly", "read")
def picture_that_says_it_is_huge(book: Book) -> None:
    """A picture that says it has more pixels than there are, of a single byte."""
    entries = b"/Width 2147483647/Height 2147483647/BitsPerComponent 16/ColorSpace/DeviceCMYK"
    _picture(book, b"x", entries)


@pdf("partly", "read")
def picture_of_odd_sizes(book: Book) -> None:
    """Pictures of no, of negative and of broken sizes."""
    for size in (
        b"/Width 0/Height 0",
        b"/Width -5/Height 7",
        b"/Width 1.5/Height(x)",
        b"",
        b"/Width nan/Height null",
    ):
        _picture(book, b"xxx", size + b"/BitsPerComponent 8/ColorSpace/DeviceGray")


@pdf("partly", "read")
def picture_of_odd_depths(book: Book) -> None:
    """Pictures of 0, 3, 32 and two thousand million bits."""
    for depth in (b"0", b"3", b"32", b"2147483647", b"-8"):
        _picture(book, b"x" * 400, b"/Width 20/Height 20/ColorSpace/DeviceRGB/BitsPerComponent " + depth)


@pdf("partly", "read")
def picture_again_and_again(book: Book) -> None:
    """A picture of four million pixels, twenty thousand times."""
    entries = b"/Width 2000/Height 2000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode"
    _picture(book, zlib.compress(bytes(4_000_000)), entries, SHOWN * 20_000)


@pdf("partly", "read")
def mask_of_its_own(book: Book) -> None:
    """A picture that is its own mask."""
    number = max(book.objects) + 1
    entries = b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/SMask %d 0 R/Mask %d 0 R" % (
        number,
        number,
    )
    _picture(book, b"x" * 81, entries)


@pdf("partly", "read")
def mask_of_a_billion_pixels(book: Book) -> None:
    """A small picture with a huge mask."""
    mask = book.add(
        stream(
            zeros(512),
            PICTURE
            + b"/Width 65500/Height 65500/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode",
        )
    )
    entries = b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/SMask %d 0 R" % mask
    _picture(book, b"x" * 81, entries)


@pdf("partly", "read")
def fax_of_huge_sizes(book: Book) -> None:
    """A fax of a million million pixels in ten bytes."""
    parms = b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 1000000/Rows 1000000>>"
    _picture(
        book,
        b"\0" * 10,
        b"/Width 1000000/Height 1000000/BitsPerComponent 1/ColorSpace/DeviceGray" + parms,
    )


@pdf("partly", "read")
def fax_of_many_rows(book: Book) -> None:
    """A fax of a hundred columns and 2,000,000,000 rows."""
    parms = b"/Filter/CCF/DecodeParms<</K 0/Columns 100/Rows 2000000000>>"
    _picture(
        book,
        b"\x35" * 1000,
        b"/Width 100/Height 2000000000/BitsPerComponent 1/ColorSpace/DeviceGray" + parms,
    )


def _jbig2(width: int, height: int) -> bytes:
    page = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\0" * 8 + b"\0" + b"\0\0"
    region = (
        width.to_bytes(4, "big")
        + height.to_bytes(4, "big")
        + b"\0" * 8
        + b"\0"
        + b"\0"
        + b"\3\xff\xfd\xff\2\xfe\xfe\xfe"
    )
    return (
        b"\0\0\0\0\x30\0\1" + len(page).to_bytes(4, "big") + page
        + b"\0\0\0\1\x26\0\1" + (len(region) + 16).to_bytes(4, "big") + region + b"\xff\xac" * 8
    )  # fmt: skip


@pdf("partly", "read")
def jbig2_of_a_billion_pixels(book: Book) -> None:
    """A JBIG2 picture of 40,000 pixels each way in a hundred bytes."""
    entries = b"/Width 40000/Height 40000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode"
    _picture(book, _jbig2(40_000, 40_000), entries)


@pdf("partly", "read")
def jbig2_of_huge_sizes_within(book: Book) -> None:
    """A JBIG2 picture that says one size outside and 2,000,000,000 inside."""
    entries = b"/Width 40/Height 40/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode"
    _picture(book, _jbig2(2_000_000_000, 2_000_000_000), entries)


@pdf("partly", "read")
def jbig2_tables_in_a_circle(book: Book) -> None:
    """A JBIG2 picture whose shared tables are the picture."""
    number = max(book.objects) + 1
    entries = b"/Width 40/Height 40/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode"
    _picture(book, _jbig2(40, 40), entries + b"/DecodeParms<</JBIG2Globals %d 0 R>>" % number)


def _jpeg_2000(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    siz = b"\0\0" + size + b"\0" * 8 + size + b"\0" * 8 + b"\0\3" + b"\7\1\1" * 3
    cod = b"\0\0\0\1\1\5\4\4\0\1"
    qcd = b"\x40" + b"\x40" * 16
    marks = ((b"\xff\x51", siz), (b"\xff\x52", cod), (b"\xff\x5c", qcd))
    head = b"".join(mark + (len(data) + 2).to_bytes(2, "big") + data for mark, data in marks)
    return b"\xff\x4f" + head + b"\xff\x90\0\x0a\0\0\0\0\0\0\0\1" + b"\xff\x93" + b"\0" * 64 + b"\xff\xd9"


@pdf("partly", "read")
def jpeg_2000_of_a_billion_pixels(book: Book) -> None:
    """A JPEG 2000 picture of 40,000 pixels each way in two hundred bytes."""
    _picture(book, _jpeg_2000(40_000, 40_000), b"/Width 40000/Height 40000/Filter/JPXDecode")


@pdf("partly", "read")
def jpeg_2000_of_huge_sizes_within(book: Book) -> None:
    """A JPEG 2000 picture that says one size outside and a hundred thousand each way inside."""
    entries = b"/Width 40/Height 40/ColorSpace/DeviceRGB/Filter/JPXDecode"
    _picture(book, _jpeg_2000(100_000, 100_000), entries)


def _jpeg(width: int, height: int, scans: int = 1, marker: bytes = b"\xc2") -> bytes:
    table = b"\xff\xdb\0\x43\0" + b"\1" * 64
    frame = b"\xff" + marker + b"\0\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big")
    frame += b"\3\1\x11\0\2\x11\0\3\x11\0"
    huffman = (
        b"\xff\xc4\0\x14\0" + b"\1" + b"\0" * 15 + b"\0" + b"\xff\xc4\0\x14\x10" + b"\1" + b"\0" * 15 + b"\0"
    )
    scan = b"\xff\xda\0\x0c\3\1\0\2\0\3\0\0\0\0" + b"\0" * 8
    return b"\xff\xd8" + table + frame + huffman + scan * scans + b"\xff\xd9"


@pdf("partly", "read")
def jpeg_of_a_billion_pixels(book: Book) -> None:
    """A JPEG of 65,000 pixels each way in three hundred bytes."""
    entries = b"/Width 65000/Height 65000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode"
    _picture(book, _jpeg(65_000, 65_000), entries)


@pdf("partly", "read")
def jpeg_of_huge_sizes_within(book: Book) -> None:
    """A JPEG that says it is small, and is not."""
    entries = b"/Width 40/Height 40/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCT"
    _picture(book, _jpeg(65_000, 65_000), entries)


@pdf("partly", "read")
def jpeg_of_many_scans(book: Book) -> None:
    """A JPEG of 4,000 pixels each way that is drawn again and again, five thousand times."""
    entries = b"/Width 4000/Height 4000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode"
    _picture(book, _jpeg(4000, 4000, 5000), entries)


@pdf("partly", "read")
def scan_of_a_huge_page(book: Book) -> None:
    """A page of a hundred million square points that is a picture."""
    picture = book.add(
        packed(b"\xff" * 10_000, PICTURE + b"/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceGray")
    )
    book.page(
        b"14000 0 0 14000 0 0 cm /I Do", b"/XObject<</I %d 0 R>>" % picture, b"/MediaBox[0 0 14000 14000]"
    )


@pdf("partly", "read")
def colours_in_colours(book: Book) -> None:
    """Sixty colours, each of them by way of the next, and one of itself."""
    space = b"/DeviceGray"
    for _ in range(60):
        space = b"[/Indexed %b 255 <%b>]" % (space, b"00" * 256)
    number = book.add(b"")
    book.objects[number] = b"[/Indexed %d 0 R 2147483647 (x)]" % number
    spaces = b"/ColorSpace<</C %b/D %d 0 R/E[/Separation/X %d 0 R<<>>]/F[/Pattern %d 0 R]>>" % (
        space,
        number,
        number,
        number,
    )
    book.page(b"/C cs 1 sc /D cs 1 sc /E cs 1 scn /F cs 0 0 99 99 re f", spaces)


@pdf("partly", "read")
def colour_of_many_inks(book: Book) -> None:
    """A colour of 100,000 inks."""
    inks = b"/DeviceN[" + b"/I" * 100_000 + b"]/DeviceRGB<</FunctionType 2/N 1/Domain[0 1]>>"
    book.page(b"/C cs 0 0 99 99 re f", b"/ColorSpace<</C[%b]>>" % inks)


def _shaded(book: Book, shading: bytes) -> None:
    book.page(b"q 0 0 500 500 re W n /S sh Q", b"/Shading<</S %b>>" % shading)


@pdf("partly", "read")
def function_in_a_circle(book: Book) -> None:
    """A function that is stitched of itself."""
    number = book.add(b"")
    book.objects[number] = (
        b"<</FunctionType 3/Domain[0 1]/Bounds[.5]/Encode[0 1 0 1]/Functions[%d 0 R %d 0 R]>>"
        % (number, number)
    )
    _shaded(book, b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 9]/Function %d 0 R>>" % number)


@pdf("partly", "read")
def functions_double(book: Book) -> None:
    """Forty functions that are each stitched of two of the next one."""
    function = book.add(b"<</FunctionType 2/N 1/Domain[0 1]>>")
    for _ in range(40):
        function = book.add(
            b"<</FunctionType 3/Domain[0 1]/Bounds[.5]/Encode[0 1 0 1]/Functions[%d 0 R %d 0 R]>>"
            % (function, function)
        )
    _shaded(book, b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 9]/Function %d 0 R>>" % function)


@pdf("partly", "read")
def function_of_many_samples(book: Book) -> None:
    """A function of eight dimensions with 65,535 samples each."""
    entries = b"/FunctionType 0/BitsPerSample 32/Size[%b]/Domain[%b]/Range[0 1]" % (
        b"65535 " * 8,
        b"0 1 " * 8,
    )
    function = book.add(packed(b"x", entries))
    _shaded(book, b"<</ShadingType 1/ColorSpace/DeviceGray/Function %d 0 R>>" % function)


@pdf("partly", "read")
def function_of_braces(book: Book) -> None:
    """A calculation of 300,000 braces in one another."""
    function = book.add(packed(b"{" * 300_000, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]"))
    _shaded(book, b"<</ShadingType 1/ColorSpace/DeviceGray/Function %d 0 R>>" % function)


@pdf("partly", "read")
def function_of_many_steps(book: Book) -> None:
    """A calculation of 300,000 steps for each pixel."""
    function = book.add(
        packed(b"{ " + b"dup mul " * 150_000 + b"}", b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]")
    )
    _shaded(
        book,
        b"<</ShadingType 1/ColorSpace/DeviceGray/Function %d 0 R/Matrix[500 0 0 500 0 0]>>" % function,
    )


@pdf("partly", "read")
def mesh_of_many_patches(book: Book) -> None:
    """Meshes of a million triangles and of patches as large as the page."""
    for kind, entries in (
        (4, b"/BitsPerFlag 8"),
        (5, b"/VerticesPerRow 2"),
        (6, b"/BitsPerFlag 8"),
        (7, b"/BitsPerFlag 8"),
    ):
        mesh = b"/ShadingType %d/ColorSpace/DeviceGray/BitsPerCoordinate 8/BitsPerComponent 8%b" % (
            kind,
            entries,
        )
        data = bytes(n * 7 % 256 for n in range(1000)) * 1000
        number = book.add(packed(data, mesh + b"/Decode[0 500 0 500 0 1]"))
        _shaded(book, b"%d 0 R" % number)


@pdf("partly", "read")
def shading_of_odd_numbers(book: Book) -> None:
    """Shadings of coordinates that are no numbers, or too large."""
    for coords in (b"[nan 0 inf 9 0 0]", b"[" + b"9" * 50 + b" 0 0 0 1 1]", b"[]", b"[0 0 -5 0 0 -7]"):
        for kind in (2, 3):
            function = b"<</FunctionType 2/N -99999/Domain[0 1]>>"
            _shaded(
                book,
                b"<</ShadingType %d/ColorSpace/DeviceGray/Coords%b/Extend[true true]/Function%b>>"
                % (kind, coords, function),
            )


@pdf("partly", "read")
def inline_pictures_of_huge_sizes(book: Book) -> None:
    """Inline pictures that say they are huge, packed and not."""
    book.page(
        b"q 99 0 0 99 0 0 cm BI /W 2147483647 /H 2147483647 /BPC 8 /CS /RGB ID xxxx EI Q\n"
        b"q 99 0 0 99 0 0 cm BI /W 60000 /H 60000 /BPC 1 /CS /G /F /Fl ID " + zlib.compress(b"x") + b" EI Q\n"
        b"q 99 0 0 99 0 0 cm BI /W 60000 /H 60000 /BPC 1 /F /CCF /DP <</K -1 /Columns 60000>> ID xxxx EI Q"
    )


@pdf("partly", "read")
def inline_pictures_as_bombs(book: Book) -> None:
    """An inline picture of 20,000 pixels each way, packed to 400 kB, shown ten times."""
    one = b"q 99 0 0 99 0 0 cm BI /W 20000 /H 20000 /BPC 8 /CS /G /F /Fl ID " + zeros(382) + b" EI Q\n"
    book.page(one * 10)


@pdf("partly", "read")
def many_inline_pictures(book: Book) -> None:
    """Twenty thousand inline pictures of a pixel."""
    book.page(b"q 9 0 0 9 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n" * 20_000)
