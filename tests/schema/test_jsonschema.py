import json
from typing import Any

import jsonschema
import pytest

from schema.decree import DecreeHead
from schema.jsonschema import plan_schema
from schema.plan import SCHEMA_VERSION, Plan
from schema.provenance import Source


@pytest.fixture
def written() -> dict[str, Any]:
    source = Source(name="a.txt", sha256="0" * 64, media_type="text/plain", size=1)
    plan = Plan(decree_id="a", source=source, head=DecreeHead())
    return dict(json.loads(plan.model_dump_json()))


def errors(value: object) -> list[str]:
    return [e.message for e in jsonschema.Draft202012Validator(plan_schema()).iter_errors(value)]


def test_the_schema_is_a_schema_of_draft_2020_12() -> None:
    jsonschema.Draft202012Validator.check_schema(plan_schema())
    assert plan_schema()["$schema"].endswith("2020-12/schema")


def test_the_schema_says_which_version_it_describes() -> None:
    assert plan_schema()["version"] == SCHEMA_VERSION
    assert plan_schema()["$id"].endswith(SCHEMA_VERSION)


def test_a_written_plan_fits(written: dict[str, Any]) -> None:
    assert errors(written) == []


def test_a_key_that_is_missing_or_unknown_does_not_fit(written: dict[str, Any]) -> None:
    assert errors({key: value for key, value in written.items() if key != "findings"})
    assert errors(written | {"more": 1})


def test_a_plan_of_an_earlier_minor_version_fits_without_the_keys_that_came_later(
    written: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = {key: value for key, value in written.items() if key != "authenticity"}
    assert errors(earlier)
    monkeypatch.setattr("schema.jsonschema.LATER_KEYS", frozenset({"authenticity"}))
    assert errors(earlier) == []
    assert Plan.model_validate(earlier | {"schema_version": "1.0.0"}).authenticity is None


def test_a_place_may_be_without_the_sha256_that_the_source_states() -> None:
    place = plan_schema()["$defs"]["SourceRef"]
    assert "sha256" in place["properties"]
    assert "sha256" not in place["required"]


def test_a_plan_of_another_major_version_does_not_fit(written: dict[str, Any]) -> None:
    assert errors(written | {"schema_version": "999.0.0"})


def test_every_call_gives_the_same_schema() -> None:
    assert json.dumps(plan_schema()) == json.dumps(plan_schema())
