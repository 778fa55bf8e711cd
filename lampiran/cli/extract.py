"""A call with decrees -> their results in folders, one summary per file on stdout, one exit code."""

from __future__ import annotations

from lampiran.cli.files import work_through
from lampiran.cli.options import Extract
from lampiran.cli.texts import Texts


def run(call: Extract, texts: Texts) -> int:
    """Read every decree and write its result; return the exit code of the call, see `work_through`.

    Raises `UsageError` before anything is read if the file of the profile does not hold one.
    """
    return work_through(call, texts)
