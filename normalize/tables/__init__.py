"""The ruled grids of an Extraction turned into tables, whatever they hold; those cut by a page break are joined."""

from normalize.tables.build import build_tables

__all__ = ["build_tables"]
