"""A transcription held against its decree: `lampiran.audit(decree, transcription)`, this package called by its name."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lampiran.audit.model import Audit
    from lampiran.result import Result
    from schema.plan import Plan


class _Callable(ModuleType):
    """The package has the name of its public function: once one of its modules is imported, it stands in for it."""

    def __call__(
        self,
        decree: str | Path | Result | Plan,
        transcription: str | Path,
        *,
        text_readers: Sequence[str] | None = None,
        second_reader: bool = False,
    ) -> Audit:
        from lampiran.audit.audit import audit

        return audit(decree, transcription, text_readers=text_readers, second_reader=second_reader)


sys.modules[__name__].__class__ = _Callable
