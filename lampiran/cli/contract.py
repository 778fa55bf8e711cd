"""The published shape and the catalogue of findings -> text on stdout."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import typer

from lampiran.cli.texts import Texts
from schema.catalogue import CatalogueEntry, catalogue
from schema.errors import UsageError
from schema.findings import SEVERITIES

MARKDOWN_HEAD = """# Findings

The log of every change and doubt. This page is written by `lampiran findings --markdown` from the catalogue in
`schema/data/findings.toml`; a test checks that it is current.

- **error**: the document or a page could not be read.
- **review**: a person must decide; the value stays as printed or unknown. A row with one of these has `needs_review`.
- **warning**: repaired, certainly or probably.
- **notice**: a mistake of the decree itself, reported and left as printed.
- **info**: mechanical and certain.
"""


def print_schema(
    *, tables: bool, verification: bool = False, profile: bool = False, audit: bool = False
) -> None:
    """Print a JSON Schema (`decree.json`, `verify --json`, `profile.yaml`, `audit.json`) or the CSVs' definitions."""
    if tables + verification + profile + audit > 1:
        raise UsageError(
            id="--tables, --verification, --profile, dan --audit tidak dapat diminta sekaligus; pilih salah satu.",
            en="--tables, --verification, --profile and --audit cannot be asked for together; choose one.",
        )
    content = (
        _audit_schema() if audit else _contract(tables=tables, verification=verification, profile=profile)
    )
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _contract(*, tables: bool, verification: bool, profile: bool) -> object:
    from schema.jsonschema import plan_schema, verification_schema
    from schema.profile import profile_schema
    from schema.tables import audit_tables, comparison_tables
    from schema.tables import tables as all_tables

    if tables:
        every = {**all_tables(), **comparison_tables(), **audit_tables()}
        return {name: table.table_schema() for name, table in every.items()}
    if verification:
        return verification_schema()
    return profile_schema() if profile else plan_schema()


def _audit_schema() -> object:
    from schema.audit import AUDIT_VERSION, Audit
    from schema.jsonschema import published

    return published(Audit, "audit", AUDIT_VERSION, "schema_version", "lampiran audit.json")


def print_findings(texts: Texts, *, markdown: bool) -> None:
    """Print the catalogue: a line a kind in one language, or the page docs/findings.md in both."""
    entries = by_severity(catalogue().values())
    typer.echo(markdown_page(entries) if markdown else plain_list(entries, texts), nl=not markdown)


def by_severity(entries: Iterable[CatalogueEntry]) -> list[CatalogueEntry]:
    """Return the entries, the gravest first, else in the order of the catalogue."""
    return sorted(entries, key=lambda entry: SEVERITIES.index(entry.severity))


def plain_list(entries: Iterable[CatalogueEntry], texts: Texts) -> str:
    """Return a line a kind: severity, code and title."""
    language = texts.language
    return "\n".join(f"{e.severity:<8} {e.code:<26} {getattr(e.title, language)}" for e in entries)


def markdown_page(entries: Iterable[CatalogueEntry]) -> str:
    """Return the catalogue as a page of documentation in both languages."""
    return MARKDOWN_HEAD + "".join(markdown_entry(entry) for entry in entries)


def markdown_entry(entry: CatalogueEntry) -> str:
    """Return one kind as a section."""
    what = "a mistake of the decree itself" if entry.origin == "decree" else "of the reading"
    return (
        f"\n## `{entry.code}`\n\n**{entry.severity}**, {what}\n\n"
        f"- en: **{entry.title.en}.** {entry.description.en} Message: “{as_template(entry.message.en)}”\n"
        f"- id: **{entry.title.id}.** {entry.description.id} Pesan: “{as_template(entry.message.id)}”\n"
    )


def as_template(message: str) -> str:
    """Show the places of a message template as ‹raw›."""
    return re.sub(r"\{(\w+)\}", r"‹\1›", message)
