"""A flag or the environment -> the language of messages, Indonesian or English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from schema.choices import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


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
