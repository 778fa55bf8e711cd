"""A decree's file -> its plan: the Python surface of lampiran.

    import lampiran

    result = lampiran.read("decree.pdf")
    result.plan.head.number.text
    result.to_frames()["actions"]
    result.write("out/decree")
    lampiran.load("out/decree").plan.actions
    lampiran.diff("out/last-year", result).counts
    lampiran.due(result, month="maret", team="sdm").due
    lampiran.publish("store", to="plans.sqlite").added
    lampiran.read_back("plans.sqlite", "kpu-kabupaten-batang-8-1-2025")["actions"]
    lampiran.verify("decree.pdf").verdict
    lampiran.audit("decree.pdf", "transcription.xlsx").faults()

Errors are `LampiranError` and its kinds; the findings are in `result.plan.findings`. Heavy parts are loaded at
the first use, so `import lampiran` is fast.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lampiran.audit.audit import audit
    from lampiran.databases.publishing import publish
    from lampiran.databases.reading_back import read_back
    from lampiran.diff.compare import diff
    from lampiran.due.agenda import due
    from lampiran.loading import load
    from lampiran.pipeline import read
    from lampiran.result import Result
    from lampiran.tables.reading import Tables, read_tables
    from lampiran.verify.verify import verify
    from schema.errors import InputError, LampiranError, NoPlanError, NoTableError, OutputError, UsageError

    __version__: str

__all__ = [
    "InputError",
    "LampiranError",
    "NoPlanError",
    "NoTableError",
    "OutputError",
    "Result",
    "Tables",
    "UsageError",
    "__version__",
    "audit",
    "diff",
    "due",
    "load",
    "publish",
    "read",
    "read_back",
    "read_tables",
    "verify",
]

_NAMES = {
    "lampiran.audit.audit": ("audit",),
    "lampiran.databases.publishing": ("publish",),
    "lampiran.databases.reading_back": ("read_back",),
    "lampiran.diff.compare": ("diff",),
    "lampiran.due.agenda": ("due",),
    "lampiran.loading": ("load",),
    "lampiran.pipeline": ("read",),
    "lampiran.result": ("Result",),
    "lampiran.tables.reading": ("Tables", "read_tables"),
    "lampiran.verify.verify": ("verify",),
    "lampiran.version": ("__version__",),
    "schema.errors": tuple(name for name in __all__ if name.endswith("Error")),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a public name at its first use, after a check that the stages are the program's own.

    Raises `lampiran.guard.ShadowedError` where a foreign package hides one of them.
    """
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'lampiran' has no attribute '{name}'")
    from lampiran.guard import check_stages

    check_stages()
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


class _Surface(ModuleType):
    """The package, whose public functions keep their names: `lampiran.audit` is the function, not the folder."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):  # the import system binds a loaded folder
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Surface
