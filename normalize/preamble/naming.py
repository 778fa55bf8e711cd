"""Lines into the naming of a decree: which office, number, year and date, and the lines from its title on.

A naming is `KEPUTUSAN <office> / NOMOR <number> TAHUN <year> / TENTANG <title>` in its place: above "Menimbang", at the
top of the first page, or behind the word LAMPIRAN. Acts that a text only cites are named elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from normalize.preamble.settings import PARTS
from normalize.preamble.text import DATE, full_year, is_capitals, join_lines
from normalize.preamble.values import Line, Part
from schema.language import decree_words, either
from schema.rules.texts import key

_WORDS = {name: either(words) for name, words in decree_words("naming").items()}
_KINDS = either(decree_words("naming")["kinds"], spread=True)
KIND = rf"(?:{_WORDS['before_kind']}\s+)?{_KINDS}(?:\s+{_WORDS['behind_kind']})?"
_KIND = re.compile(rf"^(?:{_WORDS['copies']}\s+)?{KIND}(?=\s|$)", re.IGNORECASE)
# The sign between NOMOR and its value may have been misread.
_LABEL = re.compile(
    rf"(?<!\S)(?:(?P<number>{_WORDS['number']}(?![^\W_])[\s:;_]*|{_WORDS['number_short']}\s*[.:][\s:]*)"
    rf"|(?P<about>{_WORDS['about']}\b\s*:?\s*)|(?P<date>(?:{_WORDS['on']}\s+)?{_WORDS['date']}\b[\s.:]*)"
    rf"|(?P<year>^{_WORDS['year']}\s*:?\s*(?=\d{{4}}\W*$)))",
    re.IGNORECASE,
)
_INLINE_YEAR = re.compile(
    rf"(?<!\S)(?:{_WORDS['year']}|{_WORDS['year_short']}\.?)\s*:?\s*(?P<year>\d{{4}}|\d{{2}})\W*$",
    re.IGNORECASE,
)
_YEAR_INSIDE = re.compile(r"(?:^|(?<=[/.\s-]))(?:19|20)\d{2}(?=$|[/.\s-])")
_BLANK = re.compile(r"^[\s:.…_-]*(?:/|$)")  # where the number itself was left out: `.../KEP/2024`
COPY = key(decree_words("naming")["copies"][0])


@dataclass(frozen=True)
class Naming:
    """What a naming says. `before` are the lines above it on its page, `about` those from its title on.

    `named` are its lines but for those of the title; `end` is the place of the first line that may be title.
    """

    end: int = 0
    institution: Part | None = None
    number: Part | None = None
    year: Part | None = None
    date: Part | None = None
    before: tuple[Line, ...] = ()
    named: tuple[Line, ...] = ()
    about: tuple[Line, ...] = ()


def find_naming(lines: Sequence[Line], *, with_body: bool) -> Naming | None:
    """Return the decree's own naming in the lines before its clauses; `None` where there is none.

    `with_body` tells that "Menimbang" follows the lines: the naming is right above it. Elsewhere it must be at the
    top of the first page, below no more than a letterhead. Of several, the first counts, since the others are cited in its
    title; one of the same number is the same naming, printed again behind a cover.
    """
    found: list[Naming] = []
    for start, line in enumerate(lines):
        above_body = with_body and line.page == lines[-1].page
        if found and start < found[-1].end:
            continue
        naming = _naming_at(lines, start, strict=not above_body)
        tops = naming is not None and line.page == lines[0].page and _tops_its_page(naming)
        if naming is not None and (above_body or tops):
            found.append(naming)
    if not found:
        return _without_kind(lines) if with_body else None
    again = [one for one in found if one.number and found[0].number and _same(one.number, found[0].number)]
    return again[-1] if again else found[0]


def annex_naming(lines: Sequence[Line]) -> Naming | None:
    """Return the naming that lines behind the word LAMPIRAN begin with; capitals do not matter there."""
    return _naming_at(lines, 0, strict=False) if lines else None


def _same(a: Part, b: Part) -> bool:
    return key(a.text) == key(b.text)


def _naming_at(lines: Sequence[Line], start: int, *, strict: bool) -> Naming | None:
    """Read the naming that begins at a line; with `strict` it must be in capitals and have a number or year."""
    kind = _KIND.match(lines[start].text)
    if kind is None or (strict and not is_capitals(kind[0])):
        return None
    office: list[Line] = []
    for at in range(start, min(len(lines), start + PARTS.office_lines)):
        line = lines[at].with_text(lines[at].text[kind.end() :]) if at == start else lines[at]
        label = _LABEL.search(line.text)
        named = line.with_text(line.text[: label.start()] if label else line.text)
        if line.page != lines[start].page or (strict and named.text and not is_capitals(named.text)):
            return None
        office += [named] if named.text else []
        if label is not None:
            naming = _labelled(lines, start, at, line.text[label.start() :], office)
            return None if strict and naming.number is None and naming.year is None else naming
    return None


def _labelled(lines: Sequence[Line], start: int, at: int, text: str, office: Sequence[Line] | None) -> Naming:
    """Read number, year, date and title, whose labels begin in the line `at`, of which `text` is left."""
    values: dict[str, tuple[Line, str]] = {}
    place = _read_labels(lines, at, text, values)
    about = _about_lines(lines, place, values)
    number, year = _number_and_year(values)
    day = _value(values, "date", DATE.search)
    joined = join_lines(line.text for line in office or ()).strip(" ,:")
    return Naming(
        end=place,
        institution=Part(tuple(office or ()), joined) if joined else None,
        number=number,
        year=year,
        date=day,
        before=tuple(line for line in lines[:start] if line.page == lines[start].page),
        named=(*lines[start:place], *(line for line, _ in values.values())),
        about=about,
    )


def _read_labels(lines: Sequence[Line], at: int, text: str, values: dict[str, tuple[Line, str]]) -> int:
    """Read labels one below the other or in one line, each once, up to TENTANG; return the place behind them."""
    page = lines[at].page
    while label := _LABEL.match(text):
        kind = label.lastgroup or ""
        if kind in values:
            break
        rest = text[label.end() :]
        inline = _LABEL.search(rest) if kind != "about" else None
        values[kind] = (lines[at], rest[: inline.start()] if inline else rest)
        if inline:
            text = rest[inline.start() :]
            continue
        at += 1
        if kind == "about" or at == len(lines) or lines[at].page != page:
            break
        text = lines[at].text
    return at


def _about_lines(lines: Sequence[Line], place: int, values: dict[str, tuple[Line, str]]) -> tuple[Line, ...]:
    """Return the lines from the title on, to the page's end; a number or date below it is a value."""
    if "about" not in values:
        return ()
    first = values["about"][0].with_text(values["about"][1])
    about = [first] if first.text else []
    at = place
    while at < len(lines) and lines[at].page == first.page:
        label = _LABEL.match(lines[at].text) if at < place + PARTS.office_lines else None
        late = label is not None and label.lastgroup in ("number", "date") and label.lastgroup not in values
        if late and not _cites(lines[at : at + 2]):
            at = _read_labels(lines, at, lines[at].text, values)
        else:
            about.append(lines[at])
            at += 1
    return tuple(about)


