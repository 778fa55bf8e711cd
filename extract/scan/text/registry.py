"""The text recognisers by name: what reads scanned pages here.

A recogniser is one name in `TextReader` of `schema/choices.py` and one module of this folder with that name. The module has two functions:
`installed_reader` returns this process's one `LineReader`, `None` where something for it is missing, and `versions` returns what it is
made of. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from schema.choices import TextReader

if TYPE_CHECKING:
    from extract.scan.text.reader import LineReader

# In the order in which they are asked: the text of the first one stays, the second one agrees with it or not. The package of
# the first one also finds the lines, whoever reads them.
READERS = tuple(reader.value for reader in TextReader)


@cache
def available_readers() -> tuple[LineReader, ...]:
    """Return this process's readers, the first one first; empty where no recogniser is installed."""
    found = (_module(name).installed_reader() for name in READERS)
    return tuple(reader for reader in found if reader is not None)


def reader_versions(names: Sequence[str] | None = None) -> dict[str, str]:
    """Return the engine, the models and the programs that read lines with their versions.

    `names` are the readers asked, all that are installed by default.
    """
    asked = [name for name in READERS if name == READERS[0] or names is None or name in names]
    return {part: version for name in asked for part, version in _module(name).versions().items()}


def _module(name: str) -> Any:  # noqa: ANN401 - a module of this kind has no type
    return import_module(f"{__package__}.{name}")
