"""Published results -> pictures of their rows in a folder, and the address of each value in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.survey.survey import PDF
from extract.types import Page
from lampiran.databases.entries import Entry
from lampiran.loading import load
from lampiran.publish.atomic_folder import place_folder
from lampiran.publish.row_pictures import INDEX, Value, row_pictures
from lampiran.review.opening import find_source
from schema.plan import Plan


@dataclass(frozen=True)
class Pictures:
    """Where pictures go, a folder a result; `inputs` is a folder in which the files that were read are looked for first."""

    folder: Path
    inputs: Path | None = None

    def source_of(self, plan: Plan, place: Path | None) -> Path | None:
        """Return the PDF that a result was read from, `None` where it is not found or is no PDF."""
        if plan.source.media_type != PDF:
            return None
        home = place if place is None or place.is_dir() else place.parent
        named = (self.inputs,) if self.inputs is not None else ()
        return find_source(plan, home or Path.cwd(), *named)

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
        place_folder(self.folder / key, {**made.files, INDEX: made.index()})
        return {value: f"{key}/{address}" for value, address in made.addresses.items()}


def _pages(place: Path | None) -> tuple[Page, ...]:
    """Return the pages of a result as they were read, which tells how they are turned."""
    return tuple(load(place).extraction.pages) if place is not None else ()
