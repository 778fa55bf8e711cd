"""The frozen base that every published value of lampiran derives from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

# What a database's whole number holds: 64 bits with a sign.
Count = Annotated[int, Field(ge=0, lt=1 << 63)]
Ordinal = Annotated[int, Field(ge=1, lt=1 << 63)]
_LONGEST = 60  # letters of a value in the short form of another


class Frozen(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - as for `dataclasses.replace`
        """Return the value with some fields changed; raises `TypeError` for a name that is not a field's."""
        if unknown := changes.keys() - self.__dict__.keys():
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return self.unchecked(**(self.__dict__ | changes))

    def __repr__(self) -> str:
        """Return the value on one line: its name and what it is known by."""
        return f"{type(self).__name__}({', '.join(self.brief())})"

    def __str__(self) -> str:
        return repr(self)

    def brief(self) -> Iterator[str]:
        """Yield what the value is known by: its fields that are not as by default, long ones cut, many counted."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if field.repr and (field.is_required() or value != field.default):
                yield f"{name}={shortened(value)}"

    @classmethod
    def unchecked(cls, **values: Any) -> Self:  # noqa: ANN401 - as for pydantic's own `model_construct`
        """Return a value whose fields are what they must be: at a third of the cost of `model_construct`.

        For the thousands of places and cells of a document, whose values were just computed. A required field that is
        not given is `None`, whatever its type.
        """
        blank, names = _blank(cls)
        made, put = cls.__new__(cls), object.__setattr__
        put(made, "__dict__", blank | values)
        put(made, "__pydantic_fields_set__", names)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made


def shortened(value: object) -> str:
    """Return a value in few letters: a long text is cut, of many values their number is told."""
    if isinstance(value, tuple | list | dict | set | frozenset) and value:
        said = repr(value) if all(isinstance(one, str | int | float | None) for one in value) else ""
        return said if 0 < len(said) <= _LONGEST else f"<{len(value)}>"
    said = f"{value:g}" if isinstance(value, float) else repr(value)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


@cache
def _blank(kind: type[Frozen]) -> tuple[dict[str, Any], set[str]]:
    """Return the fields of a class in their order, with their defaults, and their names."""
    fields = kind.model_fields
    return {
        name: field.get_default(call_default_factory=True) if not field.is_required() else None
        for name, field in fields.items()
    }, set(fields)
