"""Turns the word data beside this module into the resources of the word corrector."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import Any

from lampiran.data import data_text
from normalize.words import Lexicon, WordResources, official_sentences
from schema.confusions import confusions


def _json(name: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(data_text(name))
    return parsed


def _words(language: str) -> str:
    packed = files("lampiran").joinpath(f"data/lexicon/words.{language}.txt.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8")


@cache
def word_resources() -> WordResources:
    """Return lexicon, official wording, confusions and spelling habits; read from disk at the first call."""
    lexicon = Lexicon.of([_words("id")], [_words("en")])
    return WordResources.of(
        lexicon,
        official_sentences(_json("lke.json")),
        confusions(),
        _json("spelling_variants.json")["variants"],
    )


@cache
def document_nouns() -> frozenset[str]:
    """Return the words with which the name of a single document of evidence begins."""
    return frozenset(_json("document_nouns.json")["nouns"])
