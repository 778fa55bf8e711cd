"""What is said to a person -> lines on stdout or stderr in which no name or text of a stranger can act on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from schema.harmless import visible


def show(text: str, *, err: bool = False, end: bool = True, one_line: bool = False) -> None:
    """Print a text, with its control characters shown, line feeds too where it must be `one_line`; `end` ends it."""
    typer.echo(visible(text, one_line=one_line), err=err, nl=end)


def show_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines, each of which stays one whatever names it holds."""
    show("\n".join(visible(line, one_line=True) for line in lines), err=err)


def give(data: str) -> None:
    """Print data for a program as it is."""
    typer.echo(data)
