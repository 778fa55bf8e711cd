"""Log records of all stages -> lines on stderr, each with its file and page."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from schema.choices import LogLevel
from schema.harmless import visible

OUR_LOGGERS = ("lampiran", "schema", "extract", "normalize")

_file: ContextVar[str] = ContextVar("file", default="-")


@contextmanager
def reading_file(name: str) -> Iterator[None]:
    """Name the file that the log records of this context are about."""
    token = _file.set(name)
    try:
        yield
    finally:
        _file.reset(token)


class Place(logging.Filter):
    """Give each record its `file` and `page` (`-` where none is known).

    A stage names the page by `logger.info(..., extra={"page": 3})`; pages count from 1.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Add what is missing; keep every record."""
        record.file = getattr(record, "file", _file.get())
        record.page = getattr(record, "page", "-")
        return True


class StderrHandler(logging.Handler):
    """Writes to `sys.stderr` as it is at the time of a record, which a progress bar may have replaced."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record as one line."""
        sys.stderr.write(f"{visible(self.format(record))}\n")


def start_log(level: LogLevel) -> None:
    """Send our log records from `level` on to stderr; from libraries only errors, at `debug` also warnings and infos.

    Debug records of libraries are never shown: those of a PDF reader are longer than the PDF.
    """
    handler = StderrHandler()
    handler.addFilter(Place())
    handler.setFormatter(logging.Formatter("%(levelname)s %(file)s page %(page)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO if level == "debug" else logging.ERROR)
    for name in OUR_LOGGERS:
        logging.getLogger(name).setLevel(level.upper())
    logging.captureWarnings(capture=True)
