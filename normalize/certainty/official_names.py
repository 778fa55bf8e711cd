"""Recognised names of areas and components turned into what the official list says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.certainty.field_lines import NUMERALS, PARTNER
from normalize.certainty.settings import CERTAINTY
from normalize.certainty.weighing import put_right
from normalize.draft import Row
from normalize.labels import numeral_value, plain, same_name
from normalize.official.official_list import OfficialList
from schema.roles import FieldName

NAMES: tuple[FieldName, ...] = ("area", "component")
_STOP_INSIDE = re.compile(r"[.,:;']\s")  # no official name has one
_UNREAD = frozenset({"inferred", "missing", "covered"})


def is_official_place(row: Row, official: OfficialList) -> bool:
    """Tell whether the list has a component of this name under this numeral: a decree may leave out others."""
    number = numeral_value(row.get("component_no").text)
    known = official.component(row.area_number or 0, number or 0)
    return known is not None and any(same_name(row.get("component").text, name) for name in known.names)


def is_official_name(row: Row, name: FieldName, official: OfficialList) -> bool:
    """Tell whether a field is an official name of an area or a component, or the numeral that shares its cell."""
    own, value = name, row.get(name)
    if name in NUMERALS:
        own = PARTNER[name]
        if set(row.get(own).refs) != set(value.refs):
            return False
        value = row.get(own)
    return own in NAMES and _STOP_INSIDE.search(value.text) is None and official.is_name(value.text)


def is_off_official(text: str, official: OfficialList) -> bool:
    """Tell whether a name is an official one but for a letter or two, or for a stop inside."""
    stopped = official.is_name(text) and _STOP_INSIDE.search(text) is not None
    return stopped or official.is_nearly_name(text)


def officially_spaced(rows: Sequence[Row], official: OfficialList) -> Iterator[Row]:
    """Yield the rows; a name that differs from an official one in its spaces alone takes those.

    Recognisers lose spaces between capitals (`SDMAPARATUR`); `printed` keeps what was read.
    """
    for row in rows:
        for name in NAMES if row.recognised else ():
            text = plain(row.get(name).text)
            read = text and row.get(name).status not in _UNREAD and not official.is_name(text)
            if read and (spaced := official.spaced(text)) is not None:
                row = put_right(row, name, spaced, CERTAINTY.vouched, "official-spacing")  # noqa: PLW2901
        yield row
