"""The tree of errors: what went wrong, where and what to do, each with its exit code.

LampiranError
├── UsageError        2   the call cannot be carried out as written
├── InputError        4   the input cannot be read
├── NoPlanError       5   the input was read, but holds no plan
├── NoTableError      5   the input was read, but holds no ruled table
├── OutputError       6   the result cannot be written
└── WorkerError       7   the process that read the input crashed, or was ended at a limit
"""

from __future__ import annotations

from typing import ClassVar

from schema.choices import Language
from schema.findings import Message

__all__ = [
    "InputError",
    "LampiranError",
    "Language",
    "NoPlanError",
    "NoTableError",
    "OutputError",
    "UsageError",
    "WorkerError",
]


class LampiranError(Exception):
    """Base of all errors that cross the public seam; `message` is one sentence a language."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *, id: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(id=id, en=en)

    def text(self, language: Language) -> str:
        """Return the sentence in one language."""
        return self.message.text(language)


class UsageError(LampiranError):
    """The call cannot be carried out as written."""

    exit_code = 2


class InputError(LampiranError):
    """The input cannot be read."""

    exit_code = 4


class NoPlanError(LampiranError):
    """The input was read, but holds no plan."""

    exit_code = 5


class NoTableError(LampiranError):
    """The input was read, but holds no ruled table."""

    exit_code = 5


class OutputError(LampiranError):
    """The result cannot be written."""

    exit_code = 6


class WorkerError(LampiranError):
    """The process that read the input crashed, or was ended at a limit."""

    exit_code = 7
