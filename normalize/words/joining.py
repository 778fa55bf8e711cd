"""Turns the lines of a table cell into running text, each joint decided by the words on both sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.words.affixes import SHORTEST_STEM
from normalize.words.model import JoinedText
from normalize.words.resources import WordResources
from normalize.words.settings import SPACING
from normalize.words.vocabulary import DocumentVocabulary
from schema.findings import Grade
from schema.language import decree_words

_LAST_WORD = re.compile(r"[^\W_]+$")
_FIRST_WORD = re.compile(r"^[^\W_]+")
_HYPHENS = ("-", "\u2010", "\u00ad")
_BEFORE_HYPHEN = re.compile(r"([^\W_]+)[-\u2010\u00ad]$")
_CLOSING = (",", ".", ";", ":", ")", "]", "%", "/", "?", "!", "”")
_OPENING = ("(", "[", "/", "“")
_FRAGMENTS = decree_words("affixes")["fragments"]
_ENUMERATION = re.compile(r"^(?:[^\W_]{1,2}|\d{1,2})[.)]")
_ORDER: tuple[Grade, ...] = ("certain", "probable", "ambiguous")


@dataclass(frozen=True, slots=True)
class _Joint:
    """What joins two lines: `drop` letters are removed from the end of the first, `glue` is put instead."""

    glue: str
    grade: Grade = "certain"
    drop: int = 0
    other: tuple[str, int] | None = None


def join_lines(
    lines: Sequence[str],
    vocabulary: DocumentVocabulary,
    resources: WordResources,
    *,
    keeps_trailing_space: bool = False,
) -> JoinedText:
    """Join the lines of a cell into running text.

    `keeps_trailing_space` says that the lines of this document end in a space where they were
    broken at one, so that a line without it was broken inside a word. Where the words contradict
    that, the joint is doubtful and the other reading is among the alternatives.
    """
    judge = _Judge(vocabulary, resources, keeps_trailing_space)
    full = [line for line in lines if line.strip()]
    joints = _joints(full, judge)
    stripped = [" ".join(line.split()) for line in full]
    grade = _ORDER[max((_ORDER.index(joint.grade) for joint in joints), default=0)]
    choices = [(joint.glue, joint.drop) for joint in joints]
    others = [
        _assembled(stripped, [*choices[:at], joint.other, *choices[at + 1 :]])
        for at, joint in enumerate(joints)
        if joint.other is not None
    ]
    return JoinedText(text=_assembled(stripped, choices), grade=grade, alternatives=tuple(others))


def _joints(lines: Sequence[str], judge: _Judge) -> list[_Joint]:
    """Return the joints between lines; a line that ends a cut word ends in the whole of it."""
    joints: list[_Joint] = []
    before = ""
    while len(joints) < len(lines) - 1:
        at = len(joints)
        left = before + lines[at]
        pieces = judge.pieces_of_word([left, *lines[at + 1 : at + SPACING.most_pieces]])
        joints += [_Joint("", "probable")] * (pieces - 1) if pieces else [judge.joint(left, lines[at + 1])]
        right = lines[len(joints)]
        whole = "".join(map(str.strip, [left, *lines[at + 1 : len(joints)]]))
        cut = joints[-1].glue == "" and _LAST_WORD.search(whole) is not None and len(right.split()) == 1
        before = whole.split()[-1] if cut else ""
    return joints


def _assembled(lines: Sequence[str], choices: Sequence[tuple[str, int]]) -> str:
    text = lines[0] if lines else ""
    for line, (glue, drop) in zip(lines[1:], choices, strict=True):
        text = text[: len(text) - drop] + glue + line
    return text


@dataclass(frozen=True, slots=True)
class _Judge:
    vocabulary: DocumentVocabulary
    resources: WordResources
    keeps_trailing_space: bool

    def joint(self, left: str, right: str) -> _Joint:
        """Decide what joins two lines, as the reader gave them."""
        spaced = left != left.rstrip() or right != right.lstrip()
        left, right = left.rstrip(), right.lstrip()
        if self.keeps_trailing_space and spaced:
            return _Joint(" ")
        hyphen = _BEFORE_HYPHEN.search(left) if left.endswith(_HYPHENS) else None
        if hyphen is not None and _FIRST_WORD.search(right):
            return self._hyphen(hyphen.group(1), right)
        if (left.endswith(_OPENING) and left != "/") or right.startswith(_CLOSING):
            return _Joint("")
        last, first = _LAST_WORD.search(left, max(0, left.rfind(" "))), _FIRST_WORD.search(right)
        if last is None or first is None or _ENUMERATION.match(right):
            return _Joint(" ")
        return self._letters(last.group().lower(), first.group().lower())

    def pieces_of_word(self, lines: Sequence[str]) -> int:
        """Return over how many of the lines a known word runs that is cut more than once, 0 where none does."""
        if len(lines) < 3 or not lines[1].strip().isalpha():
            return 0
        for count in range(len(lines), 2, -1):
            inner = [line.strip() for line in lines[1 : count - 1]]
            last, first = _LAST_WORD.search(lines[0]), _FIRST_WORD.search(lines[count - 1])
            if last is None or first is None or not all(piece.isalpha() for piece in inner):
                continue
            pieces = [piece.lower() for piece in (last.group(), *inner, first.group())]
            spaced = any(line != line.rstrip() for line in lines[: count - 1])
            if not spaced and self._is_cut(pieces):
                return count
        return 0

    def _knows(self, word: str) -> bool:
        return self.resources.knows(word) or self.vocabulary.repeats(word)

    def _is_cut(self, pieces: Sequence[str]) -> bool:
        """Tell whether pieces are one word that is known, or known to be written so, and not words each by itself."""
        word = "".join(pieces)
        known = self._knows(word) or self.resources.habit(word) is not None
        return known and not all(map(self._is_word, pieces))

    def _is_strong(self, word: str) -> bool:
        """Tell whether a word is common enough to be a word by itself; fragments such as `nya` are listed too."""
        if word in self.resources.official.words or word.isdigit():
            return True
        frequency = self.resources.lexicon.frequency(word)
        listed = self.resources.lexicon.lists(word) or self.vocabulary.repeats(word)
        return frequency >= SPACING.strong or (len(word) > SHORTEST_STEM and listed)

    def _letters(self, last: str, first: str) -> _Joint:
        """Join two lines that meet letter to letter: a space, unless one word was cut."""
        words = self._is_word(last) and self._is_word(first)
        if words and not self.keeps_trailing_space:
            return _Joint(" ")
        letters = last.isalpha() and first.isalpha()
        cut = letters and self._is_cut((last, first))
        whole = cut or (letters and self._knows(last + first))
        if self.keeps_trailing_space:
            if whole:
                return _Joint("", "certain" if cut else "probable", other=None if cut else (" ", 0))
            return _Joint(" ", "probable", other=("", 0))
        if cut:
            return _Joint("", "probable", other=(" ", 0))
        return _Joint(" ")

    def _is_word(self, word: str) -> bool:
        return word not in _FRAGMENTS and len(word) > 1 and self._is_strong(word)

    def _hyphen(self, before: str, right: str) -> _Joint:
        """Keep the hyphen of a compound or a span of numbers, drop the one that divides a word."""
        match = _FIRST_WORD.search(right)
        after = match.group() if match else ""
        one, two = before.lower(), after.lower()
        if self._is_compound(before, after) or f"{one}-{two}" in self.vocabulary.hyphenated:
            return _Joint("")
        if self._knows(one + two):
            sure = not (self._is_word(one) and self._is_word(two))
            return _Joint("", "certain" if sure else "probable", 1, None if sure else ("", 0))
        if self._is_word(one) and self._is_word(two):
            return _Joint("", "probable", other=("", 1))
        return _Joint("", "ambiguous", other=("", 1))

    def _is_compound(self, before: str, after: str) -> bool:
        """Tell a hyphen of print: figures in a word (SP4N-LAPOR), e-PPID, capitals beside small letters, a doubled stem."""
        if any(map(str.isdigit, before + after)):
            return True
        if len(before) == 1 or before.isupper() != after.isupper():
            return True
        one, two = before.lower(), after.lower()
        stem = two[:SHORTEST_STEM]
        return len(stem) == SHORTEST_STEM and (
            one == two or (stem in one and two.startswith(one[one.index(stem) :]))
        )
