"""A form's profile: what each column of a table is, as a value that a person can keep, change and give back."""

from __future__ import annotations

from itertools import count
from typing import Any, Literal

from pydantic import ConfigDict, model_validator
from pydantic import Field as PydanticField

from schema.base import Frozen
from schema.findings import Grade
from schema.jsonschema import described, headed
from schema.periods import PER_YEAR
from schema.plan import PeriodType
from schema.roles import Role

PROFILE_VERSION = 1

ProfileSchedule = Literal["month", "quarter", "semester", "year", "text", "none"]


class _Written(Frozen):
    """A value written by hand as well: a number where a text is asked for is that text."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class ProfileColumn(_Written):
    """A column: its printed name and the role it has.

    `head` holds the texts of the head's cells over it from the top down. `period` numbers a column of marks within its
    `period_type`. `certainty`, `why` and `rivals` say how the role was found; given back, the role is certain.
    """

    name: str
    role: Role
    period_type: PeriodType | None = None
    period: int | None = PydanticField(default=None, ge=1, le=PER_YEAR["month"])
    head: tuple[str, ...] = ()
    certainty: Grade = "certain"
    why: Literal["name", "position", "content", "profile"] = "name"
    rivals: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> ProfileColumn:
        """Raise `ValueError` for a period that is none of its kind, or of a column that is no time."""
        if (self.period is None) != (self.period_type is None):
            raise ValueError("period and period_type go together")
        if self.period is not None and self.period > PER_YEAR[self.period_type or "month"]:
            raise ValueError(f"there is no {self.period_type} {self.period}")
        if self.period is not None and self.role != "time":
            raise ValueError(f"a column of the role {self.role} has no period; only time has")
        return self


class ProfileForm(_Written):
    """The form of a table.

    `schedule` tells how the time is given, `areas` and `components` where their titles stand, `levels` counts the rows
    of the head, `marks` are the signs seen in the columns of periods. Only `columns` must be there.
    """

    columns: tuple[ProfileColumn, ...] = PydanticField(min_length=1)
    schedule: ProfileSchedule | None = None
    areas: Literal["rows", "column", "headings", "none"] | None = None
    components: Literal["column", "rows", "none"] | None = None
    levels: int | None = PydanticField(default=None, ge=1)
    marks: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _count_periods(cls, data: Any) -> Any:  # noqa: ANN401 - whatever was written
        """Number as many columns of time as the schedule has periods, where none is numbered."""
        if not isinstance(data, dict) or not isinstance(data.get("columns"), list | tuple):
            return data
        timed = [c for c in data["columns"] if isinstance(c, dict) and c.get("role") == "time"]
        periods = {str(kind): number for kind, number in PER_YEAR.items()}
        if periods.get(str(data.get("schedule"))) != len(timed) or any(c.get("period") for c in timed):
            return data
        numbers = count(1)
        columns = [
            {**c, "period_type": data["schedule"], "period": next(numbers)} if c in timed else c
            for c in data["columns"]
        ]
        return {**data, "columns": columns}

    @model_validator(mode="after")
    def _agrees(self) -> ProfileForm:
        """Raise `ValueError` for a schedule of another kind than its columns."""
        kinds = {column.period_type for column in self.columns if column.period_type}
        if kinds and self.schedule is not None and kinds != {self.schedule}:
            said = ", ".join(sorted(kinds))
            raise ValueError(f"the schedule is {self.schedule}, but its columns are of the kind {said}")
        return self


class ProfileSource(_Written):
    """The file that a profile was made from."""

    name: str
    sha256: str


class Profile(_Written):
    """The forms of a decree's tables: the content of `profile.yaml`; `profile` is the version of its shape."""

    profile: int = PydanticField(default=PROFILE_VERSION, ge=PROFILE_VERSION, le=PROFILE_VERSION)
    source: ProfileSource | None = None
    forms: tuple[ProfileForm, ...] = PydanticField(min_length=1)


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a `profile.yaml`."""
    name, title = f"profile:{PROFILE_VERSION}", "lampiran profile.yaml"
    return headed(described(Profile.model_json_schema(), "Profile"), name, title)