def _cites(lines: Sequence[Line]) -> bool:
    """Tell whether a number in a title is that of another act: TENTANG follows it."""
    return any(label.lastgroup == "about" for line in lines for label in _LABEL.finditer(line.text))


def _number_and_year(values: Mapping[str, tuple[Line, str]]) -> tuple[Part | None, Part | None]:
    """Return number and year; the year may follow the number, be on a separate line, or be part of the number."""
    if "number" not in values:
        return None, _value(values, "year", re.compile(r"\d{4}").search)
    line, after = values["number"]
    inline = _INLINE_YEAR.search(after)
    text = (after[: inline.start()] if inline else after).strip(" :.,")
    number = Part((line,), text) if any(c.isdigit() for c in text) and not _BLANK.match(text) else None
    if inline:
        return number, Part((line,), str(full_year(inline["year"])))
    if "year" in values:
        return number, _value(values, "year", re.compile(r"\d{4}").search)
    inside = _YEAR_INSIDE.findall(text)
    return number, Part((line,), inside[-1]) if inside else None


def _value(
    values: Mapping[str, tuple[Line, str]], name: str, search: Callable[[str], re.Match[str] | None]
) -> Part | None:
    line, text = values.get(name, (None, ""))
    match = search(text)
    return Part((line,), match[0]) if line is not None and match else None


def _without_kind(lines: Sequence[Line]) -> Naming | None:
    """Return the naming above "Menimbang" whose kind and office were not printed or not read: NOMOR and TENTANG."""
    starts = [
        at
        for at, line in enumerate(lines)
        if line.page == lines[-1].page
        and (label := _LABEL.match(line.text))
        and label.lastgroup in ("number", "about")
    ]
    namings = [_labelled(lines, at, at, lines[at].text, None) for at in starts]
    whole = [naming for naming in namings if naming.about]
    return next((n for n in whole if n.number or n.year), whole[0] if whole else None)


def _tops_its_page(naming: Naming) -> bool:
    """Tell whether there is no more than a letterhead above a naming: lines in capitals, some with its office's words."""
    above = [line for line in naming.before if key(line.text) != COPY]
    if not above:
        return True
    office = _words(naming.institution.text if naming.institution else "")
    capitals = [line for line in above if is_capitals(line.text)]
    return len(above) <= PARTS.office_lines and any(office & _words(line.text) for line in capitals)


def _words(text: str) -> set[str]:
    return {word for word in key(text).split() if len(word) >= PARTS.long_word}
