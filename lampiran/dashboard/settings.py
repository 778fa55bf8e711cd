"""`[dashboard]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Parts(Settings, section="dashboard"):
    """How the texts of a dashboard are spread over files; a count."""

    decrees_in_part: int


PARTS = Parts.load("lampiran")
