"""Files given with `--trust` -> the certificates to trust, and revocation data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asn1crypto import cms, crl, ocsp, pem, x509

from schema.errors import UsageError

MAX_BYTES = 64 * 1024 * 1024  # of one file


@dataclass(frozen=True)
class TrustStore:
    """What was given: `certificates` to trust, lists (`crls`) and answers (`ocsps`) on revocation.

    `given` tells whether anything was; where nothing was, trust is not asked about.
    """

    certificates: tuple[Any, ...] = ()
    crls: tuple[Any, ...] = ()
    ocsps: tuple[Any, ...] = ()
    given: bool = False


@dataclass
class _Found:
    certificates: list[Any] = field(default_factory=list)
    crls: list[Any] = field(default_factory=list)
    ocsps: list[Any] = field(default_factory=list)

    def count(self) -> int:
        return len(self.certificates) + len(self.crls) + len(self.ocsps)


def load_trust(paths: Iterable[Path]) -> TrustStore:
    """Read certificates, revocation lists and OCSP answers, PEM or DER; of a folder every file that holds some.

    Raises `UsageError` for a path that does not exist, cannot be read or holds none.
    """
    found = _Found()
    places = list(paths)
    for place in places:
        before = found.count()
        for path in _files(place):
            for content in _blocks(_bytes_of(path)):
                _take(content, found)
        if found.count() == before:
            raise UsageError(
                id=f'"{place}" tidak memuat sertifikat; berikan sertifikat PEM atau DER dengan --trust.',
                en=f'"{place}" holds no certificate; give certificates as PEM or DER with --trust.',
            )
    return TrustStore(tuple(found.certificates), tuple(found.crls), tuple(found.ocsps), given=bool(places))


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    return sorted(path for path in place.iterdir() if path.is_file())


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES)
    except (OSError, ValueError) as error:
        raise UsageError(
            id=f'"{path}" (--trust) tidak dapat dibuka; periksa nama dan izin bacanya.',
            en=f'"{path}" (--trust) cannot be opened; check its name and that you may read it.',
        ) from error


def _blocks(data: bytes) -> Iterator[bytes]:
    if not pem.detect(data):
        yield data
        return
    try:
        for _, _, content in pem.unarmor(data, multiple=True):
            yield content
    except ValueError:
        return


def _take(content: bytes, found: _Found) -> None:
    readers: tuple[Callable[[bytes, _Found], None], ...] = (_certificate, _list, _answer, _bundle)
    for reader in readers:
        try:
            reader(content, found)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        return


def _certificate(content: bytes, found: _Found) -> None:
    certificate = x509.Certificate.load(content, strict=True)
    certificate.native  # noqa: B018 - parsed lazily, so that what is no certificate shows here
    found.certificates.append(certificate)


def _list(content: bytes, found: _Found) -> None:
    revoked = crl.CertificateList.load(content, strict=True)
    revoked.native  # noqa: B018 - see above
    found.crls.append(revoked)


def _answer(content: bytes, found: _Found) -> None:
    answer = ocsp.OCSPResponse.load(content, strict=True)
    answer.native  # noqa: B018 - see above
    found.ocsps.append(answer)


def _bundle(content: bytes, found: _Found) -> None:
    bundle = cms.ContentInfo.load(content, strict=True)
    if bundle["content_type"].native != "signed_data":
        return
    for choice in bundle["content"]["certificates"]:
        _certificate(choice.chosen.dump(), found)
