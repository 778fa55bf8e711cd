"""Reads and scores plans that real office programs printed.

Each seed gives one document (`benchmarks/drawing/office`): what it says, how it looks and which program prints it:
LibreOffice's Writer (.odt, .docx, HTML) and Calc, or Chromium. They must be installed; `apt install libreoffice-writer
libreoffice-calc chromium fonts-crosextra-carlito fonts-crosextra-caladea` gives what the figures rest on. With
`--keep DIR` each PDF stays there with its truth beside it, and is taken from there the next time.

The seeds are split once: 1 to 99 are for development; 1000 and above are for final figures only, and nobody looks at
their pages.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

import lampiran
from benchmarks import command
from benchmarks.accuracy.office_score import OfficeScore, read_rows, score, told
from benchmarks.drawing.office.drawn import Drawing, drawing
from benchmarks.drawing.office.programs import ProgramMissingError, print_to
from benchmarks.reading import kept_folder


def drawn(seed: int, folder: Path) -> tuple[Drawing, Path]:
    """Return a seed's document and its PDF in the folder, printed if it is not there yet."""
    document = drawing(seed)
    path = folder / f"office-{seed}.pdf"
    if not path.exists():
        print_to(path, document)
    return document, path


def read(document: Drawing, path: Path) -> OfficeScore:
    """Read a printed plan as a user would and score it."""
    try:
        plan = lampiran.read(path).plan
    except lampiran.LampiranError as refusal:
        rows = len(document.rows)
        return OfficeScore(rows=rows, refused=1, wrong=[f"refused: {refusal}"])
    return score(document.truth(), read_rows(plan), told(plan), page_texts(path))


def page_texts(path: Path) -> list[str]:
    """Return the text of each page as PDFium gives it, apart from our own readers."""
    pages = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_bounded() for page in pages]


def summary(found: OfficeScore) -> str:
    """Return a score in one line."""
    fields = " ".join(f"{name} {found.exact[name]}/{count}" for name, count in found.printed.items())
    return (
        f"rows {found.found}/{found.rows} extra {found.extra} refused {found.refused}  schedule {found.schedule_exact}"
        f"  whole {found.whole}  silent {len(found.silent)}  asking {found.asking} ({found.asking_whole} of them right)"
        f"  {fields}  {dict(found.codes)}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each document and below it what was wrong, then all of them added up."""
    parser = command.parser("office", __doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed; 1 to 99 are to look at")
    parser.add_argument("--count", type=int, default=20, help="how many seeds from there on")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the PDFs and their truth stay")
    parser.add_argument("--show", type=int, default=4, metavar="N", help="differences to print a document")
    options = parser.parse_args(arguments)
    total = OfficeScore()
    with kept_folder(options.keep) as folder:
        for seed in range(options.seed, options.seed + options.count):
            try:
                document, path = drawn(seed, folder)
            except ProgramMissingError as missing:
                print(f"{seed:5} left out: {missing}", flush=True)
                continue
            found = read(document, path)
            total.add(found)
            print(f"{seed:5} {document.look.program:12} {document.genre:9} {summary(found)}", flush=True)
            rest = [line for line in found.wrong if line not in found.silent]
            for line in (found.silent + rest)[: options.show]:
                print(f"      {'SILENT ' if line in found.silent else ''}{line[:300]}")
    print(f"total {summary(total)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
