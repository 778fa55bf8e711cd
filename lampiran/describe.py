"""The definitions of the tables -> the text of `docs/output.md`, the page about the outputs."""

from __future__ import annotations

import sys

from jinja2 import Environment, PackageLoader, StrictUndefined

from lampiran.audit.catalogue import figure_entries
from schema.due import DueAction, DueDecree, DueList, DuePeriod
from schema.harmless import FORMULA_STARTS
from schema.tables import Column, audit_tables, comparison_tables, tables

_SHOWN_STARTS = {"\t": "tab", "\r": "carriage return", "\n": "line feed"}

_DUE = (
    ("the whole", DueList),
    ("a decree", DueDecree),
    ("a row of `due` or `perhaps`", DueAction),
    ("a period", DuePeriod),
)


def output_page() -> str:
    """Return `docs/output.md`: every file of a result, a comparison and an audit, and every column of their CSVs."""
    environment = Environment(
        loader=PackageLoader("lampiran", "data/report"),
        autoescape=False,  # noqa: S701 - Markdown from our own words, no decree in it
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["constraints"] = _constraints
    starts = [_SHOWN_STARTS.get(start, f"`{start}`") for start in FORMULA_STARTS]
    page = environment.get_template("output.md.j2").render(
        tables=tuple(tables().values()),
        comparison=tuple(comparison_tables().values()),
        audit=tuple(audit_tables().values()),
        figures=figure_entries(),
        starts=starts,
        due=[(named, model.model_fields) for named, model in _DUE],
    )
    return page.rstrip() + "\n"


def _constraints(column: Column) -> str:
    parts = {
        "required": column.required,
        "unique": column.unique,
        ", ".join(f"`{value}`" for value in column.enum): column.enum,
        f"from {column.minimum}": column.minimum is not None,
        f"to {column.maximum}": column.maximum is not None,
    }
    return "; ".join(part for part, holds in parts.items() if holds)


if __name__ == "__main__":
    sys.stdout.write(output_page())
