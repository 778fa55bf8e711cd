"""What is said to a person -> lines on stdout or stderr in which no name or text of a stranger can act on the terminal."""

from __future__ import annotations

import typer

from schema.harmless import visible


def show(text: str, *, err: bool = False, end: bool = True, one_line: bool = False) -> None:
    """Print a text, with its control characters shown, line feeds too where it must be `one_line`; `end` ends it."""
    typer.echo(visible(text, one_line=one_line), err=err, nl=end)


def give(data: str) -> None:
    """Print data for a program as it is."""
    typer.echo(data)
