"""A filled signature field -> a Signature: who, when, what it covers, whether it holds, and its verdict."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from lampiran.verify.chain import Evidence, Moments, Purpose, described, judge, known_certificates
from lampiran.verify.integrity import Checked, check_signature, check_token, coverage_of, is_stamp
from lampiran.verify.signature_fields import Filled, one_line
from lampiran.verify.trust import TrustStore
from schema.authenticity import Coverage, Integrity, Signature, SignatureKind, TimeStamp, Trust, Verdict

NOT_HOLDING: dict[Integrity, Verdict] = {
    "content-altered": "broken",
    "signature-wrong": "broken",
    "unreadable": "unreadable",
    "unsupported": "unsupported",
}
MAX_LENGTH = 200  # characters of a reason or place; the rest is cut off


@dataclass(frozen=True)
class Case:
    """What every signature of a file is judged by; `at` is the moment asked about."""

    data: bytes
    reader: PdfFileReader
    store: TrustStore
    at: datetime


def read_signature(filled: Filled, case: Case) -> Signature:
    """Tell all of a signature but what came after it. What cannot be read gets a verdict, never an error."""
    values = filled.values
    known: dict[str, Any] = {
        "field": filled.name,
        "kind": "timestamp" if _is_stamp(values) else "approval",
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
    checked = check_signature(embedded)
    certificate = _signer(embedded)
    stamp = None if known["kind"] == "timestamp" else _time_stamp(embedded, case)
    own = _token_time(embedded.signed_data) if known["kind"] == "timestamp" else None
    claimed = own or _claimed(embedded)
    signed = stamp.time if stamp and stamp.proven else claimed
    trust = None
    digest = embedded.md_algorithm
    if certificate is not None:
        purpose: Purpose = "timestamp" if known["kind"] == "timestamp" else "signature"
        evidence = _evidence(embedded.signed_data, embedded.signer_info, case)
        trust = judge(certificate, evidence, Moments(signed, case.at), purpose=purpose, digest=digest)
    coverage, detail = _coverage(embedded, case.data)
    permissions = _permissions(embedded)
    return Signature(
        **{**known, "kind": _kind(known["kind"], permissions)},
        certificate=described(certificate) if certificate is not None else None,
        claimed_time=claimed,
        timestamp=stamp,
        digest_algorithm=digest,
        signature_algorithm=embedded.signer_info["signature_algorithm"]["algorithm"].native,
        integrity=checked.integrity,
        coverage=coverage,
        permissions=permissions,
        trust=trust,
        verdict=verdict_of(checked, coverage, trust, stamp),
        detail=checked.detail or detail,
    )


def verdict_of(
    checked: Checked, coverage: Coverage | None, trust: Trust | None, stamp: TimeStamp | None
) -> Verdict:
    """Return the verdict by what holds and who vouches for it; changes behind the signature come later."""
    if checked.integrity != "intact":
        return NOT_HOLDING[checked.integrity]
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


def _is_stamp(values: Any) -> bool:  # noqa: ANN401 - a PDF object of any kind
    try:
        return is_stamp(values)
    except (AttributeError, TypeError):
        return False


def _kind(kind: SignatureKind, permissions: int | None) -> SignatureKind:
    return "certification" if kind == "approval" and permissions is not None else kind


def _entry(values: Any, key: str) -> str | None:  # noqa: ANN401 - a PDF object of any kind
    try:
        value = values.get(key)
        return " ".join(str(value).split())[:MAX_LENGTH] or None if value is not None else None
    except Exception:  # noqa: BLE001 - an entry may point nowhere
        return None


def _signer(embedded: EmbeddedPdfSignature) -> Any:  # noqa: ANN401 - asn1crypto is untyped
    try:
        return embedded.signer_cert
    except Exception:  # noqa: BLE001 - no certificate, or none that fits
        return None


def _claimed(embedded: EmbeddedPdfSignature) -> datetime | None:
    try:
        return _aware(embedded.self_reported_timestamp)
    except Exception:  # noqa: BLE001 - a date may be written in any way
        return None


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _coverage(embedded: EmbeddedPdfSignature, data: bytes) -> tuple[Coverage | None, str | None]:
    try:
        return coverage_of(embedded, data), None
    except Exception as error:  # noqa: BLE001 - the ranges may be anything
        return None, one_line(error)


def _permissions(embedded: EmbeddedPdfSignature) -> int | None:
    """Return what a certification permits later (1 to 3); `None` for what is none."""
    for reference in embedded.sig_object.get("/Reference", ()):
        entry = reference.get_object()
        if entry.get("/TransformMethod") == "/DocMDP":
            permitted = entry.get("/TransformParams", {}).get("/P", 2)
            return int(permitted) if permitted in {1, 2, 3} else 2
    return None


def _time_stamp(embedded: EmbeddedPdfSignature, case: Case) -> TimeStamp | None:
    """Read and check the time-stamp token of a signature: the first that is proven, else the last."""
    found = None
    for token in _tokens(embedded):
        found = _checked_stamp(token, embedded, case)
        if found.proven:
            return found
    return found


def _tokens(embedded: EmbeddedPdfSignature) -> list[Any]:
    return list(extract_tst_data_iter(embedded.signer_info, signed=False))


def _checked_stamp(token: Any, embedded: EmbeddedPdfSignature, case: Case) -> TimeStamp:  # noqa: ANN401
    try:
        info = token["signer_infos"][0]
        value = embedded.signer_info["signature"].native
        checked = check_token(token, info, lambda name: hashlib.new(name, value).digest())
        time = _token_time(token)
        certificate = extract_certs_for_validation(token).signer_cert
        evidence = _evidence(token, info, case)
        digest = info["digest_algorithm"]["algorithm"].native
        trust = judge(certificate, evidence, Moments(time, case.at), purpose="timestamp", digest=digest)
    except Exception:  # noqa: BLE001 - a broken token raises errors of many kinds
        return TimeStamp(integrity="unreadable")
    return TimeStamp(time=time, integrity=checked.integrity, certificate=described(certificate), trust=trust)


def _token_time(token: Any) -> datetime | None:  # noqa: ANN401 - asn1crypto is untyped
    try:
        return _aware(token["encap_content_info"]["content"].parsed["gen_time"].native)
    except Exception:  # noqa: BLE001 - a broken token raises errors of many kinds
        return None


def _evidence(signed: Any, signer_info: Any, case: Case) -> Evidence:  # noqa: ANN401 - asn1crypto is untyped
    """Gather what the file brings: certificates beside the signature, revocation data in it and in the store."""
    certificates: list[Any] = [
        choice.chosen for choice in signed["certificates"] if choice.name == "certificate"
    ]
    crls: list[Any] = []
    ocsps: list[Any] = []
    try:
        for archive in find_cms_attribute_iter(signer_info["signed_attrs"], "adobe_revocation_info_archival"):
            crls += list(archive["crl"] or ())
            ocsps += list(archive["ocsp"] or ())
    except Exception:  # noqa: BLE001, S110 - none there, or none that can be read
        pass
    stored = _stored(case.reader)
    return Evidence(
        case.store,
        known_certificates([certificates, stored.certificates]),
        (*crls, *stored.crls),
        (*ocsps, *stored.ocsps),
    )


def _stored(reader: PdfFileReader) -> Evidence:
    """Read the store of validation data (DSS) of a file."""
    from asn1crypto import crl, ocsp

    nothing = Evidence(TrustStore())
    try:
        store = DocumentSecurityStore.read_dss(reader)
        crls = tuple(crl.CertificateList.load(ref.get_object().data) for ref in store.crls)
        ocsps = tuple(ocsp.OCSPResponse.load(ref.get_object().data) for ref in store.ocsps)
        return Evidence(TrustStore(), tuple(store.load_certs()), crls, ocsps)
    except Exception:  # noqa: BLE001 - none there, or none that can be read
        return nothing
