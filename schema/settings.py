"""Thresholds as data: a section of a package's `settings.toml` -> a frozen value with a name and a type each.

    class Lines(Settings, section="pdf.lines"):
        \"\"\"How characters hang together in lines, in sizes of a letter.\"\"\"

        baseline: float
        gap: float

    LINES = Lines.load("extract")

The file says of each value its unit and why it is what it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, Self

from schema.base import Frozen


class Settings(Frozen):
    """The base of a section's values: a field that the file does not hold, or holds beyond them, is an error."""

    _section: ClassVar[str]

    def __init_subclass__(cls, *, section: str, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to pydantic
        super().__init_subclass__(**kwargs)
        cls._section = section

    @classmethod
    def load(cls, package: str) -> Self:
        """Return the values of this section of `<package>/settings.toml`.

        Raises `pydantic.ValidationError` where the section and the class do not have the same names, and `KeyError`
        where there is no such section.
        """
        found: Any = _settings(package)
        for part in cls._section.split("."):
            found = found[part]
        return cls.model_validate(
            {name: value for name, value in found.items() if not isinstance(value, Mapping)}
        )


@cache
def _settings(package: str) -> Mapping[str, Any]:
    return tomllib.loads(files(package).joinpath("settings.toml").read_text(encoding="utf-8"))
