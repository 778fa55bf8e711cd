"""The decree's head, areas and components, and what is stated of them -> their cells, each value judged once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.types import Cell
from lampiran.alignment.wording import bare_wording, likeness, same_words, wording
from lampiran.audit.judge.cells import CellVerdict, Judging, is_another, text_cell
from lampiran.audit.judge.rows import RowSaid
from lampiran.audit.match.alignment import Alignment
from lampiran.audit.match.cell_assignment import Said
from lampiran.audit.match.plan_rows import Paper, PaperPart, PaperText
from lampiran.audit.settings import VERDICTS
from normalize.labels import area_title, clean_numeral, is_numeral, numeral_value, split_numeral
from normalize.resources import Resources
from schema.audit import Level

Texts = Mapping[str, PaperText]
_NAMES = (".place", ".name")
_OTHER = ("head-wrong", "word-wrong")
_NUMBERS = ("head.number", "head.year")


def head_findings(paper: Texts, stated: Texts, judging: Judging) -> list[CellVerdict]:
    """Judge each value of the decree's head that the transcription states.

    A transcription that states less than half of the head is one of the table: the rest of the head is not stated.
    """
    whole = 2 * sum(name in stated for name in paper) >= len(paper)
    silent = PaperText("") if whole else None
    further = [name for name in stated if name not in paper] if paper else []
    return [
        *(_head_cell(name, value, stated.get(name, silent), judging) for name, value in paper.items()),
        *(_text("head", name, PaperText(""), stated[name], judging) for name in further),
    ]


def _text(
    level: Level, name: str, paper: PaperText, stated: PaperText | Said | None, judging: Judging
) -> CellVerdict:
    text, at = (stated.text, stated.ref) if stated is not None else (None, None)
    return text_cell(level, name, paper, text, at, judging)


def _head_cell(name: str, paper: PaperText, stated: PaperText | None, judging: Judging) -> CellVerdict:
    cell = _text("head", name, paper, stated, judging)
    if cell.verdict != "differs":
        return cell
    if name in _NUMBERS:
        return replace(cell, kind="number-wrong")
    if name.endswith(_NAMES) and cell.kind in _OTHER:
        return replace(cell, kind="name-wrong")
    return replace(cell, kind="date-wrong") if name == "head.date" else cell


def part_findings(
    paper: Paper, found: Mapping[int, RowSaid], alignment: Alignment, judging: Judging, resources: Resources
) -> dict[int, list[CellVerdict]]:
    """Return, by the number of a paper row, the cells of the areas and components that are told of there.

    A numeral or a name is judged where it is first stated, and again only in a row that states another one.
    """
    result: dict[int, list[CellVerdict]] = {}
    back = {s: p for p, s in alignment.pairs.items()}
    fused = {back[s] for s in alignment.fused if s in back}
    levels: tuple[tuple[Level, Sequence[PaperPart]], ...] = (
        ("area", paper.areas),
        ("component", paper.components),
    )
    for level, parts in levels:
        for at, cell in _Level(level, parts, found, fused, judging).cells(alignment, resources):
            result.setdefault(at, []).append(cell)
    return result


@dataclass(frozen=True)
class _Level:
    """The areas, or the components, of a paper with the rows that were found; `fused` are rows of lines that say several."""

    level: Level
    parts: Sequence[PaperPart]
    found: Mapping[int, RowSaid]
    fused: Collection[int]
    judging: Judging

    @property
    def names(self) -> tuple[str, str]:
        """The fields of the numeral and the name."""
        return f"{self.level}_no", self.level

    def cells(self, alignment: Alignment, resources: Resources) -> Iterator[tuple[int, CellVerdict]]:
        """Yield the cells with the number of the row where each is told of."""
        titles = self._titles(alignment, resources)
        stated = bool(titles) or self._says_any(self.found)
        for number, part in enumerate(self.parts):
            yield from self._part(part, titles.get(number, {}), stated=stated)

    def _says_any(self, rows: Collection[int]) -> bool:
        return any(self.found[at].said(name) is not None for at in rows for name in self.names)

    def _titles(self, alignment: Alignment, resources: Resources) -> dict[int, Mapping[str, Said]]:
        """Return what lines of their own say of the parts; a title like no printed one is that of the rows below it."""
        said: dict[int, Mapping[str, Said]] = {}
        for title in (t for t in alignment.titles if t.kind == self.level):
            part = title.part if title.part is not None else self._part_below(title.n)
            if part is not None:
                said.setdefault(part, self._title_texts(title.cells, resources))
        return said

    def _part_below(self, n: int) -> int | None:
        """Return the part whose first row is the next one below a line."""
        lines = {said.line.n: at for at, said in self.found.items() if said.line.n > n}
        at = lines[min(lines)] if lines else None
        firsts = (next((at for at in part.rows if at in self.found), None) for part in self.parts)
        return next((n for n, first in enumerate(firsts) if first is not None and first == at), None)

    def _title_texts(self, filled: Sequence[Cell], resources: Resources) -> Mapping[str, Said]:
        number, name = self.names
        if len(filled) == 2 and is_numeral(filled[0].text):
            return {number: Said(filled[0].text, filled[0]), name: Said(filled[1].text, filled[1])}
        text = " ".join(cell.text for cell in filled)
        parts = split_numeral(text)
        if parts is None and self.level == "area":
            title = area_title([text], resources.official, resources.form)
            parts = (title.label, title.name) if title is not None and title.label else None
        if parts is None:
            return {name: Said(text, filled[0])}
        return {number: Said(parts[0], filled[0]), name: Said(parts[1], filled[0])}

    def _part(
        self, part: PaperPart, title: Mapping[str, Said], *, stated: bool
    ) -> Iterator[tuple[int, CellVerdict]]:
        """Judge one part; `stated`: the transcription says something of any part of this level."""
        rows = [at for at in part.rows if at in self.found]
        first = rows[0] if rows else part.rows[0] if part.rows else 0
        exact = any(self.found[at].layout.exact for at in rows)
        named = bool(title) or self._says_any(rows)
        for name in self.names:
            paper = part.number if name != self.level else part.name
            own = [(at, said) for at in rows if (said := self.found[at].said(name)) is not None]
            told = [(at, said) for at, said in own if at not in self.fused]
            if own and not told:
                at, said = own[0]
                yield at, _as_fused(self._judged(name, part, said, exact=False))
                continue
            if name in title:
                told.insert(0, (first, title[name]))
            if not paper.text.strip() and (not told or (exact and name == "area_no")):
                continue
            if told:
                yield from self._once(name, part, told, exact=exact)
            else:
                silent = not stated or not (named or rows)
                yield first, self._unsaid(name, part, rows, silent=silent, named=named)

    def _unsaid(
        self, name: str, part: PaperPart, rows: Sequence[int], *, silent: bool, named: bool
    ) -> CellVerdict:
        """Judge a numeral or a name that is not stated."""
        paper = part.number if name != self.level else part.name
        cell = text_cell(self.level, name, paper, None if silent else "", None, self.judging)
        if cell.is_fault and any(at in self.fused for at in rows):
            cell = _as_fused(cell)
        elif cell.is_fault and part.rows[0] not in self.found:
            cell = cell.as_part_of("row-missing")
        no_part = cell.is_fault and not named and name != self.level
        return cell.as_part_of("component-missing") if no_part else cell

    def _once(
        self, name: str, part: PaperPart, stated: Sequence[tuple[int, Said]], *, exact: bool
    ) -> Iterator[tuple[int, CellVerdict]]:
        """Judge what is mostly stated once, and each row that states something else."""
        words = [_key(name, said.text) for _, said in stated]
        usual = Counter(words).most_common(1)[0][0]
        for n, (at, said) in enumerate(stated):
            if words[n] != usual or usual not in words[:n]:
                yield at, self._judged(name, part, said, exact=exact)

    def _judged(self, name: str, part: PaperPart, said: Said, *, exact: bool) -> CellVerdict:
        if name != self.level:
            return self._numeral(name, part, said, exact=exact)
        paper = part.name
        cell = _text(self.level, name, paper, said, self.judging)
        if cell.verdict != "differs":
            return cell
        stated = bare_wording(said.text)
        names = (other.name.text for other in self.parts if other is not part)
        others = (name for name in names if not same_words(name, paper.text))
        alike = max((likeness(wording(other), stated) for other in others), default=0.0)
        of_another = alike >= VERDICTS.other_part and alike > likeness(wording(paper.text), stated)
        wrong = of_another or is_another(paper.text, said.text)
        return replace(cell, kind=f"{self.level}-wrong") if wrong else cell

    def _numeral(self, name: str, part: PaperPart, said: Said, *, exact: bool) -> CellVerdict:
        """Judge a numeral: punctuation and case around it are no difference of substance.

        Our own tables (`exact`) count areas in Arabic figures, whatever is printed.
        """
        cell = text_cell(self.level, name, part.number, clean_numeral(said.text), said.ref, Judging())
        cell = replace(cell, stated=said.text)
        if cell.verdict != "differs":
            return cell
        if exact and numeral_value(said.text) == numeral_value(part.number.text):
            return replace(cell, verdict="normalised", kind=None)
        return replace(cell, kind="numeral-wrong")


def _as_fused(cell: CellVerdict) -> CellVerdict:
    """Return a label that a fused line states together with another: that line's fault, unless it is right."""
    return cell.as_part_of("rows-fused", verdict="misplaced") if cell.is_fault else cell


def _key(name: str, text: str) -> str:
    return clean_numeral(text).casefold() if name.endswith("_no") else bare_wording(text)
