"""The words that decrees are made of, as data: another language of decrees is another `data/decree_words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files


@cache
def decree_words(section: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of words of a section. Raises `KeyError` where there is no such section."""
    text = files("schema").joinpath("data/decree_words.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text)[section].items()}


def either(words: Iterable[str], *, spread: bool = False) -> str:
    """Return a pattern of any of the words, longer ones first, spaces of any width; `spread`: their letters may be set apart."""
    ordered = sorted(words, key=len, reverse=True)
    between = r"\s*" if spread else r"\s+"
    patterns = (between.join(map(re.escape, word if spread else word.split())) for word in ordered)
    return f"(?:{'|'.join(patterns)})"
