"""Names of offices in Menetapkan, clauses and cells against the decree's own -> findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from schema.decree import Field
from schema.findings import Finding
from schema.language import decree_words, either
from schema.plan import Action, Plan
from schema.rules.data import RuleData
from schema.rules.texts import clauses_of, fault, is_sound, key, row_cells

_WORDS = decree_words("offices")
_LEVELS = dict.fromkeys(_WORDS["local"], "local") | {word: word for word in _WORDS["province"]}
_SHORT = dict.fromkeys(_WORDS["short_local"], _WORDS["local"][0])
_NAMING = {name: either(words) for name, words in decree_words("naming").items()}
_OPENING = re.compile(
    rf"^\s*(?:{_NAMING['before_kind']}\s+)?{_NAMING['kinds']}\s+(?P<office>.+?)\s+{_NAMING['about']}\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(rf"{either(_WORDS['within'])}\s+$", re.IGNORECASE)
_STATE = f" {key(*decree_words('naming')['state'])}"


@dataclass(frozen=True)
class Office:
    """An office such as a commission of one regency: its kind, its levels and its region's name."""

    kind: str
    levels: tuple[str, ...]
    region: str

    @property
    def place(self) -> str:
        """Levels and region as one key."""
        return " ".join((*self.levels, self.region)).strip()


@dataclass(frozen=True)
class Mention:
    """An office of the decree's kind as a text names it; `within` follows "di lingkungan"."""

    text: str
    office: Office
    within: bool


def office_of(institution: str) -> Office | None:
    """Part an institution's name into kind, level and region; `None` where no level is named."""
    words = key(institution).split()
    at = next((i for i, word in enumerate(words) if word in _LEVELS), None)
    if not at or at == len(words) - 1:
        return None
    count = next((i for i, word in enumerate(words[at:]) if word not in _LEVELS), 1)
    return Office(" ".join(words[:at]), tuple(words[at : at + count]), " ".join(words[at + count :]))


def mentions(text: str, own: Office, abbreviations: Mapping[str, str]) -> Iterator[Mention]:
    """Yield every office of the same kind that a text names together with level and region."""
    for match in _naming(own.kind, tuple(abbreviations.items())).finditer(text):
        levels, region, end = _place(text, match.end())
        if levels and region:
            yield Mention(
                text=text[match.start() : end],
                office=Office(own.kind, levels, region),
                within=bool(_WITHIN.search(text[: match.start()])),
            )


@lru_cache(maxsize=64)  # kinds of offices
def _naming(kind: str, abbreviations: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return the pattern of the names of a kind of office in running text."""
    short = next((value for name, value in abbreviations if key(name) == kind), None)
    names = [kind.replace(" ", r"\s+"), *([re.escape(short)] if short else [])]
    return re.compile(rf"\b(?:{'|'.join(names)})\s+(?=\w)", re.IGNORECASE)


def _place(text: str, start: int) -> tuple[tuple[str, ...], str, int]:
    """Read level words and then capitalised words; return levels, region and where the name ends."""
    levels: list[str] = []
    region: list[str] = []
    end = start
    for match in re.finditer(r"\s*([^\W\d_]+)(\.?)(?=(\W|$))", text[start:]):
        word = match[1].casefold()
        if match.start() + start != end or word in _WORDS["stops"]:
            break
        if word in _LEVELS and not region and match[3] != "/":
            levels.append(_SHORT.get(word, word))
        elif levels and match[1][0].isupper() and match[3] != "/":
            region.append(word)
        else:
            break
        end = start + (match.end() if word in _SHORT else match.end(1))
    return tuple(levels), " ".join(region), end


def office_mismatch(plan: Plan, reference: RuleData) -> Iterator[Finding]:
    """The decree names no other office of its own kind as its own.

    Menetapkan must name the institution itself. Elsewhere an office of the same level in another region,
    one with two levels, and one the plan is said to hold "di lingkungan" of are reported; offices above
    the decree's own are named rightly.
    """
    institution = plan.head.institution.text
    own = office_of(institution)
    if not institution or not is_sound(plan.head.institution):
        return
    if is_sound(plan.head.decides):
        yield from _menetapkan(plan.head.decides, institution, own, reference)
    if own is None:
        return
    for name, field in clauses_of(plan.head):
        if name != "decides":
            yield from _report(name, field, _foreign(field.text, own, reference, clause=True), institution)
    for action, name, field in row_cells(plan):
        names = _foreign(field.text, own, reference, clause=False)
        yield from _report(name, field, names, institution, action)


def _menetapkan(field: Field, institution: str, own: Office | None, data: RuleData) -> Iterator[Finding]:
    opening = _OPENING.match(field.text)
    wrong: list[str] = []
    if opening and not _same_office(opening["office"], institution):
        wrong.append(opening["office"])
    if own:
        found = mentions(field.text, own, data.abbreviations)
        wrong += [m.text for m in found if not _is_own(m.office, own)]
    yield from _report("decides", field, wrong, institution)


def _foreign(text: str, own: Office, data: RuleData, *, clause: bool) -> list[str]:
    """Return the offices that a text names in place of the decree's own."""
    return [
        mention.text
        for mention in mentions(text, own, data.abbreviations)
        if not _is_own(mention.office, own)
        and (
            _rank(mention.office) == _rank(own)
            or len(mention.office.levels) > 1
            or (clause and mention.within)
        )
    ]


def _rank(office: Office) -> str:
    return _LEVELS[office.levels[-1]]


def _is_own(named: Office, own: Office) -> bool:
    """Tell whether a mention begins with the decree's own place; more capitals may follow it."""
    return f"{named.place} ".startswith(f"{own.place} ")


def _same_office(named: str, institution: str) -> bool:
    """Compare two names; one may carry its holder's title in front, or the state's name behind.

    Menetapkan may name an office without the region that its own name ends with (BUPATI for BUPATI CONTOH).
    """
    first, second = (key(text).removesuffix(_STATE) for text in (named, institution))
    names = (first, first.partition(" ")[2])
    return second in names or any(
        f"{second} ".startswith(f"{name} ") and _is_short(name, second) for name in names
    )


def _is_short(name: str, whole: str) -> bool:
    """Tell whether a name leaves out no more than the end of a whole one: all but a holder's title, or what has no level."""
    return " " not in name or not any(word in _LEVELS for word in whole[len(name) :].split())


def _report(
    name: str, field: Field, wrong: list[str], institution: str, action: Action | None = None
) -> Iterator[Finding]:
    for text in dict.fromkeys(wrong):
        yield fault("office-mismatch", name, field, action, raw=text, value=institution)
