"""Files given with `--trust` -> the certificates to trust, and revocation data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn1crypto import cms, crl, ocsp, pem, x509

from extract.held_file import read_whole
from lampiran.verify.foreign import Asn1
from lampiran.verify.settings import LIMITS
from schema.errors import UsageError

_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)  # what asn1crypto raises for other content


@dataclass(frozen=True)
class Credentials:
    """Certificates, and lists (`crls`) and answers (`ocsps`) on revocation."""

    certificates: tuple[Asn1, ...] = ()
    crls: tuple[Asn1, ...] = ()
    ocsps: tuple[Asn1, ...] = ()

    def __add__(self, other: Credentials) -> Credentials:
        return Credentials(
            self.certificates + other.certificates, self.crls + other.crls, self.ocsps + other.ocsps
        )


def load_trust(paths: Iterable[Path]) -> Credentials | None:
    """Read certificates, revocation lists and OCSP answers, PEM or DER; of a folder every file that holds some.

    Returns `None` without paths: then trust is not asked about. Raises `UsageError` for a path that does not exist,
    cannot be read or holds none.
    """
    found = None
    for place in paths:
        held = sum(map(_credentials, _contents(place)), Credentials())
        if held == Credentials():
            raise UsageError(
                id=f'"{place}" tidak memuat sertifikat; berikan sertifikat PEM atau DER dengan --trust.',
                en=f'"{place}" holds no certificate; give certificates as PEM or DER with --trust.',
            )
        found = held if found is None else found + held
    return found


def _contents(place: Path) -> Iterator[bytes]:
    """Yield the blocks of a file, or of the files of a folder, as DER."""
    files = sorted(path for path in place.iterdir() if path.is_file()) if place.is_dir() else [place]
    for path in files:
        try:
            data = read_whole(path, LIMITS.trust)
        except (OSError, ValueError) as error:
            raise UsageError(
                id=f'"{path}" (--trust) tidak dapat dibuka; periksa nama dan izin bacanya.',
                en=f'"{path}" (--trust) cannot be opened; check its name and that you may read it.',
            ) from error
        if not pem.detect(data):
            yield data
            continue
        with suppress(ValueError):
            yield from (content for _, _, content in pem.unarmor(data, multiple=True))


def _credentials(content: bytes) -> Credentials:
    """Return what a block holds; nothing if it is of another kind."""
    readers: tuple[Callable[[bytes], Credentials], ...] = (
        lambda data: Credentials(certificates=(_parsed(x509.Certificate, data),)),
        lambda data: Credentials(crls=(_parsed(crl.CertificateList, data),)),
        lambda data: Credentials(ocsps=(_parsed(ocsp.OCSPResponse, data),)),
        lambda data: Credentials(certificates=tuple(_bundled(data))),
    )
    for reader in readers:
        with suppress(*_UNREADABLE):
            return reader(content)
    return Credentials()


def _parsed(kind: Any, content: bytes) -> Asn1:  # noqa: ANN401 - a class of asn1crypto
    value = kind.load(content, strict=True)
    value.native  # noqa: B018 - parsed lazily, so that content of another kind shows here
    return value


def _bundled(content: bytes) -> Iterator[Asn1]:
    """Yield the certificates of a bundle (PKCS 7) up to the first that cannot be read."""
    bundle = cms.ContentInfo.load(content, strict=True)
    if bundle["content_type"].native == "signed_data":
        with suppress(*_UNREADABLE):
            for choice in bundle["content"]["certificates"]:
                yield _parsed(x509.Certificate, choice.chosen.dump())
