"""The search path of packages -> an error if `schema`, `extract` or `normalize` would not be the program's own.

The three stages are plain top-level packages, so a foreign package or file of the same name that comes earlier
on the path would be imported in their place. This module uses only the standard library, so that it still works then.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

STAGES = ("schema", "extract", "normalize")
EXIT_CODE = 2


class ShadowedError(ImportError):
    """A stage of the program is missing or hidden behind a foreign package of the same name.

    Not a `LampiranError`: that class lives in `schema`, which may be the package that is hidden.
    """


def check_stages() -> None:
    """Check that each stage is the package installed beside `lampiran`.

    Imports none of them. Raises `ShadowedError` with one sentence that names the foreign file.
    """
    home = Path(__file__).resolve().parent.parent
    for name in STAGES:
        found = _location(name)
        if found is None:
            raise ShadowedError(
                f"lampiran's own package '{name}' is not installed; install lampiran again in an environment "
                f"of its own (for example with pipx or 'uv tool install')."
            )
        if found != home / name:
            raise ShadowedError(
                f"'{found}' hides lampiran's own package '{name}'; run lampiran in an environment of its own "
                f"(for example with pipx or 'uv tool install'), or take that folder out of PYTHONPATH."
            )


def _location(name: str) -> Path | None:
    """Return the folder of a package, the file of a plain module, or `None` if there is neither."""
    loaded = sys.modules.get(name)
    spec = loaded.__spec__ if loaded is not None else importlib.util.find_spec(name)
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations))).resolve()
    return Path(spec.origin).resolve() if spec.origin else None
