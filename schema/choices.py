"""What a caller can choose, light enough for the command line to name it in its help."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Language = Literal["id", "en"]
LogLevel = Literal["debug", "info", "warning", "error"]
Shell = Literal["bash", "zsh", "fish", "powershell", "pwsh"]
PageReader = Literal["pdfium", "pdfplumber"]
PaperSize = Literal["a4", "f4"]  # F4 is folio, 215 x 330 mm

DEFAULT_THRESHOLD = 0.9  # `python -m benchmarks calibrate` prints what 0.8 and 0.9 cost
# What reading one file may take. A scanned page of 300 dpi takes some 1000 MiB, and machines of offices have 4000 and more; a
# scan of 200 pages takes half of the seconds on two slow cores.
MEMORY_LIMIT = 3072
TIME_LIMIT = 3600


class TextReader(StrEnum):
    """The recognisers of scanned text; an enumeration because typer takes no list of literals."""

    rapidocr = "rapidocr"
    tesseract = "tesseract"
