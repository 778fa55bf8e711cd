"""Rows that somebody decided are one, or several, turned into these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from normalize.draft import Row
from normalize.text import fold, squeeze
from schema.decree import Field
from schema.plan import Period, Schedule
from schema.roles import TEXT_ROLES, FieldName

_TELLING = ("not-planned", "unknown", "covered", "planned")  # states of a period, the more telling the later


def joined_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, those that are decided to be one with the row above as a part of that row."""
    result: list[Row] = []
    for row in rows:
        at = next((n for n in reversed(range(len(result))) if result[n].kind == "action"), None)
        if at is not None and row.kind == "action" and any(d.verdict == "joined" for d in row.decided):
            result[at] = _one(result[at], row)
        else:
            result.append(row)
    return result


def split_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, those that are decided to be several as one for each line of their cells."""
    result: list[Row] = []
    for row in rows:
        result += _lines_of(row) if any(d.verdict == "split" for d in row.decided) else [row]
    return result


def _one(above: Row, below: Row) -> Row:
    fields = {name: _whole(above.get(name), below.get(name)) for name in TEXT_ROLES}
    extra, added = dict(above.extra), dict(below.extra)
    names = [*extra, *(name for name in added if name not in extra)]
    missing = Field(status="missing")
    return replace(
        above.with_fields({name: value for name, value in fields.items() if value.printed or value.text}),
        extra=tuple((name, _whole(extra.get(name, missing), added.get(name, missing))) for name in names),
        schedule=_united(above.schedule, below.schedule),
        last_page=below.last_page or below.page,
        rest=(*above.rest, *below.cells, *below.rest),
        facts=(*above.facts, *(fact for fact in below.facts if fact not in above.facts)),
        decided=(*above.decided, *below.decided),
    )


def _whole(above: Field, below: Field) -> Field:
    """Return both parts of a text as one; what both rows share is there once."""
    same = below.refs == above.refs or fold(below.text) == fold(above.text)
    if not below.text.strip() or same or below.status in ("filled", "inferred"):
        return above
    if not above.text.strip():
        return below
    return above.replace(
        printed=f"{above.printed}\n{below.printed}",
        text=squeeze(f"{above.text} {below.text}"),
        status="joined",
        confidence=None,
        refs=(*above.refs, *below.refs),
    )


def _united(above: Schedule | None, below: Schedule | None) -> Schedule | None:
    """Return a schedule with all that two parts of a row show."""
    if above is None or below is None or not below.periods:
        return above or below
    if not above.periods:
        return below
    states: dict[tuple[str, int], Period] = {}
    for period in (*above.periods, *below.periods):
        key = period.period_type, period.period
        held = states.get(key, period)
        states[key] = max(held, period, key=lambda one: _TELLING.index(one.state))
    shown = {period.state for period in states.values()}
    open_ = bool(shown & {"unknown", "covered"})
    marked = "planned" in shown
    return above.replace(
        periods=tuple(states.values()),
        state="partial" if open_ and marked else "unknown" if open_ else "marked" if marked else "none",
        printed=f"{above.printed}\n{below.printed}".strip(),
        refs=(*above.refs, *(ref for ref in below.refs if ref not in above.refs)),
    )


def _lines_of(row: Row) -> Iterator[Row]:
    """Yield a row for each line of the text with the most lines; a text with other lines is the first row's."""
    lines: Mapping[FieldName, list[str]] = {name: row.get(name).printed.split("\n") for name in TEXT_ROLES}
    count = max(map(len, lines.values()))
    for n in range(count):
        fields = {
            name: row.get(name).replace(printed=parts[n], text=squeeze(parts[n]), status="decided")
            for name, parts in lines.items()
            if len(parts) == count
        }
        blank = {name: Field(status="missing") for name in lines if name not in fields and n}
        line = row.with_fields({**fields, **blank})
        yield replace(line, facts=(), decided=()) if n else line
