"""What can be said of a file's authenticity: its fingerprint and revisions, and each signature with its verdict."""

from __future__ import annotations

import datetime
from typing import Literal

from schema.base import Frozen

VERIFICATION_VERSION = "1.0.0"

Integrity = Literal["intact", "content-altered", "signature-wrong", "unreadable", "unsupported"]
Scope = Literal["whole-file", "revision", "partial", "unclear"]
ChangeState = Literal["none", "permitted", "not-permitted", "not-checked"]
ChangeKind = Literal[
    "signature",
    "signature-removed",
    "timestamp",
    "validation-data",
    "signature-field",
    "form-filling",
    "annotation",
    "metadata",
    "page-count",
    "page-content",
    "other",
]
SignatureKind = Literal["approval", "certification", "timestamp"]
Period = Literal["within", "before", "after", "unknown"]
Doubt = Literal[
    "revoked",
    "wrong-purpose",
    "not-yet-valid",
    "expired-when-signed",
    "unknown-issuer",
    "untrusted",
    "expired",
    "weak-algorithm",
]
TrustState = Literal["trusted", "not-checked"] | Doubt
FileVerdict = Literal["broken", "unreadable", "unsupported", "changed", "intact"]
Verdict = FileVerdict | Literal["untrusted", "was-valid", "valid"]
# The gravest first; of a file that is not intact as a whole, and of one whose signer is known.
NOT_INTACT: tuple[Verdict, ...] = ("broken", "unreadable", "unsupported", "changed")
CONFIRMED: tuple[Verdict, ...] = ("was-valid", "valid")
VERDICTS: tuple[Verdict, ...] = (*NOT_INTACT, "untrusted", "intact", *CONFIRMED)


class Metadata(Frozen):
    """What a file says of its own making, as it says it; nothing of it is proven.

    Dates are ISO 8601 where they could be read, else as written.
    """

    producer: str | None = None
    creator: str | None = None
    created: str | None = None
    modified: str | None = None


class Revision(Frozen):
    """One state of the file: it ends before byte `end` (counted from 0); later ones were appended behind it.

    `kinds` says what it did to the state before, `pages` on which pages (from 1), `fields` in which form
    fields; `permitted` whether all of it is what a signed file may be given later (`None`: not looked at, as
    nothing was signed before). `detail` holds what the analysis said of a change that is not permitted, in
    English.
    """

    number: int
    end: int
    kinds: tuple[ChangeKind, ...] = ()
    pages: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()
    permitted: bool | None = None
    detail: str | None = None


class DocumentFacts(Frozen):
    """What a PDF says of itself: `info` (information dictionary), `xmp` (metadata stream), the ends of its revisions.

    `revision_ends` are byte offsets, ascending; empty where the file's tables of objects could not be followed.
    `trailing` counts the bytes behind the last of them that belong to no revision, white space apart.
    """

    page_count: int | None = None
    encrypted: bool = False
    info: Metadata = Metadata()
    xmp: Metadata | None = None
    revision_ends: tuple[int, ...] = ()
    trailing: int = 0


class Certificate(Frozen):
    """A certificate: whom it names, who issued it, and when it holds.

    `serial` is the decimal serial number as text, `sha256` the fingerprint of the certificate.
    """

    subject: str
    common_name: str | None = None
    organization: str | None = None
    issuer: str
    serial: str
    not_before: datetime.datetime
    not_after: datetime.datetime
    sha256: str


class Revocation(Frozen):
    """That a certificate was withdrawn, by embedded or given revocation data.

    `authority` tells that it was that of an issuer further up; `before_signing` is `None` where the time of
    signing is not known.
    """

    date: datetime.datetime
    reason: str
    authority: bool = False
    before_signing: bool | None = None


class Trust(Frozen):
    """Whether the signer's certificate can be relied upon.

    `state` is the gravest of `doubts`, `trusted` where there is none, or `not-checked` where no certificates to
    trust were given. `when_signed` places the time of signing in the certificate's period. `anchor` is the
    trusted certificate that the chain ends in; `revocation_data` how many lists and answers on revocation were
    at hand; `detail` what the check of the chain said, in English.
    """

    state: TrustState
    doubts: tuple[Doubt, ...] = ()
    when_signed: Period = "unknown"
    anchor: str | None = None
    revocation: Revocation | None = None
    revocation_data: int = 0
    detail: str | None = None


