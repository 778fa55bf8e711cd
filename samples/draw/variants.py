"""Turns the rows of `variants.json` and `offices.json`, or a seed, into further forms of a decree: a form and its truth.

They hold the samples' rows in other print: fonts, sizes, paper, columns, heads, numbering, marks, rulings; those of
`offices.json` in other tables too: columns, kinds of time, areas and components of other places.
Nothing of them is committed; tests and benchmarks draw them when they need them.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from samples.draw.columns import Column
from samples.draw.facsimile import facsimile
from samples.draw.forms import A4, F4, INCH, Form, Size
from samples.draw.offices import columns_of, drawn_by_lot, filled, office_data
from samples.draw.paging import repaged
from samples.draw.truth import MONTH_NAMES, Area, Component, Head, Truth, load

SAMPLES = Path(__file__).resolve().parent.parent
DATA = Path(__file__).with_name("variants.json")
PAPERS: Mapping[str, Size] = {"a4": A4, "f4": F4, "legal": (8.5 * INCH, 14 * INCH), "a3": (841.89, 1190.55)}
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
RANDOM, ANY = "random-", "any-"
SHRINK = 0.95


@dataclass(frozen=True)
class Variant:
    """A form and the truth of what is printed in it."""

    form: Form
    truth: Truth

    @property
    def name(self) -> str:
        """The variant's name, as `variant` takes it."""
        return self.form.sample

    def pdf(self) -> bytes:
        """Draw it; the same variant gives the same bytes."""
        return facsimile(self.form, self.truth)


def variant_names() -> tuple[str, ...]:
    """Names of the variants that the data file lists."""
    return tuple(str(entry["name"]) for entry in _data()["variants"])


def office_names() -> tuple[str, ...]:
    """Names of the forms of other offices that their data file lists."""
    return tuple(str(entry["name"]) for entry in office_data()["offices"])


@cache
def variant(name: str) -> Variant:
    """A listed variant, or one drawn by lot: `random-7` is the same for the same number.

    `random-N` is the samples' table in other print, `any-N` a table of any form.

    Raises:
        KeyError: there is no such variant.
    """
    if name.startswith(RANDOM):
        return _random(name, int(name.removeprefix(RANDOM)))
    if name.startswith(ANY):
        return office_variant(drawn_by_lot(name, int(name.removeprefix(ANY))))
    listed = {entry["name"]: entry for entry in _data()["variants"]}
    if name in listed:
        return _built(listed[name])
    return office_variant({entry["name"]: entry for entry in office_data()["offices"]}[name])


def numeral(style: str, number: int) -> str:
    """A number in the style of a sample such as `I.`, `a)`, `1/`: `numeral("a)", 3)` is `c)`."""
    bare = {
        "I": ROMAN[number],
        "i": ROMAN[number].lower(),
        "A": chr(64 + number),
        "a": chr(96 + number),
        "1": str(number),
    }
    return re.sub(r"\w", lambda found: bare[found.group()], style, count=1)


def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return loaded


def _built(entry: Mapping[str, Any]) -> Variant:
    form = Form(
        sample=entry["name"],
        paper=PAPERS[entry["paper"]],
        columns=tuple(float(width) for width in entry["columns"]),
        labels=_seven(entry["labels"]),
        month_labels=_months(entry["months"]),
        numbered_head=entry.get("numbered_head", False),
        mark=entry["mark"],
        size=entry["size"],
        rulings=entry.get("rulings", "stroked"),
        head_fill=entry.get("head_fill"),
        keeps_trailing_space=False,
        footer=entry.get("footer", "jdih.kabcontoh.example"),
        fonts=_pair(entry["fonts"]),
        mark_font=entry.get("mark_font"),
        mark_fill=entry.get("mark_fill"),
        no_mark=entry.get("no_mark", ""),
        ruling=entry.get("ruling", 0.5),
        upright=entry.get("upright", False),
    )
    return Variant(form, repaged(form, _truth(entry)))


def office_variant(entry: Mapping[str, Any]) -> Variant:
    """Draw a form of another office; where a word does not fit, the print shrinks until it does."""
    paper = PAPERS[entry["paper"]]
    room = (paper[0] if entry.get("upright") else paper[1]) - 2 * entry.get("margin", 28)
    table = columns_of(entry["table"], room)
    truth = filled(_truth(entry), entry, table)
    size = float(entry["size"])
    while True:
        form = _office_form(entry, table, size)
        try:
            return Variant(form, repaged(form, truth))
        except ValueError:
            size = round(size * SHRINK, 2)


