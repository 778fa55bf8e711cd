"""A plan and the reading it came from -> frames and files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.types import Extraction
from schema.base import Frozen
from schema.choices import Language, PaperSize
from schema.errors import UsageError
from schema.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

    from lampiran.publish.existing_output import WrittenFiles


class Result(Frozen):
    """What one decree gave: the plan with its findings, and the raw reading (stage 1) it came from.

    `extraction` is empty, and `has_reading` false, in a result that was loaded without it. `source_path` is the file as it was given; it goes into no output.
    """

    plan: Plan
    extraction: Extraction
    has_reading: bool = True
    source_path: Path | None = None

    def brief(self) -> Iterator[str]:
        """Yield what the plan is known by."""
        yield from self.plan.brief()

    def _repr_html_(self) -> str:
        """Return the schedule as a table, as notebooks show it."""
        return self.plan._repr_html_()

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """Return one pandas frame per CSV, by the CSV's name without its ending, with nullable types."""
        from lampiran.publish.frames import to_frames

        return to_frames(self.plan)

    def write(
        self,
        folder: str | Path,
        *,
        spreadsheet_safe: bool = True,
        force: bool = False,
        language: Language = "id",
        paper: PaperSize | None = None,
        crops: bool = False,
    ) -> WrittenFiles:
        """Write all files of the result into `folder`, whole or not at all.

        An existing result of the same decree is replaced as a whole. `spreadsheet_safe` writes CSVs in which
        no cell can run as a formula; `force` also replaces the result of another decree; `language` is that of
        the workbook and the one the report opens in; `paper` is what the workbook is laid out for, that of the
        decree if not given; `crops` adds a picture of each row (`crops/`). Raises `OutputError` if the folder cannot be written or
        holds another decree's result, and `UsageError` if the reading is not at hand.
        """
        from lampiran.publish.writing import write_result

        if not self.has_reading:
            raise UsageError(
                id="Hasil ini dimuat tanpa extraction.json, jadi tidak dapat ditulis lagi; baca kembali keputusannya.",
                en="This result was loaded without its extraction.json, so it cannot be written; read the decree again.",
            )
        return write_result(
            self.plan,
            self.extraction,
            Path(folder),
            spreadsheet_safe=spreadsheet_safe,
            force=force,
            source_path=self.source_path,
            language=language,
            paper=paper,
            crops=crops,
        )
