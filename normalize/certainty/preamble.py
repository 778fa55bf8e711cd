"""The head of a scanned decree turned into one whose fields say how sure they are; a doubtful one asks for a review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

from rapidfuzz.distance import Levenshtein

from extract.types import TextLine, Word
from normalize.certainty.fields import VOUCHED
from normalize.draft import Draft
from normalize.recognised.corrections import correction
from normalize.resources import Resources
from schema.catalogue import make_finding
from schema.decree import Attestation, Clause, DecreeHead, Field, Signatory, Status
from schema.findings import Finding, RuleName
from schema.geometry import BBox
from schema.provenance import SourceRef

RULE: RuleName = "weigh-head"
_SINGLE: Mapping[str, str] = {
    name: name for name in ("institution", "number", "year", "title", "enacted_by", "decides", "place")
} | {"date_text": "date"}
_CLAUSES = ("considerations", "legal_basis", "dictum")
_SIGNATORY = ("office", "name")
_ATTESTATION = ("statement", "office", "position", "name")
_STOPS = ",;.:"
_FIGURES = ("number", "year", "date")
DISPUTED = 0.7  # certainty at most of figures that two readers see differently: no word speaks for either
_EDITS = 2  # a disagreement of so few letters is one of the reading
Weigh = Callable[[str, Field], Field]


def weigh_head(draft: Draft) -> Draft:
    """Give each recognised field of the head its certainty; what is covered or too unsure asks for a decision.

    What the annex says of the decree in the same words is vouched for.

    That the annex names something else than the body is told of the decree only where both were read for sure and are
    not a mere letter or two apart; else one of the two was misread, and the body's field asks.
    """
    lines = [line for line in draft.extraction.lines if line.words]
    if not lines:
        return draft
    scale = _Scale(draft.resources, lines, draft.annex_says)
    head = _mapped(draft.head, scale.weigh)
    apart = [f for f in draft.findings if f.code == "head-disagrees" and f.ref and f.ref.reader == "ocr"]
    for finding in apart:
        if _is_near(finding):
            head = scale.doubted(finding, head)
    unsound = [f for f in apart if _is_near(f) or not scale.is_sound(f, head)]
    kept = tuple(f for f in draft.findings if f not in unsound)
    return replace(draft, head=head, findings=(*kept, *scale.findings))


def _is_near(disagreement: Finding) -> bool:
    raw, value = (disagreement.raw or "").casefold(), (disagreement.value or "").casefold()
    most = min(_EDITS, len(value) // 3)
    return Levenshtein.distance(raw, value, score_cutoff=most) <= most


@dataclass
class _Scale:
    """Weighs fields by the lines that stand at their places; keeps a finding for each doubtful place."""

    resources: Resources
    lines: list[TextLine]
    annex_says: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)
    told: set[int] = field(default_factory=set)

    def weigh(self, name: str, value: Field) -> Field:
        """Return a field with its certainty, and with another status where it is covered or doubtful."""
        lines = [line for ref in value.refs for line in self._lines_at(ref)]
        if not lines or value.status == "missing":
            return value
        changed = [line for line in lines if line.first_read is not None and id(line) not in self.told]
        self.told |= set(map(id, changed))
        self.findings += [correction(line, value.refs[0], name) for line in changed]
        own = [_own(line, value.text) for line in lines]
        certainty = self._certainty(own)
        if name in _FIGURES and any(line.agreed is False for line in own):
            certainty = min(certainty, DISPUTED)
        if value.text and self.annex_says.get(name) == value.text:
            certainty = max(certainty, VOUCHED)
        certainty = round(certainty, 4)
        status = self._status(lines, certainty)
        if status is None:
            return value.model_copy(update={"confidence": certainty})
        self._note(name, value, lines, status)
        return value.model_copy(update={"confidence": certainty, "status": status})

    def doubted(self, disagreement: Finding, head: DecreeHead) -> DecreeHead:
        """Return the head with a field in doubt, since the annex reads nearly the same."""
        name = disagreement.field or ""
        value: Field = getattr(head, name)
        if value.status == "read":
            self._note(name, value, [], "uncertain", other=disagreement.raw or "")
            value = value.model_copy(update={"status": "uncertain"})
        return head.model_copy(update={name: value})

    def is_sound(self, disagreement: Finding, head: DecreeHead) -> bool:
        """Tell whether both sides of a disagreement between annex and body were read for sure."""
        body: Field = getattr(head, disagreement.field or "institution")
        lines = list(self._lines_at(disagreement.ref)) if disagreement.ref else []
        doubtful = lines and self._status(lines, self._certainty(lines)) is not None
        return not doubtful and body.status not in ("covered", "uncertain")

    def _lines_at(self, ref: SourceRef) -> Iterator[TextLine]:
        box = ref.bbox
        if box is None or ref.reader != "ocr":
            return
        for line in self.lines:
            if line.page == ref.page and line.bbox is not None and box.contains(*_middle(line.bbox)):
                yield line

    def _certainty(self, lines: list[TextLine]) -> float:
        return prod(word.confidence for line in lines for word in line.words)

    def _status(self, lines: list[TextLine], certainty: float) -> Status | None:
        if any(line.covered for line in lines):
            return "covered"
        return "uncertain" if certainty < self.resources.review_threshold else None

    def _note(
        self, name: str, value: Field, lines: list[TextLine], status: Status, *, other: str = ""
    ) -> None:
        """Report a doubtful place once: number and year may stand on one line."""
        if any(f.ref == value.refs[0] and f.code != "word-corrected" for f in self.findings):
            return
        others = dict.fromkeys([other] if other else [other for line in lines for other in line.others])
        self.findings.append(
            make_finding(
                "text-covered" if status == "covered" else "text-uncertain",
                rule=RULE,
                ref=value.refs[0],
                field=name,
                raw=" ".join(value.printed.split()),
                alternatives=tuple(others),
                certainty="ambiguous",
            )
        )


def _own(line: TextLine, text: str) -> TextLine:
    """Return a line without the label before its field's text, and without a stop that the text does not keep.

    The stop of a clause in capitals, which a title in a cell would not have, is no sign of a misreading either.
    """
    words, others = list(line.words), line.others
    count = next((n for n in range(len(words)) if _joined(words[n:]).rstrip(_STOPS) in text), 0)
    words, others = words[count:], tuple(" ".join(other.split()[count:]) for other in others)
    last = words[-1].text
    if last.endswith(tuple(_STOPS)) and last.rstrip(_STOPS) and (last.isupper() or last not in text):
        words[-1] = words[-1].model_copy(update={"text": last.rstrip(_STOPS)})
        others = tuple(other.rstrip(_STOPS) for other in others)
    others = tuple(other for other in others if other != _joined(words))
    agreed = None if line.agreed is None else not others
    return line.model_copy(
        update={"text": _joined(words), "words": tuple(words), "others": others, "agreed": agreed}
    )


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _middle(box: BBox) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2


def _mapped(head: DecreeHead, weigh: Weigh) -> DecreeHead:
    """Return the head with every field weighed, in the order of print."""
    changed: dict[str, Any] = {}
    for attribute, name in _SINGLE.items():
        changed[attribute] = weigh(name, getattr(head, attribute))
    for name in _CLAUSES:
        changed[name] = tuple(
            Clause(label=c.label, field=weigh(f"{name}.{c.label}" if c.label else name, c.field))
            for c in getattr(head, name)
        )
    if head.signatory is not None:
        changed["signatory"] = Signatory(**_members("signatory", head.signatory, _SIGNATORY, weigh))
    if head.attestation is not None:
        changed["attestation"] = Attestation(**_members("attestation", head.attestation, _ATTESTATION, weigh))
    return head.model_copy(update=changed)


def _members(
    name: str, block: Signatory | Attestation, members: tuple[str, ...], weigh: Weigh
) -> dict[str, Field]:
    return {member: weigh(f"{name}.{member}", getattr(block, member)) for member in members}
