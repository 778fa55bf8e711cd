"""Streams packed as figures to the base of 85 unpack as Python's own decoder unpacks them."""

from __future__ import annotations

from base64 import a85decode, a85encode

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pikepdf import Name

from extract.survey.streams import BrokenError, decoded

PACKED = st.builds(a85encode, st.binary(max_size=40), wrapcol=st.sampled_from([0, 20]))


def unpacked(packed: bytes) -> bytes:
    with pikepdf.new() as pdf:
        return decoded(pikepdf.Stream(pdf, packed, Filter=Name.ASCII85Decode))


@given(st.binary(min_size=1, max_size=80), st.sampled_from([0, 20]))
@example(bytes(8), 0)  # zeros have a short form
def test_what_was_packed_is_unpacked(data: bytes, width: int) -> None:
    assert unpacked(a85encode(data, wrapcol=width) + b"~>") == data


@given(
    PACKED, st.integers(0, 60), st.sampled_from([b"z", b"~", b"v", b" ", b"\n", b"!", b"u", b"\0", b"\xff"])
)
@example(b"uuuuu", 0, b"!")  # more than four bytes hold
def test_a_strange_sign_is_taken_as_by_python(packed: bytes, place: int, sign: bytes) -> None:
    strange = packed[:place] + sign + packed[place:]
    if not strange.strip():
        return
    try:
        expected = a85decode(strange.strip().removeprefix(b"<~").removesuffix(b"~>"))
    except ValueError:
        with pytest.raises(BrokenError):
            unpacked(strange)
    else:
        assert unpacked(strange) == expected
