"""The catalogue of findings -> a list for a terminal, or the page docs/findings.md."""

from __future__ import annotations

import re

from lampiran.cli.options import Findings
from lampiran.cli.terminal import show
from lampiran.cli.texts import Texts
from lampiran.publish.labels import label
from schema.catalogue import CatalogueEntry, catalogue
from schema.findings import gravest_first

MARKDOWN_HEAD = """# Findings

The log of every change and doubt. This page is written by `lampiran findings --markdown` from the catalogue in
`schema/data/findings.toml`; a test checks that it is current.

- **error**: the document or a page could not be read.
- **review**: a person must decide; the value stays as printed or unknown. A row with one of these has `needs_review`.
- **warning**: repaired, certainly or probably.
- **notice**: a mistake of the decree itself, reported and left as printed.
- **info**: mechanical and certain.
"""


def run(call: Findings, texts: Texts) -> int:
    """Print the catalogue, the gravest first: one line per kind in one language, or the page in both."""
    entries = gravest_first(catalogue().values())
    if call.markdown:
        show(MARKDOWN_HEAD + "".join(map(_section, entries)), end=False)
    for entry in () if call.markdown else entries:
        severity = label("severity", entry.severity).text(texts.language)
        show(f"{severity:<15} {entry.code:<26} {entry.title.text(texts.language)}")
    return 0


def _section(entry: CatalogueEntry) -> str:
    """Return one kind as a section in both languages, places of its message as ‹raw›."""
    what = "a mistake of the decree itself" if entry.origin == "decree" else "of the reading"
    said = {
        language: re.sub(r"\{(\w+)\}", r"‹\1›", entry.message.text(language)) for language in ("id", "en")
    }
    return (
        f"\n## `{entry.code}`\n\n**{entry.severity}**, {what}\n\n"
        f"- en: **{entry.title.en}.** {entry.description.en} Message: “{said['en']}”\n"
        f"- id: **{entry.title.id}.** {entry.description.id} Pesan: “{said['id']}”\n"
    )
