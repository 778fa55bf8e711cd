"""The published CSVs: turns `data/tables.toml` and the models' enumerations into table definitions."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from schema.base import Frozen
from schema.decree import SignatureKind, Status
from schema.findings import Grade, Message, Origin, Severity
from schema.plan import LkeEdition, LkeLevel, LkePart, PeriodState, PeriodType, ScheduleState
from schema.provenance import Reader
from schema.roles import PUBLISHED_FIELDS

ColumnType = Literal["string", "integer", "number", "boolean", "date"]

ENUMERATIONS: Mapping[str, tuple[str, ...]] = {
    "Grade": get_args(Grade),
    "LkeEdition": get_args(LkeEdition),
    "LkeLevel": get_args(LkeLevel),
    "LkePart": get_args(LkePart),
    "Origin": get_args(Origin),
    "PeriodState": get_args(PeriodState),
    "PeriodType": get_args(PeriodType),
    "PublishedField": PUBLISHED_FIELDS,
    "Reader": get_args(Reader),
    "ScheduleState": get_args(ScheduleState),
    "Severity": get_args(Severity),
    "SignatureKind": get_args(SignatureKind),
    "Status": get_args(Status),
}

_DTYPES: Mapping[ColumnType, str] = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}
_PROFILES = "https://datapackage.org/profiles/2.0"
PACKAGE_PROFILE = f"{_PROFILES}/datapackage.json"


class Column(Frozen):
    """One column: its type, what holds for its values, the unit of a number, its title and description."""

    name: str
    type: ColumnType
    title: Message
    about: Message
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    unit: Literal["point"] | None = None

    @property
    def dtype(self) -> str:
        """Name of the pandas type, nullable throughout."""
        return _DTYPES[self.type]

    def descriptor(self) -> dict[str, Any]:
        """Return the column as a field of a Table Schema (Data Package v2)."""
        found: dict[str, Any] = {"name": self.name, "type": self.type, **_texts(self.title, self.about)}
        if self.type == "boolean":
            found |= {"trueValues": ["true"], "falseValues": ["false"]}
        if constraints := self._constraints():
            found["constraints"] = constraints
        return found

    def _constraints(self) -> dict[str, Any]:
        names = {"required", "unique", "enum", "minimum", "maximum", "pattern"}
        return self.model_dump(mode="json", include=names, exclude_defaults=True)


class ForeignKey(Frozen):
    """Columns whose values are those of another table's columns; an empty value refers to nothing."""

    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]

    def descriptor(self) -> dict[str, Any]:
        """Return the key as Table Schema writes it."""
        reference = {"resource": self.table, "fields": list(self.references)}
        return {"fields": list(self.fields), "reference": reference}


class Table(Frozen):
    """One CSV: its columns in order and its keys."""

    name: str
    title: Message
    about: Message
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def path(self) -> str:
        """Name of the file in the result's folder."""
        return f"{self.name}.csv"

    def dtypes(self) -> dict[str, str]:
        """Return the pandas type of each column, in the columns' order."""
        return {column.name: column.dtype for column in self.columns}

    def table_schema(self) -> dict[str, Any]:
        """Return the Table Schema (Data Package v2) of this table."""
        schema: dict[str, Any] = {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [column.descriptor() for column in self.columns],
            "missingValues": [""],
            "primaryKey": list(self.primary_key),
        }
        if self.foreign_keys:
            schema["foreignKeys"] = [key.descriptor() for key in self.foreign_keys]
        return schema

    def resource(self, content: bytes) -> dict[str, Any]:
        """Return the resource for `datapackage.json`, with size and hash of the written file's `content`."""
        return self.resource_of(len(content), hashlib.sha256(content).hexdigest())

    def resource_of(self, size: int, sha256: str) -> dict[str, Any]:
        """Return the resource of a file of so many bytes with that digest."""
        return {
            "$schema": f"{_PROFILES}/dataresource.json",
            "name": self.name,
            "type": "table",
            "path": self.path,
            **_texts(self.title, self.about),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": size,
            "hash": f"sha256:{sha256}",
            "dialect": {
                "$schema": f"{_PROFILES}/tabledialect.json",
                "header": True,
                "delimiter": ",",
                "lineTerminator": "\r\n",
                "quoteChar": '"',
                "doubleQuote": True,
            },
            "schema": self.table_schema(),
        }


@cache
def tables() -> Mapping[str, Table]:
    """Return every table by its name, in the order of the package: decree, actions, schedule, ..."""
    return _tables("tables.toml")


@cache
def comparison_tables() -> Mapping[str, Table]:
    """Return the table of a comparison of two results, by its name `diff`."""
    return _tables("comparison.toml")


@cache
def audit_tables() -> Mapping[str, Table]:
    """Return the table of an audit of a transcription, by its name `audit`."""
    return _tables("audit.toml")


def _tables(name: str) -> Mapping[str, Table]:
    raw = tomllib.loads(files("schema").joinpath("data", name).read_text(encoding="utf-8"))
    return {name: table_of(name, entry) for name, entry in raw.items()}


def table_of(name: str, entry: Mapping[str, Any]) -> Table:
    """Return the table that a section of a file of definitions describes."""
    columns = tuple(map(column_of, entry["columns"]))
    return Table.model_validate({**entry, **_said(entry), "name": name, "columns": columns})


def column_of(entry: Mapping[str, Any]) -> Column:
    """Return the column that a line of a file of definitions describes."""
    kept = {key: value for key, value in entry.items() if key != "except"}
    named = ENUMERATIONS[entry["enum"]] if "enum" in entry else ()
    enum = tuple(value for value in named if value not in entry.get("except", ()))
    return Column.model_validate({**kept, **_said(entry), "enum": enum})


def _said(entry: Mapping[str, Any]) -> dict[str, Message]:
    return {key: Message.of(*entry[key]) for key in ("title", "about")}


def _texts(title: Message, about: Message) -> dict[str, Any]:
    """Return title and description for one-language viewers, and the titles by language for others."""
    return {
        "title": title.id if title.id == title.en else f"{title.id} / {title.en}",
        "description": f"{about.id} / {about.en}",
        "titles": {"id": title.id, "en": title.en},
    }
