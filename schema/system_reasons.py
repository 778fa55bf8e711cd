"""An error of the operating system -> its reason, as part of a sentence in each language."""

from __future__ import annotations

import errno
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from schema.errors import LampiranError
from schema.findings import Message


def reason_of(error: BaseException) -> Message:
    """Return why the system refused, without path or number: in its own words in English, in ours in Indonesian.

    What has no word of ours is said in the system's in both, an error without words by the name of its kind. The error
    that caused one of ours is asked instead of it.
    """
    if isinstance(error, LampiranError):
        return reason_of(error.__cause__) if isinstance(error.__cause__, OSError) else error.message
    said = error.strerror if isinstance(error, OSError) else None
    said = " ".join((said or str(error)).split()) or type(error).__name__
    name = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
    return Message(id=_indonesian().get(name, said), en=said)


@cache
def _indonesian() -> Mapping[str, str]:
    text = files("schema").joinpath("data/system_reasons.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found
