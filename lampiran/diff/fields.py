"""Two texts with their doubts -> whether they are the same, changed, or differ by reading only."""

from __future__ import annotations

from collections.abc import Mapping

from lampiran.alignment.wording import likeness, wording
from lampiran.diff.doubts import Doubts, status_doubt
from lampiran.diff.settings import READINGS
from schema.comparison import State, TextDelta
from schema.decree import DecreeHead, Field

EMPTY = Field(status="missing")
# The text was not read from its own cell, or not wholly.
_NOT_READ = ("covered", "inferred")


def compare_texts(
    name: str,
    a: Field,
    b: Field,
    doubts: tuple[str, ...] = (),
    years: tuple[str, str] = ("", ""),
    *,
    comparable: bool = True,
) -> TextDelta:
    """Compare one field; `years` are those of the two decrees, and what is not `comparable` is `unknown`.

    A difference in a doubtful field may be a matter of reading, unless the texts have little in common or differ
    in nothing but that each names its own decree's year.
    """
    return TextDelta(
        field=name,
        state=_state(a, b, doubts, years) if comparable else "unknown",
        a=a.text,
        b=b.text,
        a_status=a.status,
        b_status=b.status,
        doubts=doubts,
    )


def _state(a: Field, b: Field, doubts: tuple[str, ...], years: tuple[str, str]) -> State:
    one, other = wording(a.text), wording(b.text)
    if one == other:
        return "same" if a.text.split() == b.text.split() else "spelling"
    if doubts and _by_reading(a, b, one, other, years):
        return "reading"
    return "changed"


def _by_reading(a: Field, b: Field, one: str, other: str, years: tuple[str, str]) -> bool:
    if not one or not other or {a.status, b.status} & set(_NOT_READ):
        return True
    year_a, year_b = years
    if year_a and year_b and year_a != year_b and one.replace(year_a, year_b) == other:
        return False
    return likeness(one, other) >= READINGS.reading_floor


def head_fields(head: DecreeHead) -> dict[str, Field]:
    """Return the values that identify a decree, by name, in the order they are shown."""
    signed, attested = head.signatory, head.attestation
    return {
        "institution": head.institution,
        "number": head.number,
        "year": head.year,
        "title": head.title,
        "place": head.place,
        "date": head.date_text,
        "signatory": signed.name if signed else EMPTY,
        "signatory_office": signed.office if signed else EMPTY,
        "attestation": attested.name if attested else EMPTY,
    }


def compare_heads(a: DecreeHead, b: DecreeHead, doubts_a: Doubts, doubts_b: Doubts) -> tuple[TextDelta, ...]:
    """Compare what identifies the two decrees; a value that one side does not hold is not compared."""
    ones, others = head_fields(a), head_fields(b)
    return tuple(
        compare_texts(
            name,
            one,
            others[name],
            _head_doubts(name, doubts_a.head, doubts_b.head) + status_doubt(one) + status_doubt(others[name]),
            comparable=bool(one.text) == bool(others[name].text),
        )
        for name, one in ones.items()
    )


def _head_doubts(name: str, *sides: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the doubts of a value and of its parts; findings call the date's text by another name."""
    names = {"date": ("date", "date_text"), "signatory_office": ("signatory",)}.get(name, (name,))
    keys = [(side, key) for side in sides for key in side if key.partition(".")[0] in names]
    return tuple(dict.fromkeys(code for side, key in keys for code in side[key]))
