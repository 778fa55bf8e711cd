"""The loose lines of a decree into its head, the annex's head, findings and the lines left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby

from extract.types import TextLine
from normalize.facts import Fact, fact
from normalize.preamble.annex import Annex, read_annex
from normalize.preamble.clauses import Clauses, read_dictum, read_items, read_paragraph
from normalize.preamble.closing import read_closing
from normalize.preamble.lines import clean_lines, furniture, merge_rows
from normalize.preamble.naming import COPY, find_naming
from normalize.preamble.opening import Opening, own_titles, part_of, read_opening
from normalize.preamble.sections import Sections, split_sections
from normalize.preamble.text import parse_date
from normalize.preamble.values import (
    AnnexPreamble,
    LabelledPart,
    Line,
    NamesPlan,
    Part,
    PreambleResult,
    SignatureParts,
    indices_of,
)
from schema.decree import Attestation, Clause, DecreeHead, Field, Signatory, SignatureKind
from schema.findings import RuleName
from schema.geometry import BBox
from schema.language import decree_words
from schema.provenance import Reader, Source, SourceRef
from schema.rules.texts import key

_RULE: RuleName = "head"
_REQUIRED = ("number", "year", "title", "institution")
_STATE = f" {key(*decree_words('naming')['state'])}"


@dataclass(frozen=True)
class _Maker:
    """Turns parts into fields that say where they were read."""

    sha256: str
    digital: bool

    def field(self, part: Part | None) -> Field:
        if part is None:
            return Field(status="missing")
        pages = {line.page for line in part.lines}
        return Field(
            printed="\n".join(line.raw for line in part.lines),
            text=part.text,
            status="joined" if part.breaks or len(pages) > 1 else "read",
            refs=tuple(self.refs(part.lines)),
        )

    def clauses(self, clauses: Iterable[LabelledPart]) -> tuple[Clause, ...]:
        return tuple(Clause(label=c.label, field=self.field(c.part)) for c in clauses)

    def refs(self, lines: Sequence[Line]) -> Iterator[SourceRef]:
        """Yield a reference a line of a transcription, one box a page of a PDF."""
        origins = [origin for line in lines for origin in line.origins]
        for page, group in groupby(origins, key=lambda origin: origin.page):
            members = list(group)
            boxes = [origin.bbox for origin in members if origin.bbox is not None]
            if boxes:
                yield self._ref(page=page, bbox=reduce(BBox.union, boxes))
                continue
            for origin in members:
                yield self._ref(page=page, line=origin.line)

    def _ref(
        self, *, page: int | None = None, bbox: BBox | None = None, line: int | None = None
    ) -> SourceRef:
        reader: Reader = "transcript" if page is None else "pdf-text" if self.digital else "ocr"
        return SourceRef(sha256=self.sha256, page=page, bbox=bbox, line=line, reader=reader)


def parse_preamble(
    lines: Sequence[TextLine], *, source: Source, digital: bool, names_plan: NamesPlan = lambda _: False
) -> PreambleResult:
    """Read the head of a decree from the text outside its tables.

    `lines` are in reading order; pieces of one visual line may come apart, and signature blocks that
    are side by side must. `digital` tells that they are a page's own characters, which are never
    tidied beyond white space. `names_plan` tells whether a text names a plan of action. Nothing is raised
    for a text that is not a decree: its fields are missing, but for the title that a plan gives itself.
    """
    cleaned = clean_lines(lines, digital=digital)
    sections = split_sections(cleaned)
    named = _Named.read(sections, cleaned, names_plan)
    copies = [x for x in cleaned if key(x.text) == COPY]
    body = _Body.read(sections)
    maker = _Maker(source.sha256, digital)
    opening, signature = named.opening, named.signature
    head = _head(maker, opening, body, signature, _kind(source, copy=signature.copy or bool(copies)))
    annex_head = _annex_head(maker, named.annex)
    findings = (
        *_cleaning_findings(maker, _named_parts(opening, body, signature, named.annex)),
        *_missing(head, signature, maker, named=opening.used != (), with_body=sections.with_body),
        *_disagreements(head, annex_head),
    )
    known = indices_of(copies) | named.understood | body.understood | furniture(lines)
    unused = tuple(line for i, line in enumerate(lines) if i not in known and line.text.strip())
    return PreambleResult(head=head, facts=findings, annex_head=annex_head, unused=unused)


@dataclass(frozen=True)
class _Named:
    """Who decides what, and who signs: the naming with its title and holder, the annex and the signature."""

    opening: Opening
    annex: Annex
    signature: SignatureParts
    understood: frozenset[int]

    @classmethod
    def read(cls, sections: Sections, cleaned: Sequence[Line], names_plan: NamesPlan) -> _Named:
        """Read them in turn: each says again what the one before named, and is known by that."""
        rows = sections.opening or (() if sections.with_body else merge_rows(sections.annex))
        naming = find_naming(rows, with_body=sections.with_body)
        names = [naming.institution.text] if naming and naming.institution else []
        closing = read_closing(sections.closing, names)
        signed = [closing.office.text] if closing.office else []
        opening = read_opening(naming, signed, with_body=sections.with_body)
        title = opening.title.text if opening.title else ""
        left = _without(sections.annex, opening.used)
        annex = read_annex(left, title, closing, [*names, *signed], names_plan)
        signature = closing if closing.office or closing.place else annex.signature
        understood = closing.understood | annex.understood
        if annex.naming and annex.naming.date and not signature.date:
            signature = replace(signature, date=annex.naming.date)
        if naming is None and annex.naming:
            opening = read_opening(replace(annex.naming, about=()), (), with_body=False)
            opening, annex = replace(opening, title=annex.title), replace(annex, naming=None, title=None)
        if not opening.used and not sections.with_body:
            titles = own_titles(_without(merge_rows(cleaned), annex.opened), names_plan)
            opening = replace(opening, title=part_of(titles[0]) if titles else None)
            understood |= indices_of([line for title in titles for line in title])
        return cls(opening, annex, signature, understood | indices_of(opening.used))


@dataclass(frozen=True)
class _Body:
    """The clauses between "Menimbang" and the signature."""

    considerations: Clauses
    legal_basis: Clauses
    dictum: Clauses
    decides: Part | None
    understood: frozenset[int]

    @classmethod
    def read(cls, sections: Sections) -> _Body:
        considerations = read_items(_filled(sections.considerations))
        legal_basis = read_items(_filled(sections.legal_basis))
        dictum = read_dictum(sections.dictum)
        decides, left = read_paragraph(_filled(sections.decides))
        leftover = indices_of((*considerations.leftover, *legal_basis.leftover, *dictum.leftover, *left))
        return cls(considerations, legal_basis, dictum, decides, indices_of(sections.body) - leftover)


def _filled(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Leave out lines of which only the section's opening word was printed."""
    return tuple(line for line in lines if line.text and line.text != ":")


