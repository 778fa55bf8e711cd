"""The shipped word data is whole, sorted, licensed, and read as it was meant."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from typing import Any

import pytest

from lampiran.data.words import document_nouns, word_resources
from normalize.words import ConfusionTable, Lexicon, WordResources, parse_bands
from schema.confusions import confusions

DATA = files("lampiran").joinpath("data")


def _json(name: str) -> Any:
    return json.loads(DATA.joinpath(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_word_lists_are_deterministic_sorted_and_name_their_licence(language: str) -> None:
    packed = DATA.joinpath("lexicon", f"words.{language}.txt.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0", "the gzip header holds a time"
    lines = gzip.decompress(packed).decode().splitlines()
    assert any("Attribution-ShareAlike 4.0" in line for line in lines if line.startswith("#"))
    bands = [line.split() for line in lines if not line.startswith("#")]
    assert [int(band[0]) for band in bands] == sorted((int(band[0]) for band in bands), reverse=True)
    assert all(band[1:] == sorted(set(band[1:])) for band in bands)


def test_bands_are_read_and_a_line_without_a_number_is_refused() -> None:
    assert parse_bands("# note\n61 dan\n35 monev renstra\n") == {"dan": 6.1, "monev": 3.5, "renstra": 3.5}
    with pytest.raises(ValueError, match="invalid literal"):
        parse_bands("dan 61")


def test_a_lexicon_counts_a_borrowed_word_for_less() -> None:
    lexicon = Lexicon.of(["50 rapat"], ["50 meeting"])
    assert lexicon.contains("Rapat")
    assert lexicon.frequency("rapat") > lexicon.frequency("meeting") > lexicon.frequency("none") == 0


def test_every_confusion_names_a_listed_source_and_changes_something() -> None:
    data = confusions()
    assert all(row["source"] in data["sources"] for row in data["pairs"])
    assert all(row["seen"] != row["meant"] and 0 < row["cost"] < 2 for row in data["pairs"])
    assert len({(row["seen"], row["meant"]) for row in data["pairs"]}) == len(data["pairs"])
    origins = {origin.word for origin in ConfusionTable.of(data).origins("rnonev")}
    assert "monev" in origins


def test_spelling_variants_are_no_standard_forms_themselves() -> None:
    data = _json("spelling_variants.json")
    assert data["source"]
    assert not set(data["variants"]) & set(data["variants"].values())


def test_misprints_of_the_official_list_are_no_evidence(resources: WordResources) -> None:
    assert "masyakat" in resources.official.printed
    assert not {"masyakat", "terhdap", "dtindaklanjuti"} & resources.official.words
    assert {"masyarakat", "renstra"} - resources.official.words == {"renstra"}


def test_the_loaded_resources_are_made_once() -> None:
    assert word_resources() is word_resources()
    assert {"undangan", "laporan", "sk"} <= document_nouns()
