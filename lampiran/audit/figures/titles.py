"""The catalogue of an audit's figures: turns a code into its titles and what it says, from `figures.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from schema.base import Frozen
from schema.findings import Message


class FigureEntry(Frozen):
    """A kind of figure: its title, what it says, which way is good, whether there is one a column."""

    title: Message
    about: Message
    better: Literal["higher", "lower"]
    per_column: bool


@cache
def figure_entries() -> Mapping[str, FigureEntry]:
    """Return the entries of the catalogue by code, in the order in which figures are shown."""
    text = files("lampiran").joinpath("audit/figures/titles.toml").read_text(encoding="utf-8")
    return {code: FigureEntry.model_validate(entry) for code, entry in tomllib.loads(text).items()}


def figure_title(code: str) -> Message:
    """Return the title of a kind of figure, or the code where it is not catalogued."""
    entry = figure_entries().get(code)
    return entry.title if entry else Message(id=code, en=code)
