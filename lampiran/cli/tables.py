"""A call with PDFs -> their ruled tables in folders, one summary per file on stdout, one exit code."""

from __future__ import annotations

from lampiran.cli.files import work_through
from lampiran.cli.options import Tables
from lampiran.cli.texts import Texts


def run(call: Tables, texts: Texts) -> int:
    """Read the tables of every file and write them; return the exit code of the call, see `work_through`."""
    return work_through(call, texts)
