"""Results of a call -> what is published of each: its key, what the target needs to know of it, and its rows."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from lampiran.databases.version import VERSION
from lampiran.page_states import is_partly_read
from lampiran.publish.frames import frame_of, to_frames
from lampiran.publish.month_state import month_state
from lampiran.publish.periods import period_field
from lampiran.publish.slug import slug_of
from lampiran.version import __version__
from schema.many import CHANGES, DECREE, RESULT, ROW, many_tables
from schema.periods import MONTHS
from schema.plan import Plan
from schema.rules.texts import plan_year

_DIGITS = 12  # of the input's sha256 in a result's id
Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Head:
    """What is known of a published result: its key, its input, and what decides whether it is counted."""

    result_id: str
    decree_id: str
    sha256: str
    digest: str
    office: str = ""
    plan_year: int | None = None
    errors: int = 0
    reviews: int = 0
    superseded: bool = False


@dataclass(frozen=True)
class Entry:
    """A result of the call. Beyond some in all it is read again when it is written, to hold few in memory."""

    head: Head
    place: Path | None
    plan: Plan | None = None
    source: Path | None = None  # its input, where pictures are asked for and it can be drawn
    is_pdf: bool = True  # whether it could be drawn if its input were found


def result_id_of(plan: Plan) -> str:
    """Return the key of a result: its decree, and the first digits of its input's sha256."""
    return f"{plan.decree_id}-{plan.source.sha256[:_DIGITS]}"


def digest_of(content: bytes, *, superseded: bool = False, drawn: bool = False) -> str:
    """Return what tells whether a result is published as it is: of its `decree.json`, this program, and the tables' version.

    `drawn` says whether it has pictures.
    """
    made = hashlib.sha256(f"{__version__} {VERSION} {superseded} {drawn}\n".encode())
    made.update(content)
    return made.hexdigest()


def head_of(plan: Plan, digest: str, *, superseded: bool = False) -> Head:
    """Return what is known of a plan's result."""
    severities = [finding.severity for finding in plan.findings]
    return Head(
        result_id=result_id_of(plan),
        decree_id=plan.decree_id,
        sha256=plan.source.sha256,
        digest=digest,
        office=plan.head.institution.text,
        plan_year=plan_year(plan.head),
        errors=severities.count("error"),
        reviews=severities.count("review"),
        superseded=superseded,
    )


def rows_of(
    plan: Plan,
    digest: str,
    *,
    superseded: bool = False,
    counts: bool = True,
    addresses: Mapping[tuple[str, str], str] | None = None,
) -> Frames:
    """Return the rows of a result in the tables of many decrees, without `changes`.

    `digest` is that of `digest_of`; `counts` tells whether it is the result of its decree that counts; `addresses` says where each value is in the result's pictures.
    """
    own = to_frames(plan)
    own["due"] = frame_of(many_tables()["due"], _due_rows(plan))
    own[DECREE] = own[DECREE].assign(
        file=plan.source.name,
        plan_year=plan_year(plan.head),
        partly_read=is_partly_read(plan.findings),
        superseded=superseded,
        counted=counts,
        digest=digest,
    )
    values = zip(own["fields"]["action_id"], own["fields"]["field"], strict=True)
    crops = [(addresses or {}).get(value, pd.NA) for value in values]
    own["fields"] = own["fields"].assign(crop=pd.Series(crops, dtype="string"))
    return {name: keyed(name, frame, result_id_of(plan)) for name, frame in own.items()}


def keyed(name: str, frame: pd.DataFrame, result_id: str, **more: str) -> pd.DataFrame:
    """Return a table's rows with the key of their result, in the columns and types of many decrees."""
    count = len(frame)
    given: dict[str, Sequence[object]] = {
        **{column: [value] * count for column, value in more.items()},
        RESULT: [result_id] * count,
        ROW: range(1, count + 1),
    }
    return pd.DataFrame(
        {
            column: pd.Series(list(given[column]), dtype=dtype)
            if column in given
            else _as(frame[column], dtype)
            for column, dtype in many_tables()[name].dtypes().items()
        }
    )


def _as(values: pd.Series[Any], dtype: str) -> pd.Series[Any]:
    """Return a column in a type, which it most often has."""
    return values if str(values.dtype) == dtype else pd.Series(values, dtype=dtype)


def change_rows(comparison: pd.DataFrame, newer: Head, older: Head) -> pd.DataFrame:
    """Return the rows of a comparison in the table of changes."""
    return keyed(CHANGES, comparison, newer.result_id, a_result_id=older.result_id)


def _due_rows(plan: Plan) -> Iterator[dict[str, Any]]:
    """Yield each month in which an action is due or may be, as `lampiran due` has it."""
    for action in plan.actions:
        for month in range(1, MONTHS + 1):
            when = month_state(action.schedule, month)
            if when.state != "not-due":
                yield {
                    RESULT: None,
                    ROW: None,
                    "decree_id": plan.decree_id,
                    "action_id": action.action_id,
                    "month": month,
                    "state": when.state,
                    "periods": ";".join(period_field(kind, n) for kind, n, _ in when.periods),
                }


def counted(heads: Iterable[Head]) -> frozenset[str]:
    """Return the keys of the results that count: of each decree that with the fewest errors and reviews.

    Of equals it is the one with the smaller key, whatever the order of publishing; one that is superseded never counts.
    """
    best: dict[str, Head] = {}
    for head in sorted(heads, key=lambda head: (head.errors, head.reviews, head.result_id)):
        if not head.superseded:
            best.setdefault(head.decree_id, head)
    return frozenset(head.result_id for head in best.values())


def year_pairs(heads: Iterable[Head]) -> tuple[tuple[Head, Head], ...]:
    """Return the plans of one office for a year and the next, the older first.

    An office with several plans for a year has no pair with it: which of them is meant is not known.
    """
    held: dict[tuple[str, int], list[Head]] = {}
    for head in heads:
        if head.office and head.plan_year is not None:
            held.setdefault((slug_of(head.office), head.plan_year), []).append(head)
    alone = {key: found[0] for key, found in held.items() if len(found) == 1}
    pairs = ((alone.get((office, year - 1)), newer) for (office, year), newer in sorted(alone.items()))
    return tuple((older, newer) for older, newer in pairs if older is not None)


def as_day(value: object) -> datetime.date | None:
    """Return a day that a database gave, as a day or as text."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    return datetime.date.fromisoformat(value) if isinstance(value, str) else None
