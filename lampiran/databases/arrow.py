"""Rows of a table -> Arrow, typed by its definition: an empty column keeps its type."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from schema.tables import ColumnType, Table

_TYPES: Mapping[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def arrow_schema(table: Table) -> pa.Schema:
    """Return the columns of a table, each with its title and description."""
    fields = [
        pa.field(
            column.name,
            _TYPES[column.type],
            nullable=not column.required,
            metadata={"title": column.title.en, "description": f"{column.about.id} / {column.about.en}"},
        )
        for column in table.columns
    ]
    return pa.schema(
        fields, metadata={"title": table.title.en, "description": f"{table.about.id} / {table.about.en}"}
    )


def arrow_table(table: Table, frame: pd.DataFrame) -> pa.Table:
    """Return rows in the columns and types of a table."""
    return pa.Table.from_pandas(
        frame, schema=arrow_schema(table), preserve_index=False
    ).replace_schema_metadata(arrow_schema(table).metadata)
