"""A filled signature field -> a Signature: who, when, what it covers, whether it holds, and its verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from asn1crypto import crl, ocsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from lampiran.verify.chain import Evidence, Purpose, described, judge
from lampiran.verify.foreign import Asn1, PdfObject, one_line
from lampiran.verify.integrity import check_signature, check_token, coverage_of, is_stamp
from lampiran.verify.settings import LIMITS
from lampiran.verify.signature_fields import Filled
from lampiran.verify.trust import Credentials
from schema.authenticity import Coverage, Integrity, Signature, TimeStamp, Trust, Verdict

NOT_HOLDING: dict[Integrity, Verdict] = {
    "content-altered": "broken",
    "signature-wrong": "broken",
    "unreadable": "unreadable",
    "unsupported": "unsupported",
}
Read = TypeVar("Read")


@dataclass(frozen=True)
class Case:
    """What every signature of a file is judged by; `at` is the moment asked about, `trusted` as for `Evidence`."""

    data: bytes
    reader: PdfFileReader
    trusted: Credentials | None
    at: datetime


def read_signature(filled: Filled, case: Case) -> Signature:
    """Describe a signature, without what came after it. What cannot be read gets a verdict, never an error."""
    values = filled.values
    known: dict[str, Any] = {
        "field": filled.name,
        "kind": "timestamp" if _or_none(lambda: is_stamp(values)) else "approval",
        "format": _entry(values, "/SubFilter"),
        "reason": _entry(values, "/Reason"),
        "location": _entry(values, "/Location"),
    }
    if filled.embedded is None:
        foreign = known["format"] is not None and known["format"].startswith("/adbe.x509")
        state: Literal["unsupported", "unreadable"] = "unsupported" if foreign else "unreadable"
        return Signature(**known, integrity=state, verdict=state, detail=filled.problem)
    try:
        return _read(filled.embedded, known, case)
    except Exception as error:  # noqa: BLE001 - whatever a crafted signature holds, it gets a verdict
        return Signature(**known, integrity="unreadable", verdict="unreadable", detail=one_line(error))


def _read(embedded: EmbeddedPdfSignature, known: dict[str, Any], case: Case) -> Signature:
    integrity, problem = check_signature(embedded)
    certificate = _or_none(lambda: embedded.signer_cert)
    is_timestamp = known["kind"] == "timestamp"
    stamp = None if is_timestamp else _time_stamp(embedded, case)
    own = _token_time(embedded.signed_data) if is_timestamp else None
    claimed = own or _or_none(lambda: _aware(embedded.self_reported_timestamp))
    signed = stamp.time if stamp and stamp.proven else claimed
    trust = None
    digest = embedded.md_algorithm
    if certificate is not None:
        purpose: Purpose = "timestamp" if is_timestamp else "signature"
        evidence = _evidence(embedded.signed_data, embedded.signer_info, case)
        trust = judge(certificate, evidence, signed, case.at, purpose=purpose, digest=digest)
    coverage, detail = _coverage(embedded, case.data)
    permissions = _permissions(embedded)
    if permissions is not None and not is_timestamp:
        known = {**known, "kind": "certification"}
    return Signature(
        **known,
        certificate=described(certificate) if certificate is not None else None,
        claimed_time=claimed,
        timestamp=stamp,
        digest_algorithm=digest,
        signature_algorithm=embedded.signer_info["signature_algorithm"]["algorithm"].native,
        integrity=integrity,
        coverage=coverage,
        permissions=permissions,
        trust=trust,
        verdict=verdict_of(integrity, coverage, trust, stamp),
        detail=problem or detail,
    )


def verdict_of(
    integrity: Integrity, coverage: Coverage | None, trust: Trust | None, stamp: TimeStamp | None
) -> Verdict:
    """Return the verdict by what holds and who vouches for it; changes after the signature are not considered."""
    if integrity != "intact":
        return NOT_HOLDING[integrity]
    if coverage is None or coverage.scope in {"partial", "unclear"}:
        return "changed"
    if trust is None or trust.state == "not-checked":
        return "intact"
    if trust.state == "trusted":
        return "valid"
    return "was-valid" if _was_valid(trust, stamp) else "untrusted"


def _was_valid(trust: Trust, stamp: TimeStamp | None) -> bool:
    """Tell whether the certificate was good when it signed and has only since expired or been revoked.

    A later revocation needs a proven time: whoever holds a withdrawn key can claim any.
    """
    if trust.when_signed != "within" or not {"expired", "revoked"}.issuperset(trust.doubts):
        return False
    revocation = trust.revocation
    return revocation is None or (
        revocation.before_signing is False and stamp is not None and stamp.proven and not revocation.authority
    )


def _or_none(read: Callable[[], Read]) -> Read | None:
    """Return what can be read; what a crafted file holds raises errors of any kind."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - see above
        return None


