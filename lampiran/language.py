"""A flag or the environment -> the language of messages, Indonesian or English; a number -> as it is written there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from schema.choices import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
_WHOLE = 100.0  # per cent
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def number(value: float, language: Language, digits: int | None = None) -> str:
    """Return a number as it is written in a language: `0,9` in Indonesian, `0.9` in English; `digits` behind the sign."""
    said = f"{value}" if digits is None else f"{value:.{digits}f}"
    return said.replace(".", ",") if language == "id" else said


def percent(share: float, language: Language, digits: int = 2) -> str:
    """Return a share (0 to 1) as `93,62 %` in Indonesian, `93.62 %` in English.

    What is not quite all, or not quite nothing, is never rounded to `100 %` or `0 %`.
    """
    least = 10.0**-digits
    shown = float(f"{_WHOLE * share:.{digits}f}")
    if shown >= _WHOLE and share < 1:
        shown = _WHOLE - least
    elif shown == 0 and share > 0:
        shown = least
    return f"{number(shown, language, 0 if shown in {0, _WHOLE} else digits)} %"


def language_of(flag: object, environment: Mapping[str, str]) -> Language:
    """Return the language asked for: flag, then `LAMPIRAN_LANG`, then the locale; English for all others.

    The first of the locale's variables that is set decides, in the order of POSIX.
    """
    for asked in (flag, environment.get("LAMPIRAN_LANG")):
        for language in LANGUAGES:
            if asked == language:
                return language
    locale = next((environment[name] for name in _LOCALE_VARIABLES if environment.get(name)), "")
    return "id" if locale.lower().split("_")[0].split(".")[0] in {"id", "in"} else "en"
