"""The installation -> whether signatures can be checked here; what pyHanko would log is in our values."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from schema.errors import UsageError

PARTS = ("pyhanko", "pyhanko_certvalidator")
NOISY = (*PARTS, "pikepdf", "asyncio")


def can_check_signatures() -> bool:
    """Tell whether the extra `verify` is installed."""
    try:
        return all(find_spec(name) is not None for name in PARTS)
    except (ImportError, ValueError):
        return False


def require_parts() -> None:
    """Raise `UsageError` with the way to install them if the parts that check signatures are missing."""
    if not can_check_signatures():
        raise UsageError(
            id="Pemeriksa tanda tangan tidak terpasang; pasang dengan: pip install 'lampiran[verify]'",
            en="The part that checks signatures is not installed; install it with: pip install 'lampiran[verify]'",
        )


@contextmanager
def quiet() -> Iterator[None]:
    """Suppress the log records of libraries: what they say of a signature is in its verdict."""
    loggers = [logging.getLogger(name) for name in NOISY]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
