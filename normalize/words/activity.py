"""A text of a table -> whether it speaks of something that is done, by the form of its first word."""

from __future__ import annotations

import re
from collections.abc import Callable

from normalize.text import squeeze
from normalize.words.affixes import stems
from schema.language import decree_words

_LEAD = re.compile(r"^(?:[^A-Za-z]|[A-Za-z]{1,4}[.)](?=\s|$)|\(?[A-Za-z]\)(?=\s))*")
_WORD = re.compile(r"[A-Za-z]{3,}")
_AFFIXES = decree_words("affixes")


def speaks_of_action(text: str, words: frozenset[str], is_stem: Callable[[str], bool]) -> bool:
    """Tell whether a text begins with a word of doing (`Menyusun`, `Penyusunan`, `Rapat`), numbers before it apart.

    `words` are those that show no form of doing and are one (`rapat`), in lower case.
    """
    found = _WORD.match(_LEAD.sub("", squeeze(text)))
    if found is None:
        return False
    word = found[0].lower()
    if word in words or word.endswith(_AFFIXES["loans"]):
        return True
    shaped = (
        word.startswith(_AFFIXES["verbs"])
        or word.endswith("kan")
        or (word.startswith("pe") and word.endswith("an"))
    )
    return shaped and any(is_stem(stem) for stem in stems(word))
