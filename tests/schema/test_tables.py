from typing import get_args

import pandas as pd
import pytest

from schema.decree import SignatureKind, Status
from schema.findings import Finding, Grade, Origin, Severity
from schema.geometry import BBox
from schema.plan import LkeEdition, LkeLevel, LkePart, PeriodState, PeriodType, ScheduleState
from schema.provenance import Reader, SourceRef
from schema.roles import PUBLISHED_FIELDS
from schema.tables import tables

CONTRACT = (
    "decree_id, action_id, area_no, area, component_no, component, indicator, action, evidence, responsible, "
    "months, quarters, schedule_text, schedule_state, "
    "m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12, q1, q2, q3, q4, "
    "lke_code, needs_review, page_first, page_last"
).split(", ")

ENUMERATED = [
    ("decree", "signature_kind", get_args(SignatureKind)),
    ("actions", "schedule_state", get_args(ScheduleState)),
    ("schedule", "period_type", get_args(PeriodType)),
    ("schedule", "state", tuple(state for state in get_args(PeriodState) if state != "not-planned")),
    ("actions_extra", "status", get_args(Status)),
    ("fields", "field", PUBLISHED_FIELDS),
    ("fields", "status", get_args(Status)),
    ("findings", "severity", get_args(Severity)),
    ("findings", "origin", get_args(Origin)),
    ("findings", "certainty", get_args(Grade)),
    ("findings", "reader", get_args(Reader)),
    ("lke_coverage", "level", get_args(LkeLevel)),
    ("lke_coverage", "edition", get_args(LkeEdition)),
    ("lke_coverage", "part", get_args(LkePart)),
]


def column_names(table: str) -> list[str]:
    return [column.name for column in tables()[table].columns]


def test_the_package_holds_its_tables_in_order() -> None:
    names = [
        "decree",
        "actions",
        "schedule",
        "evidence",
        "actions_extra",
        "fields",
        "findings",
        "lke_coverage",
    ]
    assert list(tables()) == names


def test_actions_has_exactly_the_published_columns() -> None:
    assert column_names("actions") == CONTRACT


@pytest.mark.parametrize(("table", "name", "values"), ENUMERATED)
def test_an_enumeration_is_the_models_own(table: str, name: str, values: tuple[str, ...]) -> None:
    column = next(column for column in tables()[table].columns if column.name == name)
    assert column.enum == values


def test_every_enumerated_column_is_compared() -> None:
    enumerated = {(t.name, c.name) for t in tables().values() for c in t.columns if c.enum}
    assert enumerated == {(table, name) for table, name, _ in ENUMERATED}


def test_findings_hold_every_part_of_a_finding() -> None:
    flat = set(Finding.model_fields) - {"ref", "message"}
    placed = set(SourceRef.model_fields) - {"sha256", "bbox"} | set(BBox.model_fields)
    own = {"decree_id", "n", "message_id", "message_en"}
    assert set(column_names("findings")) == flat | placed | own


@pytest.mark.parametrize("table", tables().values(), ids=lambda table: table.name)
def test_keys_name_columns_that_exist(table: object) -> None:
    checked = tables()[table.name]  # type: ignore[attr-defined]
    required = {column.name for column in checked.columns if column.required}
    assert set(checked.primary_key) <= required
    for key in checked.foreign_keys:
        assert set(key.fields) <= set(column_names(checked.name))
        assert set(key.references) <= set(column_names(key.table))


@pytest.mark.parametrize("name", list(tables()))
def test_every_type_is_a_nullable_type_of_pandas(name: str) -> None:
    for dtype in tables()[name].dtypes().values():
        empty = pd.Series([None], dtype=dtype)
        assert str(empty.dtype) == dtype
        assert empty.isna().all()


@pytest.mark.parametrize("name", list(tables()))
def test_every_title_and_description_speaks_both_languages(name: str) -> None:
    for described in (tables()[name], *tables()[name].columns):
        assert all((described.title.id, described.title.en, described.about.id, described.about.en))


def test_a_column_becomes_a_field_of_a_table_schema() -> None:
    column = next(column for column in tables()["schedule"].columns if column.name == "period")
    assert column.descriptor() == {
        "name": "period",
        "type": "integer",
        "title": "Periode / Period",
        "titles": {"id": "Periode", "en": "Period"},
        "description": "Nomor periode, mulai dari 1. / Number of the period, from 1.",
        "constraints": {"required": True, "minimum": 1, "maximum": 12},
    }
