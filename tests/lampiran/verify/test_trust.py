"""Certificates to trust, as they are given."""

from __future__ import annotations

from pathlib import Path

import pytest
from signing import NOW, Authority, as_pem

from lampiran.verify.trust import load_trust
from schema.errors import UsageError


def test_pem_and_der_and_several_in_one_file(
    authority: Authority, stranger: Authority, tmp_path: Path
) -> None:
    (tmp_path / "both.pem").write_bytes(authority.pem() + stranger.pem())
    (tmp_path / "one.cer").write_bytes(authority.der())
    for name, count in (("both.pem", 2), ("one.cer", 1)):
        trusted = load_trust([tmp_path / name])
        assert trusted is not None
        assert len(trusted.certificates) == count


def test_of_a_folder_every_file_that_holds_some(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_bytes(authority.pem())
    (tmp_path / "b.crl").write_bytes(authority.revocations([], NOW))
    (tmp_path / "c.pem").write_bytes(as_pem(authority.revocations([], NOW), "X509 CRL"))
    (tmp_path / "notes.txt").write_text("no certificate")
    (tmp_path / "deeper").mkdir()
    trusted = load_trust([tmp_path])
    assert trusted is not None
    assert (len(trusted.certificates), len(trusted.crls)) == (1, 2)


def test_nothing_given_is_not_the_same_as_nobody_trusted() -> None:
    assert load_trust([]) is None


@pytest.mark.parametrize(
    "content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n", b"\x30\x03\x02\x01\x01"]
)
def test_a_file_without_a_certificate_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_bytes(content)
    with pytest.raises(UsageError, match="holds no certificate"):
        load_trust([tmp_path / "a.pem"])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        load_trust([tmp_path / "none.pem"])