def _without(lines: Sequence[Line], used: Sequence[Line]) -> tuple[Line, ...]:
    known = indices_of(used)
    return tuple(line for line in lines if not known & frozenset(line.indices))


def _kind(source: Source, *, copy: bool) -> SignatureKind:
    return "electronic" if source.signature_count else "copy" if copy else "unknown"


def _head(
    maker: _Maker, opening: Opening, body: _Body, signature: SignatureParts, kind: SignatureKind
) -> DecreeHead:
    return DecreeHead(
        institution=maker.field(opening.institution),
        number=maker.field(opening.number),
        year=_year(maker, opening, signature),
        title=maker.field(opening.title),
        enacted_by=maker.field(opening.enacted_by),
        considerations=maker.clauses(body.considerations.clauses),
        legal_basis=maker.clauses(body.legal_basis.clauses),
        decides=maker.field(body.decides),
        dictum=maker.clauses(body.dictum.clauses),
        place=maker.field(signature.place),
        date_text=maker.field(signature.date),
        date=parse_date(signature.date.text) if signature.date else None,
        signatory=_signatory(maker, signature),
        attestation=_attestation(maker, signature),
        signature_kind=kind,
    )


def _year(maker: _Maker, opening: Opening, signature: SignatureParts) -> Field:
    """Return the year of the decree's naming; where that has none, the year of its date."""
    day = parse_date(signature.date.text) if signature.date else None
    if opening.year or not opening.number or day is None:
        return maker.field(opening.year)
    return maker.field(signature.date).replace(text=str(day.year), status="inferred")


def _signatory(maker: _Maker, signature: SignatureParts) -> Signatory | None:
    if signature.office is None and signature.name is None:
        return None
    return Signatory(office=maker.field(signature.office), name=maker.field(signature.name))


