"""The figures of a table's columns and sums turned into doubts about its cells, and into cells that a sum confirms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.types import Cell
from normalize.figures import Doubt, Seen, checked_sums, column_doubts, is_text
from normalize.figures.columns import Words
from normalize.figures.model import written
from normalize.figures.sums import Misfit
from normalize.tables.labels import are_labels
from normalize.vocabulary import FormVocabulary
from schema.catalogue import make_finding
from schema.findings import Finding, RuleName
from schema.provenance import SourceRef

RULE: RuleName = "check-figures"
NOT_THE_SUM, WRONG_SUM = "sum-unlike-parts", "sum-wrong"

Rows = Sequence[Mapping[int, Cell]]


@dataclass(slots=True)
class FigureChecks:
    """What the figures of all tables say: doubts by the cells' places, places that a sum confirms, the decree's own faults."""

    doubts: dict[SourceRef, Doubt] = field(default_factory=dict)
    confirmed: set[SourceRef] = field(default_factory=set)
    notices: dict[str, list[Finding]] = field(default_factory=dict)

    def add(self, table: str, rows: Rows, words: Words, form: FormVocabulary) -> None:
        """Check the rows of a table; each holds the cells of single columns by their column, headers printed again left out."""
        every = [{column: Seen.of(cell) for column, cell in row.items()} for row in rows]
        seen = [row for row in every if not are_labels(row)]
        numbers = sorted({column for row in seen for column in row})
        columns = [[row[column] for row in seen if column in row] for column in numbers]
        self.doubts.update(column_doubts(columns, lambda text: is_text(text, words)))
        sums = checked_sums(seen, [any(form.names_sum(cell.text) for cell in row.values()) for row in seen])
        self.confirmed |= {cell.ref for cell in sums.confirmed if cell.ref not in self.doubts}
        self.notices[table] = list(self._misfits(sums.misfits, table))

    def _misfits(self, misfits: Sequence[Misfit], table: str) -> Iterator[Finding]:
        for misfit in misfits:
            cells = (misfit.total, *misfit.parts)
            value = written(misfit.value, misfit.total.plain)
            if all(cell.recognised for cell in cells):
                self.doubts.setdefault(misfit.total.ref, Doubt(NOT_THE_SUM, (value,)))
                for part in misfit.parts:
                    self.doubts.setdefault(part.ref, Doubt(NOT_THE_SUM, told=False))
            elif not any(cell.recognised for cell in cells):
                total = misfit.total
                yield make_finding(
                    WRONG_SUM, rule=RULE, ref=total.ref, field=table, raw=total.plain, value=value
                )
