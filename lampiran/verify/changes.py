"""The revisions behind a signature -> what each did to the file, and whether a signed file may be given that."""

from __future__ import annotations

from collections.abc import Iterator

from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from lampiran.verify.integrity import is_stamp
from lampiran.verify.pages import Difference, difference, state_of
from lampiran.verify.revisions import Revisions
from lampiran.verify.signature_fields import Fields, one_line
from schema.authenticity import ChangeKind, ChangeState, Revision


def revisions_told(
    data: bytes, revisions: Revisions, reader: PdfFileReader, fields: Fields
) -> tuple[Revision, ...]:
    """Say of each revision where it ends, and of those after the first signature what they did."""
    first = min((f.embedded.signed_revision for f in fields.filled if f.embedded), default=None)
    told = [Revision(number=n, end=end) for n, end in enumerate(revisions.ends, start=1)]
    if first is None or not told:
        return tuple(told)
    for index in range(reader.total_revisions):
        number = number_of(index, revisions, reader)
        if number is None:
            continue
        if index > first:
            told[number - 1] = _compared(told[number - 1], data, revisions, reader, fields, index)
        else:
            told[number - 1] = told[number - 1].model_copy(update={"kinds": tuple(_signed(fields, index))})
    return tuple(told)


def number_of(index: int, revisions: Revisions, reader: PdfFileReader) -> int | None:
    """Return our number (from 1) of the revision that pyHanko counts from 0."""
    try:
        return revisions.tables.index(reader.xrefs.get_startxref_for_revision(index)) + 1
    except ValueError:
        return None


def change_state(embedded: EmbeddedPdfSignature) -> tuple[ChangeState, str | None]:
    """Tell whether all that came after a signature is permitted by the rules of signed files and its own."""
    embedded.coverage = embedded.evaluate_signature_coverage()  # type: ignore[assignment]  # annotated as None there
    result = embedded.evaluate_modifications(DEFAULT_DIFF_POLICY)
    if isinstance(result, SuspiciousModification):
        return "not-permitted", one_line(result)
    level = result.modification_level
    if level == ModificationLevel.NONE:
        return "none", None
    allowed = embedded.docmdp_level
    if level == ModificationLevel.OTHER or (allowed is not None and level.value > allowed.value):
        return "not-permitted", f"the certification permits level {allowed.value if allowed else '-'} only"
    return "permitted", None


def _compared(
    revision: Revision, data: bytes, revisions: Revisions, reader: PdfFileReader, fields: Fields, index: int
) -> Revision:
    old, new = reader.get_historical_resolver(index - 1), reader.get_historical_resolver(index)
    kinds = list(_signed(fields, index))
    changed: set[str] = set()
    detail = None
    try:
        result = DEFAULT_DIFF_POLICY.apply(old, new)
        changed = _filled_in(result, fields)
    except SuspiciousModification as error:
        detail = one_line(error)
    except Exception as error:  # noqa: BLE001 - a later revision may be broken in any way
        detail = one_line(error)
    if _store(old) != _store(new):
        kinds.append("validation-data")
    if changed:
        kinds.append("form-filling")
    seen = _seen(data, revisions, revision.number)
    pages = seen.pages if seen and detail is not None else ()
    if seen and detail is not None:
        kinds += [kind for kind in seen.kinds if kind not in kinds]
    elif seen and "metadata" in seen.kinds:
        kinds.append("metadata")
    if not kinds:
        kinds.append("other" if detail is not None else "signature-field")
    return revision.model_copy(
        update={
            "kinds": tuple(kinds),
            "pages": pages,
            "fields": tuple(sorted(changed)),
            "permitted": detail is None,
            "detail": detail,
        }
    )


def _filled_in(result: DiffResult, fields: Fields) -> set[str]:
    """Return the names of changed form fields that are no signature fields."""
    signatures = {*(field.name for field in fields.filled), *fields.empty, *fields.removed}
    return set(result.changed_form_fields) - signatures


def _signed(fields: Fields, index: int) -> Iterator[ChangeKind]:
    made = [f for f in fields.filled if f.embedded and f.embedded.signed_revision == index]
    if any(not is_stamp(f.values) for f in made):
        yield "signature"
    if any(is_stamp(f.values) for f in made):
        yield "timestamp"


def _store(state: HistoricalResolver) -> tuple[str, ...]:
    """Return what tells one state of the store of validation data from another."""
    try:
        store = state.root["/DSS"]
        return tuple(
            repr(store.raw_get(key)) + repr(list(store.get(key, ()))) for key in sorted(store.keys())
        )
    except (KeyError, TypeError, AttributeError):
        return ()


def _seen(data: bytes, revisions: Revisions, number: int) -> Difference | None:
    old, new = state_of(data[: revisions.ends[number - 2]]), state_of(data[: revisions.ends[number - 1]])
    return difference(old, new) if old and new else None
