"""A sample -> `audit-sample.csv` and `.xlsx` for a person to fill in; the filled sheet -> its judgements."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from extract.held_file import TooLargeFileError, read_whole
from extract.transcript.workbook_size import size_of
from lampiran.audit.figures.sampling import with_sample
from lampiran.audit.report.words import Speaker
from lampiran.audit.settings import SHEET
from lampiran.publish.labels import label, labels
from schema.audit import SAMPLE_COLUMNS, Audit, Sample, SampleCell
from schema.choices import PaperSize
from schema.errors import InputError, Language, UsageError
from schema.harmless import guarded, visible
from schema.system_reasons import reason_of

NAMES = ("audit-sample.csv", "audit-sample.xlsx")
_ID = re.compile(r"\w+-\w+-(?P<seed>-?\d+)-(?P<size>\d+)-\d+(?:-(?P<fields>.+))?")
Judgement = Literal["right", "wrong", "unreadable"]
_JUDGEMENTS: tuple[Judgement, ...] = ("right", "wrong", "unreadable")


def sample_id(audit: Audit) -> str:
    """Return what tells a sample from others: both inputs, the seed, its size, its population and its fields."""
    sample = audit.sample
    if sample is None:
        return ""
    inputs = f"{audit.decree.sha256[: SHEET.digest]}-{audit.transcription.sha256[: SHEET.digest]}"
    fields = f"-{'+'.join(sample.fields)}" if sample.fields else ""
    return f"{inputs}-{sample.seed}-{sample.size}-{sample.population}{fields}"


def sample_files(
    audit: Audit, *, language: Language = "id", spreadsheet_safe: bool = True, paper: PaperSize = "a4"
) -> dict[str, bytes]:
    """Return the sheet as CSV and as workbook by name; both say the same. Without a sample there is none.

    It shows what the transcription says and where to look, not what the machine read on the paper: who sees that
    first judges it and not the paper.
    """
    if audit.sample is None:
        return {}
    return {
        "audit-sample.csv": _csv(audit, safe=spreadsheet_safe),
        "audit-sample.xlsx": _workbook(audit, language, paper),
    }


def _lines(audit: Audit, say: Speaker) -> Iterator[Mapping[str, Any]]:
    cells = {cell.n: cell for cell in audit.cells}
    rows = {row.n: row for row in audit.rows}
    for number, drawn in enumerate(audit.sample.cells if audit.sample else (), start=1):
        cell = cells[drawn.cell]
        row = rows.get(cell.row or 0)
        page = cell.paper_ref.page if cell.paper_ref else row.page if row else None
        line = cell.stated_ref.line if cell.stated_ref else row.line if row else None
        yield {
            "n": number,
            "sample_id": sample_id(audit),
            "cell": cell.n,
            "row": cell.row,
            "area": row.area if row else "",
            "component": row.component if row else "",
            "field": say.field(cell.field),
            "stated": say.side(cell, cell.stated or ("false" if cell.level == "mark" else None)),
            "page": page,
            "line": line,
            "judgement": say("judgement", drawn.judgement) if drawn.judgement else "",
            "note": "",
        }


def _csv(audit: Audit, *, safe: bool) -> bytes:
    target = io.StringIO()
    writer = csv.DictWriter(target, SAMPLE_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for line in _lines(audit, Speaker("en")):
        writer.writerow(
            {
                name: guarded(visible(value)) if safe and isinstance(value, str) else value
                for name, value in line.items()
            }
        )
    return target.getvalue().encode("utf-8")


def _workbook(audit: Audit, language: Language, paper: PaperSize) -> bytes:
    from lampiran.audit.report.workbook import sheet  # loads openpyxl
    from lampiran.publish.workbook import workbook_of

    say = Speaker(language)
    return workbook_of([sheet("sample", _lines(audit, say), say)], language, paper=paper)


def read_judged(path: Path, audit: Audit) -> Sample:
    """Read the filled sheet of a sample of this audit, as CSV or workbook; rows may be in any order.

    The sample is drawn again as the sheet says (seed, size, fields), so that nobody needs to repeat it. Judgements are given by
    their Indonesian or English words (`right`, `wrong`, `unreadable`), by their first letter, or left empty. Raises `InputError` where the file cannot be read, belongs to another sample, has a cell twice, or
    holds another word.
    """
    rows = [(number, row) for number, row in enumerate(_rows(path), start=2) if any(row.values())]
    sample = _drawn_again(path, audit, {row["sample_id"] for _, row in rows})
    given = _judgements(path, rows)
    drawn = {cell.cell for cell in sample.cells}
    if set(given) - drawn:
        raise _refused(path, "memuat sel yang tidak ditarik", "holds cells that were not drawn")
    cells = tuple(SampleCell(cell=cell.cell, judgement=given.get(cell.cell)) for cell in sample.cells)
    return sample.replace(cells=cells)


def is_sheet_of(path: Path, audit: Audit) -> bool:
    """Tell whether a file is the sheet of a sample of this audit. Raises `InputError` for one that is no sheet at all."""
    names = {row["sample_id"] for row in _rows(path) if any(row.values())}
    with suppress(InputError):
        _drawn_again(path, audit, names)
        return True
    return False


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
    said = _plain(text)
    if not said:
        return None
    for code in _JUDGEMENTS:
        word = labels("audit_judgement")[code]
        if said in {word.id, word.en, word.id[0], word.en[0]}:
            return code
    raise _refused(
        path,
        f'baris {number}: putusan "{text}" tidak dikenal; tulis benar, salah, atau tidak terbaca',
        f'row {number}: the judgement "{text}" is not known; write right, wrong or unreadable',
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a sheet by the names of `SAMPLE_COLUMNS` that are needed."""
    table = _table(path)
    header = [_plain(name) for name in table[0]] if table else []
    places: dict[str, int] = {}
    for name in ("sample_id", "cell", "judgement"):
        title = label("audit_column", name)
        known = {name, title.id.casefold(), title.en.casefold()}
        place = next((n for n, text in enumerate(header) if text in known), None)
        if place is None:
            raise _refused(path, f'tidak berkolom "{name}"', f'has no column "{name}"')
        places[name] = place
    for row in table[1:]:
        yield {name: row[n].strip() if n < len(row) else "" for name, n in places.items()}


def _table(path: Path) -> list[list[str]]:
    try:
        content = read_whole(path, SHEET.largest)
    except TooLargeFileError:
        content = b""
    except OSError as error:
        reason = reason_of(error)
        raise _refused(path, f"tidak dapat dibaca: {reason.id}", f"cannot be read: {reason.en}") from error
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
    from openpyxl import load_workbook

    try:
        modest = size_of(content).modest
        book = load_workbook(io.BytesIO(content if modest else b""), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=SHEET.rows, max_col=SHEET.columns)
        lines = list(rows)
    except Exception as error:  # the library raises whatever the damaged part leads to
        raise _refused(path, "bukan buku kerja yang utuh", "is no whole workbook") from error
    return [["" if value is None else str(value) for value in line] for line in lines]


def _refused(path: Path, id: str, en: str) -> InputError:
    return InputError(id=f"{path}: lembar sampel {id}.", en=f"{path}: the sample's sheet {en}.")
