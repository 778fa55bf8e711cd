"""The loose text that no step has taken turned into findings: nothing printed is lost unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extract.types import Extraction, Grid, TextLine
from normalize.draft import Draft
from normalize.facts import Fact, doubt, fact
from normalize.plan.settings import UNPLACED
from normalize.preamble import visual_rows
from normalize.text import squeeze
from schema.findings import RuleName
from schema.provenance import Reader, SourceRef

RULE: RuleName = "account-for-text"
Region = tuple[str, int | None]


def report_unplaced(draft: Draft) -> Draft:
    """Report the loose text that no step has taken.

    Prose outside the tables (a preface, an introduction) is reported once for the document. A page without a table
    but with much text that is not prose is reported as a whole: a table may have been overlooked there. Any other
    line is reported by itself.
    """
    regions: dict[Region, list[TextLine]] = {}
    spans = _spans(draft.extraction)
    for line in draft.unused:
        if line.text.strip():
            regions.setdefault(_region(line, spans), []).append(line)
    prose = {region for region, lines in regions.items() if region[0] != "between" and is_prose(lines)}
    if prose:
        prose |= {
            region for region, lines in regions.items() if region[0] == "page" and not _is_crowded(lines)
        }
    told = [line for region, lines in regions.items() if region in prose for line in lines]
    rest = {region: lines for region, lines in regions.items() if region not in prose}
    crowded = {page: region for region in rest if (page := region[1]) and region[0] == "page"}
    crowded = {page: region for page, region in crowded.items() if _is_crowded(rest[region])}
    sha256 = draft.extraction.source.sha256
    lines = [line for region, own in rest.items() if region not in crowded.values() for line in own]
    return draft.noting(
        *_prose(told, sha256),
        *(_page(page, len(rest[crowded[page]]), sha256) for page in sorted(crowded)),
        *(doubt("text-unplaced", RULE, _ref(line, sha256), raw=squeeze(line.text)) for line in lines),
        *_tables(draft, sha256),
    )


def _is_crowded(lines: Sequence[TextLine]) -> bool:
    """Tell whether a page without a table has more than a cover or a last page, in a document with prose, would."""
    return len(lines) >= UNPLACED.crowded


def _tables(draft: Draft, sha256: str) -> Iterator[Fact]:
    """Yield a finding for each recognised table like the plan's on a page of which no row is in the plan."""
    actions = [row for row in draft.rows if row.kind == "action" and row.exact and not row.digital]
    taken = {page for row in actions for page in (row.ref.page, row.last_page)}
    known = [grid for grid in draft.extraction.grids if grid.page in taken and grid.column_edges]
    unused: dict[int | None, list[TextLine]] = defaultdict(list)
    for line in draft.unused:
        unused[line.page].append(line)
    for grid in draft.extraction.grids:
        own = sum(_is_inside(line, grid) for line in unused[grid.page])
        recognised = own >= UNPLACED.fewest and any(cell.ref.reader == "ocr" for cell in grid.cells)
        if recognised and grid.page not in taken and any(_is_like(grid, other) for other in known):
            ref = SourceRef(sha256=sha256, page=grid.page, bbox=grid.bbox, reader="ocr")
            yield doubt("table-outside-plan", RULE, ref, raw=str(grid.page), value=str(grid.row_count))


def _is_like(grid: Grid, other: Grid) -> bool:
    """Tell whether a table on the page before or behind has about the columns of another one, at their places."""
    if grid.page is None or other.page is None or abs(grid.page - other.page) != 1:
        return False
    near = [
        min(abs(edge - each) for each in other.column_edges) <= UNPLACED.near for edge in grid.column_edges
    ]
    return sum(near) >= UNPLACED.like * max(len(near), len(other.column_edges))


def _is_inside(line: TextLine, grid: Grid) -> bool:
    return (
        line.bbox is not None and grid.bbox is not None and grid.bbox.top <= line.bbox.top <= grid.bbox.bottom
    )


def is_prose(lines: Sequence[TextLine]) -> bool:
    """Tell whether lines are running text: long ones, hardly any of them in columns."""
    rows = visual_rows(lines)
    if len(rows) < UNPLACED.passage:
        return False
    columned = sum(_columns(row) > 1 for row in rows)
    counts = [sum(len(piece.split()) for piece in row) for row in rows]
    long = sum(count for count in counts if count >= UNPLACED.words)
    return 2 * long >= sum(counts) and columned <= UNPLACED.columned * len(rows)


def _columns(row: Sequence[str]) -> int:
    """Return how many pieces of a row are columns of their own: a numeral or a label before a colon is not."""
    texts = [text.strip() for piece in row for text in piece.split("\t")]
    kept = [
        text
        for text, after in zip(texts, [*texts[1:], ""], strict=True)
        if len(text) > UNPLACED.label and not text.startswith(":") and not after.startswith(":")
    ]
    return len(kept)


def _spans(extraction: Extraction) -> dict[int | None, tuple[float, float]]:
    """Return where the tables of each page begin and end: points from its top, or lines of a transcription, which is one page."""
    ends: dict[int | None, list[float]] = defaultdict(list)
    for grid in extraction.grids:
        if grid.page is None:
            ends[None] += [float(cell.ref.line) for cell in grid.cells if cell.ref.line]
        elif grid.bbox is not None:
            ends[grid.page] += [grid.bbox.top, grid.bbox.bottom]
    return {page: (min(own), max(own)) for page, own in ends.items() if own}


def _region(line: TextLine, spans: Mapping[int | None, tuple[float, float]]) -> Region:
    """Return where a line is: on a page without a table, or above, between or below the tables of its page."""
    at = line.line if line.page is None else line.bbox.top if line.bbox else None
    if line.page not in spans or at is None:
        return "page", line.page
    top, bottom = spans[line.page]
    if at < top:
        return "above", line.page
    return "below" if at >= bottom else "between", line.page


def _prose(lines: Sequence[TextLine], sha256: str) -> Iterator[Fact]:
    """Yield one finding for all prose, at its first line."""
    if lines:
        first = min(lines, key=lambda line: (line.page or 0, line.line or 0))
        pages = ", ".join(str(page) for page in sorted({line.page for line in lines if line.page})) or "-"
        raw, ref = squeeze(first.text), _ref(first, sha256)
        yield fact("prose-outside-tables", RULE, ref, raw=raw, value=str(len(lines)), pages=pages)


def _page(page: int, lines: int, sha256: str) -> Fact:
    ref = SourceRef(sha256=sha256, page=page, reader="pdf-text")
    return doubt("page-unplaced", RULE, ref, raw=str(page), value=str(lines))


def _ref(line: TextLine, sha256: str) -> SourceRef:
    recognised: Reader = "pdf-text" if line.confidence is None else "ocr"
    reader: Reader = "transcript" if line.line is not None else recognised
    return SourceRef(sha256=sha256, page=line.page, bbox=line.bbox, line=line.line, reader=reader)
