"""The records of a store -> its catalogue (SQLite) and lists (CSV): equal records give equal bytes."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing

from lampiran.ingest.record import Record
from lampiran.stored import CATALOGUE
from schema.harmless import guarded, visible

SUMMARY, QUARANTINE = "summary.csv", "quarantine.csv"
_SCHEMA = """
CREATE TABLE decrees (
    sha256 TEXT PRIMARY KEY, state TEXT NOT NULL, outcome TEXT NOT NULL, code INTEGER NOT NULL, reason_id TEXT, reason_en TEXT,
    decree_id TEXT, office TEXT, number TEXT, year TEXT, title TEXT, date TEXT, actions INTEGER NOT NULL, reviews INTEGER NOT NULL,
    pages INTEGER NOT NULL, unread_pages INTEGER NOT NULL, result TEXT, superseded_by TEXT, relation TEXT, name TEXT NOT NULL,
    names INTEGER NOT NULL, size INTEGER NOT NULL, outdated INTEGER NOT NULL, program TEXT NOT NULL,
    settings TEXT NOT NULL
);
CREATE TABLE names (sha256 TEXT NOT NULL REFERENCES decrees (sha256), name TEXT NOT NULL, PRIMARY KEY (sha256, name));
CREATE INDEX by_decree ON decrees (office, year, number);
CREATE INDEX by_state ON decrees (state);
"""
_LISTED = (
    "name", "state", "office", "number", "year", "date", "title", "actions", "reviews", "pages", "unread_pages", "decree_id",
    "result", "superseded_by", "relation", "names", "sha256", "reason_id", "reason_en",
)  # fmt: skip
_QUARANTINED = ("name", "code", "reason_id", "reason_en", "sha256", "size", "names", "result")


def derived(records: Sequence[Record]) -> dict[str, bytes]:
    """Return the files that follow from the records, by their names."""
    rows = [row_of(record) for record in sorted(records, key=lambda each: each.sha256)]
    listed = sorted(
        rows,
        key=lambda row: (str(row["office"] or ""), str(row["year"] or ""), str(row["name"]), row["sha256"]),
    )
    held = [
        row for row in listed if row["state"] != "superseded" and (row["outcome"] == "failed" or row["code"])
    ]
    return {
        CATALOGUE: _database(rows, records),
        SUMMARY: _csv(_LISTED, listed),
        QUARANTINE: _csv(_QUARANTINED, held),
    }


def row_of(record: Record) -> dict[str, object]:
    """Return a record as a row of the catalogue."""
    row = record.model_dump(mode="json", exclude={"names", "reason", "rows", "decisions", "identified"})
    reason = record.reason
    said = {"reason_id": reason.id if reason else None, "reason_en": reason.en if reason else None}
    return {
        **row,
        **said,
        "name": record.names[0],
        "names": len(record.names),
        "outdated": int(record.outdated),
    }


def _database(rows: Sequence[dict[str, object]], records: Iterable[Record]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        columns = [name for _, name, *_ in base.execute("PRAGMA table_info(decrees)")]
        marks = ", ".join(f":{name}" for name in columns)
        base.executemany(f"INSERT INTO decrees ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608 - our own names
        named = sorted((record.sha256, name) for record in records for name in record.names)
        base.executemany("INSERT INTO names VALUES (?, ?)", named)
        base.commit()
        base.execute("VACUUM")
        return base.serialize()


def _csv(columns: Sequence[str], rows: Iterable[dict[str, object]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({key: _safe(value) for key, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8")


def _safe(value: object) -> object:
    """Return a value that no spreadsheet runs; names of files are those of strangers."""
    return "" if value is None else guarded(visible(value)) if isinstance(value, str) else value
