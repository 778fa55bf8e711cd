"""Forms of other offices, drawn from data and by lot, are read field by field; none is wrong without asking."""

from __future__ import annotations

import pytest

from benchmarks.accuracy.forms import FormScore, read_variant, score
from samples.draw.variants import office_names, variant

BY_LOT = ("any-1", "any-9", "any-20", "any-36", "any-44", "any-60")
ABOUT_US = {"lke-doubtful"}  # of our own annotation, not of what is printed


def read(name: str) -> FormScore:
    drawn = variant(name)
    return score(drawn, read_variant(drawn))


@pytest.mark.parametrize("name", [*office_names(), *BY_LOT])
def test_every_field_of_a_drawn_form_is_read_as_printed(name: str) -> None:
    found = read(name)
    assert found.read == found.actions
    assert found.wrong == []
    assert set(found.codes) <= ABOUT_US


def test_the_forms_differ_in_time_areas_and_columns() -> None:
    forms = [variant(name).form for name in office_names()]
    held = {column.holds for form in forms for column in form.laid}
    assert held >= {"month", "quarter", "semester", "time", "extra", "area", "area_no", "row_no"}
    assert {form.area_style for form in forms} == {"row", "column", "heading"}
    assert {max(len(column.head) for column in form.laid) for form in forms} >= {1, 2, 3, 4} - {4}
    assert len({tuple(column.head for column in form.laid) for form in forms}) == len(forms)
