"""The catalogues of an audit: codes of faults (`kinds.toml`) and figures (`figures.toml`) -> what they are called and say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from schema.audit import CONSEQUENCES, Consequence
from schema.base import Frozen
from schema.findings import Message


class Kind(Frozen):
    """One kind of fault: its title and description, and its usual consequence."""

    consequence: Consequence
    title: Message
    about: Message


class FigureEntry(Frozen):
    """A kind of figure: its title, what it says, which way is good, whether there is one for each column."""

    title: Message
    about: Message
    better: Literal["higher", "lower"]
    per_column: bool


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind of fault by its code, in the order of the catalogue: the gravest of one row or cell first."""
    return {code: Kind.model_validate(entry) for code, entry in _catalogue("kinds").items()}


@cache
def figure_entries() -> Mapping[str, FigureEntry]:
    """Return every kind of figure by its code, in the order in which figures are shown."""
    return {code: FigureEntry.model_validate(entry) for code, entry in _catalogue("figures").items()}


def _catalogue(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the entries of a catalogue; texts are pairs, Indonesian and English."""
    raw = tomllib.loads(files("lampiran.audit").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return {
        code: {
            key: dict(zip(("id", "en"), value, strict=True)) if isinstance(value, list) else value
            for key, value in entry.items()
        }
        for code, entry in raw.items()
    }


@cache
def ink_colours() -> Mapping[str, tuple[int, int, int]]:
    """Return the red, green and blue of each name of ink on a page's map, the most telling name last."""
    text = files("lampiran").joinpath("data/audit/ink_colours.toml").read_text(encoding="utf-8")
    return {name: (red, green, blue) for name, (red, green, blue) in tomllib.loads(text).items()}


def figure_title(code: str) -> Message:
    """Return the title of a kind of figure, or the code where it is not catalogued."""
    entry = figure_entries().get(code)
    return entry.title if entry else Message(id=code, en=code)


def consequence_of(code: str) -> Consequence:
    """Return the usual consequence of a kind. Raises `KeyError` for a code that the catalogue does not hold."""
    return kinds()[code].consequence


def gravest(codes: Iterable[str]) -> str:
    """Return the kind of the gravest consequence, of equal ones that which is first in the catalogue."""
    order = list(kinds())
    return min(codes, key=lambda code: (CONSEQUENCES.index(consequence_of(code)), order.index(code)))
