"""Where the revisions of a file end."""

from __future__ import annotations

import io

import pikepdf
from hypothesis import given
from hypothesis import strategies as st
from signing import Authority, change_page, drawn, sign

from lampiran.verify.document import iso_date
from lampiran.verify.revisions import Revisions, is_cut_off, revisions_of, trailing_bytes


def saved(data: bytes, **options: object) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(buffer, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def test_each_update_is_a_revision(plain: bytes, authority: Authority) -> None:
    one = sign(plain, authority.signer())
    two = change_page(one)
    assert revisions_of(two).ends == (len(plain), len(one), len(two))


def test_a_linearised_file_is_one_revision(plain: bytes) -> None:
    data = saved(plain, linearize=True)
    assert revisions_of(data).ends == (len(data),)


def test_tables_in_streams_are_followed(plain: bytes) -> None:
    data = saved(plain, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    changed = change_page(data)
    assert revisions_of(changed).ends == (len(data), len(changed))


def test_what_is_no_pdf_has_none() -> None:
    assert revisions_of(b"") == Revisions()
    assert revisions_of(b"%PDF-1.7 startxref 12 %%EOF") == Revisions()
    assert revisions_of(b"%PDF-1.7\nxref\ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF") == Revisions()


def test_a_revision_that_does_not_end_is_cut_off(plain: bytes) -> None:
    changed = change_page(plain)
    cut = changed[:-20]
    assert is_cut_off(cut, revisions_of(cut))
    assert trailing_bytes(cut, revisions_of(cut)) > 0
    assert not is_cut_off(changed, revisions_of(changed))
    assert trailing_bytes(changed + b"\n\n", revisions_of(changed)) == 0


@given(st.integers(0, 2000), st.binary(max_size=30))
def test_any_bytes_are_taken(place: int, junk: bytes) -> None:
    data = drawn("a")
    found = revisions_of(data[:place] + junk + data[place:])
    assert list(found.ends) == sorted(set(found.ends))


def test_dates_become_iso_dates() -> None:
    assert iso_date("D:20240730134619+07'00'") == "2024-07-30T13:46:19+07:00"
    assert iso_date("2024-07-30T13:46:19Z") == "2024-07-30T13:46:19Z"
    assert iso_date("30 Juli 2024") == "30 Juli 2024"
    assert iso_date("D:2024xx") == "D:2024xx"
    assert iso_date("") == ""
