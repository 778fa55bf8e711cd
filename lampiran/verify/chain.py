"""A certificate, certificates to trust and two moments -> whether the signer can be relied upon. Uses no network."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from lampiran.verify.foreign import Asn1, one_line
from lampiran.verify.settings import LIMITS
from lampiran.verify.trust import Credentials
from schema.authenticity import Certificate, Doubt, Period, Revocation, Trust

Purpose = Literal["signature", "timestamp"]

# The gravest first: the first that applies is the state.
ORDER: tuple[Doubt, ...] = (
    "revoked",
    "wrong-purpose",
    "not-yet-valid",
    "expired-when-signed",
    "weak-algorithm",
    "unknown-issuer",
    "untrusted",
    "expired",
)
# Purposes a signing certificate may be limited to: any, e-mail (RFC 5280), document signing (RFC 9336), and those
# that Adobe and Microsoft registered for documents.
DOCUMENT_PURPOSES = {
    "any_extended_key_usage",
    "email_protection",
    "pdf_signing",
    "1.2.840.113583.1.1.5",
    "1.3.6.1.5.5.7.3.36",
    "1.3.6.1.4.1.311.10.3.12",
    "microsoft_document_signing",
}
SIGNING_USES = {"digital_signature", "non_repudiation"}
WEAK_DIGESTS = {"md2", "md5", "sha1"}
# Whose revocation data is asked for in one check of a chain: nobody's, the signer's, the issuers'.
_NEVER, _ALWAYS = RevocationCheckingRule.NO_CHECK, RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
NOBODY = RevocationCheckingPolicy(_NEVER, _NEVER)
SIGNER = RevocationCheckingPolicy(_ALWAYS, _NEVER)
ISSUERS = RevocationCheckingPolicy(_NEVER, _ALWAYS)
# What a failed check of a chain says; any other error means that the chain does not hold.
DOUBTS: tuple[tuple[type[Exception], Doubt], ...] = (
    (PathBuildingError, "unknown-issuer"),
    (InvalidCertificateError, "unknown-issuer"),
    (NotYetValidError, "not-yet-valid"),
    (ExpiredError, "expired-when-signed"),
    (DisallowedAlgorithmError, "weak-algorithm"),
)


@dataclass(frozen=True)
class Evidence:
    """What certificates are judged by: the `trusted` ones of the call (`None`: trust is not asked), and the file's own."""

    trusted: Credentials | None
    own: Credentials

    @property
    def revocation_data(self) -> int:
        """Return how many lists and answers on revocation there are."""
        every = self.own + (self.trusted or Credentials())
        return len(every.crls) + len(every.ocsps)


@dataclass(frozen=True)
class _Path:
    """What a check of the chain at one moment gave."""

    doubt: Doubt | None = None
    anchor: str | None = None
    revocation: Revocation | None = None
    detail: str | None = None


def judge(
    certificate: Asn1,
    evidence: Evidence,
    signed: datetime | None,
    at: datetime,
    *,
    purpose: Purpose = "signature",
    digest: str | None = None,
) -> Trust:
    """Judge the certificate of a signer or a time-stamp authority for the moment `at`; `signed` is `None` if not known.

    Period and purpose are always judged, the chain and revocation only where certificates to trust were given:
    as of the time of signing, and as of the last moment asked about at which the certificate was in its period.
    """
    doubts = _own_doubts(certificate, signed, at, purpose, digest)
    path = _Path()
    if evidence.trusted is not None:
        path = _path(certificate, evidence, signed, at)
        doubts |= {path.doubt} if path.doubt else set()
    ordered = tuple(doubt for doubt in ORDER if doubt in doubts)
    unasked = evidence.trusted is None and doubts <= {"expired"}
    return Trust(
        state="not-checked" if unasked else ordered[0] if ordered else "trusted",
        doubts=ordered,
        when_signed=period(certificate, signed),
        anchor=path.anchor,
        revocation=path.revocation,
        revocation_data=evidence.revocation_data,
        detail=path.detail,
    )


def described(certificate: Asn1) -> Certificate:
    """Return a certificate as a value."""
    names = certificate.subject.native
    return Certificate(
        subject=certificate.subject.human_friendly,
        common_name=_text(names.get("common_name")),
        organization=_text(names.get("organization_name")),
        issuer=certificate.issuer.human_friendly,
        serial=str(certificate.serial_number),
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        sha256=certificate.sha256.hex(),
    )


