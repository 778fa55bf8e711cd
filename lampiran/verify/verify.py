"""A file -> Verification: every signature with its verdict, what the file says of itself, and its revisions."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from extract.survey.opening import has_modest_form, opened
from extract.survey.survey import PDF, content_of, printable
from lampiran.held_file import Input, as_path
from lampiran.log import reading_file
from lampiran.verify.document import document_facts
from lampiran.verify.requirements import quiet, require_parts
from lampiran.verify.revisions import Revisions, is_cut_off, revisions_of
from schema.authenticity import VERDICTS, Signature, Verdict, Verification
from schema.errors import InputError

if TYPE_CHECKING:
    from lampiran.verify.signature_fields import Filled
    from lampiran.verify.signatures import Case
    from lampiran.verify.trust import Credentials


def verify(
    path: Input,
    *,
    name: str | None = None,
    trust: str | Path | Iterable[str | Path] = (),
    at: datetime.date | None = None,
) -> Verification:
    """Check the electronic signatures of a file. Nothing is written and no network is used.

    The file is a path, its bytes or a binary stream; `name` is what bytes or a stream are called. `trust` are files or folders with certificates to trust (PEM or DER), and revocation data; without any, whether a
    signer can be relied upon is not asked. `at` is the day, to its end in UTC, on which certificates are judged;
    today if not given. A file without signatures, and one that is not a PDF, gets the verdict `unsigned`. Raises
    `UsageError` if the extra `verify` is not installed or `trust` cannot be read, and `InputError` for a file
    that cannot be read.
    """
    require_parts()
    from lampiran.verify.trust import load_trust

    places = [trust] if isinstance(trust, str | Path) else list(trust)
    return verify_with(as_path(path, name=name), load_trust(map(Path, places)), at or today())


def verify_with(path: Path, trusted: Credentials | None, at: datetime.date) -> Verification:
    """Check one file with certificates that were read before; `None` where there are none to ask about."""
    with reading_file(path.name), quiet():
        data, kind = content_of(path)
        blank = Verification(
            name=printable(path.name),
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            media_type=kind,
            at=at,
            verdict="unsigned",
        )
        return _verified(path, data, blank, trusted) if kind == PDF else blank


def today() -> datetime.date:
    """Return the day in UTC."""
    return datetime.datetime.now(tz=datetime.UTC).date()


def _verified(path: Path, data: bytes, blank: Verification, trusted: Credentials | None) -> Verification:
    from lampiran.verify.changes import revisions_told
    from lampiran.verify.signature_fields import fields_of, open_reader
    from lampiran.verify.signatures import Case

    revisions = revisions_of(data)
    if is_cut_off(data, revisions):
        raise _cannot_be_checked(path)
    with opened(path, data) as pdf:
        if not has_modest_form(pdf):
            raise _cannot_be_checked(path)
        facts = document_facts(pdf, data, revisions)
    try:
        reader = open_reader(data)
        fields = fields_of(reader, data)
        told = revisions_told(data, revisions, reader, fields)
    except Exception as error:  # a file that qpdf repairs need not open as it is
        raise _cannot_be_checked(path) from error
    at = datetime.datetime.combine(blank.at, datetime.time.max, tzinfo=datetime.UTC)
    case = Case(data, reader, trusted, at)
    signatures = tuple(_signature(filled, case, revisions) for filled in fields.filled)
    verdicts: list[Verdict] = [signature.verdict for signature in signatures]
    verdicts += ["changed"] if fields.removed else []
    return blank.replace(
        verdict=min(verdicts, key=VERDICTS.index, default="unsigned"),
        document=facts,
        revisions=told,
        signatures=signatures,
        empty_fields=fields.empty,
        removed=fields.removed,
    )


def _cannot_be_checked(path: Path) -> InputError:
    return InputError(
        id=f'Tanda tangan pada "{path}" tidak dapat diperiksa: berkas terpotong atau rusak; mintalah salinan yang utuh.',
        en=f'The signatures of "{path}" cannot be checked: the file is cut off or damaged; ask for an intact copy.',
    )


def _signature(filled: Filled, case: Case, revisions: Revisions) -> Signature:
    """Describe a signature and what came after it; a forbidden change outweighs trust, but not a broken digest."""
    from lampiran.verify.changes import change_state, number_of
    from lampiran.verify.foreign import one_line
    from lampiran.verify.signatures import read_signature

    told = read_signature(filled, case)
    if filled.embedded is None or told.coverage is None or told.coverage.scope in {"partial", "unclear"}:
        return told
    try:
        state, detail = change_state(filled.embedded)
    except Exception as error:  # noqa: BLE001 - a later revision may be broken in any way
        state, detail = "not-permitted", one_line(error)
    verdict = told.verdict
    if state == "not-permitted":
        verdict = min(verdict, "changed", key=VERDICTS.index)
    return told.replace(
        changes=state,
        revision=number_of(filled.embedded.signed_revision, revisions, case.reader),
        detail=told.detail or detail,
        verdict=verdict,
    )
