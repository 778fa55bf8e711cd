"""A key and values -> a sentence of the command line in the user's language."""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schema.choices import Language

Sentences = dict[str, dict[str, dict[str, str]]]


class _Plurals(string.Formatter):
    """Fills the places of a sentence; `{rows:row|rows}` gives the word that goes with a number."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, more = format_spec.partition("|")
        if bar:
            return one if value == 1 else more
        return str(super().format_field(value, format_spec))


_FILLED = _Plurals()


@cache
def sentences() -> Sentences:
    """Return all sentences by section, key and language."""
    return tomllib.loads(files("lampiran.cli").joinpath("texts.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Texts:
    """The sentences in one language."""

    language: Language

    def say(self, key: str, **values: object) -> str:
        """Return a sentence with its places filled. Raises `KeyError` for an unknown key or place."""
        return _FILLED.vformat(sentences()["say"][key][self.language], (), values)

    def both(self, key: str, **values: object) -> Mapping[str, str]:
        """Return a sentence in both languages, as keyword arguments for the errors of `schema.errors`."""
        return {lang: _FILLED.vformat(text, (), values) for lang, text in sentences()["say"][key].items()}

    def command(self, name: str) -> str:
        """Return the help of a command."""
        return sentences()["help"][name][self.language]

    def placeholder(self, word: str) -> str:
        """Return what stands for a value in help and complaints; a word of no entry stands for itself."""
        entry = sentences()["placeholder"].get(word)
        return entry[self.language] if entry else word

    def code(self, code: int, command: str | None = None) -> str:
        """Return what an exit code means, for a command in its own words if it has some."""
        codes = sentences()["code"]
        return (codes.get(f"{command}_{code}") or codes[str(code)])[self.language]

    def option(self, name: str, command: str | None = None) -> str | None:
        """Return the help of an option or argument, the command's own if it has one; `None` where there is none."""
        options = sentences()["option"]
        entry = options.get(f"{command}_{name}") or options.get(name)
        return entry[self.language] if entry else None
