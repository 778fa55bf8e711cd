"""Names of text readers that a call asks for -> nothing, or an error where one is not installed."""

from __future__ import annotations

from collections.abc import Sequence

from schema.errors import UsageError


def check_readers(names: Sequence[str] | None) -> None:
    """Raise `UsageError` if a recogniser that was asked for by name is not installed."""
    if names is None:
        return
    from extract.scan.text import available_readers  # loads the models

    there = {reader.name for reader in available_readers()}
    for name in names:
        if name not in there:
            raise UsageError(
                id=f"Pembaca teks {name} tidak terpasang di sini; lihat lampiran doctor.",
                en=f"The text reader {name} is not installed here; see lampiran doctor.",
            )
