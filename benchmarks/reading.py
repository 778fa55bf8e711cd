"""What a benchmark reads of a plan: files for bytes that it drew, and the values of a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import lampiran
from schema.decree import Field
from schema.plan import Placed, Plan

TEXTS = ("indicator", "action", "evidence", "responsible")


@contextmanager
def as_file(data: bytes, name: str = "decree.pdf") -> Iterator[Path]:
    """Give drawn bytes a path for as long as they are read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


@contextmanager
def kept_folder(folder: Path | None) -> Iterator[Path]:
    """Give a folder that stays, or one that is gone afterwards."""
    with TemporaryDirectory() as temporary:
        chosen = folder or Path(temporary)
        chosen.mkdir(parents=True, exist_ok=True)
        yield chosen


def read_plan(data: bytes) -> Plan:
    """Read a drawn document as a user would."""
    with as_file(data) as path:
        return lampiran.read(path).plan


def fields_of(row: Placed) -> dict[str, Field]:
    """Return the texts of a row and of the area and component over it, as they were read."""
    fields = {"area": row.area.name, "component_no": row.component.number, "component": row.component.name}
    return fields | {name: getattr(row.action, name) for name in TEXTS}


def texts_of(row: Placed) -> dict[str, str]:
    """Return what `fields_of` a row say."""
    return {name: field.text for name, field in fields_of(row).items()}
