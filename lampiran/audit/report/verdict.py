"""An audit -> what it comes to, in words: whether the transcription can be trusted, and what is gravest in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lampiran.audit.catalogue import kinds
from lampiran.audit.report.same_decree import other_decree
from lampiran.audit.report.words import column_label, kind_title, share
from lampiran.audit.settings import VERDICT
from lampiran.publish.labels import label
from schema.audit import CONSEQUENCES, Audit, AuditCell
from schema.errors import Language
from schema.findings import Message

_LANGUAGES: tuple[Language, Language] = ("id", "en")
Trust = Literal["other", "untrusted", "repair", "unknown", "trusted"]


@dataclass(frozen=True, slots=True)
class InWords:
    """What an audit comes to: one sentence, and sentences on what is gravest and on what could not be compared."""

    trust: Trust
    said: Message
    reasons: tuple[Message, ...]


def in_words(audit: Audit) -> InWords:
    """Return an audit's verdict. The same figures give the same words on the page, in the workbook and in the terminal.

    `other`: two different decrees. `untrusted`: a critical fault. `repair`: others alone. `unknown`: no fault, but too much
    could not be compared. `trusted`: no fault.
    """
    others, faults = other_decree(audit), audit.faults()
    critical = sum(cell.consequence == "critical" for cell in faults)
    unseen = _unseen(audit)
    if others:
        trust: Trust = "other"
    elif faults:
        trust = "untrusted" if critical else "repair"
    else:
        trust = "unknown" if unseen is None or unseen > VERDICT.most_unseen else "trusted"
    said = _filled(f"said_{trust}", what=_differences(others), critical=critical, faults=len(faults))
    return InWords(trust, said, tuple(_reasons(audit, faults)))


def _reasons(audit: Audit, faults: Sequence[AuditCell]) -> Iterator[Message]:
    if faults:
        yield _filled("gravest", what=_gravest(faults))
    told = Counter(cell.verdict for cell in audit.cells)
    counted = [cell for cell in audit.cells if cell.counts]
    if counted:
        exact = sum(cell.is_exact for cell in counted)
        yield _filled("exact", exact=exact, counted=len(counted), share=share(audit.exactness, 2))
    if told["unreadable"]:
        yield _filled("unreadable", count=told["unreadable"])
    if told["not-stated"]:
        yield _filled("not_stated", count=told["not-stated"])
    if audit.decree.reader == "transcript":
        yield _filled("no_paper", file=audit.decree.file)


def _unseen(audit: Audit) -> float | None:
    """Return the share of printed cells that could not be compared, `None` where there is no cell at all."""
    told = [cell for cell in audit.cells if cell.level != "head" and cell.verdict != "invented"]
    return sum(cell.verdict in {"not-stated", "unreadable"} for cell in told) / len(told) if told else None


def _gravest(faults: Sequence[AuditCell]) -> Message:
    """Return the kinds of the gravest faults with how many there are of each, a few of them."""
    order = list(kinds())
    counted = Counter((CONSEQUENCES.index(c.consequence), order.index(c.kind or "")) for c in faults)
    first = sorted(counted, key=lambda key: (key[0], -counted[key], key[1]))[: VERDICT.kinds]
    return _joined([(counted[key], kind_title(order[key[1]])) for key in first])


def _joined(counted: Sequence[tuple[int, Message]]) -> Message:
    both = [", ".join(f"{n} × {getattr(title, tongue)}" for n, title in counted) for tongue in ("id", "en")]
    return Message.of(*both)


def _differences(cells: Sequence[AuditCell]) -> Message:
    told = [
        _filled("difference", name=column_label(cell.field), paper=cell.paper, stated=cell.stated)
        for cell in cells
    ]
    return Message.of("; ".join(one.id for one in told), "; ".join(one.en for one in told))


def _filled(key: str, **values: object) -> Message:
    """Return a sentence in both languages with its places filled in; a message is taken in the sentence's language."""
    sentence = label("audit_words", key)
    filled = (
        sentence.text(tongue).format(
            **{
                name: value.text(tongue) if isinstance(value, Message) else value
                for name, value in values.items()
            }
        )
        for tongue in _LANGUAGES
    )
    return Message.of(*filled)
