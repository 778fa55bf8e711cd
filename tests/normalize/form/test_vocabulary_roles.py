"""The names of columns are of roles that there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalize.vocabulary import FormVocabulary
from schema.periods import period_labels


def test_a_role_that_there_is_not_is_an_error(program_data: Path) -> None:
    data = json.loads((program_data / "form.json").read_text(encoding="utf-8"))
    data["roles"]["budget"] = ["ANGGARAN"]
    with pytest.raises(ValueError, match="budget"):
        FormVocabulary.from_json({**data, **period_labels()})
