"""A file -> a copy with something of it changed at random: bytes, operators of a page, parts of an archive, letters."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence

import pikepdf

Change = Callable[[bytes, random.Random], bytes]
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483647",
    b"-2147483648",
    b"99999999999",
    b"0.0000001",
    b"1e9",
)
WORDS = (
    b"nan",
    b"(",
    b")",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"/F0",
    b"q",
    b"Q",
    b"BT",
    b"ET",
    b"re",
    b"cm",
    b"Do",
    b"null",
    b"\0",
)
LETTERS = (
    "|",
    "\t",
    '"',
    "<td>",
    "</table>",
    "\n\n",
    "\0",
    "\u202e",
    "\u0301" * 50,
    "9" * 500,
    "Januari s.d. ",
    "AREA I ",
    "((",
    "%",
)
PAGE_KEYS = ("/MediaBox", "/Rotate", "/Resources", "/Contents", "/Annots", "/UserUnit", "/Parent", "/Type")
MOST = 12  # changes of one copy


def of_bytes(data: bytes, chance: random.Random) -> bytes:
    """Change bytes: flip, delete, double, move or zero some, or write numbers and words of PDFs over them."""
    copy = bytearray(data)
    for _ in range(chance.randint(1, MOST)):
        at, length = chance.randrange(max(1, len(copy))), chance.choice((1, 1, 2, 8, 64, 512))
        part = bytes(copy[at : at + length])
        match chance.randrange(6):
            case 0:
                copy[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del copy[at : at + length]
            case 2:
                copy[at:at] = part * chance.choice((1, 2, 50))
            case 3:
                place = chance.randrange(max(1, len(copy)))
                copy[place : place + len(part)] = part
            case 4:
                copy[at : at + length] = bytes(length)
            case _:
                word = chance.choice((*NUMBERS, *WORDS))
                copy[at : at + len(word)] = word
    return bytes(copy)


def of_text(data: bytes, chance: random.Random) -> bytes:
    """Change a text: put signs of tables and odd letters in, double or delete lines."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.randint(1, MOST)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + chance.choice((1, 10, 200)))
        match chance.randrange(3):
            case 0:
                text = text[:at] + chance.choice(LETTERS) * chance.choice((1, 1, 20)) + text[at:]
            case 1:
                text = text[:at] + text[at:end] * chance.choice((2, 30)) + text[end:]
            case _:
                text = text[:at] + text[end:]
    return text.encode("utf-8", "surrogatepass")


def of_operators(data: bytes, chance: random.Random) -> bytes:
    """Change the operators of a page, once they are unpacked."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = chance.choice(list(pdf.pages))
        page.contents_coalesce()
        words = page.Contents.read_bytes().split(b" ")
        for _ in range(chance.randint(1, MOST)):
            at = chance.randrange(max(1, len(words)))
            length = chance.choice((1, 1, 5, 50))
            match chance.randrange(4):
                case 0:
                    words[at : at + 1] = [chance.choice((*NUMBERS, *WORDS))]
                case 1:
                    del words[at : at + length]
                case 2:
                    words[at:at] = words[at : at + length] * chance.choice((1, 3, 200))
                case _:
                    chance.shuffle(words) if chance.random() < 0.1 else words.reverse()
        page.Contents = pdf.make_stream(b" ".join(words))
        pdf.save(target)
    return target.getvalue()


def of_objects(data: bytes, chance: random.Random) -> bytes:
    """Change entries of objects: lead them elsewhere, delete them, give them numbers that are none of theirs."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        every = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(chance.randint(1, MOST)):
            one = chance.choice(every)
            keys = list(one.keys()) or list(PAGE_KEYS)
            key = chance.choice(keys)
            match chance.randrange(4):
                case 0 if key in one and key != "/Length":
                    del one[key]
                case 1:
                    one[key] = chance.choice(
                        (0, -1, 2**31 - 1, 10**12, True, pikepdf.Name("/X"), pikepdf.Array([]))
                    )
                case 2:
                    one[key] = pikepdf.Array(
                        [chance.choice((0, -5, 10**9, pikepdf.Name("/Y"))) for _ in range(4)]
                    )
                case _:
                    one[key] = chance.choice(every)
        pdf.save(target)
    return target.getvalue()


def of_parts(data: bytes, chance: random.Random) -> bytes:
    """Change one file in an archive as a text is changed, or leave one out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        names = source.namelist()
        chosen = chance.choice(names)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                content = source.read(name)
                if name != chosen:
                    archive.writestr(name, content)
                elif chance.random() < 0.9:
                    archive.writestr(name, chance.choice((of_text, of_bytes))(content, chance))
    return target.getvalue()


def mutated(name: str, data: bytes, chance: random.Random) -> bytes:
    """Return a copy of a file changed in one of the ways that its kind knows, by the end of its name."""
    ways: Sequence[Change] = WAYS.get(name.rpartition(".")[2], (of_bytes, of_text))
    way = chance.choice(ways)
    try:
        return way(data, chance)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        return of_bytes(data, chance)  # the library does not let itself be misled so far


WAYS: dict[str, Sequence[Change]] = {
    "pdf": (of_bytes, of_operators, of_operators, of_objects),
    "xlsx": (of_bytes, of_parts, of_parts),
}
