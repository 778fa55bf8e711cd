"""The page for people: turns an audit, the decree's reading and its ink into a self-contained `audit.html`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lampiran.alignment.fields import TEXTS
from lampiran.audit.catalogue import figure_entries, figure_title, ink_colours
from lampiran.audit.report import words
from lampiran.audit.report.page_places import (
    CellView,
    PeriodView,
    PlaceView,
    cell_view,
    periods_of,
    places_of,
)
from lampiran.audit.report.verdict import in_words
from lampiran.audit.settings import PAGE
from lampiran.publish.crops import Crop, Spot, crops
from lampiran.publish.html import assets, page_bytes
from lampiran.publish.labels import finding_title
from lampiran.publish.periods import period_of
from lampiran.result import Result
from schema.audit import CONSEQUENCES, VERDICTS, Audit, AuditCell, AuditRow, Figure, by_row
from schema.errors import Language
from schema.findings import Message
from schema.periods import PER_YEAR

if TYPE_CHECKING:
    from lampiran.audit.ink.proof import InkAccount

# Names of ink whose colour is the same are one entry of the map's key.
_INK_KEY = ("cell", "mark", "table-head", "body", "ruling", "stamp", "outside", "unexplained")


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the table of all cells: its texts, its periods, and the places that tell of its faults."""

    row: AuditRow
    cells: tuple[CellView, ...]
    periods: tuple[PeriodView, ...]
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class InkView:
    """A page's account with its map and pictures of what nothing explains."""

    account: InkAccount
    crops: tuple[tuple[Spot, Crop | None], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader can filter by: the value, what it is called, and how many places it fits."""

    value: str
    label: Message
    count: int


def audit_html(
    audit: Audit, *, decree: Result | None = None, ink: Sequence[InkAccount] = (), language: Language = "id"
) -> bytes:
    """Return the page as UTF-8 bytes; `language` is the one it opens in.

    `decree` is the reading of the paper, from whose file crops are drawn: a limited number, for the most
    consequential differences. `ink` is the account of its ink with the maps. Style, script and pictures are
    inside, and a content security policy allows nothing else. Without a script everything can be read.
    """
    places = _pictured(places_of(audit), decree)
    rules = (f".k-{name} {{ background: rgb{ink_colours()[name]}; }}" for name in _INK_KEY)
    rows = _rows(audit, places)
    counts = Counter(cell.verdict for cell in audit.cells)
    fields = {cell.field for cell in audit.cells if cell.level == "action"}
    return page_bytes(
        "audit/audit.html.j2",
        style="\n".join((assets("report/report.css", "report/diff.css", "audit/audit.css"), *rules)),
        script=assets("language.js", "audit/audit.js"),
        audit=audit,
        verdict=in_words(audit),
        language=language,
        places=places,
        groups=[
            (name, own) for name in CONSEQUENCES if (own := [p for p in places if p.consequence == name])
        ],
        fault_places=sum(not place.is_open for place in places),
        cells=sum(cell.is_fault for cell in audit.cells),
        wanted=sum(place.spot is not None for place in places),
        shown=sum(place.crop is not None for place in places),
        choices=_choices(places),
        verdicts=[(verdict, counts[verdict]) for verdict in VERDICTS if counts[verdict]],
        figures=[figure for figure in _ordered(audit.figures) if figure.column is None],
        by_column=_by_column(audit.figures),
        odd_rows=[view for view in rows if view.row.state != "matched" or view.row.shift],
        head=[cell_view(cell) for cell in audit.cells if cell.row is None],
        rows=rows,
        columns=[name for name in (*TEXTS, "schedule_text") if name in fields],
        periods=_periods(audit.cells),
        ink=_ink(ink, decree),
        key=_INK_KEY,
        filter_fields=_filter_fields,
        figure_title=figure_title,
        figure_about=_figure_about,
        doubt_title=finding_title,
        signs=words.SIGNS,
        **{function.__name__: function for function in _WORDS},
    )


_WORDS: tuple[Callable[..., object], ...] = (
    words.column_label, words.kind_title, words.kind_about, words.share, words.shift, words.interval
)  # fmt: skip


def _pictured(places: Sequence[PlaceView], decree: Result | None) -> list[PlaceView]:
    """Give the first places their crops; a whole row's is wider, or it could not be read."""
    chosen = [place for place in places if place.spot is not None][: PAGE.crops]
    found: dict[int, Crop | None] = {}
    for wide in (False, True):
        own = [(place.n, place.spot) for place in chosen if place.is_row == wide and place.spot is not None]
        pictures = _pictures(decree, (spot for _, spot in own), PAGE.row_width if wide else PAGE.cell_width)
        found.update((n, pictures.get(spot)) for n, spot in own)
    return [replace(place, crop=found.get(place.n)) for place in places]


def _pictures(decree: Result | None, spots: Iterable[Spot], widest: int) -> dict[Spot, Crop]:
    if decree is None:
        return {}
    return crops(decree.plan, decree.source_path, spots, decree.extraction.pages, widest=widest)


def _choices(places: Sequence[PlaceView]) -> dict[str, list[Choice]]:
    """Return what each filter offers, in the order in which a reader looks for it."""
    kinds = Counter(code for place in places for code in place.kinds)
    verdicts = Counter(code for place in places for code in place.verdicts)
    fields = Counter(name for place in places for name in _filter_fields(place))
    pages = Counter(place.page for place in places)
    return {
        "kind": [Choice(code, words.kind_title(code), count) for code, count in kinds.most_common()],
        "page": [
            _plain(str(page or ""), pages[page]) for page in sorted(pages, key=lambda p: (p is None, p))
        ],
        "verdict": [_plain(code, verdicts[code]) for code in VERDICTS if verdicts[code]],
        "field": [Choice(name, words.column_label(name), count) for name, count in fields.items()],
    }


def _plain(value: str, count: int) -> Choice:
    return Choice(value, Message(id=value, en=value), count)


def _filter_fields(place: PlaceView) -> tuple[str, ...]:
    """Return the columns a place is found under; all periods are one, the schedule."""
    return tuple(dict.fromkeys("schedule" if period_of(name) else name for name in place.fields))


def _ordered(figures: Sequence[Figure]) -> list[Figure]:
    order = {name: n for n, name in enumerate(figure_entries())}
    return sorted(figures, key=lambda figure: order.get(figure.name, len(order)))


def _by_column(figures: Sequence[Figure]) -> tuple[list[str], list[tuple[str, list[Figure | None]]]]:
    """Return the names of the figures that are given by column, and by column those figures in that order."""
    own = [figure for figure in _ordered(figures) if figure.column is not None]
    names = list(dict.fromkeys(figure.name for figure in own))
    columns = list(dict.fromkeys(figure.column for figure in own if figure.column))
    found = {(figure.name, figure.column): figure for figure in own}
    return names, [(column, [found.get((name, column)) for name in names]) for column in columns]


def _figure_about(code: str) -> Message | None:
    entry = figure_entries().get(code)
    return entry.about if entry else None


def _rows(audit: Audit, places: Sequence[PlaceView]) -> list[RowView]:
    cells = by_row(audit.cells)
    told: dict[int, list[PlaceView]] = defaultdict(list)
    for place in places:
        if place.row is not None:
            told[place.row.n].append(place)
    return [
        RowView(
            row,
            tuple(cell_view(cell) for cell in cells[row.n] if period_of(cell.field) is None),
            periods_of(cells[row.n]),
            tuple(told[row.n]),
        )
        for row in audit.rows
    ]


def _periods(cells: Iterable[AuditCell]) -> list[tuple[str, str, int]]:
    """Return every period of the table of all cells: field, type and number, in their order."""
    found = {cell.field: period for cell in cells if (period := period_of(cell.field)) is not None}
    order = list(PER_YEAR)
    ordered = sorted(found.items(), key=lambda item: (order.index(item[1][0]), item[1][1]))
    return [(name, *period) for name, period in ordered]


def _ink(accounts: Sequence[InkAccount], decree: Result | None) -> list[InkView]:
    spots = [
        Spot(page=account.page.page, bbox=region.bbox)
        for account in accounts
        for region in account.page.regions
        if region.state == "unexplained"
    ]
    pictures = _pictures(decree, spots[: PAGE.ink_crops], PAGE.cell_width)
    shown = [(spot, pictures.get(spot)) for spot in spots]
    pages = ((account, account.page.page) for account in accounts)
    return [InkView(account, tuple(pair for pair in shown if pair[0].page == n)) for account, n in pages]
