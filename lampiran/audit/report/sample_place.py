"""The sheets of a sample and the folder of its audit -> files beside that folder, where what a person filled in is safe.

A run replaces the audit's folder as a whole. The sheets lie next to it, `NAME.audit-sample.csv` and `.xlsx`: no run replaces
them, and the next audit of the same two files finds what was filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from lampiran.audit.report.sample_sheet import NAMES, is_sheet_of, read_judged
from lampiran.publish.atomic_folder import as_output_error, place_file
from schema.audit import Audit, Sample
from schema.errors import InputError, OutputError

_ENDINGS = tuple(Path(name).suffix for name in NAMES)


def sheet_paths(folder: Path) -> tuple[Path, ...]:
    """Return where the sheets of the audit in a folder lie, as CSV and as workbook."""
    return tuple(folder.with_name(f"{folder.name}-sample{ending}") for ending in _ENDINGS)


def check_sheets(folder: Path, sheets: Mapping[str, bytes], *, force: bool = False) -> None:
    """Refuse with `OutputError` if another file lies in the place of a sheet, unless `force` is to keep it under another name."""
    others = _others(folder, sheets)
    if others and not force:
        names = ", ".join(str(path) for path in others)
        raise OutputError(
            id=f"{names} sudah ada, mungkin sudah diisi orang. Pindahkan dahulu atau pilih folder lain dengan -o; dengan --force lembar itu disimpan dengan nama lain (.kept).",
            en=f"{names} already exists, and a person may have filled it in. Move it or choose another folder with -o; with --force it is kept under another name (.kept).",
        )


def place_sheets(folder: Path, sheets: Mapping[str, bytes], *, force: bool = False) -> tuple[Path, ...]:
    """Write a sample's sheets beside the audit's folder; return them, and behind them what `force` kept of older ones.

    Raises `OutputError` as `check_sheets`, and where nothing can be written.
    """
    check_sheets(folder, sheets, force=force)
    kept = [_keep(path) for path in _others(folder, sheets)]
    placed = [
        (path, sheets[name]) for path, name in zip(sheet_paths(folder), NAMES, strict=True) if name in sheets
    ]
    for path, content in placed:
        place_file(path, content)
    return (*(path for path, _ in placed), *kept)


def found_sample(folder: Path, audit: Audit) -> tuple[Sample | None, tuple[Path, ...]]:
    """Return the sample of an audit that a person judged in a sheet beside its folder, `None` where nobody did.

    The paths are sheets there that are not of this audit: of other files, or of none that can be read. Raises `InputError` where both
    sheets were filled in and do not say the same, or where one says what is no judgement.
    """
    judged: dict[Path, Sample] = {}
    strange: list[Path] = []
    for path in sheet_paths(folder):
        if not path.is_file():
            continue
        if not _is_of(path, audit):
            strange.append(path)
            continue
        sample = read_judged(path, audit)
        if any(cell.judgement for cell in sample.cells):
            judged[path] = sample
    if len(set(judged.values())) > 1:
        one, other = judged
        raise InputError(
            id=f"{one} dan {other} diisi berlainan; beri tahu dengan --judged mana yang berlaku.",
            en=f"{one} and {other} were filled in differently; say with --judged which of them holds.",
        )
    return next(iter(judged.values()), None), tuple(strange)


def _is_of(path: Path, audit: Audit) -> bool:
    """Tell whether a sheet is that of a sample of this audit; what is wrong in one of this audit is told when it is read."""
    with suppress(InputError):
        return is_sheet_of(path, audit)
    return False


def _others(folder: Path, sheets: Mapping[str, bytes]) -> list[Path]:
    """Return the places of sheets in which something else lies than what is to be written."""
    with as_output_error(folder):
        return [
            path
            for path, name in zip(sheet_paths(folder), NAMES, strict=True)
            if name in sheets and path.exists() and not (path.is_file() and path.read_bytes() == sheets[name])
        ]


def _keep(path: Path) -> Path:
    """Give a file the first free name for what is kept, and return that."""
    with as_output_error(path):
        names = (f"{path.name}.kept{'' if n == 1 else f'-{n}'}" for n in count(1))
        kept = next(other for name in names if not (other := path.with_name(name)).exists())
        return path.rename(kept)
