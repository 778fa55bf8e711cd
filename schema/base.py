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
        if unknown := changes.keys() - self.__dict__.keys():
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return self.unchecked(**(self.__dict__ | changes))

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


@cache
def _blank(kind: type[Frozen]) -> tuple[dict[str, Any], set[str]]:
    """Return the fields of a class in their order, with their defaults, and their names."""
    fields = kind.model_fields
    return {
        name: field.get_default(call_default_factory=True) if not field.is_required() else None
        for name, field in fields.items()
    }, set(fields)
