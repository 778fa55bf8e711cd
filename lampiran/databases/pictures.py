"""Published results -> pictures of their rows in a folder, and the address of each value in them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from pathlib import Path

from extract.survey.survey import PDF
from extract.types import Page
from lampiran.databases.entries import Entry
from lampiran.databases.settings import AMOUNTS
from lampiran.loading import load
from lampiran.publish.atomic_folder import place_folder
from lampiran.publish.checksums import touched
from lampiran.publish.row_pictures import INDEX, Value, row_pictures
from lampiran.review.opening import find_source
from schema.errors import OutputError, UsageError
from schema.plan import Plan
from schema.system_reasons import reason_of


@dataclass(frozen=True)
class Pictures:
    """Where pictures go, a folder a result; in `inputs` and below it the files that were read are looked for first.

    Raises `UsageError` where `inputs` is no folder.
    """

    folder: Path
    inputs: Path | None = None

    def __post_init__(self) -> None:
        if self.inputs is not None and not self.inputs.is_dir():
            raise UsageError(
                id=f"{self.inputs}: folder itu tidak ada; --source menyebut folder berkas yang dibaca.",
                en=f"{self.inputs}: there is no such folder; --source names the folder of the files that were read.",
            )

    def source_of(self, plan: Plan, place: Path | None) -> Path | None:
        """Return the PDF that a result was read from, `None` where it is not found or is no PDF."""
        if plan.source.media_type != PDF:
            return None
        home = place if place is None or place.is_dir() else place.parent
        named = self._below.get(Path(plan.source.name).name, ())
        return find_source(plan, home or Path.cwd(), *named)

    @cached_property
    def _below(self) -> Mapping[str, Sequence[Path]]:
        """The files in `inputs` and below it by their names, as far as they are looked at; links are not followed."""
        found: dict[str, list[Path]] = {}
        walked = os.walk(self.inputs) if self.inputs is not None else ()
        files = chain.from_iterable(((folder, name) for name in sorted(names)) for folder, _, names in walked)
        for folder, name in islice(files, AMOUNTS.sources):
            found.setdefault(name, []).append(Path(folder, name))
        return found

    def lacks(self, entry: Entry) -> bool:
        """Tell whether a result that can be drawn has no pictures here."""
        return entry.source is not None and not (self.folder / entry.head.result_id).is_dir()

    def draw(self, plan: Plan, entry: Entry) -> Mapping[Value, str]:
        """Put the pictures of a result in their place, and return the address of each value, below the folder.

        Raises `OutputError` where they cannot be written, or a person changed something there.
        """
        if entry.source is None:
            return {}
        made = row_pictures(plan, entry.source, _pages(entry.place))
        key = entry.head.result_id
        _place(self.folder / key, {**made.files, INDEX: made.index()})
        return {value: f"{key}/{address}" for value, address in made.addresses.items()}


def _place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the pictures of a result. Raises `OutputError` that says what of the call to change."""
    try:
        changed = sorted(touched(folder, files))
        if not changed:
            place_folder(folder, files)
            return
    except (OSError, OutputError) as error:
        reason = reason_of(error)
        raise OutputError(
            id=f"Gambar tidak dapat ditulis ke {folder}: {reason.id}. Pilih folder lain dengan --crops.",
            en=f"The pictures cannot be written to {folder}: {reason.en}. Choose another folder with --crops.",
        ) from error
    raise OutputError(
        id=f"{folder} berisi berkas yang diubah atau ditambahkan orang ({changed[0]}). Pindahkan dahulu, atau pilih folder lain dengan --crops.",
        en=f"{folder} holds what a person changed or added ({changed[0]}). Move it first, or choose another folder with --crops.",
    )


def _pages(place: Path | None) -> tuple[Page, ...]:
    """Return the pages of a result as they were read, which tells how they are turned."""
    return tuple(load(place).extraction.pages) if place is not None else ()
