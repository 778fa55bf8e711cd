"""A signature as read -> whether digest and signature value hold, and which bytes it covers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeAlias

from asn1crypto import core
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from lampiran.verify.foreign import Asn1, PdfObject, one_line
from schema.authenticity import Coverage, Integrity, Scope

SIGNATURES = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"}
STAMPS = {"/ETSI.RFC3161"}
SCOPES: dict[SignatureCoverageLevel, Scope] = {
    SignatureCoverageLevel.ENTIRE_FILE: "whole-file",
    SignatureCoverageLevel.ENTIRE_REVISION: "revision",
    SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START: "partial",
    SignatureCoverageLevel.UNCLEAR: "unclear",
}


# Whether a signature holds, and for one that does not, what the check said.
Checked: TypeAlias = tuple[Integrity, str | None]


def is_stamp(values: PdfObject) -> bool:
    """Tell whether a signature dictionary is a document time stamp."""
    return values.get("/Type") == "/DocTimeStamp" or values.get("/SubFilter") in STAMPS


def check_signature(embedded: EmbeddedPdfSignature) -> Checked:
    """Compare the covered bytes with the signed digest, and the signature value with the signer's key."""
    stamp = is_stamp(embedded.sig_object)
    form = str(embedded.sig_object.get("/SubFilter", ""))
    if form not in (STAMPS if stamp else SIGNATURES):
        return "unsupported", f"format {form or 'not named'}"
    try:
        if stamp:
            return check_token(embedded.signed_data, embedded.signer_info, embedded.compute_digest)
        if embedded.signed_data["encap_content_info"]["content"] is not core.VOID:
            return "unreadable", "a detached signature with content of its own"
        digest = embedded.compute_digest()
        return _integrity(embedded.signer_info, embedded.signer_cert, "data", digest), None
    except Exception as error:  # noqa: BLE001 - a broken blob raises errors of many kinds
        unknown = isinstance(error, NotImplementedError) or "unsupported" in str(error).lower()
        return "unsupported" if unknown else "unreadable", one_line(error)


def check_token(signed: Asn1, signer_info: Asn1, imprint_of: Callable[[str], bytes]) -> Checked:
    """Check a time-stamp token: its own signature, and that it was made for what `imprint_of` (by hash) returns.

    Raises what broken tokens raise.
    """
    content = signed["encap_content_info"]["content"]
    token = content.parsed
    name = signer_info["digest_algorithm"]["algorithm"].native
    digest = hashlib.new(name, bytes(content)).digest()
    signer = extract_certs_for_validation(signed).signer_cert
    integrity = _integrity(signer_info, signer, "tst_info", digest)
    imprint = token["message_imprint"]
    wanted = imprint_of(imprint["hash_algorithm"]["algorithm"].native)
    if integrity == "intact" and imprint["hashed_message"].native != wanted:
        return "content-altered", "the time stamp was made for something else"
    return integrity, None


def _integrity(signer_info: Asn1, certificate: Asn1, content: str, digest: bytes) -> Integrity:
    intact, valid = validate_sig_integrity(signer_info, certificate, content, digest)
    return "signature-wrong" if not valid else "intact" if intact else "content-altered"


def coverage_of(embedded: EmbeddedPdfSignature, data: bytes) -> Coverage:
    """Return what a signature covers; a gap that is not exactly its own place makes it unclear."""
    ranges = [int(number) for number in embedded.byte_range]
    end = sum(ranges[-2:]) if len(ranges) >= 2 else 0
    if not _gap_is_its_own(ranges, embedded.pkcs7_content, data):
        return Coverage(scope="unclear", end=max(0, min(end, len(data))))
    return Coverage(scope=SCOPES[embedded.evaluate_signature_coverage()], end=end)


def _gap_is_its_own(ranges: list[int], content: bytes, data: bytes) -> bool:
    try:
        start, length, behind, rest = ranges
        if start != 0 or min(ranges) < 0 or behind + rest > len(data):
            return False
        gap = data[length:behind]
        own = bytes.fromhex(gap[1:-1].decode("ascii")) == content
    except ValueError:
        return False
    return own and gap.startswith(b"<") and gap.endswith(b">")