def _entry(values: PdfObject, key: str) -> str | None:
    text = _or_none(lambda: " ".join(str(values[key]).split()))
    return text[: LIMITS.reason] if text else None


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _coverage(embedded: EmbeddedPdfSignature, data: bytes) -> tuple[Coverage | None, str | None]:
    try:
        return coverage_of(embedded, data), None
    except Exception as error:  # noqa: BLE001 - the ranges may be anything
        return None, one_line(error)


def _permissions(embedded: EmbeddedPdfSignature) -> int | None:
    """Return what a certification permits later (1 to 3); `None` for any other signature."""
    for reference in embedded.sig_object.get("/Reference", ()):
        entry = reference.get_object()
        if entry.get("/TransformMethod") == "/DocMDP":
            permitted = entry.get("/TransformParams", {}).get("/P", 2)
            return int(permitted) if permitted in {1, 2, 3} else 2
    return None


def _time_stamp(embedded: EmbeddedPdfSignature, case: Case) -> TimeStamp | None:
    """Read and check the time-stamp token of a signature: the first that is proven, else the last."""
    found = None
    for token in extract_tst_data_iter(embedded.signer_info, signed=False):
        found = _checked_stamp(token, embedded, case)
        if found.proven:
            return found
    return found


def _checked_stamp(token: Asn1, embedded: EmbeddedPdfSignature, case: Case) -> TimeStamp:
    try:
        info = token["signer_infos"][0]
        value = embedded.signer_info["signature"].native
        integrity, _ = check_token(token, info, lambda name: hashlib.new(name, value).digest())
        time = _token_time(token)
        certificate = extract_certs_for_validation(token).signer_cert
        evidence = _evidence(token, info, case)
        digest = info["digest_algorithm"]["algorithm"].native
        trust = judge(certificate, evidence, time, case.at, purpose="timestamp", digest=digest)
    except Exception:  # noqa: BLE001 - a broken token raises errors of many kinds
        return TimeStamp(integrity="unreadable")
    return TimeStamp(time=time, integrity=integrity, certificate=described(certificate), trust=trust)


def _token_time(token: Asn1) -> datetime | None:
    return _or_none(lambda: _aware(token["encap_content_info"]["content"].parsed["gen_time"].native))


def _evidence(signed: Asn1, signer_info: Asn1, case: Case) -> Evidence:
    """Gather what the file brings: certificates beside the signature, revocation data in it and in the store."""
    beside = tuple(choice.chosen for choice in signed["certificates"] if choice.name == "certificate")
    crls: list[Asn1] = []
    ocsps: list[Asn1] = []
    with suppress(Exception):  # none there, or none that can be read
        for archive in find_cms_attribute_iter(signer_info["signed_attrs"], "adobe_revocation_info_archival"):
            crls += list(archive["crl"] or ())
            ocsps += list(archive["ocsp"] or ())
    found = Credentials(beside, tuple(crls), tuple(ocsps)) + (
        _or_none(lambda: _stored(case)) or Credentials()
    )
    known = {certificate.sha256: certificate for certificate in found.certificates}
    return Evidence(case.trusted, replace(found, certificates=tuple(known.values())))


def _stored(case: Case) -> Credentials:
    """Read the store of validation data (DSS) of a file."""
    store = DocumentSecurityStore.read_dss(case.reader)
    crls = tuple(crl.CertificateList.load(ref.get_object().data) for ref in store.crls)
    ocsps = tuple(ocsp.OCSPResponse.load(ref.get_object().data) for ref in store.ocsps)
    return Credentials(tuple(store.load_certs()), crls, ocsps)
