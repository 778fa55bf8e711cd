"""Thresholds of headers and columns; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Headers(Settings, section="form.headers"):
    """When rows are a header."""

    fewest_roles: int
    most_rows: int
    longest_name: int


class Labels(Settings, section="form.labels"):
    """How many labels a year's periods have, and how many tell that a row holds labels."""

    fewest: int


class Columns(Settings, section="form.columns"):
    """How much of a column's cells settle what it holds (shares 0 to 1)."""

    mostly: float
    half: float
    fewest: int
    long: int
    sections: float


HEADERS = Headers.load("normalize")
LABELS = Labels.load("normalize")
COLUMNS = Columns.load("normalize")
