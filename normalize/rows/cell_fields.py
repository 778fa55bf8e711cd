"""Cells that print an area or a component turned into its number and name, wherever they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.types import Cell
from normalize.draft import Row, TitleSource, cell_field
from normalize.labels import AreaTitle, area_title, split_numeral
from normalize.resources import Resources
from schema.decree import Field
from schema.roles import FieldName

_SIGNS = " .):\n"  # between a number and a name


def after_label(text: str, label: str) -> str:
    """Return what a text says behind the first place of its label."""
    return text[text.find(label) + len(label) :].lstrip(_SIGNS)


def area_of(
    row: Row,
    title: AreaTitle,
    cells: Sequence[Cell],
    *,
    name: Field | None = None,
    source: TitleSource = "row",
) -> Row:
    """Return a row as the title of an area with its label in the first cell and its name in the last."""
    fields: dict[FieldName, Field] = {
        "area_no": cell_field(cells[0], text=title.label),
        "area": name or cell_field(cells[-1], text=title.name),
    }
    return replace(row, kind="area", source=source, area_number=title.number, fields=fields)


def titled_row(row: Row, cells: Sequence[Cell], resources: Resources) -> Row | None:
    """Return the row as an area's title or as a team's name, or `None` if it is neither."""
    title = area_title([c.text for c in cells], resources.official, resources.form)
    if title is not None:
        return area_of(row, title, cells)
    if len(cells) == 1 and resources.form.names_team(cells[0].text):
        return replace(row, kind="team", fields={"responsible": cell_field(cells[0])})
    return None


def component_in(cell: Cell) -> dict[FieldName, Field]:
    """Return the number and name of a component that one cell holds, or the name alone."""
    split = split_numeral(cell.text)
    if split is None:
        return {"component": cell_field(cell)}
    return {
        "component_no": cell_field(cell, text=split[0]),
        "component": cell_field(cell, text=after_label(cell.text, split[0])),
    }
