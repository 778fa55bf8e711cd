"""A Verification -> lines for people, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lampiran.cli.texts import Texts
from schema.authenticity import Metadata, Revision, Signature, TimeStamp, Trust, Verification


def verification_lines(found: Verification, path: Path, texts: Texts) -> list[str]:
    """Return the lines of one file: what it is, its revisions, and its signatures one by one."""
    lines = [f"{path}", *(f"  {line}" for line in _file_lines(found, texts))]
    for number, signature in enumerate(found.signatures, start=1):
        head = texts.say("verify_signature", n=number, field=signature.field, kind=_kind(signature, texts))
        lines.append(f"  {head}: {texts.say('verdict_' + _key(signature.verdict))}")
        lines += [f"     {line}" for line in _signature_lines(signature, found, texts)]
    return [*lines, f"  {_conclusion(found, texts)}"]


def _file_lines(found: Verification, texts: Texts) -> Iterator[str]:
    yield f"sha256 {found.sha256}"
    if found.document is None:
        yield texts.say("verify_no_pdf", kind=found.media_type)
        return
    yield texts.say("verify_size", size=found.size, pages=found.document.page_count)
    yield from _metadata_lines("info", found.document.info, texts)
    if found.document.xmp is not None and found.document.xmp != found.document.info:
        yield from _metadata_lines("xmp", found.document.xmp, texts)
    ends = ", ".join(str(revision.end) for revision in found.revisions)
    count = len(found.revisions)
    yield texts.say("verify_revisions", count=count, ends=ends) if count else texts.say("verify_no_revisions")
    if found.document.trailing:
        yield texts.say("verify_trailing", count=found.document.trailing)
    if found.empty_fields:
        yield texts.say("verify_empty", fields=", ".join(found.empty_fields))
    if found.removed:
        yield texts.say("verify_removed", fields=", ".join(found.removed))


def _metadata_lines(where: str, facts: Metadata, texts: Texts) -> Iterator[str]:
    if any((facts.producer, facts.creator, facts.created, facts.modified)):
        yield texts.say(
            f"verify_{where}",
            producer=facts.producer or "-",
            created=facts.created or "-",
            modified=facts.modified or "-",
        )


def _signature_lines(signature: Signature, found: Verification, texts: Texts) -> Iterator[str]:
    certificate = signature.certificate
    if certificate is not None:
        name = certificate.common_name or certificate.subject
        signer = f"{name} ({certificate.organization})" if certificate.organization else name
        yield texts.say("verify_signer", signer=signer, issuer=certificate.issuer, serial=certificate.serial)
    time = signature.claimed_time
    yield texts.say("verify_time", time=time.isoformat() if time else texts.say("verify_unknown"))
    if signature.timestamp is not None:
        yield _stamp_line(signature.timestamp, texts)
    detail = f" ({signature.detail})" if signature.detail and signature.integrity != "intact" else ""
    yield texts.say("verify_integrity", state=texts.say("integrity_" + _key(signature.integrity)) + detail)
    if signature.coverage is not None:
        scope = texts.say("scope_" + _key(signature.coverage.scope), number=signature.revision or "-")
        yield texts.say("verify_coverage", scope=scope, end=signature.coverage.end, size=found.size)
    yield from _change_lines(signature, found.revisions, texts)
    if certificate is not None and signature.trust is not None:
        period = texts.say(
            "verify_period", first=certificate.not_before.date(), last=certificate.not_after.date()
        )
        yield f"{period} {_trust_sentence(signature.trust, texts)}"


def _stamp_line(stamp: TimeStamp, texts: Texts) -> str:
    authority = stamp.certificate.common_name if stamp.certificate else None
    return texts.say(
        "verify_stamp",
        time=stamp.time.isoformat() if stamp.time else texts.say("verify_unknown"),
        authority=authority or texts.say("verify_unknown"),
        state=texts.say("integrity_" + _key(stamp.integrity)),
        trust=texts.say("trust_" + _key(stamp.trust.state)) if stamp.trust else texts.say("verify_unknown"),
    )


def _change_lines(signature: Signature, revisions: Iterable[Revision], texts: Texts) -> Iterator[str]:
    yield texts.say("verify_changes", state=texts.say("changes_" + _key(signature.changes)))
    if signature.changes not in {"permitted", "not-permitted"} or signature.revision is None:
        return
    for revision in revisions:
        if revision.number > signature.revision and revision.permitted is not None:
            kinds = ", ".join(texts.say("change_" + _key(kind)) for kind in revision.kinds)
            where = (
                texts.say("verify_pages", pages=", ".join(map(str, revision.pages))) if revision.pages else ""
            )
            verdict = texts.say("changes_permitted" if revision.permitted else "changes_not_permitted")
            yield "  " + texts.say(
                "verify_revision", number=revision.number, kinds=f"{kinds}{where}", state=verdict
            )


def _trust_sentence(trust: Trust, texts: Texts) -> str:
    """Return what is to be said of a certificate: each doubt, and whether the issuer was asked about."""
    said = [texts.say(_doubt_key(doubt, trust)) for doubt in trust.doubts]
    if trust.state in {"trusted", "not-checked"}:
        said.append(texts.say("trust_" + _key(trust.state)))
    elif set(trust.doubts) == {"expired"} and trust.anchor:
        said.append(texts.say("trust_trusted"))
    if trust.revocation is not None:
        said.append(
            texts.say(
                "verify_revoked", date=trust.revocation.date.isoformat(), reason=trust.revocation.reason
            )
        )
    return "; ".join(said)


def _doubt_key(doubt: str, trust: Trust) -> str:
    known = doubt != "expired" or trust.when_signed != "unknown"
    return "trust_" + _key(doubt) if known else "trust_expired_unknown"


def _conclusion(found: Verification, texts: Texts) -> str:
    if found.verdict == "unsigned":
        return texts.say("verify_nothing")
    if not found.intact:
        return texts.say("verify_not_intact")
    return texts.say("verify_intact", count=len(found.signatures))


def _kind(signature: Signature, texts: Texts) -> str:
    return texts.say(f"signature_{signature.kind}")


def _key(word: str) -> str:
    return word.replace("-", "_")
