"""Turns one text into its doubtful words: what each may have been, and whether that is clear enough to apply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normalize.words.affixes import stems
from normalize.words.candidates import Candidate, Neighbours, Ranker
from normalize.words.context import official_word
from normalize.words.digits import hides_letters, misread_number
from normalize.words.model import WordChange, WordRule
from normalize.words.resources import WordResources
from normalize.words.settings import REPAIR, WEIGHTS
from normalize.words.spacing import has_function_word, rejoin_broken, split_joined
from normalize.words.tokens import Token, in_case_of, is_acronym, is_camel, is_capitals, tokenize
from normalize.words.vocabulary import DocumentVocabulary
from schema.findings import Grade


@dataclass(frozen=True, slots=True)
class Reader:
    """One text being read against one document's vocabulary."""

    text: str
    tokens: tuple[Token, ...]
    folded: tuple[str, ...]
    vocabulary: DocumentVocabulary
    resources: WordResources
    ranker: Ranker

    @classmethod
    def of(cls, text: str, ranker: Ranker) -> Reader:
        """Prepare a text for reading with the resources of a ranker."""
        tokens = tokenize(text)
        folded = tuple(token.folded for token in tokens)
        return cls(text, tokens, folded, ranker.vocabulary, ranker.resources, ranker)

    def near(self, index: int) -> Neighbours:
        """Return the neighbours of a token, none of them across the end of a sentence."""
        before = None if index == 0 or self.tokens[index].opens else self.folded[index - 1]
        last = index + 1 == len(self.tokens) or self.tokens[index + 1].opens
        return Neighbours(before, None if last else self.folded[index + 1])

    def is_suspect(self, token: Token) -> bool:
        """Tell whether a token is a word that nothing vouches for."""
        word = token.folded
        if len(word) < REPAIR.shortest or (word.isalpha() and self._is_vouched(word)):
            return False
        if is_acronym(token.raw) or is_camel(token.raw):
            return False
        return word.isalpha() or hides_letters(token.raw)

    def _is_vouched(self, word: str) -> bool:
        return self.resources.knows(word) or word in self.vocabulary.names

    def may_be_name(self, token: Token) -> bool:
        """Tell whether a token has a capital that no beginning of a sentence explains."""
        return token.raw[0].isupper() and not token.opens and not is_capitals(token.raw)


def doubts(reader: Reader) -> Iterator[WordChange]:
    """Yield the changes and suggestions for a text, in its order."""
    skip = False
    for index, token in enumerate(reader.tokens):
        if skip:
            skip = False
            continue
        broken = _broken_word(reader, index)
        change = broken or _doubt(reader, index, token)
        skip = broken is not None
        if change is not None:
            yield change


def _doubt(reader: Reader, index: int, token: Token) -> WordChange | None:
    habit = reader.resources.habit(token.folded)
    if habit is not None:
        return _change(token, in_case_of(token.raw, habit), "certain", "spelling-habit")
    number = misread_number(token.raw, reader.text[token.end : token.end + 2])
    if number is not None:
        grade: Grade = "certain" if number.clear else "ambiguous"
        return _change(token, number.value, grade, "digit-letters", applied=number.clear)
    if reader.is_suspect(token):
        return _repair(reader, index, token) or _official(reader, index, token)
    return _official(reader, index, token) or _unlikely_form(reader, index, token)


def _unlikely_form(reader: Reader, index: int, token: Token) -> WordChange | None:
    """Suggest a listed word for one that only its affixes vouch for and that one confusion parts from it."""
    word = token.folded
    derived = len(word) >= REPAIR.long and word.isalpha() and not reader.resources.lexicon.lists(word)
    vouched = word in reader.resources.official.words or word in reader.vocabulary.names
    if not derived or vouched or reader.vocabulary.repeats(word):
        return None
    if not reader.ranker.is_near_listed(word, REPAIR.clear_cost):
        return None
    best = next(iter(reader.ranker.rank(word, reader.near(index))), None)
    if best is None or best.rule == "near-word" or best.cost > REPAIR.clear_cost or is_acronym(token.raw):
        return None
    if not reader.resources.lexicon.lists(best.word):
        return None
    return _change(token, in_case_of(token.raw, best.word), "ambiguous", best.rule)


def _change(
    token: Token,
    value: str,
    grade: Grade,
    rule: WordRule,
    alternatives: tuple[str, ...] = (),
    *,
    applied: bool = False,
) -> WordChange:
    return WordChange(
        raw=token.raw,
        value=value,
        start=token.start,
        grade=grade,
        alternatives=alternatives,
        rule=rule,
        applied=applied,
    )