def _office_form(entry: Mapping[str, Any], table: tuple[Column, ...], size: float) -> Form:
    mark_fill = entry.get("mark_fill")
    return Form(
        sample=entry["name"],
        paper=PAPERS[entry["paper"]],
        columns=tuple(column.width for column in table),
        labels=("",) * 7,
        month_labels=(),
        numbered_head=entry.get("numbered_head", False),
        mark=entry.get("mark", ""),
        size=size,
        rulings=entry.get("rulings", "stroked"),
        head_fill=entry.get("head_fill"),
        keeps_trailing_space=False,
        footer=entry.get("footer", "jdih.kabcontoh.example"),
        fonts=_pair(entry["fonts"]),
        mark_font=entry.get("mark_font"),
        mark_fill=tuple(mark_fill) if isinstance(mark_fill, list) else mark_fill,
        no_mark=entry.get("no_mark", ""),
        ruling=entry.get("ruling", 0.5),
        upright=entry.get("upright", False),
        table=table,
        area_style=entry.get("area_style", "row"),
        component_style=entry.get("component_style", "cells"),
        head_every=entry.get("head_every", True),
        team_merged=entry.get("team_merged", True),
        area_again=entry.get("area_again", False),
    )


def _seven(labels: list[str]) -> tuple[str, str, str, str, str, str, str]:
    a, b, c, d, e, f, g = labels
    return a, b, c, d, e, f, g


def _pair(fonts: list[str]) -> tuple[str, str]:
    regular, bold = fonts
    return regular, bold


def _months(style: str) -> tuple[str, ...]:
    """The months' heads in the style of January's: `1`, `I`, `Jan` or `J`."""
    if style in {"1", "I"}:
        return tuple(numeral(style, month) for month in range(1, 13))
    return tuple(name[: len(style)] for name in MONTH_NAMES)


def _truth(entry: Mapping[str, Any]) -> Truth:
    base = load(SAMPLES / f"{entry['base']}.truth.json")
    areas = tuple(_area(area, entry) for area in base.areas)
    head = _head(int(entry["year"]), str(entry["number"]))
    note = "The rows of a sample in another print; no decree of any office."
    return Truth(decree_id=entry["name"], note=note, head=head, areas=areas)


def _head(year: int, number: str) -> Head:
    """The invented office's body with another number and year."""
    source = load(SAMPLES / "kpu-contoh-2024.truth.json").head
    text = source.model_dump_json().replace(source.number, number).replace(str(source.year), str(year))
    return Head.model_validate_json(text)


def _area(area: Area, entry: Mapping[str, Any]) -> Area:
    style: Literal["merged", "numbered"] = entry.get("title_row", area.title_row)
    printed = numeral(entry["area_numeral"], area.no) if entry["area_numeral"] else ""
    return Area(
        no=area.no,
        printed_no=printed,
        title_row=style,
        name=area.name,
        components=tuple(_component(part, n, entry) for n, part in enumerate(area.components, start=1)),
    )


def _component(part: Component, number: int, entry: Mapping[str, Any]) -> Component:
    printed = numeral(entry["component_numeral"], number)
    actions = []
    for action in part.actions:
        fields = {
            name: _renamed(getattr(action, name), entry)
            for name in ("indicator", "action", "evidence", "responsible")
        }
        actions.append(action.model_copy(update={**fields, "line": None, "doubts": ()}))
    bare = re.sub(r"\W", "", printed)
    return Component(no=bare, printed_no=printed, name=_renamed(part.name, entry), actions=tuple(actions))


def _renamed(text: str, entry: Mapping[str, Any]) -> str:
    for old, new in entry.get("replace", {}).items():
        text = text.replace(old, new)
    return text


def _random(name: str, seed: int) -> Variant:
    """Draw a form by lot; where a word does not fit, the print shrinks until it does."""
    rng = np.random.default_rng([seed, 20240115])
    choices = _data()["choices"]
    entry: dict[str, Any] = {"name": name, "year": int(rng.integers(2019, 2027))}
    entry["number"] = f"{int(rng.integers(2, 180))}/PW.01-Kpt/9999/{entry['year']}"
    for bundle in choices.values():
        entry |= bundle[int(rng.integers(len(bundle)))]
    entry["size"] = round(float(rng.uniform(*entry.pop("sizes"))), 2)
    weights = np.array(entry.pop("weights")) * rng.uniform(
        0.9, 1.1, len(entry["labels"]) - 2 + entry.pop("wide")
    )
    entry["columns"] = _columns(weights, entry)
    while True:
        try:
            return _built(entry)
        except ValueError:
            entry["size"] = round(entry["size"] * 0.95, 2)


def _columns(weights: np.ndarray[Any, np.dtype[np.float64]], entry: Mapping[str, Any]) -> list[float]:
    """Widths over the paper's width less its margins: the team's is the last weight, months are all alike."""
    paper = PAPERS[entry["paper"]]
    room = (paper[0] if entry.get("upright") else paper[1]) - 2 * entry["margin"]
    month = entry["month_width"] * room
    shares = weights / weights.sum() * (room - 12 * month)
    return [*(round(float(w), 1) for w in shares[:-1]), *[round(month, 1)] * 12, round(float(shares[-1]), 1)]
