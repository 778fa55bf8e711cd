"""A Form turned into its published shape, for `decree.json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from normalize.draft import Row
from normalize.form.model import Form
from schema.plan import FormColumn, TableForm

AreaKind = Literal["rows", "column", "headings", "none"]


def published(forms: Sequence[Form], rows: Sequence[Row]) -> tuple[TableForm, ...]:
    """Return the forms of a plan's tables; where areas stand is told by the rows that were read."""
    areas = _area_kind(rows)
    return tuple(
        TableForm(
            levels=form.levels,
            schedule=form.schedule,
            areas="column" if form.of("area") else areas,
            columns=tuple(
                FormColumn(
                    index=column.index,
                    role=column.role,
                    name=column.name,
                    head=column.head,
                    period_type=column.period_type,
                    period=column.period,
                    certainty=column.certainty,
                    why=column.why,
                    rivals=column.rivals,
                )
                for column in form.columns
            ),
        )
        for form in forms
    )


def _area_kind(rows: Sequence[Row]) -> AreaKind:
    sources = {row.source for row in rows if row.kind == "area"}
    if "heading" in sources:
        return "headings"
    return "rows" if "row" in sources else "none"