def _official(reader: Reader, index: int, token: Token) -> WordChange | None:
    if is_acronym(token.raw):
        return None
    value = official_word(reader.folded, index, reader.vocabulary, reader.resources)
    if value is None:
        return None
    return _change(token, in_case_of(token.raw, value), "ambiguous", "official-wording")


def _repair(reader: Reader, index: int, token: Token) -> WordChange | None:
    word = token.folded
    ranked = reader.ranker.rank(word, reader.near(index))
    parted = split_joined(word, reader.vocabulary, reader.resources) if word.isalpha() else ()
    if parted and (not ranked or ranked[0].rule == "near-word" or ranked[0].score > -REPAIR.clear_margin):
        return _parted(reader, token, parted)
    if not ranked or (reader.vocabulary.repeats(word) and not _outweighs_habit(ranked[0])):
        return None
    best, rivals = ranked[0], ranked[1:]
    margin = min((rival.score - best.score for rival in rivals), default=REPAIR.clear_margin)
    applied = not parted and _is_clear(reader, token, best, margin)
    if not applied and not _is_worth_saying(reader, token, best):
        return None
    others = tuple(
        in_case_of(token.raw, rival.word)
        for rival in rivals
        if rival.score - best.score < REPAIR.alternative_span
    )
    grade = _grade(best, margin, applied=applied)
    value = in_case_of(token.raw, best.word)
    return _change(token, value, grade, best.rule, others[: REPAIR.most_alternatives], applied=applied)


def _outweighs_habit(best: Candidate) -> bool:
    """Tell whether a reading is so good that even a word the document repeats is a misread one."""
    return best.rule != "near-word" and best.cost <= REPAIR.clear_cost and best.attested


def _is_clear(reader: Reader, token: Token, best: Candidate, margin: float) -> bool:
    if best.rule == "near-word" or len(best.word) < REPAIR.shortest:
        return False
    if reader.may_be_name(token) and not best.in_context:
        return False
    if len(best.word) <= REPAIR.short:
        return (
            best.cost <= REPAIR.clear_cost
            and margin >= REPAIR.short_margin
            and best.score < -REPAIR.applied_score
        )
    needed = REPAIR.margin if best.attested else REPAIR.unattested_margin
    return margin >= needed and best.score <= REPAIR.applied_score + _length_bonus(reader, best.word)


def _length_bonus(reader: Reader, word: str) -> float:
    """Return what a long word, and one whose stem is official, may cost more: few other words are near it."""
    related = any(stem in reader.resources.official.words for stem in stems(word))
    return (
        min(WEIGHTS.most_long, WEIGHTS.long * max(0, len(word) - REPAIR.long))
        + WEIGHTS.official_stem * related
    )


def _is_worth_saying(reader: Reader, token: Token, best: Candidate) -> bool:
    if reader.may_be_name(token) and not best.attested:
        return best.rule != "near-word" and best.cost <= REPAIR.clear_cost and len(best.word) > REPAIR.long
    if best.rule == "near-word" and len(token.raw) < REPAIR.long:
        return best.in_context
    return best.score <= REPAIR.suggested_score


def _grade(best: Candidate, margin: float, *, applied: bool) -> Grade:
    if not applied:
        return "probable" if margin >= REPAIR.clear_margin and best.attested else "ambiguous"
    clear = best.cost <= REPAIR.clear_cost and margin >= REPAIR.clear_margin and best.attested
    return "certain" if clear else "probable"


def _parted(reader: Reader, token: Token, parted: tuple[tuple[str, str], ...]) -> WordChange | None:
    if reader.vocabulary.repeats(token.folded):
        return None
    values = [in_case_of(token.raw, " ".join(pair)) for pair in parted]
    clear = len(parted) == 1 and has_function_word(parted[0], reader.resources)
    applied = clear and not reader.may_be_name(token)
    grade: Grade = "probable" if applied else "ambiguous"
    return _change(token, values[0], grade, "joined-words", tuple(values[1:]), applied=applied)


def _broken_word(reader: Reader, index: int) -> WordChange | None:
    if index + 1 >= len(reader.tokens):
        return None
    left, right = reader.tokens[index], reader.tokens[index + 1]
    if reader.text[left.end : right.start] != " " or not right.raw.islower() or is_acronym(left.raw):
        return None
    if reader.may_be_name(left) or {left.folded, right.folded} & reader.vocabulary.names:
        return None
    whole = rejoin_broken(left.folded, right.folded, reader.vocabulary, reader.resources)
    if whole is None:
        return None
    raw = reader.text[left.start : right.end]
    joined = Token(raw, left.start, left.opens, raw.lower())
    return _change(joined, in_case_of(left.raw, whole), "probable", "broken-word", applied=True)
