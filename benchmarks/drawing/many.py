"""A count -> that many small decrees in a folder: PDFs and transcriptions, some twice, some in two versions, some damaged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.faults.transcription import lines_of, script_of, written
from benchmarks.tree import SAMPLES
from samples.draw.facsimile import facsimile
from samples.draw.forms import FORMS, Form
from samples.draw.truth import Truth, load

OFFICES = (
    "KABUPATEN CONTOH",
    "KOTA CONTOH",
    "KABUPATEN CONTOH UTARA",
    "KABUPATEN CONTOH SELATAN",
    "KOTA CONTOH TIMUR",
)
FIRST_YEAR, YEARS = 2021, 5
PDF_EACH, AGAIN_EACH, VERSION_EACH, DAMAGED_EACH = 4, 25, 40, 50  # one of so many
MOST_ROWS = 4


def draw_many(folder: Path, count: int) -> int:
    """Draw decrees into a folder, with a folder a year; return how many files there are, some beyond `count`."""
    files = 0
    for number in range(count):
        for name, content in _files(number):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            files += 1
    return files


def draw_pdfs(folder: Path, count: int) -> None:
    """Draw so many decrees as PDFs of three pages each into a folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"sk-{number + 1:04}.pdf").write_bytes(facsimile(_form(), decree(number)))


def decree(number: int, *, later: bool = False) -> Truth:
    """Return a small decree of its own number; its later version plans an action more and is a day younger."""
    truth = load(SAMPLES / f"{_form().sample}.truth.json")
    year = FIRST_YEAR + number % YEARS
    head = truth.head
    office = f"KOMISI PEMILIHAN UMUM {OFFICES[number % len(OFFICES)]}"
    changed = {
        "number": f"{number + 1}/PW.01-Kpt/{year}",
        "year": year,
        "institution": office,
        "date": head.date.replace(year=year) + timedelta(days=number % 28 + later),
    }
    area = truth.areas[number % len(truth.areas)]
    part = area.components[0]
    rows = 1 + number % MOST_ROWS + later
    actions = tuple(
        action.model_copy(update={"action": f"{action.action} ke-{number + 1}"}) for action in part.actions
    )
    while len(actions) < rows:
        actions += tuple(
            a.model_copy(update={"action": f"{a.action}, bagian {len(actions)}"}) for a in actions
        )
    part = part.model_copy(
        update={"actions": tuple(a.model_copy(update={"page": 1}) for a in actions[:rows])}
    )
    area = area.model_copy(update={"components": (part,)})
    return truth.model_copy(update={"head": head.model_copy(update=changed), "areas": (area,)})


def _files(number: int) -> Iterator[tuple[str, bytes]]:
    truth = decree(number)
    pdf = number % PDF_EACH == 0
    content = facsimile(_form(), truth) if pdf else typed(truth)
    name = f"{truth.head.year}/sk-{number + 1:04}{'.pdf' if pdf else '.txt'}"
    if number % DAMAGED_EACH == DAMAGED_EACH - 2:
        content = content[: len(content) // 20] if pdf else b"\0" * 40
    yield name, content
    if number % AGAIN_EACH == AGAIN_EACH - 1:
        yield f"lagi/{Path(name).name}", content
    if number % VERSION_EACH == VERSION_EACH - 1:
        yield f"perubahan/sk-{number + 1:04}.txt", typed(decree(number, later=True))


def typed(truth: Truth) -> bytes:
    """Return a decree as somebody typed it."""
    return written(lines_of(script_of(truth)), "txt")


def _form() -> Form:
    return FORMS[-1]
