"""Each kind of signature and each thing that can happen to it has its own verdict, never a traceback."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.pdf_signer import PdfSigner
from signing import (
    DAY,
    NOW,
    Authority,
    add_empty_field,
    add_store,
    as_pem,
    change_page,
    comment,
    empty_out,
    encrypted,
    sign,
    stamp,
    with_blob,
)

import lampiran
from schema.authenticity import Verification

Verify = Callable[..., Verification]


@pytest.fixture
def verified(tmp_path: Path, trusted: Path) -> Verify:
    """Write some bytes to a file and verify it, by default with the authority's certificate."""

    def run(data: bytes, *, trust: object = trusted, at: date | None = None) -> Verification:
        path = tmp_path / "decree.pdf"
        path.write_bytes(data)
        found = lampiran.verify(path, trust=trust or (), at=at)  # type: ignore[arg-type]
        assert path.read_bytes() == data
        return found

    return run


def test_valid_and_trusted(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = sign(plain, authority.signer())
    found = verified(data)
    only = found.signatures[0]
    assert (found.verdict, only.verdict, only.integrity) == ("valid", "valid", "intact")
    assert only.coverage is not None
    assert (only.coverage.scope, only.coverage.end) == ("whole-file", len(data))
    assert only.certificate is not None
    assert (only.certificate.common_name, only.certificate.issuer) == (
        "Test Signer",
        "Common Name: Test Authority",
    )
    assert only.trust is not None
    assert (only.trust.state, only.trust.when_signed) == ("trusted", "within")
    assert only.trust.anchor == "Common Name: Test Authority"
    assert (only.changes, only.revision, [r.end for r in found.revisions]) == (
        "none",
        2,
        [len(plain), len(data)],
    )
    assert found.intact
    assert found.confirmed


def test_issuer_is_not_asked_about_without_certificates(
    verified: Verify, plain: bytes, authority: Authority
) -> None:
    found = verified(sign(plain, authority.signer()), trust=None)
    assert found.verdict == "intact"
    assert found.signatures[0].trust is not None
    assert found.signatures[0].trust.state == "not-checked"
    assert found.intact
    assert not found.confirmed


def test_unknown_issuer(verified: Verify, plain: bytes, stranger: Authority) -> None:
    only = verified(sign(plain, stranger.signer())).signatures[0]
    assert only.verdict == "untrusted"
    assert only.trust is not None
    assert only.trust.doubts == ("unknown-issuer",)
    assert only.integrity == "intact"


def test_an_expired_certificate_was_valid(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = sign(plain, authority.signer(last=NOW + DAY))
    later = verified(data, at=(NOW + 800 * DAY).date()).signatures[0]
    assert later.trust is not None
    assert (later.verdict, later.trust.doubts) == ("was-valid", ("expired",))
    assert verified(data, at=NOW.date()).verdict == "valid"
    unasked = verified(data, trust=None, at=(NOW + 800 * DAY).date()).signatures[0]
    assert unasked.trust is not None
    assert (unasked.verdict, unasked.trust.doubts) == ("intact", ("expired",))


def test_a_certificate_that_had_expired_when_it_signed(
    verified: Verify, plain: bytes, authority: Authority
) -> None:
    signer = authority.signer(first=NOW - 900 * DAY, last=NOW - 100 * DAY)
    for trust in (None, ...):
        found = verified(sign(plain, signer), **({} if trust is ... else {"trust": None}))
        only = found.signatures[0]
        assert only.trust is not None
        assert (only.verdict, only.trust.state) == ("untrusted", "expired-when-signed")
        assert found.intact


def test_a_certificate_that_is_not_valid_yet(verified: Verify, plain: bytes, authority: Authority) -> None:
    only = verified(sign(plain, authority.signer(first=NOW + 50 * DAY, last=NOW + 100 * DAY))).signatures[0]
    assert only.trust is not None
    assert (only.verdict, only.trust.state, only.trust.when_signed) == (
        "untrusted",
        "not-yet-valid",
        "before",
    )


@pytest.mark.parametrize("kind", ["key usage", "extended key usage"])
def test_a_certificate_for_another_purpose(
    kind: str, verified: Verify, plain: bytes, authority: Authority
) -> None:
    if kind == "key usage":
        signer = authority.signer(signs=False)
    else:
        signer = authority.signer(extended=[ExtendedKeyUsageOID.SERVER_AUTH])
    only = verified(sign(plain, signer)).signatures[0]
    assert only.trust is not None
    assert (only.verdict, only.trust.state, only.integrity) == ("untrusted", "wrong-purpose", "intact")


def test_a_weak_digest(verified: Verify, plain: bytes, authority: Authority) -> None:
    only = verified(sign(plain, authority.signer(), digest="sha1")).signatures[0]
    assert only.trust is not None
    assert (only.verdict, only.trust.state, only.integrity) == ("untrusted", "weak-algorithm", "intact")


@pytest.mark.parametrize("embedded", [True, False])
def test_a_revoked_certificate(
    embedded: bool, verified: Verify, plain: bytes, authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    signer = authority.signer()
    revoked = authority.revocations([signer.signing_cert.serial_number], NOW - 10 * DAY)
    data = sign(plain, signer)
    other = tmp_path / "revoked.crl"
    other.write_bytes(as_pem(revoked, "X509 CRL"))
    found = verified(add_store(data, [revoked])) if embedded else verified(data, trust=[trusted, other])
    only = found.signatures[0]
    assert only.trust is not None
    assert (only.verdict, only.trust.state, only.trust.revocation_data) == ("untrusted", "revoked", 1)
    assert only.trust.revocation is not None
    assert only.trust.revocation.before_signing is True
    assert only.trust.revocation.reason == "key_compromise"
    assert found.intact


def test_a_later_revocation_needs_a_proven_time(
    verified: Verify, plain: bytes, authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    signer = authority.signer()
    other = tmp_path / "revoked.crl"
    other.write_bytes(authority.revocations([signer.signing_cert.serial_number], NOW + DAY))
    at = (NOW + 5 * DAY).date()
    claimed = verified(sign(plain, signer), trust=[trusted, other], at=at).signatures[0]
    assert claimed.trust is not None
    assert (claimed.verdict, claimed.trust.state) == ("untrusted", "revoked")
    stamped = sign(plain, signer, stamper=authority.stamper(NOW))
    assert verified(stamped, trust=[trusted, other], at=at).verdict == "was-valid"


def test_tampered_content(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = bytearray(sign(plain, authority.signer()))
    place = data.index(b"ReportLab")
    data[place] ^= 1
    found = verified(bytes(data))
    assert (found.verdict, found.signatures[0].integrity) == ("broken", "content-altered")
    assert not found.intact


def test_tampered_signature_value(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = sign(plain, authority.signer())
    start = data.rfind(b"/Contents <") + len(b"/Contents <")
    blob = bytes.fromhex(data[start : data.index(b">", start)].decode())
    end = len(blob.rstrip(b"\0"))
    changed = blob[: end - 3] + bytes([blob[end - 3] ^ 0x55]) + blob[end - 2 :]
    found = verified(with_blob(data, changed))
    assert (found.verdict, found.signatures[0].integrity) == ("broken", "signature-wrong")


def test_content_changed_after_the_signature(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = sign(plain, authority.signer())
    found = verified(change_page(data, page=1))
    only = found.signatures[0]
    assert (found.verdict, only.verdict, only.integrity) == ("changed", "changed", "intact")
    assert only.coverage is not None
    assert (only.coverage.scope, only.coverage.end, only.changes) == ("revision", len(data), "not-permitted")
    last = found.revisions[-1]
    assert (last.number, last.permitted, last.pages) == (3, False, (2,))
    assert set(last.kinds) - {"metadata"} == {"page-content"}
    assert not found.intact


def test_a_comment_after_the_signature(verified: Verify, plain: bytes, authority: Authority) -> None:
    found = verified(comment(sign(plain, authority.signer())))
    assert found.verdict == "changed"
    assert set(found.revisions[-1].kinds) - {"metadata"} == {"annotation"}
    assert found.revisions[-1].pages == (1,)


def test_bytes_behind_the_last_revision(verified: Verify, plain: bytes, authority: Authority) -> None:
    found = verified(sign(plain, authority.signer()) + b"% appended")
    assert found.document is not None
    assert found.document.trailing == len(b"% appended")
    assert found.signatures[0].coverage is not None
    assert (found.signatures[0].coverage.scope, found.signatures[0].changes) == ("revision", "none")


def test_two_signatures(verified: Verify, plain: bytes, authority: Authority) -> None:
    one = sign(plain, authority.signer("First Signer"), "One")
    two = sign(one, authority.signer("Second Signer"), "Two")
    found = verified(two)
    assert [s.field for s in found.signatures] == ["One", "Two"]
    assert [s.verdict for s in found.signatures] == ["valid", "valid"]
    assert [s.coverage.end for s in found.signatures if s.coverage] == [len(one), len(two)]
    assert [s.changes for s in found.signatures] == ["permitted", "none"]
    assert [r.permitted for r in found.revisions] == [None, None, True]
    assert "signature" in found.revisions[2].kinds


def test_content_changed_between_two_signatures(verified: Verify, plain: bytes, authority: Authority) -> None:
    one = sign(plain, authority.signer(), "One")
    found = verified(sign(change_page(one), authority.signer(), "Two"))
    assert [s.verdict for s in found.signatures] == ["changed", "valid"]
    assert found.verdict == "changed"


def test_validation_data_after_the_signature(verified: Verify, plain: bytes, authority: Authority) -> None:
    found = verified(add_store(sign(plain, authority.signer()), [authority.revocations([], NOW)]))
    assert (found.verdict, found.signatures[0].changes) == ("valid", "permitted")
    assert "validation-data" in found.revisions[-1].kinds


@pytest.mark.parametrize(
    ("allowed", "verdict"), [(MDPPerm.NO_CHANGES, "changed"), (MDPPerm.FILL_FORMS, "valid")]
)
def test_a_certification_limits_what_comes_later(
    allowed: MDPPerm, verdict: str, verified: Verify, plain: bytes, authority: Authority
) -> None:
    certified = sign(add_empty_field(plain, "Two"), authority.signer(), "One", certify=allowed)
    alone = verified(certified).signatures[0]
    assert (alone.kind, alone.permissions, alone.verdict) == ("certification", allowed.value, "valid")
    found = verified(sign_unchecked(certified, authority))
    assert [s.verdict for s in found.signatures if s.field == "One"] == [verdict]


def sign_unchecked(data: bytes, authority: Authority) -> bytes:
    """Sign a field that is there, whatever a certification says: the signer's own check is not in question."""

    class Careless(PdfSigner):  # type: ignore[misc,unused-ignore]
        def _enforce_certification_constraints(self, reader: object) -> None:
            """Sign anyway."""

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    output = io.BytesIO()
    Careless(signers.PdfSignatureMetadata(field_name="Two"), signer=authority.signer()).sign_pdf(
        writer, output=output
    )
    return output.getvalue()


def test_a_time_stamp_gives_the_time(verified: Verify, plain: bytes, authority: Authority) -> None:
    moment = NOW - 5 * DAY
    data = sign(plain, authority.signer(), stamper=authority.stamper(moment))
    only = verified(data).signatures[0]
    assert only.timestamp is not None
    assert (only.timestamp.time, only.timestamp.integrity, only.timestamp.proven) == (moment, "intact", True)
    unproven = verified(data, trust=None).signatures[0].timestamp
    assert unproven is not None
    assert not unproven.proven


def test_a_time_stamp_from_before_the_certificate(
    verified: Verify, plain: bytes, authority: Authority
) -> None:
    data = sign(plain, authority.signer(), stamper=authority.stamper(NOW - 90 * DAY))
    only = verified(data).signatures[0]
    assert only.trust is not None
    assert (only.verdict, only.trust.when_signed) == ("untrusted", "before")


def test_a_time_stamp_that_was_altered(verified: Verify, plain: bytes, authority: Authority) -> None:
    moment = NOW - 5 * DAY
    data = sign(plain, authority.signer(), stamper=authority.stamper(moment))
    written, other = (time.strftime("%Y%m%d%H%M%S").encode().hex() for time in (moment, moment + DAY))
    altered = data.replace(written.encode(), other.encode())
    assert altered != data
    found = verified(altered)
    only = found.signatures[0]
    assert only.timestamp is not None
    assert (only.integrity, only.timestamp.integrity, only.timestamp.proven) == (
        "intact",
        "content-altered",
        False,
    )
    assert not found.intact


def test_a_document_time_stamp(verified: Verify, plain: bytes, authority: Authority) -> None:
    moment = NOW - 5 * DAY
    found = verified(stamp(sign(plain, authority.signer()), authority.stamper(moment)))
    first, last = found.signatures
    assert (first.verdict, first.changes) == ("valid", "permitted")
    assert (last.kind, last.verdict, last.claimed_time) == ("timestamp", "valid", moment)
    assert "timestamp" in found.revisions[-1].kinds


def test_a_time_stamp_by_a_certificate_for_something_else(
    verified: Verify, plain: bytes, authority: Authority
) -> None:
    data = sign(plain, authority.signer(), stamper=authority.stamper(NOW - DAY, for_time=False))
    stamped = verified(data).signatures[0].timestamp
    assert stamped is not None
    assert stamped.trust is not None
    assert (stamped.integrity, stamped.trust.state, stamped.proven) == ("intact", "wrong-purpose", False)


def test_an_encrypted_file(verified: Verify, plain: bytes, authority: Authority) -> None:
    found = verified(sign(encrypted(plain, ""), authority.signer(), password="owner"))
    assert found.verdict == "valid"
    assert found.document is not None
    assert found.document.encrypted


def test_a_file_that_needs_a_password(verified: Verify, plain: bytes, authority: Authority) -> None:
    with pytest.raises(lampiran.InputError, match="protected by a password"):
        verified(sign(encrypted(plain, "secret"), authority.signer(), password="secret"))


def test_an_empty_field_is_no_signature(verified: Verify, plain: bytes) -> None:
    found = verified(add_empty_field(plain))
    assert (found.verdict, found.empty_fields, found.signatures) == ("unsigned", ("Empty1",), ())
    assert found.intact
    assert not found.confirmed


@pytest.mark.parametrize(
    "blob", [b"", b"\x30\x82\xff\xff junk", b"not a signature at all", b"\x30\x03\x02\x01\x01"]
)
def test_a_broken_blob(blob: bytes, verified: Verify, plain: bytes, authority: Authority) -> None:
    found = verified(with_blob(sign(plain, authority.signer()), blob))
    only = found.signatures[0]
    assert (found.verdict, only.verdict, only.integrity) == ("unreadable", "unreadable", "unreadable")
    assert only.detail
    assert not found.intact


def test_a_format_that_cannot_be_checked(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = sign(plain, authority.signer()).replace(b"/adbe.pkcs7.detached", b"/some.other.kindname")
    found = verified(data)
    assert (found.verdict, found.signatures[0].integrity) == ("unsupported", "unsupported")


def test_a_signature_that_was_taken_out(verified: Verify, plain: bytes, authority: Authority) -> None:
    found = verified(empty_out(sign(plain, authority.signer())))
    assert (found.verdict, found.removed, found.signatures) == ("changed", ("Signature1",), ())
    assert not found.intact


def test_a_signature_that_no_form_leads_to(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = sign(plain, authority.signer())
    found = verified(data.replace(b"/AcroForm", b"/AcroFrom"))
    assert (found.verdict, found.signatures) == ("changed", ())
    assert found.removed[0].startswith("byte ")


def test_a_range_that_leaves_bytes_out(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = sign(plain, authority.signer())
    start = data.rfind(b"/ByteRange [") + len(b"/ByteRange [")
    end = data.index(b"]", start)
    numbers = [int(word) for word in data[start:end].split()]
    numbers[3] -= 10
    text = b" ".join(str(number).encode() for number in numbers)
    only = verified(data[:start] + text.ljust(end - start) + data[end:]).signatures[0]
    assert only.coverage is not None
    assert (only.coverage.scope, only.verdict) == ("partial", "broken")


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_truncated_file_is_an_error(
    share: float, verified: Verify, plain: bytes, authority: Authority
) -> None:
    data = sign(plain, authority.signer())
    with pytest.raises(lampiran.InputError, match=r"cut off or damaged|truncated or badly damaged"):
        verified(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    "name", ["kpu-contoh-2024.scan.pdf", "kpu-batang-2025.pdf", "kpu-batang-2025.transcript.txt"]
)
def test_scans_copies_and_transcriptions_hold_nothing_to_verify(name: str, samples: Path) -> None:
    found = lampiran.verify(samples / name)
    assert (found.verdict, found.signatures) == ("unsigned", ())
    assert found.intact


def test_the_signed_sample(samples: Path) -> None:
    found = lampiran.verify(samples / "kpu-batang-2025.signed.pdf", at=date(2026, 12, 1))
    assert (found.verdict, len(found.signatures), len(found.revisions)) == ("intact", 1, 2)
    assert found.document is not None
    assert found.document.info.producer is not None


def test_no_network_is_asked(
    verified: Verify, plain: bytes, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sign(plain, authority.signer(links=True))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert verified(data).verdict == "valid"


def test_it_is_quiet(
    verified: Verify, plain: bytes, stranger: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    before = logging.getLogger("pyhanko").level
    verified(change_page(sign(plain, stranger.signer())))
    assert caplog.records == []
    assert logging.getLogger("pyhanko").level == before


def test_it_works_inside_a_running_loop(verified: Verify, plain: bytes, authority: Authority) -> None:
    data = sign(plain, authority.signer())

    async def within() -> Verification:
        return verified(data)

    assert asyncio.run(within()).verdict == "valid"


def test_the_same_file_and_day_give_the_same_answer(
    verified: Verify, plain: bytes, authority: Authority
) -> None:
    data = sign(plain, authority.signer())
    assert verified(data, at=NOW.date()).model_dump_json() == verified(data, at=NOW.date()).model_dump_json()


@pytest.fixture(scope="module")
def signed(plain: bytes, authority: Authority) -> bytes:
    return sign(sign(plain, authority.signer(), "One"), authority.signer(), "Two")


@given(share=st.floats(0, 1, exclude_max=True), step=st.integers(1, 255))
def test_no_byte_of_what_was_signed_changes_unnoticed(
    share: float, step: int, signed: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever byte becomes whatever else: an error or a verdict, and none that says intact."""
    place = int(share * len(signed))
    altered = bytearray(signed)
    altered[place] = (altered[place] + step) % 256
    path = tmp_path_factory.mktemp("altered") / "decree.pdf"
    path.write_bytes(altered)
    start = signed.rfind(b"/Contents <")
    is_own = start <= place <= signed.index(b">", start)
    try:
        found = lampiran.verify(path)
    except lampiran.InputError:
        return
    assert is_own or not found.intact
