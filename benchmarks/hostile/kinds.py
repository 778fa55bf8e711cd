"""Turns a function that makes a hostile file into a kind with a name, a call of the program and the outcome that is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from benchmarks.hostile.book import Book

# How a call may end: all was read, a part was (the rest is a finding), the file was refused, it holds no plan, the call is
# wrong, nothing could be written, or what an option asks for failed.
Outcome = Literal["read", "partly", "refused", "no-plan", "misused", "not-written", "asked"]
Made = TypeVar("Made", bound=Callable[..., object])


@dataclass(frozen=True)
class Kind:
    """A kind of hostile input: `make` prepares it in a folder and returns the program's arguments."""

    name: str
    make: Callable[[Path], list[str]]
    outcomes: tuple[Outcome, ...]


KINDS: dict[str, Kind] = {}


def call(*outcomes: Outcome) -> Callable[[Made], Made]:
    """Register a function that prepares a folder and returns the arguments of a call."""

    def register(made: Made) -> Made:
        name = made.__name__
        if name in KINDS:
            raise ValueError(f"two kinds are called {name}")
        KINDS[name] = Kind(name, made, outcomes)  # type: ignore[arg-type]
        return made

    return register


def pdf(*outcomes: Outcome) -> Callable[[Made], Made]:
    """Register a function that does harm to a PDF whose first page is a small plan; what it returns is the file instead."""

    def register(made: Made) -> Made:
        def make(folder: Path) -> list[str]:
            book = Book.with_plan()
            given = made(book)
            return _extracting(folder / "naskah.pdf", given if isinstance(given, bytes) else book.written())

        make.__name__ = made.__name__
        call(*outcomes)(make)
        return made

    return register


def typed(name: str, *outcomes: Outcome) -> Callable[[Made], Made]:
    """Register a function that returns the content of a transcription of a name."""

    def register(made: Made) -> Made:
        def make(folder: Path) -> list[str]:
            given = made()
            data = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
            assert isinstance(data, bytes)  # noqa: S101 - what all of them return
            return _extracting(folder / name, data)

        make.__name__ = made.__name__
        call(*outcomes)(make)
        return made

    return register


def _extracting(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return ["extract", str(path)]
