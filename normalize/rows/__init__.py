"""Cells of the plan's grids turned into rows with named fields."""

from normalize.rows.build import build_rows

__all__ = ["build_rows"]
