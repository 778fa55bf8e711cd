"""Flags and environment -> one frozen value that says how a run goes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field as PydanticField

from lampiran.language import language_of
from lampiran.log import LogLevel
from schema.base import Frozen
from schema.errors import Language, UsageError
from schema.review import DEFAULT_THRESHOLD

FailOn = Literal["review"]
TextReader = Literal["rapidocr", "tesseract"]
PageReader = Literal["pdfium", "pdfplumber"]


class Settings(Frozen):
    """How `lampiran extract` or `lampiran tables` goes. There is no configuration file: flags come before the environment.

    `output` is the folder that gets one folder a decree; `fail_on` names what makes the exit code 3;
    `force` also replaces the result of another decree; `spreadsheet_safe` writes CSVs in which no cell can run
    as a formula; `fill_spans` repeats the text of a spanned cell in the CSV of a ruled table. `profile` is
    the file of the form's profile. `text_readers` are the recognisers asked on scanned pages (`None`: all that are installed), `page_reader` reads
    the digital ones, and a recognised field that is less certain than `review_threshold` (0 to 1) asks for a review.
    """

    output: Path = Path("out")
    second_reader: bool = False
    fail_on: FailOn | None = None
    force: bool = False
    spreadsheet_safe: bool = False
    fill_spans: bool = False
    text_readers: tuple[TextReader, ...] | None = None
    page_reader: PageReader = "pdfium"
    profile: Path | None = None
    review_threshold: float = PydanticField(default=DEFAULT_THRESHOLD, ge=0, le=1)
    language: Language = "en"
    log_level: LogLevel = "warning"


def settings_from(flags: Mapping[str, object], environment: Mapping[str, str]) -> Settings:
    """Build the settings of a run from the flags given and the environment.

    A flag that is `None` was not given. Raises `UsageError` for a value that is not known.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    language = language_of(given.pop("language", None), environment)
    try:
        return Settings.model_validate({**given, "language": language})
    except ValueError as error:
        raise UsageError(id=f"Setelan tidak sah: {error}", en=f"Invalid setting: {error}") from error
