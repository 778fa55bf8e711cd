"""A text of a table -> whether it speaks of something that is done, by the form of its first word."""

from __future__ import annotations

import re
from collections.abc import Callable

from normalize.text import squeeze
from normalize.words.affixes import stems

_LEAD = re.compile(r"^(?:[^A-Za-z]|[A-Za-z]{1,4}[.)](?=\s|$)|\(?[A-Za-z]\)(?=\s))*")
_WORD = re.compile(r"[A-Za-z]{3,}")
# Forms of doing (Sneddon et al., Indonesian: A Comprehensive Grammar, chapter 1): verbs in meN-, ber- and di-, orders in
# -kan, nouns of the doing in peN-...-an and per-...-an; nouns in -isasi and -ifikasi are loans of the same kind.
_VERBS = ("me", "ber", "di")
_LOANS = ("isasi", "ifikasi")


def speaks_of_action(text: str, words: frozenset[str], is_stem: Callable[[str], bool]) -> bool:
    """Tell whether a text begins with a word of doing (`Menyusun`, `Penyusunan`, `Rapat`), numbers before it apart.

    `words` are those that show no form of doing and are one (`rapat`), in lower case.
    """
    found = _WORD.match(_LEAD.sub("", squeeze(text)))
    if found is None:
        return False
    word = found[0].lower()
    if word in words or word.endswith(_LOANS):
        return True
    shaped = (
        word.startswith(_VERBS) or word.endswith("kan") or (word.startswith("pe") and word.endswith("an"))
    )
    return shaped and any(is_stem(stem) for stem in stems(word))
