"""A plan -> the Profile of its forms: what each column was read as, and how time, areas and components are told."""

from __future__ import annotations

from typing import Literal

from schema.plan import Plan, TableForm
from schema.profile import Profile, ProfileColumn, ProfileForm, ProfileSource


def profile_of(plan: Plan) -> Profile:
    """Return the profile of a plan that has a table; columns in the order of print, forms in that of their heads.

    Raises `ValueError` for a plan without a form.
    """
    marks = _marks(plan)
    forms = tuple(_form(form, plan, marks) for form in plan.forms)
    return Profile(source=ProfileSource(name=plan.source.name, sha256=plan.source.sha256), forms=forms)


def _form(form: TableForm, plan: Plan, marks: tuple[str, ...]) -> ProfileForm:
    columns = (column.model_dump(include=set(ProfileColumn.model_fields)) for column in form.columns)
    return ProfileForm(
        columns=tuple(map(ProfileColumn.model_validate, columns)),
        schedule=form.schedule,
        areas=form.areas,
        components=_components(form, plan),
        levels=form.levels,
        marks=marks if any(column.period is not None for column in form.columns) else (),
    )


def _components(form: TableForm, plan: Plan) -> Literal["column", "rows", "none"]:
    """Tell where components are named: in a column, in rows of their own, or nowhere."""
    if any(column.role == "component" for column in form.columns):
        return "column"
    return "rows" if any(part.name.text for area in plan.areas for part in area.components) else "none"


def _marks(plan: Plan) -> tuple[str, ...]:
    """Return the signs that were read in the cells of periods, each once; filled cells have none."""
    schedules = (action.schedule for action in plan.actions)
    return tuple(sorted({sign for s in schedules if s.periods for sign in s.printed.split()}))
