"""Every log record names its file and page; foreign parts stay silent unless they fail."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from lampiran.log import OUR_LOGGERS, reading_file, start_log


@pytest.fixture(autouse=True)
def root_logger_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    for name in OUR_LOGGERS:
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.captureWarnings(capture=False)


def test_record_names_file_and_page(capsys: pytest.CaptureFixture[str]) -> None:
    start_log("info")
    with reading_file("decree.pdf"):
        logging.getLogger("extract.pdf").info("read", extra={"page": 3})
    logging.getLogger("lampiran").info("done")
    assert capsys.readouterr().err.splitlines() == [
        "INFO decree.pdf page 3 extract.pdf: read",
        "INFO - page - lampiran: done",
    ]


def test_level_and_foreign_records(capsys: pytest.CaptureFixture[str]) -> None:
    start_log("warning")
    logging.getLogger("normalize").info("too fine")
    logging.getLogger("pdfminer").warning("not ours")
    logging.getLogger("pdfminer").error("not ours, but grave")
    assert capsys.readouterr().err.splitlines() == ["ERROR - page - pdfminer: not ours, but grave"]


def test_debug_lets_foreign_records_through_but_not_their_own_debug(
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_log("debug")
    logging.getLogger("pdfminer").debug("every object of the file")
    logging.getLogger("pdfminer").info("one thing")
    logging.getLogger("extract").debug("detail")
    captured = capsys.readouterr()
    assert captured.err.splitlines() == [
        "INFO - page - pdfminer: one thing",
        "DEBUG - page - extract: detail",
    ]
    assert captured.out == ""
