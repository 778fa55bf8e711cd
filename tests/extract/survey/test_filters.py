"""Every filter unpacks what was packed, under its long and its short name, and never more than is asked for."""

from __future__ import annotations

import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Name

from benchmarks.hostile.pdf_streams import lzw, zeros
from extract.survey.code_ranges import codes_of
from extract.survey.filters import FLATE, LZW, RUNS, BrokenError, TooLargeError, unpacked
from extract.survey.operators import operators_of
from extract.survey.painting import PAINT, _named_before
from extract.survey.streams import decoded


def test_lzw_unpacks_as_qpdf_unpacks_it() -> None:
    packed = lzw(9000)
    with pikepdf.new() as pdf:
        assert (
            unpacked(packed, [LZW], 20_000) == pikepdf.Stream(pdf, packed, Filter=Name.LZWDecode).read_bytes()
        )


@given(st.binary(max_size=2000))
def test_runs_of_bytes_unpack(data: bytes) -> None:
    packed = b"".join(bytes([0, one]) for one in data) + b"\x80"
    assert unpacked(packed, [RUNS], len(data)) == data


@pytest.mark.parametrize("name", [Name.Fl, Name.FlateDecode, Array([Name.Fl])])
def test_a_short_name_is_the_filter_itself(name: pikepdf.Object) -> None:
    with pikepdf.new() as pdf:
        assert decoded(pikepdf.Stream(pdf, zlib.compress(b"q Q"), Filter=name)) == b"q Q"


@pytest.mark.parametrize(
    ("packed", "filters"),
    [
        (zeros(8), [FLATE]),
        (lzw(100_000), [LZW]),
        (b"\x81x" * 999, [RUNS]),
        (zlib.compress(zeros(8)), [FLATE, FLATE]),
    ],
)
def test_nothing_unpacks_to_more_than_is_asked_for(packed: bytes, filters: list[str]) -> None:
    with pytest.raises(TooLargeError):
        unpacked(packed, filters, 50_000)


def test_codes_that_were_never_made_are_damage() -> None:
    with pytest.raises(BrokenError):
        unpacked(bytes.fromhex("807fffff"), [LZW], 1000)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (b"1 beginbfrange <0000> <00FF> <0041> endbfrange", 256),
        (b"1 begincidrange <00000000> <000000FF> 0 endcidrange", 256),
        (b"2 beginbfrange <00> <01> [<0041> <0042>] <05> <05> <0043> endbfrange", 3),
        (b"1 begincodespacerange <0000> <FFFF> endcodespacerange", 0),
        (b"2 beginbfchar <01> <0041> <02> <0042> endbfchar", 2),
        (b"1 beginbfrange %begincodespacerange\n<0000> <00FF> <0041> endbfrange", 256),
    ],
)
def test_ranges_count_as_what_a_reader_makes_of_them(text: bytes, codes: int) -> None:
    assert codes_of(text) == codes


@pytest.mark.parametrize("drawn", [b"/F#6d Do", b"/Fm%x\nDo", b"/Fm\0Do", b"(/Fm Do)", b"%(\n/Fm Do %)\n"])
def test_whatever_looks_like_painting_counts(drawn: bytes) -> None:
    assert _named_before(drawn * 3, PAINT) == {"/Fm": 3}


def test_pictures_that_do_not_end_hide_nothing() -> None:
    data = b"BI /W 1 ID x EI\n/A Do " + b"BI /W 1 ID x " * 2000 + b"/B Do "
    assert set(operators_of(data).names) == {("Do", "/A"), ("Do", "/B")}
