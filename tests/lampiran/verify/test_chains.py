"""Chains with an issuing authority between signer and root: only the root is given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from signing import DAY, NOW, Authority, sign

import lampiran
from schema.authenticity import Signature


@pytest.fixture
def middle(authority: Authority) -> Authority:
    return Authority("Middle Authority", above=authority, last=NOW + 100 * DAY)


def told(data: bytes, folder: Path, trust: list[Path], at: date | None = None) -> Signature:
    path = folder / "decree.pdf"
    path.write_bytes(data)
    return lampiran.verify(path, trust=trust, at=at).signatures[0]


def test_the_chain_is_built_from_what_the_file_brings(
    plain: bytes, middle: Authority, trusted: Path, tmp_path: Path
) -> None:
    only = told(sign(plain, middle.signer()), tmp_path, [trusted])
    assert only.trust is not None
    assert (only.verdict, only.trust.anchor) == ("valid", "Common Name: Test Authority")


def test_an_issuer_of_the_same_name_is_not_the_same(
    plain: bytes, stranger: Authority, trusted: Path, tmp_path: Path
) -> None:
    double = Authority("Middle Authority", above=Authority("Test Authority"))
    only = told(sign(plain, double.signer()), tmp_path, [trusted])
    assert only.verdict == "untrusted"
    assert only.trust is not None
    assert only.trust.state in {"unknown-issuer", "untrusted"}


def test_an_issuer_that_has_expired_since(
    plain: bytes, middle: Authority, trusted: Path, tmp_path: Path
) -> None:
    data = sign(plain, middle.signer(last=NOW + 300 * DAY))
    only = told(data, tmp_path, [trusted], at=(NOW + 200 * DAY).date())
    assert only.trust is not None
    assert (only.verdict, only.trust.doubts) == ("was-valid", ("expired",))


def test_a_revoked_issuer(
    plain: bytes, authority: Authority, middle: Authority, trusted: Path, tmp_path: Path
) -> None:
    revoked = tmp_path / "revoked.crl"
    revoked.write_bytes(authority.revocations([middle.certificate.serial_number], NOW - 5 * DAY))
    only = told(sign(plain, middle.signer()), tmp_path, [trusted, revoked])
    assert only.trust is not None
    assert (only.verdict, only.trust.state) == ("untrusted", "revoked")
    assert only.trust.revocation is not None
    assert only.trust.revocation.authority


def test_a_revocation_list_by_somebody_else_says_nothing(
    plain: bytes, authority: Authority, stranger: Authority, trusted: Path, tmp_path: Path
) -> None:
    signer = authority.signer()
    foreign = tmp_path / "foreign.crl"
    foreign.write_bytes(stranger.revocations([signer.signing_cert.serial_number], NOW - 5 * DAY))
    assert told(sign(plain, signer), tmp_path, [trusted, foreign]).verdict == "valid"


def test_the_signers_own_certificate_can_be_trusted(
    plain: bytes, stranger: Authority, tmp_path: Path
) -> None:
    signer = stranger.signer()
    own = tmp_path / "own.cer"
    own.write_bytes(signer.signing_cert.dump())
    assert told(sign(plain, signer), tmp_path, [own]).verdict == "valid"
