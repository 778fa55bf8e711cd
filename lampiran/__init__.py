"""A decree's file -> its plan: the Python surface of lampiran.

    import lampiran

    result = lampiran.read("decree.pdf")
    result.plan.head.number.text
    result.to_frames()["actions"]
    result.write("out/decree")
    lampiran.verify("decree.pdf").verdict

Errors are `LampiranError` and its kinds; the findings are in `result.plan.findings`. Heavy parts are loaded at
the first use, so `import lampiran` is fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lampiran.authenticity.verify import verify
    from lampiran.pipeline import read
    from lampiran.result import Result
    from schema.errors import InputError, LampiranError, NoPlanError, OutputError, UsageError

    __version__: str

__all__ = [
    "InputError",
    "LampiranError",
    "NoPlanError",
    "OutputError",
    "Result",
    "UsageError",
    "__version__",
    "read",
    "verify",
]

_HOMES = {
    "InputError": "schema.errors",
    "LampiranError": "schema.errors",
    "NoPlanError": "schema.errors",
    "OutputError": "schema.errors",
    "Result": "lampiran.result",
    "UsageError": "schema.errors",
    "__version__": "lampiran.version",
    "read": "lampiran.pipeline",
    "verify": "lampiran.authenticity.verify",
}


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
