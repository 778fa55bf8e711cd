"""Words of an audit's sheets: turns a code into its Indonesian and English word, from `data/report/audit_workbook.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from lampiran.publish.labels import field_label
from lampiran.publish.labels import label as published
from schema.findings import Message

_PERIOD = re.compile(r"(?P<kind>[mqs])(?P<number>\d{1,2})")
_CELL = re.compile(r"cell (\d+)")  # a cell of the line that no column is over
_KINDS = {"m": "month", "q": "quarter", "s": "semester"}


@cache
def _groups() -> Mapping[str, Mapping[str, Message]]:
    raw = tomllib.loads(
        files("lampiran").joinpath("data/report/audit_workbook.toml").read_text(encoding="utf-8")
    )
    return {
        group: {key: Message(id=pair[0], en=pair[1]) for key, pair in words.items()}
        for group, words in raw.items()
    }


def words(group: str) -> Mapping[str, Message]:
    """Return the words of one group (`verdict`, `column` ...) by code."""
    return _groups()[group]


def word(group: str, code: str) -> Message:
    """Return one word; a code without one stands for itself."""
    return _groups()[group].get(code) or Message(id=code, en=code)


def field_name(field: str | None) -> Message:
    """Return what a field is called: a period by its name, `extra.NAME` by its own, `None` as all together."""
    if field is None:
        return word("field", "all")
    if field.startswith("extra."):
        name = field.removeprefix("extra.")
        if found := _CELL.fullmatch(name):
            beyond = word("field", "cell")
            return Message(id=f"{beyond.id}{found[1]}", en=f"{beyond.en}{found[1]}")
        return Message(id=name, en=name)
    if found := _PERIOD.fullmatch(field):
        return published(_KINDS[found["kind"]], int(found["number"]))
    return words("field").get(field) or field_label(field.removeprefix("head."))
