"""The revisions after a signature -> what each did to the file, and whether a signed file may be changed so."""

from __future__ import annotations

from collections.abc import Iterator

from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from lampiran.verify.foreign import one_line
from lampiran.verify.integrity import is_stamp
from lampiran.verify.pages import Difference, difference, state_of
from lampiran.verify.revisions import Revisions
from lampiran.verify.signature_fields import Fields
from schema.authenticity import ChangeKind, ChangeState, Revision


def revisions_told(
    data: bytes, revisions: Revisions, reader: PdfFileReader, fields: Fields
) -> tuple[Revision, ...]:
    """Say of each revision where it ends, and of those after the first signature what they did."""
    told = [Revision(number=n, end=end) for n, end in enumerate(revisions.ends, start=1)]
    first = min((f.embedded.signed_revision for f in fields.filled if f.embedded), default=None)
    for index in range(reader.total_revisions) if first is not None and told else ():
        number = number_of(index, revisions, reader)
        if number is None:
            continue
        made = tuple(_signed(fields, index))
        if first is not None and index > first:
            old, new = (state_of(data[: revisions.ends[n]]) for n in (number - 2, number - 1))
            seen = difference(old, new) if old and new else None
            told[number - 1] = _compared(told[number - 1], reader, fields, index, made, seen)
        else:
            told[number - 1] = told[number - 1].replace(kinds=made)
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
    revision: Revision,
    reader: PdfFileReader,
    fields: Fields,
    index: int,
    made: tuple[ChangeKind, ...],
    seen: Difference | None,
) -> Revision:
    """Say what a revision did: the signatures it `made`, by the rules of signed files, and as `seen` on its pages."""
    old, new = reader.get_historical_resolver(index - 1), reader.get_historical_resolver(index)
    signatures = {*(field.name for field in fields.filled), *fields.empty, *fields.removed}
    changed: set[str] = set()
    detail = None
    try:
        changed = set(DEFAULT_DIFF_POLICY.apply(old, new).changed_form_fields) - signatures
    except Exception as error:  # noqa: BLE001 - not permitted, or a later revision may be broken in any way
        detail = one_line(error)
    visible = seen.kinds if seen else ()
    kinds: list[ChangeKind] = list(made)
    if _store(old) != _store(new):
        kinds.append("validation-data")
    if changed:
        kinds.append("form-filling")
    # A permitted change is named by the rules; of its pages only the metadata say more.
    kinds += [kind for kind in visible if kind not in kinds and (detail is not None or kind == "metadata")]
    return revision.replace(
        kinds=tuple(kinds) or ("other" if detail is not None else "signature-field",),
        pages=seen.pages if seen and detail is not None else (),
        fields=tuple(sorted(changed)),
        permitted=detail is None,
        detail=detail,
    )


def _signed(fields: Fields, index: int) -> Iterator[ChangeKind]:
    made = {is_stamp(f.values) for f in fields.filled if f.embedded and f.embedded.signed_revision == index}
    if False in made:
        yield "signature"
    if True in made:
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
