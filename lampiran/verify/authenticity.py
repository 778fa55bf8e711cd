"""A decree's file -> the block of `decree.json` on its authenticity, and findings; the same on every day."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from extract.survey.opening import has_modest_form, opened
from extract.survey.survey import PDF
from lampiran.verify.document import document_facts
from lampiran.verify.requirements import can_check_signatures, quiet
from lampiran.verify.revisions import is_cut_off, revisions_of
from schema.authenticity import Authenticity, ChangeState, FileVerdict, Signature, SignatureSummary, Verdict
from schema.base import Frozen
from schema.catalogue import make_finding
from schema.errors import LampiranError
from schema.findings import Finding, RuleName
from schema.plan import Plan
from schema.provenance import Source, SourceRef

if TYPE_CHECKING:
    from lampiran.verify.pages import Difference

log = logging.getLogger(__name__)

RULE: RuleName = "check-signatures"
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)  # trust is not asked, so that nothing depends on the day of the run
CODES: dict[FileVerdict, str] = {
    "broken": "signature-broken",
    "unreadable": "signature-unreadable",
    "unsupported": "signature-unreadable",
    "changed": "changed-after-signature",
}


class Looked(Frozen):
    """What the light check of a file gave."""

    authenticity: Authenticity
    findings: tuple[Finding, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()


def with_authenticity(plan: Plan, path: Path) -> Plan:
    """Return a plan with what can be said of its file's authenticity, findings and the checker's version included."""
    looked = look(path, plan.source)
    return plan.replace(
        authenticity=looked.authenticity,
        findings=(*plan.findings, *looked.findings),
        versions=(*plan.versions, *looked.versions),
    )


def as_checked(plan: Plan, before: Plan) -> Plan:
    """Return a plan with what an earlier plan of the same file says of its authenticity."""
    own = dict(plan.versions)
    return plan.replace(
        authenticity=before.authenticity,
        findings=(*plan.findings, *(f for f in before.findings if f.rule == RULE)),
        versions=(*plan.versions, *(v for v in before.versions if v[0] not in own)),
    )


def look(path: Path, source: Source) -> Looked:
    """Check a file lightly: digests and signature values, and whether pages changed after a signature.

    `lampiran verify` also analyses later changes in full and asks about trust. A file that is not the one that was
    read any more (or a pipe) is not checked.
    """
    if source.media_type != PDF:
        return Looked(authenticity=Authenticity(state="unsigned"))
    unchecked = Looked(authenticity=Authenticity(state="not-checked"))
    try:
        data = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() != source.sha256:
            return unchecked
        with quiet():
            return _looked(path, data, source)
    except (OSError, LampiranError) as error:
        log.debug("the file cannot be read again", exc_info=error)
        return unchecked


def _looked(path: Path, data: bytes, source: Source) -> Looked:
    revisions = revisions_of(data)
    with opened(path, data) as pdf:
        facts, modest = document_facts(pdf, data, revisions), has_modest_form(pdf)
    unsigned = Looked(authenticity=Authenticity(state="unsigned", document=facts))
    unchecked = Looked(authenticity=Authenticity(state="not-checked", document=facts))
    if not source.signature_count and b"/ByteRange" not in data:
        return unsigned
    if not (can_check_signatures() and modest) or is_cut_off(data, revisions):
        return unchecked
    try:
        signatures, removed = _signatures(data)
    except Exception as error:
        log.debug("the signatures cannot be checked", exc_info=error)
        return unchecked
    if not signatures and not removed:
        return unsigned
    return Looked(
        authenticity=Authenticity(state="checked", document=facts, signatures=signatures, removed=removed),
        findings=tuple(_findings(signatures, removed, source)),
        versions=(("pyhanko", version("pyhanko")),),
    )


def _signatures(data: bytes) -> tuple[tuple[SignatureSummary, ...], tuple[str, ...]]:
    from lampiran.verify.pages import page_changes
    from lampiran.verify.signature_fields import fields_of, open_reader
    from lampiran.verify.signatures import Case, read_signature

    reader = open_reader(data)
    fields = fields_of(reader, data)
    case = Case(data, reader, None, NO_DAY)
    told = [read_signature(filled, case) for filled in fields.filled]
    ends = [s.coverage.end for s in told if s.coverage is not None and s.coverage.scope == "revision"]
    seen = dict(zip(ends, page_changes(data, ends), strict=True)) if ends else {}
    return tuple(_short(signature, seen) for signature in told), fields.removed


def _short(signature: Signature, seen: dict[int, Difference | None]) -> SignatureSummary:
    """Keep what holds on every day; pages that changed after a signature outweigh all but a broken one.

    `seen` is what changed on the pages since each end of a covered revision.
    """
    found: dict[Verdict, FileVerdict] = {verdict: verdict for verdict in CODES}
    verdict = found.get(signature.verdict, "intact")
    changes: ChangeState = "not-checked"
    if signature.coverage is not None and signature.coverage.scope == "whole-file":
        changes = "none"
    since = seen.get(signature.coverage.end) if signature.coverage is not None else None
    if since is not None and since.of_content:
        changes = "not-permitted"
        verdict = "changed" if verdict == "intact" else verdict
    certificate, stamp = signature.certificate, signature.timestamp
    return SignatureSummary(
        field=signature.field,
        kind=signature.kind,
        signer=(certificate.common_name or certificate.subject) if certificate else None,
        issuer=certificate.issuer if certificate else None,
        serial=certificate.serial if certificate else None,
        claimed_time=signature.claimed_time,
        timestamp=stamp.time if stamp and stamp.integrity == "intact" else None,
        not_before=certificate.not_before if certificate else None,
        not_after=certificate.not_after if certificate else None,
        when_signed=signature.trust.when_signed if signature.trust else "unknown",
        integrity=signature.integrity,
        coverage=signature.coverage,
        changes=changes,
        verdict=verdict,
    )


def _findings(
    signatures: Sequence[SignatureSummary], removed: Sequence[str], source: Source
) -> Iterator[Finding]:
    """Yield what a person must look at before trusting the file: at most one finding per signature."""
    ref = SourceRef(sha256=source.sha256, reader="pdf-text")
    told = [(CODES.get(signature.verdict), signature.field) for signature in signatures]
    told += [(CODES["changed"], field) for field in removed]
    yield from (make_finding(code, rule=RULE, ref=ref, raw=field) for code, field in told if code)
