"""The command line that all benchmarks share."""

from __future__ import annotations

import argparse
import ast
from pathlib import Path

HERE = Path(__file__).parent
FOLDERS = ("accuracy", "faults", "speed", "fit")


def parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """Return a parser that says how a benchmark is called and prints its module's docstring as it is."""
    return argparse.ArgumentParser(
        prog=f"python -m benchmarks {name}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def names(text: str) -> tuple[str, ...]:
    """Return the names in a list with commas."""
    return tuple(text.split(","))


def benchmarks() -> dict[str, tuple[str, str]]:
    """Return the module and the first line of each benchmark by name: modules of `FOLDERS` that have a `main`."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((HERE / folder).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if any(isinstance(part, ast.FunctionDef) and part.name == "main" for part in tree.body):
                text = ast.get_docstring(tree) or ""
                found[path.stem] = (f"benchmarks.{folder}.{path.stem}", text.splitlines()[0])
    return found
