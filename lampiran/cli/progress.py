"""Stages of files as they begin -> a progress bar on stderr, if that is a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from lampiran.cli.texts import Texts

STAGES: tuple[str, ...] = ("extract", "normalize", "write")


class Bar:
    """Shows which stage of which file is under way."""

    def __init__(self, bar: RichProgress, count: int, texts: Texts) -> None:
        self._bar = bar
        self._texts = texts
        self._task = bar.add_task("", total=count * len(STAGES))
        self._begun = 0  # stages of the files before

    def stage(self, path: Path, stage: Literal["extract", "normalize", "write"]) -> None:
        """Show that a stage of a file begins."""
        done = self._begun + STAGES.index(stage)
        doing = self._texts.say(f"stage_{stage}")
        self._bar.update(self._task, completed=done, description=f"{path.name}: {doing}")

    def finished(self) -> None:
        """Show a file as done, whether it could be read or not."""
        self._begun += len(STAGES)
        self._bar.update(self._task, completed=self._begun)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Clear the bar while something is written to stdout, which may be the same terminal."""
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()


@contextmanager
def progress_bar(count: int, texts: Texts) -> Iterator[Bar]:
    """Show a bar over `count` files while the context lasts, but only if stderr is a terminal."""
    console = Console(stderr=True)
    description = TextColumn("{task.description}", markup=False)
    columns = (description, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    quiet = not console.is_terminal
    with RichProgress(*columns, console=console, transient=True, redirect_stdout=False, disable=quiet) as bar:
        yield Bar(bar, count, texts)