class TimeStamp(Frozen):
    """A time-stamp token in a signature: the time, who vouches for it, whether it holds and fits the signature.

    `time` is `None` where the token could not be read; `proven` tells that it is intact and its issuer trusted.
    """

    time: datetime.datetime | None = None
    integrity: Integrity
    certificate: Certificate | None = None
    trust: Trust | None = None

    @property
    def proven(self) -> bool:
        """Tell whether the time can be relied upon."""
        trusted = self.trust is not None and self.trust.state in {"trusted", "expired"}
        return trusted and self.integrity == "intact"


class Coverage(Frozen):
    """What a signature covers: everything before byte `end` but its own place, or less.

    `partial` leaves out a part of its own revision, `unclear` begins late or has more than one gap.
    """

    scope: Scope
    end: int


class Signature(Frozen):
    """One signature of a file.

    `kind` is `timestamp` for a document time stamp, `certification` for the author's signature, which limits
    later changes (`permissions`: 1 none, 2 forms and signatures, 3 comments too). `claimed_time` is the
    signer's own word. `revision` counts from 1. `changes` says what came after it.
    """

    field: str
    kind: SignatureKind = "approval"
    format: str | None = None
    certificate: Certificate | None = None
    reason: str | None = None
    location: str | None = None
    claimed_time: datetime.datetime | None = None
    timestamp: TimeStamp | None = None
    digest_algorithm: str | None = None
    signature_algorithm: str | None = None
    integrity: Integrity
    coverage: Coverage | None = None
    permissions: int | None = None
    revision: int | None = None
    changes: ChangeState = "not-checked"
    trust: Trust | None = None
    verdict: Verdict
    detail: str | None = None


class Verification(Frozen):
    """What `lampiran verify` says of one file.

    `at` is the day on which certificates are judged. `verdict` is the gravest of the signatures', `changed`
    where a signature was taken out by a later revision, `unsigned` where there is nothing to verify.
    `empty_fields` are places for a signature that hold none, `removed` the fields of signatures that an
    earlier revision held and the last one does not, and `byte N` for one that no form leads to.
    """

    verification_version: str = VERIFICATION_VERSION
    name: str
    sha256: str
    size: int
    media_type: str
    at: datetime.date
    verdict: Verdict | Literal["unsigned"]
    document: DocumentFacts | None = None
    revisions: tuple[Revision, ...] = ()
    signatures: tuple[Signature, ...] = ()
    empty_fields: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def intact(self) -> bool:
        """Tell whether nothing that was signed is broken, and nothing else changed it (also if nothing was)."""
        stamps = (s.timestamp for s in self.signatures if s.timestamp is not None)
        return self.verdict not in NOT_INTACT and all(stamp.integrity == "intact" for stamp in stamps)

    @property
    def confirmed(self) -> bool:
        """Tell whether there are signatures, and every one is or was valid under a trusted certificate."""
        return self.intact and bool(self.signatures) and all(s.verdict in CONFIRMED for s in self.signatures)


class SignatureSummary(Frozen):
    """One signature as `decree.json` tells it: facts that hold on every day.

    `when_signed` places the claimed time in the certificate's period; `timestamp` is that of a token that holds.
    Whether the issuer is to be trusted is not asked; `lampiran verify --trust` does.
    """

    field: str
    kind: SignatureKind
    signer: str | None = None
    issuer: str | None = None
    serial: str | None = None
    claimed_time: datetime.datetime | None = None
    timestamp: datetime.datetime | None = None
    not_before: datetime.datetime | None = None
    not_after: datetime.datetime | None = None
    when_signed: Period = "unknown"
    integrity: Integrity
    coverage: Coverage | None = None
    changes: ChangeState = "not-checked"
    verdict: FileVerdict


class Authenticity(Frozen):
    """The block of `decree.json`: what the file says of itself, and its signatures in short.

    `state` is `unsigned` where there is nothing to verify (a scan, a copy, a transcription), `checked`, or
    `not-checked` where the part that checks signatures is not installed or the file could not be read again.
    """

    state: Literal["unsigned", "checked", "not-checked"]
    document: DocumentFacts | None = None
    signatures: tuple[SignatureSummary, ...] = ()
    removed: tuple[str, ...] = ()
