"""Where results are published to, whatever it is: what the steps of publishing ask of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

import pandas as pd

from lampiran.databases.entries import Frames, Head
from schema.plan import Plan

Pair = tuple[str, str]  # the keys of the older and the newer result that are compared


class Shelf(Protocol):
    """Results by their keys, and the comparisons of two of them. Nothing of it is kept before it is closed in order."""

    @property
    def compares(self) -> bool:
        """Tell whether comparisons are kept here."""

    def held(self) -> Mapping[str, Head]:
        """Return what is known of the results that are there, by their keys."""

    def remove(self, result_ids: Collection[str]) -> None:
        """Take results away, with the comparisons that they are part of."""

    def put(self, plan: Plan, frames: Frames) -> None:
        """Put a result there that is not there."""

    def count(self, result_ids: Collection[str]) -> None:
        """Let these results count, and no other."""

    def pairs(self) -> Collection[Pair]:
        """Return the comparisons that are there."""

    def drop_pairs(self, pairs: Collection[Pair]) -> None:
        """Take comparisons away."""

    def put_pair(self, changes: pd.DataFrame) -> None:
        """Put a comparison there."""
