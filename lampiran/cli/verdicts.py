"""A Verification -> lines for people, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lampiran.cli.texts import Texts
from schema.authenticity import Metadata, Revision, Signature, TimeStamp, Trust, Verification


def verification_lines(found: Verification, path: Path, texts: Texts) -> Iterator[str]:
    """Yield the lines of one file: what it is, its revisions, and its signatures one by one."""
    yield f"{path}"
    yield from (f"  {line}" for line in _file_lines(found, texts))
    for number, signature in enumerate(found.signatures, start=1):
        kind = texts.say(f"signature_{signature.kind}")
        name = texts.say("verify_signature", n=number, field=signature.field, kind=kind)
        yield f"  {name}: {_word('verdict', signature.verdict, texts)}"
        yield from (f"     {line}" for line in _signature_lines(signature, found, texts))
    if found.verdict == "unsigned":
        yield f"  {texts.say('verify_nothing')}"
    elif found.intact:
        yield f"  {texts.say('verify_intact', count=len(found.signatures))}"
    else:
        yield f"  {texts.say('verify_not_intact')}"


def _word(group: str, word: str, texts: Texts, **values: object) -> str:
    """Return the sentence for a published word."""
    return texts.say(f"{group}_{word.replace('-', '_')}", **values)


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
    said = {name: value or "-" for name, value in facts.model_dump().items()}
    if set(said.values()) != {"-"}:
        yield texts.say(f"verify_{where}", **said)


def _signature_lines(signature: Signature, found: Verification, texts: Texts) -> Iterator[str]:
    certificate = signature.certificate
    unknown = texts.say("verify_unknown")
    if certificate is not None:
        name = certificate.common_name or certificate.subject
        signer = f"{name} ({certificate.organization})" if certificate.organization else name
        yield texts.say("verify_signer", signer=signer, issuer=certificate.issuer, serial=certificate.serial)
    time = signature.claimed_time
    yield texts.say("verify_time", time=time.isoformat() if time else unknown)
    if signature.timestamp is not None:
        yield _stamp_line(signature.timestamp, unknown, texts)
    detail = f" ({signature.detail})" if signature.detail and signature.integrity != "intact" else ""
    yield texts.say("verify_integrity", state=_word("integrity", signature.integrity, texts) + detail)
    if signature.coverage is not None:
        scope = _word("scope", signature.coverage.scope, texts, number=signature.revision or "-")
        yield texts.say("verify_coverage", scope=scope, end=signature.coverage.end, size=found.size)
    yield texts.say("verify_changes", state=_word("changes", signature.changes, texts))
    if signature.changes in {"permitted", "not-permitted"} and signature.revision is not None:
        later = (r for r in found.revisions if r.number > (signature.revision or 0))
        yield from (_revision_line(r, texts) for r in later if r.permitted is not None)
    if certificate is not None and signature.trust is not None:
        first, last = certificate.not_before.date(), certificate.not_after.date()
        period = texts.say("verify_period", first=first, last=last)
        yield f"{period} {_trust_sentence(signature.trust, texts)}"


def _stamp_line(stamp: TimeStamp, unknown: str, texts: Texts) -> str:
    authority = stamp.certificate.common_name if stamp.certificate else None
    return texts.say(
        "verify_stamp",
        time=stamp.time.isoformat() if stamp.time else unknown,
        authority=authority or unknown,
        state=_word("integrity", stamp.integrity, texts),
        trust=_word("trust", stamp.trust.state, texts) if stamp.trust else unknown,
    )


def _revision_line(revision: Revision, texts: Texts) -> str:
    kinds = ", ".join(_word("change", kind, texts) for kind in revision.kinds)
    pages = ", ".join(map(str, revision.pages))
    where = texts.say("verify_pages", pages=pages) if pages else ""
    state = texts.say("changes_permitted" if revision.permitted else "changes_not_permitted")
    return "  " + texts.say("verify_revision", number=revision.number, kinds=f"{kinds}{where}", state=state)


def _trust_sentence(trust: Trust, texts: Texts) -> str:
    """Return what to say about a certificate: each doubt, and whether its issuer is trusted."""
    unknown = trust.when_signed == "unknown"
    doubts = ["expired-unknown" if doubt == "expired" and unknown else doubt for doubt in trust.doubts]
    if trust.state in {"trusted", "not-checked"}:
        doubts.append(trust.state)
    elif trust.doubts == ("expired",) and trust.anchor:
        doubts.append("trusted")
    said = [_word("trust", doubt, texts) for doubt in doubts]
    if trust.revocation is not None:
        date, reason = trust.revocation.date.isoformat(), trust.revocation.reason
        said.append(texts.say("verify_revoked", date=date, reason=reason))
    return "; ".join(said)
