"""The shipped words for time, and readings of them."""

from __future__ import annotations

from typing import Protocol

import pytest

from lampiran.resources import load_resources
from normalize.schedule_text import Reading, read_schedule_text
from schema.plan import PeriodType


class Read(Protocol):
    """Reads a wording with the shipped words."""

    def __call__(
        self, wording: str, *, year: int | None = 2025, unit: PeriodType | None = None, may_mend: bool = False
    ) -> Reading: ...


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a wording of a plan of 2025, of a digital page if nothing else is said."""
    resources = load_resources()

    def of(
        wording: str, *, year: int | None = 2025, unit: PeriodType | None = None, may_mend: bool = False
    ) -> Reading:
        words, language = resources.schedule_words, resources.words
        return read_schedule_text(wording, words, language, year=year, unit=unit, may_mend=may_mend)

    return of