def _attestation(maker: _Maker, signature: SignatureParts) -> Attestation | None:
    if signature.statement is None:
        return None
    return Attestation(
        statement=maker.field(signature.statement),
        office=maker.field(signature.attesting_office),
        position=maker.field(signature.attesting_position),
        name=maker.field(signature.attesting_name),
    )


def _annex_head(maker: _Maker, annex: Annex) -> AnnexPreamble | None:
    naming = annex.naming
    if naming is None or not (naming.number or naming.institution or annex.heading):
        return None
    return AnnexPreamble(
        institution=maker.field(naming.institution),
        number=maker.field(naming.number),
        year=maker.field(naming.year),
        title=maker.field(annex.title),
        heading=maker.field(annex.heading),
    )


def _named_parts(
    opening: Opening, body: _Body, signature: SignatureParts, annex: Annex
) -> Iterator[tuple[str, Part]]:
    """Yield every part of the head with the name of its field, in the order of print."""
    single: list[tuple[str, Part | None]] = [
        ("institution", opening.institution),
        ("number", opening.number),
        ("title", opening.title),
        ("enacted_by", opening.enacted_by),
    ]
    for name, clauses in (("considerations", body.considerations), ("legal_basis", body.legal_basis)):
        single += [(f"{name}.{c.label}" if c.label else name, c.part) for c in clauses.clauses]
    single.append(("decides", body.decides))
    single += [(f"dictum.{c.label}", c.part) for c in body.dictum.clauses]
    single += [
        ("place", signature.place),
        ("signatory.office", signature.office),
        ("signatory.name", signature.name),
        ("attestation.office", signature.attesting_office),
        ("attestation.position", signature.attesting_position),
        ("attestation.name", signature.attesting_name),
        ("annex.title", annex.title),
        ("annex.heading", annex.heading),
    ]
    yield from ((name, part) for name, part in single if part is not None)


def _cleaning_findings(maker: _Maker, parts: Iterable[tuple[str, Part]]) -> Iterator[Fact]:
    """Report what was cleaned and joined, at most once a kind and field."""
    if maker.digital:
        return
    for name, part in parts:
        raw = "\n".join(line.raw for line in part.lines)
        for code, lines in (
            ("markup-removed", [line for line in part.lines if line.markup]),
            ("text-tidied", [line for line in part.lines if line.untidy]),
        ):
            if lines:
                ref = next(maker.refs(lines))
                yield fact(code, rule=_RULE, ref=ref, field=name, raw=raw, value=part.text)
        for line in part.breaks:
            ref = next(maker.refs([line]))
            yield fact("paragraph-joined", rule=_RULE, ref=ref, field=name, raw=line.raw.strip())


def _missing(
    head: DecreeHead, signature: SignatureParts, maker: _Maker, *, named: bool, with_body: bool
) -> Iterator[Fact]:
    """Report the parts that identify a decree and were not found; what names no decree is told once."""
    if not named and not with_body:
        yield fact("decree-not-named", rule=_RULE)
        return
    missing = [name for name in _REQUIRED if getattr(head, name).status == "missing"] if named else ["naming"]
    for name in missing:
        yield fact("head-field-missing", rule=_RULE, field=name)
    if head.date is None:
        part = signature.date
        ref, raw = (next(maker.refs(part.lines)), part.text) if part else (None, None)
        yield fact("head-field-missing", rule=_RULE, ref=ref, field="date", raw=raw)


def _disagreements(head: DecreeHead, annex: AnnexPreamble | None) -> Iterator[Fact]:
    """Report where the annex names another number, year or institution than the body."""
    for name in ("number", "year", "institution") if annex else ():
        here: Field = getattr(annex, name)
        there: Field = getattr(head, name)
        if here.text and there.text and not _same(here.text, there.text):
            ref = here.refs[0] if here.refs else None
            yield fact("head-disagrees", rule=_RULE, ref=ref, field=name, raw=here.text, value=there.text)


def _same(a: str, b: str) -> bool:
    """Compare two texts by their words; one may carry the holder's title or the state's name."""
    first, second = (key(text).removesuffix(_STATE) for text in (a, b))
    with_title = first.endswith(f" {second}") and first.count(" ") == second.count(" ") + 1
    return first == second or with_title
