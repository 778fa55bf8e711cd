"""What a user calls a team -> the teams of the plans that are meant."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")


def _words(text: str) -> list[str]:
    """Return a text's words without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def names_team(asked: str, team: str) -> bool:
    """Tell whether `asked` means a team: a part of its name, or beginnings of its words; case, spacing and signs do not count."""
    wanted, words = _words(asked), _words(team)
    if not wanted:
        return False
    in_one_piece = "".join(wanted) in "".join(words)
    return in_one_piece or all(any(word.startswith(part) for word in words) for part in wanted)
