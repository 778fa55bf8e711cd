"""Texts -> what is compared of them, and the words in which two of them differ."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

from normalize.text import squeeze

Mark = Literal["same", "soft", "gone", "new"]

# Points between digits belong to the number (3.1 is not 31); signs of quantity are words.
_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+|[%‰≤≥<>=+°]")
_PIECE = re.compile(r"\S+\s*|\s+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STARS = re.compile(r"\*{1,3}|__|`")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text; `soft` differs from the other side in case, spaces or punctuation only."""

    text: str
    mark: Mark


def wording(text: str) -> str:
    """Return a text without case, spaces and punctuation: equal for equal words.

    Two numbers side by side stay two. `wording(wording(x)) == wording(x)`.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    parts = (" " + word if n and _numbers(words[n - 1], word) else word for n, word in enumerate(words))
    return "".join(parts)


def bare(text: str) -> str:
    """Return a text without markup: tags, stars and entities; white space squeezed."""
    return squeeze(_STARS.sub("", _TAG.sub("", html.unescape(text))))


def bare_wording(text: str) -> str:
    """Return the wording of a text that may hold markup."""
    return wording(bare(text))


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in case, spaces, punctuation and markup only."""
    return bare_wording(one) == bare_wording(other)


def likeness(one: str, other: str) -> float:
    """Return how alike two wordings are, 0 to 1: the share of letters that need not change."""
    return fuzz.ratio(one, other) / 100


def part_likeness(one: str, other: str) -> float:
    """Return how alike the shorter of two wordings and the best fitting stretch of the longer are, 0 to 1."""
    return fuzz.partial_ratio(one, other) / 100


def marked(a: str, b: str, *, soft: bool = False) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Mark the words that differ: in `a` those that are gone, in `b` those that are new.

    With `soft` the two have the same wording, so that every difference is one of case, spaces or punctuation.
    The texts of the spans joined are the texts that were given.
    """
    pieces_a, pieces_b = _PIECE.findall(a), _PIECE.findall(b)
    keys_a, keys_b = [_key(piece) for piece in pieces_a], [_key(piece) for piece in pieces_b]
    spans_a: list[Span] = []
    spans_b: list[Span] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, keys_a, keys_b, autojunk=False).get_opcodes():
        if tag == "equal":
            for one, other in zip(pieces_a[a0:a1], pieces_b[b0:b1], strict=True):
                mark: Mark = "same" if one.split() == other.split() else "soft"
                spans_a.append(Span(one, mark))
                spans_b.append(Span(other, mark))
        else:
            spans_a += [Span(piece, "soft" if soft else "gone") for piece in pieces_a[a0:a1]]
            spans_b += [Span(piece, "soft" if soft else "new") for piece in pieces_b[b0:b1]]
    return tuple(_joined(spans_a)), tuple(_joined(spans_b))


def _numbers(one: str, other: str) -> bool:
    return one[-1].isdigit() and other[0].isdigit()


def _key(piece: str) -> str:
    return wording(piece) or piece.strip()


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Join neighbours of one mark; the space behind a marked stretch stays outside it."""
    runs: list[Span] = []
    for span in spans:
        if runs and runs[-1].mark == span.mark:
            runs[-1] = Span(runs[-1].text + span.text, span.mark)
        else:
            runs.append(span)
    for run in runs:
        body = run.text.rstrip() if run.mark != "same" else run.text
        yield Span(body, run.mark)
        if len(body) < len(run.text):
            yield Span(run.text[len(body) :], "same")
