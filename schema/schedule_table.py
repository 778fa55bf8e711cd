"""Rows of a plan and the states of their periods -> a small table in HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

_SIGNS = {"planned": "√", "unknown": "?", "covered": "▒"}
_HEADS = {"month": "{}", "quarter": "Q{}", "semester": "S{}", "year": "Y{}"}
_WIDE = "text-align:left;white-space:pre-wrap;max-width:40em"


class ScheduleRow(NamedTuple):
    """An action: its id and text, whether it waits for a person, and the state of its periods by kind and number."""

    id: str
    text: str
    waits: bool
    states: Mapping[tuple[str, int], str]


def schedule_html(caption: str, rows: Sequence[ScheduleRow]) -> str:
    """Return a table with a column a period that any row has; every text is escaped, so that nothing in it can run."""
    order = list(_HEADS)
    columns = sorted(
        {key for row in rows for key in row.states}, key=lambda key: (order.index(key[0]), key[1])
    )
    heads = ("", "", *(_HEADS[kind].format(number) for kind, number in columns))
    head = "".join(f"<th>{text}</th>" for text in heads)
    body = "".join(f"<tr>{_cells(row, columns)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: ScheduleRow, columns: Iterable[tuple[str, int]]) -> str:
    mark = " ⚠" if row.waits else ""
    signs = (f"<td>{_SIGNS.get(row.states.get(column, ''), '')}</td>" for column in columns)
    return f'<th>{escape(row.id)}{mark}</th><td style="{_WIDE}">{escape(row.text)}</td>{"".join(signs)}'
