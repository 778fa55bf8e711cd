"""The frozen base that every published value of lampiran derives from."""

from __future__ import annotations

from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - as for `dataclasses.replace`
        """Return the value with some fields changed; raises `TypeError` for a name that is not a field's."""
        kind = type(self)
        if unknown := changes.keys() - _blank(kind)[1]:
            raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
        return self._holding(self.__dict__ | changes, self.__pydantic_fields_set__ | changes.keys())

    @classmethod
    def unchecked(cls, **values: Any) -> Self:  # noqa: ANN401 - as for pydantic's own `model_construct`
        """Return a value whose fields are what they must be: at a third of the cost of `model_construct`.

        For the thousands of places and cells of a document, whose values were just computed. A required field that is
        not given is `None`, whatever its type.
        """
        blank, names = _blank(cls)
        return cls._holding(blank | values, names)

    @classmethod
    def _holding(cls, values: dict[str, Any], names: set[str]) -> Self:
        """Return a value with these fields as they are; `names` are those that were given."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        object.__setattr__(made, "__pydantic_fields_set__", names)
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


@cache
def _blank(kind: type[Frozen]) -> tuple[dict[str, Any], set[str]]:
    """Return the fields of a class in their order, with their defaults, and their names."""
    fields = kind.model_fields
    return {
        name: field.get_default(call_default_factory=True) if not field.is_required() else None
        for name, field in fields.items()
    }, set(fields)
