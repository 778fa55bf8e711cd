"""The catalogue of kinds of fault (`kinds.toml`) -> what each is called and how grave it is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from schema.audit import CONSEQUENCES, Consequence
from schema.base import Frozen
from schema.findings import Message

# Kinds that speak of a whole row: they are told once, by one of its cells.
OF_ROWS = frozenset(
    {
        "row-missing",
        "row-invented",
        "row-duplicated",
        "rows-fused",
        "row-split",
        "row-shifted",
        "column-swallowed",
    }
)


class Kind(Frozen):
    """One kind of fault: its stable code, title and description, and its usual consequence."""

    code: str
    consequence: Consequence
    title: Message
    about: Message


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its code, in the order of the catalogue: the gravest of one row or cell first."""
    raw = tomllib.loads(files("lampiran.audit").joinpath("kinds.toml").read_text(encoding="utf-8"))
    return {
        code: Kind(
            code=code,
            consequence=entry["consequence"],
            title=Message(id=entry["title"][0], en=entry["title"][1]),
            about=Message(id=entry["about"][0], en=entry["about"][1]),
        )
        for code, entry in raw.items()
    }


def consequence_of(code: str) -> Consequence:
    """Return the usual consequence of a kind. Raises `KeyError` for a code that the catalogue does not hold."""
    return kinds()[code].consequence


def gravest(codes: Iterable[str]) -> str:
    """Return the kind of the gravest consequence, of equal ones that which stands first in the catalogue."""
    order = list(kinds())
    return min(codes, key=lambda code: (CONSEQUENCES.index(consequence_of(code)), order.index(code)))
