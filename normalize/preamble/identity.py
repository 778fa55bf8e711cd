"""A decree's head and source into its identifier, and texts into slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from schema.decree import DecreeHead
from schema.provenance import Source
from schema.rules.texts import key


def slug(text: str) -> str:
    """Return ASCII letters and digits in lower case, everything else as single hyphens."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters.casefold()).strip("-")


def abbreviate(office: str, abbreviations: Mapping[str, str]) -> str:
    """Replace the names of offices by their abbreviations, the longest name first.

    `abbreviations` maps a full name to its abbreviation (`KOMISI PEMILIHAN UMUM` to `KPU`).
    """
    words = f" {key(office)} "
    for name in sorted(abbreviations, key=len, reverse=True):
        words = words.replace(f" {key(name)} ", f" {abbreviations[name].casefold()} ")
    return words.strip()


def decree_id_of(head: DecreeHead, source: Source, abbreviations: Mapping[str, str] | None = None) -> str:
    """Return the decree's identifier: office, number and year as a slug.

    The year is not repeated where the number ends with it. Where office, number or year could not be
    read, the slug of the input's name and the first eight digits of its sha256 are used instead.
    """
    fields = (head.institution, head.number, head.year)
    if not all(slug(field.text) for field in fields):
        stem = source.name.rpartition(".")[0] or source.name
        return "-".join(part for part in (slug(stem), source.sha256[:8]) if part)
    number, year = slug(head.number.text), slug(head.year.text)
    ends_with_year = number == year or number.endswith(f"-{year}")
    parts = [slug(abbreviate(head.institution.text, abbreviations or {})), number]
    return "-".join(parts if ends_with_year else [*parts, year])
