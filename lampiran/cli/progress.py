"""Stages of files as they begin, and pages as they are read -> a progress bar on stderr, if that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from lampiran.cli.texts import Texts
from lampiran.worker.messages import Message
from schema.harmless import visible

# The share of a file's time that is over when a stage begins: its pages take nearly all of it.
BEGINS = {"extract": 0.0, "normalize": 0.85, "write": 0.92}


class Bar:
    """Shows which stage of which file is under way, how many of its pages are read, and the time that is left."""

    def __init__(self, bar: RichProgress, count: int, texts: Texts) -> None:
        self._bar = bar
        self._texts = texts
        self._task = bar.add_task("", total=count)
        self._finished = 0
        self._begun: dict[Path, float] = {}  # the share of each file under way that is over

    def stage(self, path: Path, stage: Literal["extract", "normalize", "write"]) -> None:
        """Show that a stage of a file begins."""
        self._show(path, self._texts.say(f"stage_{stage}"), BEGINS[stage])

    def pages(self, path: Path, done: int, count: int) -> None:
        """Show how many of a file's pages are read."""
        doing = self._texts.say("stage_pages", done=done, count=count)
        self._show(path, doing, BEGINS["normalize"] * done / count)

    def told(self, path: Path, message: Message) -> None:
        """Show what a worker tells of a file: how far it is, or a line of the log."""
        match message:
            case {"kind": "stage", "stage": "extract" | "normalize" | "write" as stage}:
                self.stage(path, stage)
            case {"kind": "pages", "done": int(done), "count": int(count)} if count:
                self.pages(path, done, count)
            case {"kind": "text", "text": str(text)}:
                sys.stderr.write(text)

    def finished(self, path: Path | None = None) -> None:
        """Show a file as done, whether it could be read or not."""
        self._finished += 1
        if path is not None:
            self._begun.pop(path, None)
        self._bar.update(self._task, completed=self._finished + sum(self._begun.values()))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Clear the bar while something is written to stdout, which may be the same terminal."""
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()

    def _show(self, path: Path, doing: str, share: float) -> None:
        self._begun[path] = share
        completed = self._finished + sum(list(self._begun.values()))
        name = visible(path.name, one_line=True)
        self._bar.update(self._task, completed=completed, description=f"{name}: {doing}")


@contextmanager
def progress_bar(count: int, texts: Texts, *, quiet: bool = False) -> Iterator[Bar]:
    """Show a bar over `count` files while the context lasts, but only if stderr is a terminal and it may speak."""
    console = Console(stderr=True)
    description = TextColumn("{task.description}", markup=False)
    left = TextColumn(texts.say("time_left"), markup=False)
    columns = (description, BarColumn(), left, TimeRemainingColumn(compact=True))
    silent = quiet or not console.is_terminal
    with RichProgress(
        *columns, console=console, transient=True, redirect_stdout=False, disable=silent
    ) as bar:
        yield Bar(bar, count, texts)