def period(certificate: Asn1, moment: datetime | None) -> Period:
    """Place a moment in a certificate's period."""
    if moment is None:
        return "unknown"
    if moment < certificate.not_valid_before:
        return "before"
    return "after" if moment > certificate.not_valid_after else "within"


def _text(value: Any) -> str | None:  # noqa: ANN401 - a name may occur more than once
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _own_doubts(
    certificate: Asn1, signed: datetime | None, at: datetime, purpose: Purpose, digest: str | None
) -> set[Doubt]:
    then, now = period(certificate, signed), period(certificate, at)
    doubts: dict[Doubt, bool] = {
        "wrong-purpose": not _fits(certificate, purpose),
        "not-yet-valid": "before" in {then, now},
        "expired-when-signed": then == "after",
        "expired": now == "after" != then,
        "weak-algorithm": digest in WEAK_DIGESTS,
    }
    return {doubt for doubt, holds in doubts.items() if holds}


def _fits(certificate: Asn1, purpose: Purpose) -> bool:
    """Tell whether a certificate allows its use; one that says nothing does."""
    extended = certificate.extended_key_usage_value
    extended = None if extended is None else set(extended.native)
    if purpose == "timestamp":
        return extended is not None and "time_stamping" in extended
    usage = certificate.key_usage_value
    if usage is not None and not SIGNING_USES & set(usage.native):
        return False
    return extended is None or bool(DOCUMENT_PURPOSES & extended)


def _path(certificate: Asn1, evidence: Evidence, signed: datetime | None, at: datetime) -> _Path:
    """Check the chain when it was signed, and at the last moment asked about within the certificate's period."""
    first, last = certificate.not_valid_before, certificate.not_valid_after
    now = min(max(at, first), last)
    begin = now if signed is None else min(max(signed, first), last)
    then = _run(_checked(certificate, evidence, begin, signed))
    if then.doubt is not None or now <= begin:
        return then
    since = _run(_checked(certificate, evidence, now, signed))
    if since.doubt == "revoked":
        return since
    return _Path(since.doubt and "expired", then.anchor, None, since.detail)


async def _checked(certificate: Asn1, evidence: Evidence, moment: datetime, signed: datetime | None) -> _Path:
    """Check the chain, then whether the available revocation data revokes it; to have none is no objection."""
    chain = await _asked(certificate, evidence, moment, signed, NOBODY)
    if chain.doubt is not None or not evidence.revocation_data:
        return chain
    for policy in (SIGNER, ISSUERS):
        found = await _asked(certificate, evidence, moment, signed, policy)
        if found.doubt == "revoked":
            return found
    return chain


async def _asked(
    certificate: Asn1,
    evidence: Evidence,
    moment: datetime,
    signed: datetime | None,
    policy: RevocationCheckingPolicy,
) -> _Path:
    trusted = evidence.trusted or Credentials()
    context = ValidationContext(
        trust_roots=list(trusted.certificates),
        other_certs=list(evidence.own.certificates),
        moment=moment.astimezone(UTC),
        allow_fetching=False,
        crls=[*evidence.own.crls, *trusted.crls],
        ocsps=[*evidence.own.ocsps, *trusted.ocsps],
        revinfo_policy=CertRevTrustPolicy(
            policy, timedelta(days=LIMITS.any_age), FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION
        ),
    )
    try:
        path = await CertificateValidator(certificate, validation_context=context).async_validate_path()
    except Exception as error:  # noqa: BLE001 - a chain of broken certificates raises errors of many kinds
        return _doubted(error, signed)
    anchor = getattr(path.trust_anchor, "certificate", None)  # or a bare name
    name = anchor.subject if anchor is not None else getattr(path.trust_anchor, "name", None)
    return _Path(anchor=name.human_friendly if name is not None else None)


def _doubted(error: Exception, signed: datetime | None) -> _Path:
    if isinstance(error, RevokedError) and not error.is_side_validation:
        revocation = Revocation(
            date=error.revocation_dt,
            reason=str(error.reason.native),
            authority=not error.is_ee_cert,
            before_signing=None if signed is None else error.revocation_dt <= signed,
        )
        return _Path("revoked", revocation=revocation, detail=one_line(error))
    doubt: Doubt = next((doubt for kind, doubt in DOUBTS if isinstance(error, kind)), "untrusted")
    return _Path(doubt, detail=one_line(error))


def _run(work: Coroutine[Any, Any, _Path]) -> _Path:
    """Run a check to its end, also if the caller runs in an event loop (a notebook)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()
