"""The program's data files -> the resources that the normaliser looks things up in."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from lampiran.data.words import document_nouns, word_resources
from normalize.official import LkeCalibration, LkeMatcher, LkeWords, OfficialList
from normalize.recognised.model import WordModel
from normalize.resources import Resources
from normalize.schedule_text import ScheduleWords
from normalize.vocabulary import FormVocabulary
from schema.periods import month_names, period_labels
from schema.rules import read_rule_data


@cache
def load_resources() -> Resources:
    """Return all resources; the files are part of the package and are read at the first call."""
    return Resources(
        form=FormVocabulary.from_json({**_json("form.json"), **period_labels()}),
        official=load_sheet(),
        lke=LkeMatcher(
            sheet=load_sheet(),
            words=LkeWords.from_json(_json("lke_words.json")),
            calibration=LkeCalibration.from_json(_json("lke_calibration.json")),
        ),
        words=word_resources(),
        rules=read_rule_data(_text("legal_basis.json"), _text("offices.json")),
        document_nouns=document_nouns(),
        schedule_words=ScheduleWords.from_json(
            {**_json("schedule_words.json"), "months": month_names("id", "en", "also_written")}
        ),
        word_model=WordModel.from_json(_json("word_model.json")),
    )


@cache
def load_sheet() -> OfficialList:
    """Return both editions of the official evaluation sheet."""
    return OfficialList.from_json(_json("lke.json"), _json("lke_crosswalk.json"))


def _json(name: str) -> Any:  # noqa: ANN401 - whatever the file holds; the readers check it
    return json.loads(_text(name))


def _text(name: str) -> str:
    return files("lampiran").joinpath("data", name).read_text(encoding="utf-8")
