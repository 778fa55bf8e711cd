"""A sample -> `audit-sample.csv` and `.xlsx` for a person to fill in; the filled sheet -> its judgements."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from lampiran.audit.figures.sampling import with_sample
from lampiran.publish.audit_words import field_name, word, words
from lampiran.publish.csvs import FORMULA_STARTS
from lampiran.publish.sheets import SheetColumn, SheetData
from schema.audit import SAMPLE_COLUMNS, Audit, AuditCell, AuditRow, Sample, SampleCell
from schema.errors import InputError, Language, UsageError

NAMES = ("audit-sample.csv", "audit-sample.xlsx")
_WIDTHS = (6, 18, 7, 7, 24, 24, 18, 60, 9, 9, 16, 30)
_SIGNS = 12
_ID = re.compile(r"\w+-\w+-(?P<seed>-?\d+)-(?P<size>\d+)-\d+(?:-(?P<fields>.+))?")
_LARGEST = 20_000_000
_SOME_ROWS = 100_000
Judgement = Literal["right", "wrong", "unreadable"]


def sample_id(audit: Audit) -> str:
    """Return what tells a sample from others: both inputs, the seed, its size, its population and its fields."""
    sample = audit.sample
    if sample is None:
        return ""
    inputs = f"{audit.decree.sha256[:_SIGNS]}-{audit.transcription.sha256[:_SIGNS]}"
    fields = f"-{'+'.join(sample.fields)}" if sample.fields else ""
    return f"{inputs}-{sample.seed}-{sample.size}-{sample.population}{fields}"


def sample_files(
    audit: Audit, *, language: Language = "id", spreadsheet_safe: bool = False
) -> dict[str, bytes]:
    """Return the sheet as CSV and as workbook by name; both say the same. Without a sample there is none.

    It shows what the transcription says and where to look, not what the machine read on the paper: who sees that
    first judges it and not the paper.
    """
    if audit.sample is None:
        return {}
    return {
        "audit-sample.csv": _csv(audit, safe=spreadsheet_safe),
        "audit-sample.xlsx": _workbook(audit, language),
    }


def _lines(audit: Audit, language: Language) -> Iterator[tuple[Any, ...]]:
    cells = {cell.n: cell for cell in audit.cells}
    rows = {row.n: row for row in audit.rows}
    name = sample_id(audit)
    for number, drawn in enumerate(audit.sample.cells if audit.sample else (), start=1):
        cell = cells[drawn.cell]
        row = rows.get(cell.row) if cell.row is not None else None
        place = (row.area, row.component) if row else ("", "")
        given = getattr(word("judgement", drawn.judgement), language) if drawn.judgement else ""
        field = getattr(field_name(cell.field), language)
        yield (
            number, name, cell.n, cell.row, *place, field, _stated(cell, language), *_look(cell, row), given, "",
        )  # fmt: skip


def _stated(cell: AuditCell, language: Language) -> str:
    if cell.level == "mark":
        return str(getattr(word("mark", cell.stated or "false"), language))
    return cell.stated or ""


def _look(cell: AuditCell, row: AuditRow | None) -> tuple[int | None, int | None]:
    """Return the page of the paper and the line of the transcription to look at."""
    page = cell.paper_ref.page if cell.paper_ref else row.page if row else None
    line = cell.stated_ref.line if cell.stated_ref else row.line if row else None
    return page, line


def _csv(audit: Audit, *, safe: bool) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(SAMPLE_COLUMNS)
    for line in _lines(audit, "en"):
        writer.writerow([_guarded(value) if safe else value for value in line])
    return target.getvalue().encode("utf-8")


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _workbook(audit: Audit, language: Language) -> bytes:
    from lampiran.publish.workbook import workbook_of  # loads openpyxl

    titles = [getattr(word("column", name), language) for name in SAMPLE_COLUMNS]
    columns = [SheetColumn(title, width) for title, width in zip(titles, _WIDTHS, strict=True)]
    title = getattr(word("sheet", "sample"), language)
    return workbook_of([SheetData(title, columns, list(map(list, _lines(audit, language))))], language)


def read_judged(path: Path, audit: Audit) -> Sample:
    """Read the filled sheet of a sample of this audit, as CSV or workbook; rows may stand in any order.

    The sample is drawn again as the sheet says (seed, size, fields), so that nobody needs to repeat it. Judgements are told by their Indonesian or English words (`right`, `wrong`, `unreadable`), by their first letter,
    or left empty. Raises `InputError` where the file cannot be read, belongs to another sample, has a cell twice, or
    holds another word.
    """
    rows = [(number, row) for number, row in enumerate(_rows(path), start=2) if any(row.values())]
    sample = _drawn_again(path, audit, {row["sample_id"] for _, row in rows})
    given = _judgements(path, rows)
    drawn = {cell.cell for cell in sample.cells}
    if set(given) - drawn:
        raise _refused(path, "memuat sel yang tidak ditarik", "holds cells that were not drawn")
    cells = tuple(SampleCell(cell=cell.cell, judgement=given.get(cell.cell)) for cell in sample.cells)
    return sample.model_copy(update={"cells": cells})


def _drawn_again(path: Path, audit: Audit, names: Collection[str]) -> Sample:
    """Return the sample that a sheet names, if it is one of this audit."""
    name = next(iter(names), "")
    parts = _ID.fullmatch(name)
    if len(names) == 1 and parts:
        fields = parts["fields"].split("+") if parts["fields"] else ()
        with suppress(UsageError):
            again = with_sample(audit, int(parts["size"]), seed=int(parts["seed"]), fields=fields)
            if sample_id(again) == name and again.sample is not None:
                return again.sample
    raise _refused(
        path, "bukan lembar sampel dari kedua berkas ini", "is not the sheet of a sample of these two files"
    )


def _judgements(path: Path, rows: Iterable[tuple[int, Mapping[str, str]]]) -> dict[int, Judgement | None]:
    found: dict[int, Judgement | None] = {}
    for number, row in rows:
        if not row["cell"].isdecimal() or int(row["cell"]) in found:
            raise _refused(
                path,
                f"baris {number}: nomor sel salah atau ganda",
                f"row {number}: a cell's number is wrong or stands twice",
            )
        found[int(row["cell"])] = _judgement(row["judgement"], path, number)
    return found


def _judgement(text: str, path: Path, number: int) -> Judgement | None:
    said = " ".join(text.casefold().split())
    if not said:
        return None
    codes: tuple[Judgement, ...] = ("right", "wrong", "unreadable")
    for code in codes:
        known = {words("judgement")[code].id, words("judgement")[code].en}
        if said in known or said in {one[0] for one in known}:
            return code
    raise _refused(
        path,
        f'baris {number}: putusan "{text}" tidak dikenal; tulis benar, salah, atau tidak terbaca',
        f'row {number}: the judgement "{text}" is not known; write right, wrong or unreadable',
    )


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a sheet by the names of `SAMPLE_COLUMNS` that are needed."""
    table = _table(path)
    head = [" ".join(str(name).casefold().split()) for name in table[0]] if table else []
    places = {}
    for name in ("sample_id", "cell", "judgement"):
        title = word("column", name)
        known = {name, title.id.casefold(), title.en.casefold()}
        places[name] = next((n for n, text in enumerate(head) if text in known), None)
        if places[name] is None:
            raise _refused(path, f'tidak berkolom "{name}"', f'has no column "{name}"')
    for row in table[1:]:
        yield {name: row[n].strip() if n is not None and n < len(row) else "" for name, n in places.items()}


def _table(path: Path) -> list[list[str]]:
    try:
        content = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refused(path, f"tidak dapat dibaca: {reason}", f"cannot be read: {reason}") from error
    if not content:
        raise _refused(path, "kosong atau terlalu besar", "is empty or too large")
    return _sheet(path, content) if content.startswith(b"PK") else _delimited(path, content)


def _delimited(path: Path, content: bytes) -> list[list[str]]:
    """Read a CSV as spreadsheets write it back: with a byte order mark or not, commas, semicolons or tabs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _refused(path, "bukan CSV yang utuh", "is no whole CSV") from error


def _sheet(path: Path, content: bytes) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        lines: Sequence[Sequence[object]] = list(
            book.worksheets[0].iter_rows(values_only=True, max_row=_SOME_ROWS)
        )
    except (BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise _refused(path, "bukan buku kerja yang utuh", "is no whole workbook") from error
    return [["" if value is None else str(value) for value in line] for line in lines]


def _refused(path: Path, id: str, en: str) -> InputError:
    return InputError(id=f"{path}: lembar sampel {id}.", en=f"{path}: the sample's sheet {en}.")
