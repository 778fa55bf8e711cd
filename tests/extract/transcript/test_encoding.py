"""Bytes are read in the encoding they were written in, a guess is told, and bytes that are no text are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.types import Extraction
from schema.errors import InputError

Read = Callable[[str | bytes], Extraction]
TABLE = "NO\tKOMPONEN\tINDIKATOR\tLANGKAH AKSI\ni.\tTim Kerja – “ZI”\t√\tRapat évaluasi\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_needs_no_word(encoding: str, read: Read) -> None:
    extraction = read(TABLE.encode(encoding))
    assert extraction.findings == ()
    assert extraction.grids[0].cells[0].text == "NO"
    assert extraction.source.encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "mac_roman"])
def test_another_encoding_is_recognised_and_told(encoding: str, read: Read) -> None:
    extraction = read(TABLE.encode(encoding))
    assert [cell.text for cell in extraction.grids[0].rows()[1]] == TABLE.split("\n")[1].split("\t")
    assert [(f.code, f.value, f.certainty) for f in extraction.findings] == [
        ("encoding-recognised", extraction.source.encoding, "probable")
    ]
    assert extraction.findings[0].ref is not None
    assert extraction.findings[0].ref.line == 1


def test_a_tick_of_the_old_code_page_is_a_tick(read: Read) -> None:
    text = "a\tb\t√\td\ne\t√\t√\th\n"
    extraction = read(text.encode("cp437"))
    assert [c.text for c in extraction.grids[0].cells].count("√") == 3
    assert extraction.source.encoding == "cp437"


def test_windows_quotes_and_dashes_are_read(read: Read) -> None:
    text = (
        "Menimbang bahwa dalam rangka “Zona Integritas” – wilayah bebas dari korupsi perlu ditetapkan\n" * 5
    )
    extraction = read(text.encode("cp1252"))
    assert extraction.lines[0].text == text.split("\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03" * 50,
        bytes(range(256)) * 4,
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf\xff\xff",
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(128, 256)) * 8,
    ],
)
def test_bytes_that_are_no_text_are_refused_with_a_remedy(data: bytes, read: Read) -> None:
    with pytest.raises(InputError) as refused:
        read(data)
    assert "plan.txt" in refused.value.text("id")
    assert "UTF-8" in refused.value.text("en")


def test_an_empty_file_holds_nothing(read: Read) -> None:
    assert (read(b"").grids, read(b"").lines) == ((), ())
