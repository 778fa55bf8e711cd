"""An option of a command -> its placeholder in the help, and what it accepts in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from lampiran.cli.options import Call
from lampiran.cli.texts import Texts

_UNIONS = (Union, UnionType)


@dataclass(frozen=True)
class Accepted:
    """What an option takes: one of `choices`, or a value of `kind` from `least` to `most`."""

    kind: object
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    def placeholder(self, name: str) -> str:
        """Return what stands for the value in the help of an option that names no placeholder of its own."""
        return "|".join(self.choices) or name.upper()

    def words(self, texts: Texts) -> str:
        """Say what is accepted."""
        if self.choices:
            return ", ".join(self.choices)
        said = {int: "accepts_int", float: "accepts_float", datetime: "accepts_day"}
        key = next((key for kind, key in said.items() if kind is self.kind), "accepts_text")
        if self.least is None:
            return texts.say(key)
        ends = {"least": f"{self.least:g}"} | ({} if self.most is None else {"most": f"{self.most:g}"})
        return (
            f"{texts.say(key)} {texts.say('accepts_from' if self.most is None else 'accepts_range', **ends)}"
        )


def accepted(command: type[Call], name: str) -> Accepted:
    """Return what a field of a command takes, by its annotation."""
    declared = get_type_hints(command, include_extras=True).get(name, str)
    infos = [info for part in _parts(declared) for info in getattr(part, "__metadata__", ())]
    kind = _plain(declared)
    least, most = (
        next((value for info in infos if (value := getattr(info, end, None)) is not None), None)
        for end in ("min", "max")
    )
    return Accepted(kind, _choices(kind), least, most)


def _parts(declared: Any) -> tuple[Any, ...]:  # noqa: ANN401 - annotations have no common type
    """Return an annotation and, of one that may be absent, its alternatives."""
    return (declared, *get_args(declared)) if get_origin(declared) in _UNIONS else (declared,)


def _plain(declared: Any) -> Any:  # noqa: ANN401 - annotations have no common type
    """Return the type of one value: without metadata, `None` and the list around it."""
    while get_origin(declared) not in {None, Literal}:
        wrapped = [part for part in get_args(declared) if part is not type(None)]
        declared = wrapped[0]
    return declared


def _choices(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - annotations have no common type
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    return ()
