"""The preamble of a scanned decree turned into one whose fields say how sure they are; doubtful ones ask for a review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz.distance import Levenshtein

from extract.types import TextLine, Word
from normalize.certainty.settings import CERTAINTY
from normalize.certainty.weighing import doubt_of, other_readings, rounded, status_of, words_certainty
from normalize.draft import Draft
from normalize.facts import Fact
from normalize.recognised.corrections import correction
from normalize.resources import Resources
from schema.decree import Clause, DecreeHead, Field, Status
from schema.findings import RuleName
from schema.provenance import SourceRef

RULE: RuleName = "weigh-head"
_SINGLE: Mapping[str, str] = {
    name: name for name in ("institution", "number", "year", "title", "enacted_by", "decides", "place")
} | {"date_text": "date"}
_CLAUSES = ("considerations", "legal_basis", "dictum")
_BLOCKS: Mapping[str, Sequence[str]] = {
    "signatory": ("office", "name"),
    "attestation": ("statement", "office", "position", "name"),
}
_STOPS = ",;.:"
_FIGURES = ("number", "year", "date")
Weigh = Callable[[str, Field], Field]


def weigh_head(draft: Draft) -> Draft:
    """Give each recognised field of the preamble its certainty; what is covered or too unsure asks for a decision.

    What the annex says of the decree in the same words confirms a field. Where the annex says something else, that is
    a mistake of the decree only if both were read for sure and differ in more than a letter or two; otherwise one of
    them was misread, and the field of the body asks.
    """
    lines = [line for line in draft.extraction.lines if line.words]
    if not lines:
        return draft
    scale = _Scale(draft.resources, lines, draft.annex_says)
    head = _mapped(draft.head, scale.weigh)
    apart = [f for f in draft.facts if f.code == "head-disagrees" and f.ref and f.ref.reader == "ocr"]
    near = [fact for fact in apart if _is_near(fact)]
    for fact in near:
        head = scale.doubted(fact, head)
    unsound = frozenset(f.field or "" for f in apart if f in near or not scale.is_sound(f, head))
    return replace(draft, head=head, annex_doubts=unsound).noting(*scale.facts)


def _is_near(disagreement: Fact) -> bool:
    """Tell whether body and annex differ so little that one of them was misread."""
    raw, value = (disagreement.raw or "").casefold(), (disagreement.value or "").casefold()
    most = min(CERTAINTY.near_letters, len(value) // CERTAINTY.near_share)
    return Levenshtein.distance(raw, value, score_cutoff=most) <= most


@dataclass
class _Scale:
    """Weighs fields by the lines at their places and collects what there is to tell of them."""

    resources: Resources
    lines: list[TextLine]
    annex_says: Mapping[str, str]
    facts: list[Fact] = field(default_factory=list)
    told: set[int] = field(default_factory=set)

    def weigh(self, name: str, value: Field) -> Field:
        """Return a field with its certainty, and with another status where it is covered or doubtful."""
        lines = [line for ref in value.refs for line in self._lines_at(ref)]
        if not lines or value.status == "missing":
            return value
        changed = [line for line in lines if line.first_read is not None and id(line) not in self.told]
        self.told |= set(map(id, changed))
        self.facts += [correction(line, value.refs[0], name) for line in changed]
        own = [_own(line, value.text) for line in lines]
        certainty = words_certainty(own)
        if name in _FIGURES and any(line.agreed is False for line in own):
            certainty = min(certainty, CERTAINTY.disputed)
        if value.text and self.annex_says.get(name) == value.text:
            certainty = max(certainty, CERTAINTY.vouched)
        status = self._status(lines, rounded(certainty))
        if status is not None:
            self._ask(name, value, status, other_readings(lines))
        return value.weighed(rounded(certainty), status)

    def doubted(self, disagreement: Fact, head: DecreeHead) -> DecreeHead:
        """Return the head with a field in doubt, since the annex reads nearly the same."""
        name = disagreement.field or ""
        value: Field = getattr(head, name)
        if value.status != "read":
            return head
        self._ask(name, value, "uncertain", [disagreement.raw or ""])
        return head.replace(**{name: value.with_status("uncertain")})

    def is_sound(self, disagreement: Fact, head: DecreeHead) -> bool:
        """Tell whether both sides of a disagreement between annex and body were read for sure."""
        body: Field = getattr(head, disagreement.field or "institution")
        lines = list(self._lines_at(disagreement.ref)) if disagreement.ref else []
        doubtful = self._status(lines, words_certainty(lines)) is not None
        return not doubtful and body.status not in ("covered", "uncertain")

    def _lines_at(self, ref: SourceRef) -> Iterator[TextLine]:
        place = ref.bbox if ref.reader == "ocr" else None
        for line in self.lines if place is not None else ():
            box = line.bbox
            if place and box and line.page == ref.page and place.contains(*box.middle):
                yield line

    def _status(self, lines: list[TextLine], certainty: float) -> Status | None:
        return status_of(lines, certainty, self.resources.review_threshold)

    def _ask(self, name: str, value: Field, status: Status, others: Sequence[str]) -> None:
        """Ask about a doubtful place once: number and year may be on one line."""
        if not any(f.ref == value.refs[0] and f.code != "word-corrected" for f in self.facts):
            self.facts.append(doubt_of(value, name, status, RULE, others=others))


def _own(line: TextLine, text: str) -> TextLine:
    """Return a line without the label before its field's text, and without a stop that the text does not keep.

    The stop of a clause in capitals, which a title in a cell would not have, is not a sign of a misreading either.
    """
    words, others = list(line.words), line.others
    count = next((n for n in range(len(words)) if _joined(words[n:]).rstrip(_STOPS) in text), 0)
    words, others = words[count:], tuple(" ".join(other.split()[count:]) for other in others)
    last = words[-1].text
    if last.endswith(tuple(_STOPS)) and last.rstrip(_STOPS) and (last.isupper() or last not in text):
        words[-1] = words[-1].replace(text=last.rstrip(_STOPS))
        others = tuple(other.rstrip(_STOPS) for other in others)
    others = tuple(other for other in others if other != _joined(words))
    agreed = None if line.agreed is None else not others
    return line.replace(text=_joined(words), words=tuple(words), others=others, agreed=agreed)


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _mapped(head: DecreeHead, weigh: Weigh) -> DecreeHead:
    """Return the preamble with every field weighed, in the order of print."""
    changed: dict[str, Any] = {}
    for attribute, name in _SINGLE.items():
        changed[attribute] = weigh(name, getattr(head, attribute))
    for name in _CLAUSES:
        changed[name] = tuple(
            Clause(label=c.label, field=weigh(f"{name}.{c.label}" if c.label else name, c.field))
            for c in getattr(head, name)
        )
    for name, members in _BLOCKS.items():
        if (block := getattr(head, name)) is not None:
            weighed = {member: weigh(f"{name}.{member}", getattr(block, member)) for member in members}
            changed[name] = block.replace(**weighed)
    return head.replace(**changed)
